using Modus.Attack;

namespace Modus.Cli.Commands.Planning;

/// <summary>Carries technique ids of other releases into the one in use: forward by succession, back from newer releases at hand.</summary>
internal sealed class IdCarrier
{
    private readonly Release release;
    private readonly Dictionary<string, List<string>> earlier = new(StringComparer.OrdinalIgnoreCase);

    public IdCarrier(KnowledgeBase knowledge, Release release)
    {
        this.release = release;
        foreach (var entry in knowledge.Entries.Where(entry => (entry.Domains & release.Domains) != 0 && entry.Version != release.Version))
        {
            if (knowledge.Load(entry) is not { } other) continue;
            foreach (var (heir, old) in Successions(other))
            {
                if (release.Find<Technique>(heir) is { IsAlive: true } || release.Find<Technique>(old) is not { IsAlive: true }) continue;
                if (!earlier.TryGetValue(heir, out var list)) earlier[heir] = list = [];
                if (!list.Contains(old)) list.Add(old);
            }
        }
    }

    /// <summary>Revoked techniques of a release with the living ones that took their place.</summary>
    public static IEnumerable<(string Heir, string Old)> Successions(Release release) => release.All<Technique>()
        .Where(item => item.IsRevoked && item.Id.Length > 0 && item.Succession.Successor is { IsAlive: true } heir && heir.Id.Length > 0 && heir.Id != item.Id)
        .Select(item => (item.Succession.Successor!.Id, item.Id));

    /// <summary>The living ids that an id stands for in the release: itself, its heir, or what it was before. None where nobody knows it.</summary>
    public IReadOnlyList<string> Carry(string id) =>
        release.Find<Technique>(id) is { } found
            ? found.IsAlive ? [found.Id] : found.Succession.Successor is Technique { IsAlive: true } heir ? [heir.Id] : []
            : earlier.TryGetValue(id, out var olds) ? olds : [];
}
