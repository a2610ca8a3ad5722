namespace Modus.Analysis.Coverage;

/// <summary>What was gathered for one cell before it is judged.</summary>
internal sealed class CellFacts(CoverageTechnique technique, string platform)
{
    private readonly List<RungEvidence>?[] supports = new List<RungEvidence>?[6];
    private readonly List<RungEvidence>?[] against = new List<RungEvidence>?[6];

    public CoverageTechnique Technique => technique;

    public string Platform => platform;

    public List<DeployedRule> Rules { get; } = [];

    public List<ExerciseResult> Exercises { get; } = [];

    public List<RungEvidence> Controls { get; } = [];

    public void For(Rung rung, RungEvidence evidence) => Add(supports, rung, evidence);

    public void Against(Rung rung, RungEvidence evidence) => Add(against, rung, evidence);

    public bool Has(Rung rung) => supports[(int)rung] is { Count: > 0 };

    public IReadOnlyList<RungState> States(DateOnly today, IReadOnlyDictionary<Rung, int?> maxAge)
    {
        var result = new RungState[5];
        for (var rung = 1; rung <= 5; rung++)
        {
            var state = new RungState((Rung)rung, Sorted(supports[rung]), Sorted(against[rung]));
            var limit = maxAge.GetValueOrDefault((Rung)rung);
            result[rung - 1] = state with { IsStale = state.IsReached && limit is { } days && (state.Date is not { } date || date.AddDays(days) < today) };
        }
        return result;
    }

    private static IReadOnlyList<RungEvidence> Sorted(List<RungEvidence>? list)
    {
        if (list is null) return [];
        if (list.Count == 1) return list;
        var distinct = list.Distinct().ToList();
        distinct.Sort(Compare);
        return distinct;
    }

    // Newest first, undated last; of the same day by all that can differ, so that the order of the inputs does not matter.
    private static int Compare(RungEvidence left, RungEvidence right)
    {
        var difference = (right.Date?.DayNumber ?? -1) - (left.Date?.DayNumber ?? -1);
        if (difference == 0) difference = string.CompareOrdinal(left.What, right.What);
        if (difference == 0) difference = string.CompareOrdinal(left.Place, right.Place);
        if (difference == 0) difference = (int)left.Kind - (int)right.Kind;
        if (difference == 0) difference = string.CompareOrdinal(left.Id, right.Id);
        if (difference == 0) difference = string.CompareOrdinal(left.Detail, right.Detail);
        return difference != 0 ? difference : string.CompareOrdinal(left.Host, right.Host);
    }

    private static void Add(List<RungEvidence>?[] lists, Rung rung, RungEvidence evidence) => (lists[(int)rung] ??= []).Add(evidence);
}
