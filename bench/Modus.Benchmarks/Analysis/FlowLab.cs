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

    /// <summary>Everything that leads to a node, nearest first, itself not.</summary>
    public IReadOnlyList<int> Ancestors(int node)
    {
        var found = new List<int>();
        var open = new Queue<int>([node]);
        while (open.TryDequeue(out var at))
            foreach (var (from, to) in Edges)
                if (to == at && !found.Contains(from))
                {
                    found.Add(from);
                    open.Enqueue(from);
                }
        return found;
    }
}

/// <summary>The next step in attack flows, one family of flows left out at a time.</summary>
internal static class FlowLab
{
    private const double Ridge = 10;

    public static List<Flow> Read(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "prediction", "flows.json")));
        return [.. document.RootElement.EnumerateArray().Select(flow => new Flow(flow.GetProperty("family").GetString()!,
            [.. flow.GetProperty("nodes").EnumerateArray().Select(node => node.GetString())],
            [.. flow.GetProperty("edges").EnumerateArray().Select(edge => (edge[0].GetInt32(), edge[1].GetInt32()))]))];
    }

    /// <summary>Learns the weights of a next step from transitions, each scored by a model that never saw its family.</summary>
    public static double[] Train(IEnumerable<FlowCase> cases) =>
        Blend.Train([.. cases.Where(item => item.Truth >= 0).Select(item => (item.Rows, new[] { item.Truth }, 1.0))], NextStepModel.Features.Count, Ridge);

    /// <param name="folder">The data.</param>
    /// <param name="usual">Whether the usual steps count.</param>
    /// <param name="blend">Weights of what is likely unseen; null for those shipped.</param>
    public static List<FlowCase> Cases(string folder, bool usual, double[]? blend = null)
    {
        var flows = Read(folder);
        var index = new KnowledgeIndex(ReleaseAdapter.Read(KnowledgeBase.Open().Get("18.1")!, domains: Domains.Enterprise));
        var (baskets, _) = BasketBuilder.Build(index, Lens.All, []);
        var models = new ModelSet(baskets, index.Parent);
        var cases = new List<FlowCase>();
        foreach (var family in flows.Select(flow => flow.Family).Distinct())
        {
            var known = flows.Where(flow => flow.Family != family).SelectMany(flow => flow.Steps).ToList();
            var model = new NextStepModel(known, usual ? UsualSteps.Shipped : UsualSteps.None);
            var steps = NextStepModel.LearnSteps(known, index);
            var popular = known.GroupBy(step => step.To).ToDictionary(group => group.Key, group => (double)group.Count());
            foreach (var flow in flows.Where(flow => flow.Family == family))
                foreach (var (from, to) in flow.Edges)
                {
                    if (flow.Nodes[from] is not { } a || flow.Nodes[to] is not { } b || a == b) continue;
                    var before = flow.Ancestors(from).Prepend(from).Select(node => flow.Nodes[node]).OfType<string>().Distinct().ToArray();
                    if (before.Contains(b)) continue;
                    int[] trail = [.. before.Select(index.Techniques.Find).Where(t => t >= 0).Reverse()];
                    int[] seen = [.. trail.Order()];
                    var (open, features) = models.Features(seen);
                    var unseen = Blend.Score(features, blend ?? PredictionModel.Shipped.Weights);
                    var evidence = models.Evidence.Score(seen);
                    cases.Add(new(family, model.Rows(index, open, unseen, trail, steps), Array.IndexOf(open, index.Techniques.Find(b)),
                        [.. open.Select(t => popular.GetValueOrDefault(index.Techniques[t]))], [.. open.Select(t => evidence[t])], unseen));
                }
        }
        return cases;
    }

    public static void Run(string folder)
    {
        var cases = Cases(folder, usual: true);
        var plain = Learned(Cases(folder, usual: false));
        var model = Learned(cases);
        Print("popularity in flows", Ranks(item => item.Popular), plain);
        Print("EASE on what came before", Ranks(item => item.Evidence), plain);
        Print("likely unseen, whatever the order", Ranks(item => item.Unseen), plain);
        Print("model without the usual steps", plain, null);
        Print("model", model, plain);
        Console.WriteLine(string.Join(", ", NextStepModel.Features.Zip(Train(cases), (name, weight) => FormattableString.Invariant($"{name} {weight:0.00}"))));

        double[] Ranks(Func<FlowCase, double[]> score) => [.. cases.Select(item => Rank(score(item), item.Truth))];

        void Print(string name, double[] ranks, double[]? beside)
        {
            double At(int first) => ranks.Average(rank => rank <= first ? 1.0 : 0);
            var (hits, mrr) = beside is null ? ("", "") : (Paired(rank => rank <= 10 ? 1 : 0), Paired(rank => 1 / rank));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {ranks.Length} | {At(1):.000} / {At(5):.000} / {At(10):.000} ± {1.96 * Math.Sqrt(At(10) * (1 - At(10)) / ranks.Length):.000} / {At(20):.000} | {ranks.Average(rank => 1 / rank):.000} | {hits} | {mrr} |"));

            string Paired(Func<double, double> gain) =>
                beside is null ? "" : Bootstrap([.. ranks.Zip(beside, (one, other) => gain(one) - gain(other))], [.. cases.Select(item => item.Family)]);
        }
    }

    /// <summary>Ranks of the truth, the weights never learned from its family.</summary>
    private static double[] Learned(List<FlowCase> cases)
    {
        var weights = cases.Select(item => item.Family).Distinct().ToDictionary(family => family, family => Train(cases.Where(item => item.Family != family)));
        return [.. cases.Select(item => Rank(Blend.Score(item.Rows, weights[item.Family]), item.Truth))];
    }

    private static double Rank(double[] scores, int truth) => truth < 0 ? double.PositiveInfinity : RankMetrics.Rank(scores, truth);

    /// <summary>Mean and 95 % interval, whole families drawn.</summary>
    private static string Bootstrap(double[] gains, string[] families)
    {
        var groups = gains.Zip(families).GroupBy(item => item.Second).Select(group => group.Select(item => item.First).ToArray()).ToArray();
        var random = new Random(7);
        var means = new double[2_000];
        for (var round = 0; round < means.Length; round++)
        {
            var drawn = Enumerable.Range(0, groups.Length).Select(_ => groups[random.Next(groups.Length)]).ToList();
            means[round] = drawn.Sum(group => group.Sum()) / drawn.Sum(group => group.Length);
        }
        Array.Sort(means);
        return string.Create(CultureInfo.InvariantCulture, $"{gains.Average():+.000;-.000} [{means[50]:+.000;-.000}, {means[1949]:+.000;-.000}]");
    }
}

internal sealed record FlowCase(string Family, double[] Rows, int Truth, double[] Popular, double[] Evidence, double[] Unseen);
