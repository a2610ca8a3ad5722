using System.Text.Json;
using Modus.Analysis.Planning.Cover;
using Xunit;

namespace Modus.Tests.Analysis.Planning;

/// <summary>The exact choice under a budget, against trying everything.</summary>
public sealed class CoverSolverTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 120).Select(seed => new TheoryDataRow<int>(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_answer_is_what_trying_everything_finds(int seed)
    {
        var random = new Random(seed);
        var items = Enumerable.Range(0, random.Next(1, 12)).Select(at => new CoverItem($"i{at}", seed % 3 == 0 ? 1 : seed % 3 == 1 ? random.Next(0, 6) : random.NextDouble() * 5)).ToList();
        var targets = Enumerable.Range(0, random.Next(1, 20)).Select(at => new CoverTarget($"t{at}", random.Next(0, 10) + (seed % 2 == 0 ? random.NextDouble() : 0),
            [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => (IReadOnlyList<int>)[.. Enumerable.Range(0, random.Next(seed % 5 == 0 ? 0 : 1, 5)).Select(_ => random.Next(items.Count))])])).ToList();
        var problem = new CoverProblem(items, targets);
        int[] owned = [.. Enumerable.Range(0, items.Count).Where(_ => random.Next(8) == 0)];
        int[] forbidden = [.. Enumerable.Range(0, items.Count).Where(item => !owned.Contains(item) && random.Next(8) == 0)];
        int[] required = [.. Enumerable.Range(0, items.Count).Where(item => !owned.Contains(item) && !forbidden.Contains(item) && random.Next(10) == 0)];
        var budget = required.Sum(item => items[item].Cost) + random.Next(0, 12);
        var limits = new CoverLimits(budget) { Owned = owned, Required = required, Forbidden = forbidden };

        var answer = CoverSolver.Solve(problem, limits, TestContext.Current.CancellationToken);

        Assert.Equal(TryEverything(problem, limits), answer.Value, 9);
        Assert.True(answer.IsProven);
        Assert.True(answer.Cost <= budget + 1e-9);
        Assert.Equal(answer.Value, Value(problem, [.. answer.Chosen, .. owned]), 9);
        Assert.Subset(answer.Chosen.ToHashSet(), required.ToHashSet());
        Assert.Empty(answer.Chosen.Intersect(forbidden));
        Assert.True(answer.Greedy <= answer.Value + 1e-9);
    }

    [Theory]
    [InlineData("unit_and")]
    [InlineData("random_and")]
    [InlineData("unit_or")]
    public void Every_log_source_instance_reaches_its_proven_optimum(string kind)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.Need("logsource-plan.json")));
        var root = document.RootElement;
        var names = root.GetProperty("log_sources").EnumerateArray().Select(item => item.GetString()!).ToList();
        var number = names.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var analytics = root.GetProperty("analytics").EnumerateArray()
            .Select(item => (Technique: item[0].GetString()!, Logs: item[1].EnumerateArray().Select(log => number[log.GetString()!]).ToArray())).ToLookup(item => item.Technique, item => item.Logs);
        var items = names.Select(name => new CoverItem(name, kind == "random_and" ? root.GetProperty("cost_random").GetProperty(name).GetDouble() : 1)).ToList();
        var targets = root.GetProperty("weights").EnumerateObject().Select(item => new CoverTarget(item.Name, item.Value.GetDouble(),
            kind == "unit_or" ? [.. analytics[item.Name].SelectMany(way => way).Distinct().Select(log => (IReadOnlyList<int>)[log])] : [.. analytics[item.Name]])).ToList();
        var problem = new CoverProblem(items, targets);

        foreach (var instance in root.GetProperty("results").GetProperty(kind).EnumerateArray())
        {
            var answer = CoverSolver.Solve(problem, new(instance.GetProperty("budget").GetDouble()), TestContext.Current.CancellationToken);

            Assert.Equal(instance.GetProperty("optimum").GetDouble(), answer.Value, 5);
            Assert.True(answer.IsProven);
            Assert.Equal(answer.Value, Value(problem, answer.Chosen), 9);
        }
    }

    [Fact]
    public void A_search_that_may_not_finish_says_how_far_from_proven_it_is()
    {
        var random = new Random(7);
        var items = Enumerable.Range(0, 60).Select(at => new CoverItem($"i{at}", 1 + random.Next(9))).ToList();
        var targets = Enumerable.Range(0, 150).Select(at => new CoverTarget($"t{at}", 1 + random.Next(5),
            [.. Enumerable.Range(0, 3).Select(_ => (IReadOnlyList<int>)[.. Enumerable.Range(0, 3).Select(_ => random.Next(60))])])).ToList();
        var problem = new CoverProblem(items, targets);

        var first = CoverSolver.Solve(problem, new(40) { MostNodes = 1 }, TestContext.Current.CancellationToken);
        var whole = CoverSolver.Solve(problem, new(40) { MostNodes = 100_000 }, TestContext.Current.CancellationToken);

        Assert.True(first.Value <= whole.Value);
        Assert.True(first.Bound >= whole.Value - 1e-9);
        Assert.Equal(1, first.Nodes);
        Assert.True(whole.IsProven);
    }

    [Fact]
    public void What_is_required_must_fit_and_not_be_forbidden()
    {
        var problem = new CoverProblem([new("a", 5), new("b", 1)], [new("t", 1, [[0]])]);
        Assert.Throws<ArgumentException>(() => CoverSolver.Solve(problem, new(4) { Required = [0] }, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => CoverSolver.Solve(problem, new(9) { Required = [0], Forbidden = [0] }, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => new CoverProblem([new("a", double.NaN)], []));
        Assert.Throws<ArgumentException>(() => new CoverProblem([new("a", 1)], [new("t", 1, [[3]])]));
    }

    [Fact]
    public void Steps_add_up_and_show_what_each_is_worth()
    {
        // a and b only work together; c doubles a part of what they cover.
        var problem = new CoverProblem([new("a", 1), new("b", 1), new("c", 1)], [new("x", 4, [[0, 1]]), new("y", 3, [[0, 1], [2]]), new("z", 1, [[2]])]);
        var steps = PlanSteps.Of(problem, [], [0, 1, 2]);

        Assert.Equal([2, 0, 1], steps.Select(step => step.Item));
        Assert.Equal([4.0, 0.0, 4.0], steps.Select(step => step.Marginal));
        Assert.Equal([4.0, 4.0, 8.0], steps.Select(step => step.Total));
        Assert.Equal([1.0, 4.0, 4.0], steps.Select(step => step.Loss));
        Assert.Equal([4.0, 0.0, 0.0], steps.Select(step => step.Alone));
        Assert.Equal(3.0, steps[0].Overlap);
        Assert.Equal([0], steps[2].Unlocks);
    }

    [Fact]
    public void Toggling_there_and_back_changes_nothing_and_every_value_is_exact()
    {
        var random = new Random(3);
        var items = Enumerable.Range(0, 30).Select(at => new CoverItem($"i{at}", 1)).ToList();
        var targets = Enumerable.Range(0, 80).Select(at => new CoverTarget($"t{at}", random.Next(1, 9),
            [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => (IReadOnlyList<int>)[.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(30))])])).ToList();
        var problem = new CoverProblem(items, targets);
        var whatIf = new CoverWhatIf(problem);
        var there = new HashSet<int>();
        for (var round = 0; round < 500; round++)
        {
            var item = random.Next(30);
            var before = whatIf.Value;
            var change = whatIf.Toggle(item);
            if (!there.Add(item)) there.Remove(item);
            Assert.Equal(Value(problem, there), whatIf.Value, 9);
            Assert.Equal(before + change, whatIf.Value, 9);
            Assert.Equal(there.Count, whatIf.Cost, 9);
        }
    }

    private static double TryEverything(CoverProblem problem, CoverLimits limits)
    {
        var best = 0.0;
        for (var mask = 0; mask < 1 << problem.Items.Count; mask++)
        {
            int[] chosen = [.. Enumerable.Range(0, problem.Items.Count).Where(item => (mask >> item & 1) == 1)];
            if (limits.Forbidden.Except(limits.Owned).Intersect(chosen).Any() || limits.Required.Except(chosen).Any()) continue;
            if (chosen.Except(limits.Owned).Sum(item => problem.Items[item].Cost) > limits.Budget + 1e-9) continue;
            best = Math.Max(best, Value(problem, [.. chosen, .. limits.Owned]));
        }
        return best;
    }

    private static double Value(CoverProblem problem, IReadOnlyCollection<int> chosen) =>
        problem.Targets.Where(target => target.Ways.Any(way => way.All(chosen.Contains))).Sum(target => target.Weight);
}
