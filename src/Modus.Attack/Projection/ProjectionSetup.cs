namespace Modus.Attack.Projection;

/// <summary>A projector with how its releases were chosen.</summary>
/// <param name="Projector">The projector.</param>
/// <param name="Source">How the release of the mappings is known, in one sentence.</param>
public sealed record ProjectionSetup(Projector Projector, string Source)
{
    /// <summary>Chooses the releases from what a knowledge base has at hand.</summary>
    /// <param name="knowledge">The releases at hand.</param>
    /// <param name="domain">The one domain of the mappings.</param>
    /// <param name="from">The release of the mappings as stated, <c>18.1</c> or <c>18</c>; null to guess it from the ids.</param>
    /// <param name="to">The release to carry them to; null for the newest at hand.</param>
    /// <param name="techniqueIds">The ids of the mappings, for a guess.</param>
    /// <param name="problem">Why there is no answer; null where there is one.</param>
    /// <returns>The setup, or null where the target is not at hand.</returns>
    public static ProjectionSetup? Choose(KnowledgeBase knowledge, Domains domain, string? from, string? to, IEnumerable<string> techniqueIds, out Problem? problem)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        problem = null;
        var target = to is null ? knowledge.Newest(domain) : knowledge.Get(to, domain);
        if (target is null)
        {
            problem = knowledge.NoSuch(to ?? "(newest)", domain);
            return null;
        }
        var others = knowledge.Entries.Where(entry => entry.Domains.HasFlag(domain)).Select(knowledge.Load).OfType<Release>();
        if (from is not null && knowledge.Get(from, domain) is { } stated)
            return new ProjectionSetup(new Projector(stated, target, domain, others), $"release {stated.Version}, as stated");
        if (from is not null)
            return new ProjectionSetup(new Projector(null, target, domain, others, from), $"release {from}, as stated, which is not at hand");
        var guess = ReleaseGuess.Of(techniqueIds, others, domain);
        var best = guess.Remembered.Count > 0 ? null : guess.Release;
        return new ProjectionSetup(new Projector(best, target, domain, others, guess.Version), $"release unknown; taken as {guess}");
    }
}
