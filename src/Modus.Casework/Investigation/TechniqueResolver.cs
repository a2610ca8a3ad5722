using Modus.Attack;
using Modus.Attack.Projection;

namespace Modus.Casework.Investigation;

/// <summary>What became of one naming of a technique.</summary>
/// <param name="Technique">The technique of a target release; null where there is none.</param>
/// <param name="Tactic">The tactic in the target release, where one was named and is sure.</param>
/// <param name="Origin">How it was named.</param>
/// <param name="Answer">The projection; null where none was needed.</param>
internal sealed record Resolution(Technique? Technique, string? Tactic, TechniqueOrigin Origin, ProjectionAnswer? Answer);

/// <summary>Turns the ids that inputs write into techniques of the release at hand, and says what that took.</summary>
internal sealed class TechniqueResolver(KnowledgeAtHand knowledge)
{
    private readonly Dictionary<(Domains, string?), Projector> projectors = [];

    /// <summary>Resolves an id.</summary>
    /// <param name="written">The id as written.</param>
    /// <param name="how">How it was named, for the origin.</param>
    /// <param name="tactic">The tactic that the input names, or null.</param>
    /// <param name="version">The release the input speaks of; null where it does not say and nothing could be worked out.</param>
    /// <param name="domain">The domain the input names; null asks all.</param>
    /// <param name="platforms">Platforms that the input is about.</param>
    public Resolution Resolve(string written, string how, string? tactic = null, string? version = null, Domains? domain = null, IReadOnlyList<string>? platforms = null)
    {
        var id = written.Trim().ToUpperInvariant();
        var place = DomainOf(id, domain);
        if (place is not { } found)
        {
            return new Resolution(null, null, new TechniqueOrigin(written, how, version, Verdict.NeedsReview.Words(), $"No release at hand has a technique {id}.", tactic), null);
        }

        var answer = ProjectorOf(found.Domain, found.Release, version).Project(new ProjectionQuestion(id, tactic, platforms));
        var technique = answer.TechniqueId is null ? null : found.Release.Find<Technique>(answer.TechniqueId);
        var changed = answer.Verdict != Verdict.Carried || tactic is not null && answer.Tactic is null;
        var origin = new TechniqueOrigin(written, how, version, changed ? answer.Verdict.Words() : null, changed ? answer.Reason : null, tactic);
        return new Resolution(technique, answer.Tactic, origin, answer);
    }

    /// <summary>The domain that knows an id: alive in a target first, then dead in one, then in any release at hand.</summary>
    private DomainTarget? DomainOf(string id, Domains? asked)
    {
        var domains = knowledge.Domains.Where(pair => asked is null || asked.Value.HasFlag(pair.Domain)).ToList();
        foreach (var pair in domains)
            if (Knows(pair.Release, pair.Domain, id) is { IsAlive: true }) return pair;
        foreach (var pair in domains)
            if (Knows(pair.Release, pair.Domain, id) is not null) return pair;
        foreach (var pair in domains)
            if (knowledge.All.Any(release => Knows(release, pair.Domain, id) is not null)) return pair;
        return null;
    }

    private static Technique? Knows(Release release, Domains domain, string id) =>
        release.FindAll(id).OfType<Technique>().FirstOrDefault(technique => technique.Domains.HasFlag(domain));

    private Projector ProjectorOf(Domains domain, Release target, string? version)
    {
        if (!projectors.TryGetValue((domain, version), out var projector))
        {
            // Without a stated release the input is taken to speak the target's; what is dead there still finds its successor.
            var source = version is null ? target : knowledge.Find(domain, version);
            projector = new Projector(source, target, domain, knowledge.Others(), version);
            projectors[(domain, version)] = projector;
        }
        return projector;
    }
}
