namespace Modus.Analysis.Planning.Cover;

/// <summary>Something that can be had for a price: a log source, a rule, a control, a test.</summary>
/// <param name="Id">Its name, unique in the problem.</param>
/// <param name="Cost">What it costs, in any unit, at least 0.</param>
public sealed record CoverItem(string Id, double Cost);

/// <summary>Something worth covering: a technique on a platform.</summary>
/// <param name="Id">What it is, for the reader.</param>
/// <param name="Weight">What covering it is worth, at least 0.</param>
/// <param name="Ways">The ways to cover it. A way is a set of item numbers and works when <em>all</em> of them are
/// there; the target is covered when any way works. An empty way: covered from the start.</param>
public sealed record CoverTarget(string Id, double Weight, IReadOnlyList<IReadOnlyList<int>> Ways);

/// <summary>Which items to choose under a budget so that the covered targets weigh most.</summary>
/// <remarks>Exact on the AND within a way and the OR between ways. With ways of one item each this is weighted
/// maximum coverage; with longer ways the gain is not submodular and greedy choice has no guarantee.</remarks>
public sealed class CoverProblem
{
    /// <summary>Puts a problem together.</summary>
    /// <param name="items">The items; their place is their number.</param>
    /// <param name="targets">The targets.</param>
    /// <exception cref="ArgumentException">A number is out of range, negative or not finite.</exception>
    public CoverProblem(IReadOnlyList<CoverItem> items, IReadOnlyList<CoverTarget> targets)
    {
        foreach (var item in items)
            if (!(item.Cost >= 0) || double.IsInfinity(item.Cost)) throw new ArgumentException($"the cost of {item.Id} is not a number of at least 0", nameof(items));
        foreach (var target in targets)
        {
            if (!(target.Weight >= 0) || double.IsInfinity(target.Weight)) throw new ArgumentException($"the weight of {target.Id} is not a number of at least 0", nameof(targets));
            foreach (var way in target.Ways)
                foreach (var item in way)
                    if (item < 0 || item >= items.Count) throw new ArgumentException($"{target.Id} names an item that is not there", nameof(targets));
        }
        Items = items;
        Targets = targets;
    }

    /// <summary>The items.</summary>
    public IReadOnlyList<CoverItem> Items { get; }

    /// <summary>The targets.</summary>
    public IReadOnlyList<CoverTarget> Targets { get; }

    /// <summary>The sum of the weights of all targets, covered or not.</summary>
    public double TotalWeight => Targets.Sum(target => target.Weight);
}

/// <summary>What a plan may spend and must hold.</summary>
/// <param name="Budget">The most that the chosen items may cost together; what is owned costs nothing.</param>
public sealed record CoverLimits(double Budget)
{
    /// <summary>Numbers of items that are there already: free, and part of every plan.</summary>
    public IReadOnlyCollection<int> Owned { get; init; } = [];

    /// <summary>Numbers of items that the plan has to buy.</summary>
    public IReadOnlyCollection<int> Required { get; init; } = [];

    /// <summary>Numbers of items that cannot be had.</summary>
    public IReadOnlyCollection<int> Forbidden { get; init; } = [];

    /// <summary>Nodes of the search after which it stops and reports how far from proven its answer is.</summary>
    public int MostNodes { get; init; } = 200_000;
}

/// <summary>A choice of items with its certificate.</summary>
/// <param name="Chosen">Numbers of the items to buy, in order; what is owned is not among them.</param>
/// <param name="Cost">What they cost.</param>
/// <param name="Value">The weight that is covered, by what is owned too.</param>
/// <param name="Bound">No plan within the limits covers more than this.</param>
/// <param name="Greedy">What the greedy start covered, for comparison.</param>
/// <param name="Nodes">Nodes that the search looked at.</param>
public sealed record CoverAnswer(IReadOnlyList<int> Chosen, double Cost, double Value, double Bound, double Greedy, int Nodes)
{
    /// <summary>How much more than this plan any plan could cover, as a share of this plan; 0 is proven best.</summary>
    public double Gap => Value <= 0 ? (Bound <= 0 ? 0 : double.PositiveInfinity) : Math.Max(0, Bound - Value) / Value;

    /// <summary>True where no plan within the limits covers more.</summary>
    public bool IsProven => Bound <= Value + CoverSolver.Tolerance * Math.Max(1, Value);
}
