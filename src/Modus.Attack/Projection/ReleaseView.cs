namespace Modus.Attack.Projection;

/// <summary>One release, seen through one domain: what a projection asks of it.</summary>
internal sealed class ReleaseView
{
    private readonly Domains domain;
    private readonly Dictionary<string, Technique> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Technique> byStixId = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, List<Technique>>> predecessors;

    public ReleaseView(Release release, Domains domain)
    {
        Release = release;
        this.domain = domain;
        Tactics = [.. release.Tactics.Where(IsOfDomain)];
        foreach (var technique in release.All<Technique>().Where(IsOfDomain))
        {
            byStixId[technique.StixId] = technique;
            if (!byId.TryGetValue(technique.Id, out var other) || !other.IsAlive) byId[technique.Id] = technique;
        }
        predecessors = new(ReadPredecessors);
    }

    public Release Release { get; }

    public IReadOnlyList<Tactic> Tactics { get; }

    /// <summary>Every technique of the domain, dead ones too.</summary>
    public IEnumerable<Technique> All => byStixId.Values;

    public Technique? Find(string id) => byId.GetValueOrDefault(id);

    public Technique? Same(Technique technique) => byStixId.GetValueOrDefault(technique.StixId);

    /// <summary>The techniques whose chain of replacements passes or ends at this one, by id.</summary>
    public IReadOnlyList<Technique> Predecessors(Technique technique) => predecessors.Value.GetValueOrDefault(technique.StixId) ?? [];

    public bool HasPlatform(string platform) =>
        byStixId.Values.Any(technique => technique.IsAlive && technique.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase));

    /// <summary>A tactic by its short name, name or id.</summary>
    public Tactic? Tactic(string text)
    {
        var wanted = text.Trim();
        return Tactics.FirstOrDefault(tactic => Is(tactic.Shortname)) ?? Tactics.FirstOrDefault(tactic => Is(tactic.Id) || Is(tactic.Name))
            ?? Tactics.FirstOrDefault(tactic => tactic.Shortname.Equals(wanted.Replace('_', '-').Replace(' ', '-'), StringComparison.OrdinalIgnoreCase));

        bool Is(string name) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    public Tactic? Same(Tactic tactic) => Tactics.FirstOrDefault(other => other.StixId == tactic.StixId);

    // Asked for where parents or tactics moved only: it follows every dead technique, and for that reads all relations.
    private Dictionary<string, List<Technique>> ReadPredecessors()
    {
        var found = new Dictionary<string, List<Technique>>(StringComparer.Ordinal);
        foreach (var technique in byStixId.Values.OrderBy(technique => technique.Id, StringComparer.Ordinal))
            foreach (var step in technique.Succession.Route.Skip(1).DistinctBy(step => step.StixId))
            {
                if (!found.TryGetValue(step.StixId, out var list)) found[step.StixId] = list = [];
                list.Add(technique);
            }
        return found;
    }

    private bool IsOfDomain(AttackObject item) => (item.Domains & domain) != 0;
}
