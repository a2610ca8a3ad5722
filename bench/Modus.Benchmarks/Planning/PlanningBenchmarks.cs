using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Coverage;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Patterns;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Cover;
using Modus.Analysis.Planning.Exercises;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;
using Modus.Casework.Defence;

namespace Modus.Benchmarks.Planning;

/// <summary>Figures of plans: exactness and time of the choice, what-if, back-test, order of exercises, patterns.</summary>
/// <remarks>usage: planning [DATA] optimum | whatif | backtest | order | patterns | models=FOLDER</remarks>
internal static class PlanningBenchmarks
{
    private static readonly string[] parts = ["optimum", "whatif", "backtest", "order", "patterns"];

    public static int Run(string[] args)
    {
        var folder = args.FirstOrDefault(Directory.Exists) ?? "../shared/data";
        if (!File.Exists(Path.Combine(folder, "logsource-plan.json")))
        {
            Console.Error.WriteLine($"no planning data at {folder}");
            return 2;
        }
        var asked = parts.Where(args.Contains).ToArray();
        var models = args.FirstOrDefault(arg => arg.StartsWith("models=", StringComparison.Ordinal))?["models=".Length..];
        if (asked.Length == 0 && models is null) asked = parts;
        foreach (var part in asked)
        {
            var before = Cpu();
            switch (part)
            {
                case "optimum": Optimum(folder); break;
                case "whatif": WhatIf(folder); break;
                case "backtest": BacktestLab.Run(folder); break;
                case "order": OrderLab.Run(folder); break;
                default: Patterns(); break;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{part}: {(Cpu() - before).TotalSeconds:0.0} CPU s\n"));
        }
        if (models is not null)
        {
            var model = OrderLab.Model(folder).Write();
            File.WriteAllBytes(Path.Combine(models, "order-model.json"), model);
            Console.WriteLine($"order-model.json: {(model.AsSpan().SequenceEqual(OrderModel.Shipped.Write()) ? "as it is shipped, byte for byte" : "differs from the one that is shipped")}");
        }
        return 0;
    }

    internal static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static (CoverProblem And, CoverProblem Random, CoverProblem Or, JsonElement Results) Instance(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "logsource-plan.json")));
        var root = document.RootElement.Clone();
        var names = root.GetProperty("log_sources").EnumerateArray().Select(item => item.GetString()!).ToList();
        var number = names.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var ways = root.GetProperty("analytics").EnumerateArray()
            .Select(item => (Technique: item[0].GetString()!, Logs: item[1].EnumerateArray().Select(log => number[log.GetString()!]).ToArray())).ToLookup(item => item.Technique, item => item.Logs);
        CoverProblem Make(Func<string, double> cost, bool any) => new([.. names.Select(name => new CoverItem(name, cost(name)))],
            [.. root.GetProperty("weights").EnumerateObject().Select(item => new CoverTarget(item.Name, item.Value.GetDouble(),
                any ? [.. ways[item.Name].SelectMany(way => way).Distinct().Select(log => (IReadOnlyList<int>)[log])] : [.. ways[item.Name]]))]);
        return (Make(_ => 1, false), Make(name => root.GetProperty("cost_random").GetProperty(name).GetDouble(), false), Make(_ => 1, true), root.GetProperty("results"));
    }

    private static void Optimum(string folder)
    {
        var (and, random, or, results) = Instance(folder);
        Console.WriteLine("| instance | budget | covered | known optimum | proven | greedy falls short by | nodes | CPU s |\n| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        foreach (var (name, problem) in new[] { ("unit_and", and), ("random_and", random), ("unit_or", or) })
        {
            CoverSolver.Solve(problem, new(1));
            foreach (var item in results.GetProperty(name).EnumerateArray())
            {
                var budget = item.GetProperty("budget").GetDouble();
                var before = Cpu();
                var answer = CoverSolver.Solve(problem, new(budget));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {budget} | {answer.Value:0.000000} | {item.GetProperty("optimum").GetDouble():0.000000} | {(answer.IsProven ? "yes" : "no")} | {100 * (answer.Value - answer.Greedy) / answer.Value:0.0} % | {answer.Nodes} | {(Cpu() - before).TotalSeconds:0.000} |"));
            }
        }
    }

    private static void WhatIf(string folder)
    {
        var (and, _, _, _) = Instance(folder);
        Console.WriteLine("| what-if | toggles | µs a toggle with its gaps ranked anew |\n| --- | ---: | ---: |");
        Measure("one of 263 log sources, 1,374 analytics", and);
        // The rules of a large public set with the logs that they read, cell by cell, as 'plan whatif detections' has them.
        var release = KnowledgeBase.Open().Newest(Domains.Enterprise)!;
        var knowledge = CoverageKnowledge.Read(release, Domains.Enterprise);
        var load = DefenceLoader.Load(new(knowledge, release, () => []), new() { Rules = [Path.Combine(folder, "sigma")] });
        var uses = ReleaseUses.Of(release, EmbeddedFacts.SourceDates);
        var weights = ThreatModel.Weigh(uses.Techniques, uses.Uses, new()).ToDictionary(row => row.Technique, row => row.Weight, StringComparer.Ordinal);
        var question = DefenceQuestions.Detections(new(knowledge, PlanFacts.Techniques(release, weights), load.Inventory, new Dictionary<string, double>(), _ => null), _ => true, withSources: true);
        Measure(string.Create(CultureInfo.InvariantCulture, $"one of {question.Problem.Items.Count:N0} rules and logs, {question.Problem.Targets.Count:N0} cells, {question.Problem.Targets.Sum(target => target.Ways.Count):N0} ways"), question.Problem);

        static void Measure(string name, CoverProblem problem)
        {
            var whatIf = new CoverWhatIf(problem);
            for (var item = 0; item < problem.Items.Count; item += 2) whatIf.Toggle(item);
            var random = new Random(1);
            var order = new int[problem.Targets.Count];
            var keys = new double[order.Length];
            const int rounds = 20_000;
            var before = Cpu();
            for (var round = 0; round < rounds; round++)
            {
                whatIf.Toggle(random.Next(problem.Items.Count));
                for (var t = 0; t < order.Length; t++)
                {
                    order[t] = t;
                    keys[t] = whatIf.Covers(t) ? 0 : -problem.Targets[t].Weight;
                }
                Array.Sort(keys, order);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {rounds} | {(Cpu() - before).TotalMicroseconds / rounds:0.0} |"));
        }
    }

    private static void Patterns()
    {
        var release = KnowledgeBase.Open().Get("18.1")!;
        var uses = ReleaseUses.Of(release, EmbeddedFacts.SourceDates).Uses.Where(use => use.Kind != UserKind.Software).ToList();
        var table = new Occurrence(uses.GroupBy(use => use.User, StringComparer.Ordinal).Select(group => (group.Key, group.Select(use => use.Technique))));
        var options = new PatternOptions { Family = id => id.Split('.')[0] };
        var before = Cpu();
        var pairs = TechniquePatterns.Pairs(table, options);
        var after = Cpu();
        var sets = TechniquePatterns.Sets(table, pairs, options);
        var end = Cpu();
        var clusters = ClusterAnswer.Of(table);
        Console.WriteLine("| patterns in 18.1 | tested | significant | CPU s |\n| --- | ---: | ---: | ---: |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| pairs, 1,000 drawn tables | {pairs.Tested} | {pairs.Patterns.Count} | {(after - before).TotalSeconds:0.00} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| sets of 3 and 4 | {sets.Tested} | {sets.Patterns.Count} | {(end - after).TotalSeconds:0.00} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| clusters (100 resamples) | {clusters.Clusters.Count + clusters.Unstable} | {clusters.Clusters.Count} | {(Cpu() - end).TotalSeconds:0.00} |"));
        // The control: a drawn table has no pattern but chance.
        var curveball = new Curveball(table, 99);
        var control = TechniquePatterns.Pairs(new(curveball.Rows.Select((row, at) => (table.Owners[at], row.Select(t => table.Techniques[t])))), options);
        Console.WriteLine($"| control: pairs in a drawn table | {control.Tested} | {control.Patterns.Count} | |");
        foreach (var pair in pairs.Patterns.Take(8)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- {string.Join(" + ", pair.Techniques)}: {pair.Support} against {pair.Expected:0.0}, z {pair.Score:0.0}"));
    }
}
