using System.Globalization;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning.Exercises;
using Modus.Attack;
using Modus.Benchmarks.Analysis;

namespace Modus.Benchmarks.Planning;

/// <summary>The usual order of techniques, learned with one family of flows or one plan left out at a time.</summary>
internal static class OrderLab
{
    private const string TrainedOn = "20 attack flows and 5 emulation plans";

    public static OrderModel Model(string folder) => OrderTrainer.Train([.. Flows(folder), .. Plans(folder)], Releases().Releases, TrainedOn);

    public static void Run(string folder)
    {
        var (releases, tactics) = Releases();
        var (flows, plans) = (Flows(folder), Plans(folder));
        List<OrderedPairs> all = [.. flows, .. plans];
        var facts = releases[0];
        double? Tactic(string id) => facts.TryGetValue(id, out var technique) && technique.Tactics.Count > 0 ? technique.Tactics.Average(tactic => tactics.IndexOf(tactic)) : null;
        double? First(string id) => facts.TryGetValue(id, out var technique) && technique.Tactics.Count > 0 ? technique.Tactics.Min(tactic => tactics.IndexOf(tactic)) : null;
        Console.WriteLine("| order, share of pairs right | learned, held out | tactic order, mean | tactic order, first |\n| --- | ---: | ---: | ---: |");
        foreach (var (name, list) in new[] { ("flows", flows), ("plans", plans) })
        {
            var rows = list.Select(sequence =>
            {
                var model = OrderTrainer.Train([.. all.Where(other => other.Source != sequence.Source)], releases, "");
                return (sequence.Source, Learned: OrderTrainer.Agreement(sequence, id => facts.TryGetValue(id, out var technique) ? model.Place(technique, tactics) : null),
                    Mean: OrderTrainer.Agreement(sequence, Tactic), First: OrderTrainer.Agreement(sequence, First));
            }).ToList();
            if (list == plans) foreach (var row in rows) Print(row.Source, row.Learned, row.Mean, row.First);
            Print($"{list.Count} {name}, mean", rows.Average(row => row.Learned), rows.Average(row => row.Mean), rows.Average(row => row.First));
        }

        static void Print(string name, double learned, double mean, double first) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {learned:.000} | {mean:.000} | {first:.000} |"));
    }

    private static (IReadOnlyList<IReadOnlyDictionary<string, TechniqueFact>> Releases, List<string> Tactics) Releases()
    {
        var knowledge = KnowledgeBase.Open();
        var facts = new[] { "18.1", "19.0" }.Select(version => ReleaseAdapter.Read(knowledge.Get(version)!, domains: Domains.Enterprise)).ToList();
        return ([.. facts.Select(item => (IReadOnlyDictionary<string, TechniqueFact>)item.Techniques.ToDictionary(technique => technique.Id, StringComparer.Ordinal))], [.. facts[0].TacticOrder]);
    }

    // Ids are carried to both releases; a pair of either is learned where both ends live.
    private static List<OrderedPairs> Flows(string folder) =>
        [.. FlowLab.Read(folder).Select(flow => new OrderedPairs(flow.Family, [.. Reached(flow).Where(pair => pair.Before != pair.After).SelectMany(Both)])).Where(item => item.Pairs.Count > 0)];

    private static IEnumerable<(string Before, string After)> Reached(Flow flow)
    {
        for (var to = 0; to < flow.Nodes.Length; to++)
            if (flow.Nodes[to] is { } after)
                foreach (var from in flow.Ancestors(to))
                    if (from != to && flow.Nodes[from] is { } before) yield return (before, after);
    }

    private static List<OrderedPairs> Plans(string folder)
    {
        var plans = new List<OrderedPairs>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "emulation"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var steps = new List<string>();
            foreach (var line in File.ReadLines(file))
            {
                const string key = "attack_id:";
                var at = line.IndexOf(key, StringComparison.Ordinal);
                if (at >= 0 && Carry(line[(at + key.Length)..].Trim().Trim('"', '\'')) is { } id) steps.Add(id);
            }
            var pairs = new List<(string, string)>();
            for (var i = 0; i < steps.Count; i++)
                for (var j = i + 1; j < steps.Count; j++)
                    if (steps[i] != steps[j]) pairs.AddRange(Both((steps[i], steps[j])));
            plans.Add(new(Path.GetFileNameWithoutExtension(file), pairs));
        }
        return plans;
    }

    private static readonly Lazy<(Release Old, Release New)> ends = new(() => (KnowledgeBase.Open().Get("18.1")!, KnowledgeBase.Open().Get("19.0")!));

    private static string? Carry(string id) => ends.Value.Old.Find<Technique>(id) is { } found ? found.IsAlive ? found.Id : found.Succession.Successor?.Id : null;

    private static IEnumerable<(string Before, string After)> Both((string Before, string After) pair)
    {
        yield return pair;
        var later = (Forward(pair.Before), Forward(pair.After));
        if (later.Item1 is { } before && later.Item2 is { } after && (before, after) != pair && before != after) yield return (before, after);
    }

    private static string? Forward(string id) => ends.Value.New.Find<Technique>(id) is { } found ? found.IsAlive ? found.Id : found.Succession.Successor?.Id : null;
}
