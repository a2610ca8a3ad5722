using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>Known and usual steps in the numbers of one release, ready to be looked up.</summary>
/// <remarks>Ids that the release does not have are left out, those that gave way to others are carried on.</remarks>
internal sealed class StepGround
{
    /// <summary>Steps so far apart in a sequence say nothing about what comes next.</summary>
    private const int Farthest = 4;

    /// <summary>What a usual successor counts falls with its place in the list: 1 / (1 + this × place).</summary>
    private const double PlaceFall = 0.15;
    private const double SameTechnique = 0.6, OtherOfFamily = 0.5, ExactOther = 1.2, FamilyOther = 0.8;
    private const double FamilyMass = 4;

    /// <summary>As many steps are thought to have led to all techniques alike.</summary>
    private const double EvenSteps = 200;

    private readonly KnowledgeIndex index;
    private readonly Dictionary<(int From, int To), double> usual = [];
    private readonly ILookup<int, (int From, int To, double Value)> usualOfFamily;
    private readonly Dictionary<(int From, int To), double> familySteps = [];
    private readonly double[] familyFrom;
    private readonly double[] familyTo;
    private readonly double[] members;
    private readonly double all;
    private readonly Dictionary<(int From, int To), int> later = [];

    public StepGround(KnowledgeIndex index, IReadOnlyList<Transition> transitions, UsualSteps steps)
    {
        this.index = index;
        var size = index.Techniques.Count;
        (familyFrom, familyTo, members, Reached) = (new double[size], new double[size], new double[size], new int[size]);
        foreach (var family in index.Family) members[family]++;
        Places = TacticPlaces(index);
        Platforms = new string[size][];
        foreach (var technique in index.Knowledge.Techniques) Platforms[Find(technique.Id)] = [.. technique.Platforms];

        foreach (var (id, next) in steps.Next)
            if (Find(id) is >= 0 and var from)
                for (var place = 0; place < next.Length; place++)
                    if (Find(next[place]) is >= 0 and var to && to != from) usual.TryAdd((from, to), 1 / (1 + PlaceFall * place));
        usualOfFamily = usual.OrderBy(item => item.Key).ToLookup(item => index.Family[item.Key.From], item => (item.Key.From, item.Key.To, item.Value));

        foreach (var sequence in steps.Sequences) AddSequence([.. sequence.Select(Find).Where(t => t >= 0)]);
        foreach (var step in transitions)
        {
            if (Find(step.From) is not (>= 0 and var from) || Find(step.To) is not (>= 0 and var to)) continue;
            Reached[to]++;
            AddStep(from, to, 1);
        }
        all = familyTo.Sum();
    }

    /// <summary>Places of each technique's tactics in the order that the release gives.</summary>
    public int[][] Places { get; }

    public string[][] Platforms { get; }

    /// <summary>How often a known step led to the technique.</summary>
    public int[] Reached { get; }

    public KnowledgeIndex Index => index;

    /// <summary>How usual it is after the last one, 0 to 1, exactly these two.</summary>
    public double Usual(int last, int technique) => usual.GetValueOrDefault((last, technique));

    /// <summary>The same for the families of both, best pair of members, for every technique.</summary>
    public double[] UsualOfFamily(int last)
    {
        var best = new double[members.Length];
        if (last < 0) return best;
        var exact = new Dictionary<int, double>();
        var broad = new Dictionary<int, double>();
        foreach (var (from, to, value) in usualOfFamily[index.Family[last]])
        {
            var counted = value * (from == last ? SameTechnique : OtherOfFamily);
            exact[to] = Math.Max(exact.GetValueOrDefault(to), counted * ExactOther);
            broad[index.Family[to]] = Math.Max(broad.GetValueOrDefault(index.Family[to]), counted * FamilyOther);
        }
        for (var t = 0; t < best.Length; t++)
            best[t] = Math.Max(exact.GetValueOrDefault(t), broad.GetValueOrDefault(index.Family[t]));
        return best;
    }

    /// <summary>How much more often the family follows the last one's family than anything, as a logarithm.</summary>
    public double FamilyLift(int last, int technique)
    {
        if (last < 0 || all == 0) return 0;
        var (from, to) = (index.Family[last], index.Family[technique]);
        var share = (familyTo[to] + EvenSteps * members[to] / members.Length) / (all + EvenSteps);
        return Math.Log((familySteps.GetValueOrDefault((from, to)) + FamilyMass * share) / (familyFrom[from] + FamilyMass) / share);
    }

    /// <summary>In how many pairs of usual sequences the technique comes after one of those seen.</summary>
    public int Later(int[] seen, int technique) => seen.Sum(from => later.GetValueOrDefault((from, technique)));

    private int Find(string id) => index.Techniques.Find(index.Knowledge.Successors.GetValueOrDefault(id, id));

    private void AddSequence(int[] sequence)
    {
        for (var i = 0; i < sequence.Length; i++)
            for (var j = i + 1; j < sequence.Length; j++)
            {
                if (sequence[i] == sequence[j]) continue;
                later[(sequence[i], sequence[j])] = later.GetValueOrDefault((sequence[i], sequence[j])) + 1;
                if (j - i <= Farthest) AddStep(sequence[i], sequence[j], 1.0 / ((j - i) * (j - i)));
            }
    }

    private void AddStep(int from, int to, double weight)
    {
        (from, to) = (index.Family[from], index.Family[to]);
        familySteps[(from, to)] = familySteps.GetValueOrDefault((from, to)) + weight;
        familyFrom[from] += weight;
        familyTo[to] += weight;
    }

    private static int[][] TacticPlaces(KnowledgeIndex index)
    {
        var order = index.Knowledge.TacticOrder.Select((name, place) => (name, place)).ToDictionary(item => item.name, item => item.place, StringComparer.Ordinal);
        var places = new int[index.Techniques.Count][];
        foreach (var technique in index.Knowledge.Techniques)
            places[index.Techniques.Find(technique.Id)] = [.. technique.Tactics.Where(order.ContainsKey).Select(tactic => order[tactic]).Order()];
        return places;
    }
}
