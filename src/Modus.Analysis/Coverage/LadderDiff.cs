namespace Modus.Analysis.Coverage;

/// <summary>What changed between two ladders.</summary>
/// <param name="Before">Release and day of the earlier one.</param>
/// <param name="After">Release and day of the later one.</param>
/// <param name="Changes">Cells that changed, losses first.</param>
/// <param name="Same">Cells that did not.</param>
public sealed record LadderDiff(string Before, string After, IReadOnlyList<CellChange> Changes, int Same)
{
    /// <summary>Compares two ladders cell by cell.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    public static LadderDiff Of(Ladder before, Ladder after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = before.Cells.ToDictionary(cell => (cell.TechniqueId, cell.Platform));
        var now = after.Cells.ToDictionary(cell => (cell.TechniqueId, cell.Platform));
        var changes = new List<CellChange>();
        var same = 0;
        foreach (var key in old.Keys.Union(now.Keys))
        {
            var change = new CellChange(key.TechniqueId, key.Platform, old.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (change.Kind == CellChangeKind.Same) same++;
            else changes.Add(change);
        }
        return new($"{before.Release}, {before.AsOf:yyyy-MM-dd}", $"{after.Release}, {after.AsOf:yyyy-MM-dd}",
            [.. changes.OrderBy(change => change.Kind).ThenBy(change => change.TechniqueId, StringComparer.Ordinal).ThenBy(change => change.Platform, StringComparer.Ordinal)], same);
    }
}

/// <summary>How a cell changed; losses first.</summary>
public enum CellChangeKind
{
    /// <summary>Its state is worse.</summary>
    Worse,

    /// <summary>A test that passed now fails.</summary>
    Regressed,

    /// <summary>Its evidence grew stale.</summary>
    Staled,

    /// <summary>The later ladder does not have it.</summary>
    Gone,

    /// <summary>Its state is better.</summary>
    Better,

    /// <summary>Only the later ladder has it.</summary>
    New,

    /// <summary>The state is the same; the evidence is another.</summary>
    Evidence,

    /// <summary>Nothing changed.</summary>
    Same,
}

/// <summary>One cell in two ladders.</summary>
/// <param name="TechniqueId">The technique.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Before">The cell before, or null.</param>
/// <param name="After">The cell after, or null.</param>
public sealed record CellChange(string TechniqueId, string Platform, Cell? Before, Cell? After)
{
    /// <summary>What kind of change it is.</summary>
    public CellChangeKind Kind =>
        Before is null ? CellChangeKind.New
        : After is null ? CellChangeKind.Gone
        : After.State > Before.State ? CellChangeKind.Worse
        : After.State < Before.State ? CellChangeKind.Better
        : After.IsRegression && !Before.IsRegression ? CellChangeKind.Regressed
        : After.IsStale && !Before.IsStale ? CellChangeKind.Staled
        : Keys(Before).SetEquals(Keys(After)) ? CellChangeKind.Same : CellChangeKind.Evidence;

    /// <summary>Evidence that only the later ladder has.</summary>
    public IReadOnlyList<RungEvidence> Added => Only(After, Before);

    /// <summary>Evidence that only the earlier ladder has.</summary>
    public IReadOnlyList<RungEvidence> Removed => Only(Before, After);

    private static IReadOnlyList<RungEvidence> Only(Cell? one, Cell? other)
    {
        if (one is null) return [];
        var known = other is null ? [] : Keys(other);
        return [.. one.Rungs.SelectMany(rung => rung.For.Select(item => (Key: Key(rung.Rung, item), Item: item))).Where(pair => !known.Contains(pair.Key)).Select(pair => pair.Item).Distinct()];
    }

    private static HashSet<string> Keys(Cell cell) => [.. cell.Rungs.SelectMany(rung => rung.For.Select(item => Key(rung.Rung, item)))];

    private static string Key(Rung rung, RungEvidence item) => $"{rung}\u0001{item.Kind}\u0001{item.Id}\u0001{item.What}\u0001{item.Date}\u0001{item.Host}";
}
