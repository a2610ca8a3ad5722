namespace Modus.Analysis.Coverage;

/// <summary>Threat against defence.</summary>
/// <param name="Threat">The threat's name.</param>
/// <param name="Weighting">How its weights came about.</param>
/// <param name="Release">The release.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Rows">A row a technique: gaps first, the weightiest first.</param>
/// <param name="Unplaced">What of threat or defence has no place.</param>
public sealed record GapReport(string Threat, string Weighting, string Release, DateOnly AsOf, IReadOnlyList<GapRow> Rows, IReadOnlyList<Unplaced> Unplaced)
{
    /// <summary>How many rows are in each state; they add up to all rows.</summary>
    public IReadOnlyList<(CellState State, int Count)> Counts => [.. Enum.GetValues<CellState>().Select(state => (state, Rows.Count(row => row.State == state)))];

    /// <summary>The share of the threat's weight that a rule was seen to fire or alert for, 0 to 1.</summary>
    public double ProvenShare => Share(row => row.State is CellState.Fired or CellState.Tested);

    /// <summary>The share of the threat's weight that somebody claims, 0 to 1.</summary>
    public double ClaimedShare => Share(row => row.Cells.Any(cell => cell[Rung.Claimed].IsReached) || row.State < CellState.NoRule);

    private double Share(Func<GapRow, bool> counts) => Rows.Sum(row => row.Threat.Weight) is var all and > 0 ? Rows.Where(counts).Sum(row => row.Threat.Weight) / all : 0;
}

/// <summary>One technique of the threat, and how the defence stands.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Threat">What the threat says of it.</param>
/// <param name="Cells">Its cells on the platforms that matter, best state first.</param>
/// <param name="Children">Sub-techniques on which something of the defence stands: hits below the parent.</param>
/// <param name="ParentState">For a sub-technique: the best state of its parent, which proves nothing about it; null otherwise.</param>
public sealed record GapRow(CoverageTechnique Technique, ThreatTechnique Threat, IReadOnlyList<Cell> Cells, IReadOnlyList<ChildState> Children, CellState? ParentState)
{
    /// <summary>The best cell; null where the technique has none on the platforms that matter.</summary>
    public Cell? Best => Cells.Count > 0 ? Cells[0] : null;

    /// <summary>The state of the best cell.</summary>
    public CellState State => Best?.State ?? CellState.OutsideTelemetry;

    /// <summary>True where nobody has seen a rule fire or alert, or a test regressed.</summary>
    public bool IsGap => State > CellState.Tested || Cells.Any(cell => cell.IsRegression);

    /// <summary>The rung that is missing.</summary>
    public Rung Missing => Best?.Missing ?? Rung.Telemetry;

    /// <summary>The cheapest next step.</summary>
    public string NextStep => Cells.FirstOrDefault(cell => cell.IsRegression)?.NextStep ?? Best?.NextStep ?? "no platform of the estate has it";

    /// <summary>Platforms whose state is worse than the best, in words.</summary>
    public IReadOnlyList<string> Weaker => [.. Cells.Where(cell => cell.State > State).GroupBy(cell => cell.State).Select(group => $"{CoverageWords.Of(group.Key)} on {string.Join(", ", group.Select(cell => cell.Platform))}")];
}

/// <summary>A sub-technique below a technique of the threat.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its own name.</param>
/// <param name="State">Its best state.</param>
/// <param name="IsOfThreat">True where the threat names it too.</param>
public sealed record ChildState(string Id, string Name, CellState State, bool IsOfThreat);

/// <summary>Lays a threat over a ladder.</summary>
public static class GapAnalysis
{
    /// <summary>Compares. The ladder must hold the threat's techniques with their parents and children: <see cref="Scope"/>.</summary>
    /// <param name="knowledge">The release.</param>
    /// <param name="threat">The threat.</param>
    /// <param name="ladder">The ladder of the defence.</param>
    /// <param name="estate">Platforms of the estate, the one with most hosts first: it speaks where states are equal; empty for all. A technique that has none of them keeps its own.</param>
    public static GapReport Compare(CoverageKnowledge knowledge, ThreatProfile threat, Ladder ladder, IReadOnlyList<string> estate)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(threat);
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(estate);
        var ofThreat = threat.Techniques.Select(item => item.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var children = knowledge.Techniques.Where(item => item.ParentId is not null && ofThreat.Contains(item.ParentId)).ToLookup(item => item.ParentId!, StringComparer.OrdinalIgnoreCase);
        var unplaced = new List<Unplaced>([.. threat.Unplaced, .. ladder.Unplaced]);
        var rows = new List<GapRow>(threat.Techniques.Count);
        foreach (var item in threat.Techniques)
        {
            if (knowledge.Find(item.Id) is not { } technique)
            {
                unplaced.Add(new(item.Id, threat.Name, $"no living technique of {knowledge.Release}"));
                continue;
            }
            var below = children[technique.Id].Select(child => (Child: child, Cells: Relevant(ladder, child, item, estate)))
                .Where(pair => pair.Cells.Count > 0 && (pair.Cells[0].Highest != Rung.None || ofThreat.Contains(pair.Child.Id)))
                .Select(pair => new ChildState(pair.Child.Id, Own(pair.Child.Name), pair.Cells[0].State, ofThreat.Contains(pair.Child.Id))).ToList();
            var parent = technique.ParentId is { } parentId && knowledge.Find(parentId) is { } above ? Relevant(ladder, above, item, estate) : [];
            rows.Add(new(technique, item, Relevant(ladder, technique, item, estate), below, parent.Count > 0 ? parent[0].State : null));
        }
        return new(threat.Name, threat.Weighting, ladder.Release, ladder.AsOf,
            [.. rows.OrderBy(row => !row.IsGap).ThenByDescending(row => row.Threat.Weight).ThenByDescending(row => row.State).ThenBy(row => row.Technique.Id, StringComparer.Ordinal)], unplaced);
    }

    /// <summary>The techniques whose cells a comparison needs: those of the threat, their parents and their children.</summary>
    public static IReadOnlyCollection<string> Scope(CoverageKnowledge knowledge, ThreatProfile threat)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(threat);
        var scope = threat.Techniques.Select(item => item.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var technique in knowledge.Techniques)
            if (technique.ParentId is { } parent && scope.Contains(parent) && threat.Techniques.Any(item => item.Id.Equals(parent, StringComparison.OrdinalIgnoreCase))) scope.Add(technique.Id);
        foreach (var item in threat.Techniques)
            if (knowledge.Find(item.Id)?.ParentId is { } parent) scope.Add(parent);
        return scope;
    }

    private static List<Cell> Relevant(Ladder ladder, CoverageTechnique technique, ThreatTechnique threat, IReadOnlyList<string> estate)
    {
        var cells = ladder.Of(technique.Id).ToList();
        var matter = threat.Platforms.Count > 0 ? threat.Platforms : estate;
        var chosen = matter.Count == 0 ? cells : cells.Where(cell => matter.Contains(cell.Platform, StringComparer.OrdinalIgnoreCase)).ToList();
        if (chosen.Count == 0) chosen = cells;
        return [.. chosen.OrderBy(cell => cell.State).ThenBy(cell => Place(estate, cell.Platform)).ThenBy(cell => cell.Platform, StringComparer.Ordinal)];
    }

    private static int Place(IReadOnlyList<string> estate, string platform)
    {
        for (var at = 0; at < estate.Count; at++)
            if (estate[at].Equals(platform, StringComparison.OrdinalIgnoreCase)) return at;
        return estate.Count;
    }

    private static string Own(string fullName) => fullName.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 ? fullName[(colon + 2)..] : fullName;
}
