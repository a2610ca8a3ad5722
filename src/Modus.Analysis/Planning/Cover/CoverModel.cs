namespace Modus.Analysis.Planning.Cover;

/// <summary>A problem reduced to what matters: equal targets merged, ways that need more than another way left out.</summary>
internal sealed class CoverModel
{
    public CoverModel(CoverProblem problem, CoverLimits limits)
    {
        ItemCount = problem.Items.Count;
        Cost = [.. problem.Items.Select(item => item.Cost)];
        State = new sbyte[ItemCount];
        foreach (var item in limits.Forbidden) State[item] = Out;
        foreach (var item in limits.Required) State[item] = In;
        foreach (var item in limits.Owned)
        {
            State[item] = In;
            Cost[item] = 0;
        }
        var merged = new Dictionary<string, int>(StringComparer.Ordinal);
        var ways = new List<int[][]>();
        var weights = new List<double>();
        foreach (var target in problem.Targets)
        {
            if (target.Weight == 0) continue;
            var kept = Minimal(target.Ways.Select(way => way.Distinct().Where(item => State[item] != In).Order().ToArray())
                .Where(way => way.All(item => State[item] != Out)).ToList());
            if (kept.Length == 0) continue;
            if (kept[0].Length == 0)
            {
                Base += target.Weight;
                continue;
            }
            var key = string.Join(';', kept.Select(way => string.Join(',', way)));
            if (merged.TryGetValue(key, out var at)) weights[at] += target.Weight;
            else
            {
                merged[key] = ways.Count;
                ways.Add(kept);
                weights.Add(target.Weight);
            }
        }
        Weight = [.. weights];
        Ways = [.. ways];
        Local = [.. ways.Select(list => list.SelectMany(way => way).Distinct().Order().ToArray())];
        // Ways with the places of their items in the target's own list, so that multipliers lie side by side.
        LocalWays = [.. ways.Select((list, t) => list.Select(way => way.Select(item => Array.BinarySearch(Local[t], item)).ToArray()).ToArray())];
        FirstMultiplier = new int[Ways.Length + 1];
        for (var t = 0; t < Ways.Length; t++) FirstMultiplier[t + 1] = FirstMultiplier[t] + Local[t].Length;
        TargetsOf = new int[ItemCount][];
        var lists = new List<int>[ItemCount];
        for (var t = 0; t < Ways.Length; t++)
            foreach (var item in Local[t]) (lists[item] ??= []).Add(t);
        for (var s = 0; s < ItemCount; s++) TargetsOf[s] = lists[s]?.ToArray() ?? [];
        DistinctWays = [.. ways.SelectMany(list => list).DistinctBy(way => string.Join(',', way), StringComparer.Ordinal)];
        LongestWay = DistinctWays.Length == 0 ? 0 : DistinctWays.Max(way => way.Length);
        Spent = limits.Required.Distinct().Sum(item => Cost[item]);
        Budget = limits.Budget;
    }

    public const sbyte Free = 0, In = 1, Out = -1;

    public int ItemCount { get; }
    public double[] Cost { get; }

    /// <summary>What the limits say of each item.</summary>
    public sbyte[] State { get; }

    /// <summary>Weight that is covered whatever is bought.</summary>
    public double Base { get; }

    /// <summary>What the required items cost.</summary>
    public double Spent { get; }
    public double Budget { get; }
    public double[] Weight { get; }
    public int[][][] Ways { get; }
    public int[][][] LocalWays { get; }
    public int[][] Local { get; }
    public int[] FirstMultiplier { get; }
    public int[][] TargetsOf { get; }

    /// <summary>Every way of any target, once.</summary>
    public int[][] DistinctWays { get; }
    public int LongestWay { get; }

    /// <summary>The weight that a choice covers; what is owned or required counts as chosen.</summary>
    public double Value(bool[] chosen)
    {
        var value = Base;
        for (var t = 0; t < Ways.Length; t++)
            foreach (var way in Ways[t])
            {
                var works = true;
                foreach (var item in way)
                    if (!chosen[item])
                    {
                        works = false;
                        break;
                    }
                if (!works) continue;
                value += Weight[t];
                break;
            }
        return value;
    }

    private static int[][] Minimal(List<int[]> ways)
    {
        ways.Sort((a, b) => a.Length != b.Length ? a.Length - b.Length : a.AsSpan().SequenceCompareTo(b));
        var kept = new List<int[]>();
        foreach (var way in ways)
            if (!kept.Exists(smaller => smaller.All(item => Array.BinarySearch(way, item) >= 0))) kept.Add(way);
        return [.. kept];
    }
}
