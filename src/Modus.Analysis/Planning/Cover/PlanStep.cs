namespace Modus.Analysis.Planning.Cover;

/// <summary>One purchase of a plan, in the order in which buying pays soonest.</summary>
/// <param name="Item">Number of the item.</param>
/// <param name="Cost">Its price.</param>
/// <param name="Marginal">Weight covered once it is bought after the steps before it.</param>
/// <param name="Total">Weight covered then, by what is owned too.</param>
/// <param name="Alone">Weight that it would cover bought alone, on top of what is owned.</param>
/// <param name="Loss">Weight that the whole plan would lose without it.</param>
/// <param name="Unlocks">Numbers of the targets that it unlocks at its place, the weightiest first.</param>
public sealed record PlanStep(int Item, double Cost, double Marginal, double Total, double Alone, double Loss, IReadOnlyList<int> Unlocks)
{
    /// <summary>What it would cover alone that other steps of the plan cover too.</summary>
    public double Overlap => Math.Max(0, Alone - Loss);
}

/// <summary>Puts a choice in order and says what each step does.</summary>
public static class PlanSteps
{
    /// <summary>Orders the chosen items: what completes the most weight for its price first; items that only work together follow each other.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="owned">What is there already.</param>
    /// <param name="chosen">What the plan buys.</param>
    public static IReadOnlyList<PlanStep> Of(CoverProblem problem, IReadOnlyCollection<int> owned, IReadOnlyCollection<int> chosen)
    {
        var ordered = Order(problem, owned, chosen);
        var alone = Start(problem, owned);
        var whole = Start(problem, owned);
        foreach (var item in ordered) whole.Toggle(item);
        var walk = Start(problem, owned);
        var steps = new List<PlanStep>();
        foreach (var item in ordered)
        {
            var unlocked = new List<int>();
            var gain = walk.Toggle(item, unlocked);
            var single = alone.Toggle(item);
            alone.Toggle(item);
            var loss = -whole.Toggle(item);
            whole.Toggle(item);
            steps.Add(new(item, problem.Items[item].Cost, gain, walk.Value, single, loss,
                [.. unlocked.OrderByDescending(target => problem.Targets[target].Weight).ThenBy(target => problem.Targets[target].Id, StringComparer.Ordinal)]));
        }
        return steps;
    }

    private static CoverWhatIf Start(CoverProblem problem, IReadOnlyCollection<int> owned)
    {
        var start = new CoverWhatIf(problem);
        foreach (var item in owned.Distinct()) start.Toggle(item);
        return start;
    }

    private static List<int> Order(CoverProblem problem, IReadOnlyCollection<int> owned, IReadOnlyCollection<int> chosen)
    {
        var walk = Start(problem, owned);
        var left = chosen.Where(item => !walk.Has(item)).Distinct().Order().ToList();
        var inPlan = left.ToHashSet();
        var ways = problem.Targets.SelectMany(target => target.Ways).Where(way => way.All(item => inPlan.Contains(item) || walk.Has(item)))
            .Select(way => way.Where(inPlan.Contains).Distinct().Order().ToArray()).Where(way => way.Length > 0)
            .DistinctBy(way => string.Join(',', way), StringComparer.Ordinal).ToList();
        var ordered = new List<int>();
        while (left.Count > 0)
        {
            int[]? best = null;
            var rate = 0.0;
            foreach (var way in ways)
            {
                int[] missing = [.. way.Where(item => !walk.Has(item))];
                if (missing.Length == 0) continue;
                var before = walk.Value;
                foreach (var item in missing) walk.Toggle(item);
                var gain = walk.Value - before;
                foreach (var item in missing) walk.Toggle(item);
                var price = Math.Max(1e-9, missing.Sum(item => problem.Items[item].Cost));
                if (gain / price <= rate + CoverSolver.Tolerance) continue;
                rate = gain / price;
                best = missing;
            }
            best ??= [left[0]];
            foreach (var item in best.OrderByDescending(item => Gain(walk, item)).ThenBy(item => item))
            {
                walk.Toggle(item);
                ordered.Add(item);
                left.Remove(item);
            }
        }
        return ordered;
    }

    private static double Gain(CoverWhatIf walk, int item)
    {
        var gain = walk.Toggle(item);
        walk.Toggle(item);
        return gain;
    }
}
