namespace Modus.Analysis.Coverage;

/// <summary>One rung of one cell.</summary>
/// <param name="Rung">Which.</param>
/// <param name="For">What puts the cell on it; empty where nothing does.</param>
/// <param name="Against">What speaks against: a rule that cannot fire, a missed test, a source that is not collected.</param>
public sealed record RungState(Rung Rung, IReadOnlyList<RungEvidence> For, IReadOnlyList<RungEvidence> Against)
{
    /// <summary>True where something puts the cell on this rung.</summary>
    public bool IsReached => For.Count > 0;

    /// <summary>The newest day among the evidence; null where none is dated.</summary>
    public DateOnly? Date => For.Max(item => item.Date);

    /// <summary>True where the newest evidence is older than the limit for this rung, or none of it is dated.</summary>
    public bool IsStale { get; init; }
}

/// <summary>A technique on a platform: the unit of coverage.</summary>
/// <param name="TechniqueId">The technique.</param>
/// <param name="Platform">The platform as the release spells it.</param>
/// <param name="Rungs">All five rungs, lowest first.</param>
/// <param name="State">What they come to.</param>
public sealed record Cell(string TechniqueId, string Platform, IReadOnlyList<RungState> Rungs, CellState State)
{
    /// <summary>The rung with this name.</summary>
    public RungState this[Rung rung] => Rungs[(int)rung - 1];

    /// <summary>The highest rung that something puts the cell on.</summary>
    public Rung Highest => Rungs.LastOrDefault(rung => rung.IsReached)?.Rung ?? Rung.None;

    /// <summary>The share of the platform's hosts from which the logs come, 0 to 1; null where nobody says.</summary>
    public double? HostShare { get; init; }

    /// <summary>Controls in place that a mapping says answer the technique: they prevent or hamper, and put no cell on a rung.</summary>
    public IReadOnlyList<RungEvidence> Controls { get; init; } = [];

    /// <summary>True where the release does not list the platform for the technique, and the evidence does.</summary>
    public bool IsBeyondRelease { get; init; }

    /// <summary>True where a later test failed what an earlier one passed. Stays until a later test passes.</summary>
    public bool IsRegression { get; init; }

    /// <summary>True where the evidence of the rung that decides the state is stale.</summary>
    public bool IsStale { get; init; }

    /// <summary>Ids of log sources that an analytic of ATT&amp;CK or a rule needs here and that are not collected: the cheapest set.</summary>
    public IReadOnlyList<string> MissingSources { get; init; } = [];

    /// <summary>The rung that is missing for the next better state; <see cref="Rung.None"/> where nothing is.</summary>
    public Rung Missing { get; init; }

    /// <summary>What to do next, the cheapest step first, in a sentence; empty where nothing is to be done.</summary>
    public string NextStep { get; init; } = "";
}

/// <summary>The ladder over all techniques and platforms.</summary>
/// <param name="Release">The release's name.</param>
/// <param name="AsOf">The day for which staleness was judged.</param>
/// <param name="Cells">Cells by technique id and platform.</param>
/// <param name="Unplaced">What was given and has no cell, with the reason.</param>
public sealed record Ladder(string Release, DateOnly AsOf, IReadOnlyList<Cell> Cells, IReadOnlyList<Unplaced> Unplaced)
{
    private readonly ILookup<string, Cell> byTechnique = Cells.ToLookup(cell => cell.TechniqueId, StringComparer.OrdinalIgnoreCase);

    /// <summary>The cells of a technique, by platform.</summary>
    public IEnumerable<Cell> Of(string techniqueId) => byTechnique[techniqueId];

    /// <summary>The cell of a technique on a platform, or null.</summary>
    public Cell? Find(string techniqueId, string platform) =>
        byTechnique[techniqueId].FirstOrDefault(cell => cell.Platform.Equals(platform, StringComparison.OrdinalIgnoreCase));
}
