using Modus.Analysis.Planning.Cover;

namespace Modus.Analysis.Planning.Choices;

/// <summary>Something that answers techniques by itself: a rule, a mitigation, a control.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Effects">The techniques it answers.</param>
public sealed record MeasureFact(string Id, string Name, IReadOnlyList<MeasureEffect> Effects)
{
    /// <summary>Platforms that it works on; empty for all.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];
}

/// <summary>How much of a technique a measure answers.</summary>
/// <param name="Technique">Id of the technique.</param>
/// <param name="Grade">From above 0 to 1; 1 where nobody grades.</param>
public sealed record MeasureEffect(string Technique, double Grade = 1);

/// <summary>A technique with its weight and its platforms.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its threat weight; all techniques together are 1.</param>
/// <param name="Platforms">The platforms that it applies to.</param>
public sealed record WeighedTechnique(string Id, string Name, double Weight, IReadOnlyList<string> Platforms);

/// <summary>A cell of technique and platform, or a grade of one.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Platform">The platform; empty where platforms are not told apart.</param>
/// <param name="Share">Which part of the technique's weight the cell has, 0 to 1.</param>
public sealed record PlanCell(string Technique, string Platform, double Share);

/// <summary>A problem of choice with what its numbers stand for.</summary>
/// <param name="Problem">The problem; weights are shares of all threat.</param>
/// <param name="Cells">What each target is.</param>
/// <param name="Names">A name for people for each item.</param>
public sealed record PlanQuestion(CoverProblem Problem, IReadOnlyList<PlanCell> Cells, IReadOnlyList<string> Names)
{
    /// <summary>Numbers of the items that the defence has already.</summary>
    public IReadOnlyCollection<int> Owned { get; init; } = [];

    /// <summary>Numbers of the items to be had for which nobody gave a price.</summary>
    public IReadOnlyCollection<int> Unpriced { get; init; } = [];

    /// <summary>Names that mean something here and are no item, because the defence needs nothing of them.</summary>
    public IReadOnlySet<string> Known { get; init; } = new HashSet<string>();

    /// <summary>How often more ways were possible than are looked at; the dearest are left out there.</summary>
    public int Trimmed { get; init; }

    /// <summary>Measures that no purchase makes work: they cannot fire, or read logs that are not for sale here.</summary>
    public int Useless { get; init; }

    /// <summary>Cells that an exercise or a hit once showed to be seen, too long ago to count.</summary>
    public int Stale { get; init; }

    /// <summary>The number of an item by id or name; case does not count. -1 for none.</summary>
    public int Find(string word)
    {
        for (var at = 0; at < Problem.Items.Count; at++)
            if (Problem.Items[at].Id.Equals(word.Trim(), StringComparison.OrdinalIgnoreCase)) return at;
        for (var at = 0; at < Names.Count; at++)
            if (Names[at].Equals(word.Trim(), StringComparison.OrdinalIgnoreCase)) return at;
        return -1;
    }

    /// <summary>Weight that would be covered if everything could be had.</summary>
    public double Ceiling => Problem.Targets.Where(target => target.Ways.Count > 0).Sum(target => target.Weight);
}
