using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Modus.Attack;

namespace Modus.Benchmarks.Analysis;

internal sealed record Flow(string Family, string?[] Nodes, (int From, int To)[] Edges)
{
    public IEnumerable<Transition> Steps => Edges.Where(e => Nodes[e.From] is not null && Nodes[e.To] is not null && Nodes[e.From] != Nodes[e.To])
        .Select(e => new Transition(Nodes[e.From]!, Nodes[e.To]!));

    /// <summary>Everything that leads to a node, itself not.</summary>
    public HashSet<int> Ancestors(int node)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>([node]);
        while (open.TryPop(out var at))
            foreach (var (from, to) in Edges)
                if (to == at && found.Add(from)) open.Push(from);
        return found;
    }
}

/// <summary>The next step in attack flows, one family of flows left out at a time.</summary>
internal static class FlowLab
{
    public static List<Flow> Read(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "prediction", "flows.json")));
        return [.. document.RootElement.EnumerateArray().Select(flow => new Flow(flow.GetProperty("family").GetString()!,
            [.. flow.GetProperty("nodes").EnumerateArray().Select(node => node.GetString())],
            [.. flow.GetProperty("edges").EnumerateArray().Select(edge => (edge[0].GetInt32(), edge[1].GetInt32()))]))];
    }

    /// <summary>Learns the weights of a next step from transitions, each scored by a model that never saw its family.</summary>
    public static double[] Train(List<FlowCase> cases) =>
        Blend.Train([.. cases.Where(item => item.Open.Length > 0 && item.Truth >= 0).Select(item => (item.Rows, new[] { item.Truth }, 1.0))], NextStepModel.Features.Count, 60);

    public static List<FlowCase> Cases(string folder)
    {
        var flows = Read(folder);
        var index = new KnowledgeIndex(ReleaseAdapter.Read(KnowledgeBase.Open().Get("18.1")!));
        var (baskets, _) = BasketBuilder.Build(index, Lens.All, []);
        var models = new ModelSet(baskets, index.Parent);
        var cases = new List<FlowCase>();
        foreach (var family in flows.Select(flow => flow.Family).Distinct())
        {
            var known = flows.Where(flow => flow.Family != family).SelectMany(flow => flow.Steps).ToList();
            var model = new NextStepModel(known);
            var steps = NextStepModel.LearnSteps(known, index);
            var popular = known.GroupBy(step => step.To).ToDictionary(group => group.Key, group => (double)group.Count());
            foreach (var flow in flows.Where(flow => flow.Family == family))
                foreach (var (from, to) in flow.Edges)
                {
                    if (flow.Nodes[from] is not { } a || flow.Nodes[to] is not { } b || a == b) continue;
                    var before = flow.Ancestors(from).Append(from).Select(node => flow.Nodes[node]).OfType<string>().Distinct().ToArray();
                    if (before.Contains(b)) continue;
                    var seen = before.Select(index.Techniques.Find).Where(t => t >= 0).Order().ToArray();
                    var open = Enumerable.Range(0, index.Techniques.Count).Except(seen).ToArray();
                    var all = model.Rows(index, models, seen, index.Techniques.Find(a), steps);
                    var width = NextStepModel.Features.Count;
                    cases.Add(new(family, open, [.. open.SelectMany(t => all.Skip(t * width).Take(width))], Array.IndexOf(open, index.Techniques.Find(b)),
                        [.. open.Select(t => popular.GetValueOrDefault(index.Techniques[t]))]));
                }
        }
        return cases;
    }

    public static void Run(string folder)
    {
        var cases = Cases(folder);
        var ranks = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var family in cases.Select(item => item.Family).Distinct())
        {
            var weights = Train([.. cases.Where(item => item.Family != family)]);
            foreach (var item in cases.Where(item => item.Family == family))
            {
                Note("model", Blend.Score(item.Rows, weights));
                Note("popularity in flows", item.Popular);
                Note("EASE on what came before", [.. item.Rows.Where((_, at) => at % NextStepModel.Features.Count == 3)]);

                void Note(string name, double[] scores)
                {
                    if (!ranks.TryGetValue(name, out var list)) ranks[name] = list = [];
                    list.Add(item.Truth < 0 ? double.PositiveInfinity : RankMetrics.Rank(scores, item.Truth));
                }
            }
        }
        foreach (var (name, list) in ranks)
        {
            var ten = list.Average(r => r <= 10 ? 1.0 : 0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| next step | {name} | {list.Count} | {list.Average(r => r <= 1 ? 1.0 : 0):.000} / {list.Average(r => r <= 5 ? 1.0 : 0):.000} / {ten:.000} ± {1.96 * Math.Sqrt(ten * (1 - ten) / list.Count):.000} / {list.Average(r => r <= 20 ? 1.0 : 0):.000} |"));
        }
        Console.WriteLine(string.Join(", ", NextStepModel.Features.Zip(Train(cases), (name, weight) => FormattableString.Invariant($"{name} {weight:0.00}"))));
    }
}

internal sealed record FlowCase(string Family, int[] Open, double[] Rows, int Truth, double[] Popular);
