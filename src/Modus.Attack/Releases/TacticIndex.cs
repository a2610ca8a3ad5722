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
        var living = new List<Tactic>();
        foreach (var tactic in release.All<Tactic>())
            if (tactic.IsAlive) living.Add(tactic);
        InOrder = Ordered(living);
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
            var anyAlive = named.Exists(tactic => tactic.IsAlive && (tactic.Domains & technique.Domains) != 0);
            foreach (var tactic in named)
                if ((tactic.Domains & technique.Domains) != 0 && (tactic.IsAlive || !anyAlive) && !found.Contains(tactic)) found.Add(tactic);
        }
        return Ordered(found);
    }

    // Insertion keeps equals in place, and the lists are short; this runs at every start, before any code is warm.
    private List<Tactic> Ordered(List<Tactic> tactics)
    {
        for (var at = 1; at < tactics.Count; at++)
            for (var place = at; place > 0 && Compare(tactics[place - 1], tactics[place]) > 0; place--)
                (tactics[place - 1], tactics[place]) = (tactics[place], tactics[place - 1]);
        return tactics;
    }

    private int Compare(Tactic left, Tactic right)
    {
        var difference = (int)left.Domains - (int)right.Domains;
        return difference != 0 ? difference : Order(left).CompareTo(Order(right));
    }
}
