using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>The order of the tactics and who belongs to them, from the matrices of the release alone.</summary>
internal sealed class TacticIndex
{
    private readonly Release release;
    private readonly Dictionary<int, int> orderByRow = [];
    private readonly Dictionary<int, List<Tactic>> byShortname = [];
    private readonly Lazy<ILookup<Tactic, Technique>> techniques;

    public TacticIndex(Release release)
    {
        this.release = release;
        foreach (var matrix in release.Matrices)
            foreach (var (order, tactic) in matrix.Tactics.Index())
                orderByRow.TryAdd(tactic.Row, order);
        foreach (var tactic in release.All<Tactic>())
        {
            var shortname = release.Image.Cell(tactic.Row, Column.Shortname);
            if (!byShortname.TryGetValue(shortname, out var list)) byShortname[shortname] = list = [];
            list.Add(tactic);
        }
        InOrder = [.. release.All<Tactic>().Where(tactic => tactic.IsAlive).OrderBy(tactic => tactic.Domains).ThenBy(Order).ThenBy(tactic => tactic.Row)];
        techniques = new(() => release.Techniques
            .SelectMany(technique => technique.Tactics, (technique, tactic) => (technique, tactic))
            .ToLookup(pair => pair.tactic, pair => pair.technique));
    }

    public IReadOnlyList<Tactic> InOrder { get; }

    public int Order(Tactic tactic) => orderByRow.GetValueOrDefault(tactic.Row, int.MaxValue);

    public IReadOnlyList<Technique> TechniquesOf(Tactic tactic) => [.. techniques.Value[tactic]];

    /// <summary>The tactics that a technique's phases name in its own domain, the living before the dead, in matrix order.</summary>
    public IReadOnlyList<Tactic> TacticsOf(Technique technique)
    {
        var cells = release.Image.List(technique.Row, Column.Phases);
        var found = new List<Tactic>();
        for (var at = 0; at < cells.Length; at += RecordWidth.Phase)
        {
            if (!byShortname.TryGetValue(cells[at + 1], out var named)) continue;
            var inDomain = named.Where(tactic => (tactic.Domains & technique.Domains) != 0).ToList();
            var alive = inDomain.Where(tactic => tactic.IsAlive).ToList();
            foreach (var tactic in alive.Count > 0 ? alive : inDomain)
                if (!found.Contains(tactic)) found.Add(tactic);
        }
        return [.. found.OrderBy(tactic => tactic.Domains).ThenBy(Order)];
    }
}
