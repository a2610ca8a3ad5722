namespace Modus.Analysis.Planning.Cover;

/// <summary>Good plans fast: whole ways at a time, then exchanges. No guarantee; the search proves or improves them.</summary>
internal static class CoverGreedy
{
    private const int MostExchangeRounds = 6;

    /// <summary>Buys the way with the most gain for its price until nothing fits, then exchanges while that helps.</summary>
    public static bool[] Plan(CoverModel model)
    {
        var chosen = new bool[model.ItemCount];
        for (var s = 0; s < chosen.Length; s++) chosen[s] = model.State[s] == CoverModel.In;
        Fill(model, chosen, model.Spent);
        Exchange(model, chosen);
        return chosen;
    }

    /// <summary>Adds ways by gain for their price, none that needs the banned item; returns what is spent then.</summary>
    public static double Fill(CoverModel model, bool[] chosen, double spent, int banned = -1)
    {
        var covered = new bool[model.Ways.Length];
        for (var t = 0; t < covered.Length; t++) covered[t] = Works(model, t, chosen);
        var missing = new int[model.LongestWay];
        var take = new int[model.LongestWay];
        while (true)
        {
            var best = 0.0;
            var taken = 0;
            foreach (var way in model.DistinctWays)
            {
                var count = 0;
                var cost = 0.0;
                var possible = true;
                foreach (var item in way)
                {
                    if (chosen[item]) continue;
                    possible &= item != banned;
                    missing[count++] = item;
                    cost += model.Cost[item];
                }
                if (!possible || count == 0 || spent + cost > model.Budget + CoverSolver.Tolerance) continue;
                var rate = Gain(model, covered, chosen, missing.AsSpan(0, count)) / Math.Max(cost, 1e-9);
                if (rate <= best) continue;
                best = rate;
                taken = count;
                missing.AsSpan(0, count).CopyTo(take);
            }
            if (taken == 0) return spent;
            foreach (var item in take.AsSpan(0, taken))
            {
                chosen[item] = true;
                spent += model.Cost[item];
            }
            foreach (var item in take.AsSpan(0, taken))
                foreach (var t in model.TargetsOf[item]) covered[t] = covered[t] || Works(model, t, chosen);
        }
    }

    /// <summary>Gives up one item and fills again, as long as that covers more.</summary>
    public static void Exchange(CoverModel model, bool[] chosen)
    {
        var value = model.Value(chosen);
        for (var round = 0; round < MostExchangeRounds; round++)
        {
            bool[]? better = null;
            for (var s = 0; s < chosen.Length; s++)
            {
                if (!chosen[s] || model.State[s] != CoverModel.Free) continue;
                var other = (bool[])chosen.Clone();
                other[s] = false;
                Fill(model, other, Spent(model, other), banned: s);
                var reached = model.Value(other);
                if (reached <= value + CoverSolver.Tolerance) continue;
                value = reached;
                better = other;
            }
            if (better is null) return;
            better.CopyTo(chosen, 0);
        }
    }

    public static double Spent(CoverModel model, bool[] chosen)
    {
        var spent = 0.0;
        for (var s = 0; s < chosen.Length; s++) if (chosen[s]) spent += model.Cost[s];
        return spent;
    }

    private static double Gain(CoverModel model, bool[] covered, bool[] chosen, ReadOnlySpan<int> added)
    {
        var gain = 0.0;
        foreach (var item in added) chosen[item] = true;
        for (var i = 0; i < added.Length; i++)
            foreach (var t in model.TargetsOf[added[i]])
                if (!covered[t] && First(model, t, added, i) && Works(model, t, chosen)) gain += model.Weight[t];
        foreach (var item in added) chosen[item] = false;
        return gain;
    }

    // A target that several added items touch counts once: at the first of them.
    private static bool First(CoverModel model, int target, ReadOnlySpan<int> added, int upTo)
    {
        for (var i = 0; i < upTo; i++)
            if (Array.BinarySearch(model.Local[target], added[i]) >= 0) return false;
        return true;
    }

    public static bool Works(CoverModel model, int target, bool[] chosen)
    {
        foreach (var way in model.Ways[target])
        {
            var works = true;
            foreach (var item in way)
                if (!chosen[item])
                {
                    works = false;
                    break;
                }
            if (works) return true;
        }
        return false;
    }
}
