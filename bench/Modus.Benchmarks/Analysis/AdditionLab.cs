using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;

namespace Modus.Benchmarks.Analysis;

/// <summary>Which techniques a later release adds to a group, predicted from the release before.</summary>
internal static class AdditionLab
{
    public static void Run(EvaluationData data)
    {
        var results = new SortedDictionary<string, List<BasketMetrics>>(StringComparer.Ordinal);
        var models = new Dictionary<string, (KnowledgeIndex Index, ModelSet Set, IPredictor[] Plain)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(data.Folder, "prediction", "temporal-additions.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var release = root.GetProperty("release").GetString()!;
            if (!models.TryGetValue(release, out var model))
            {
                var index = data.Release(release);
                var (baskets, _) = BasketBuilder.Build(index, Lens.All, []);
                models[release] = model = (index, new(baskets, index.Parent), [new Popularity(baskets), new ItemNeighbours(baskets), new WeightedFactors(baskets), new RandomWalk(baskets)]);
            }
            var observed = Ids("observed").Where(t => t >= 0).ToArray();
            var hidden = Ids("hidden");
            var found = hidden.Where(t => t >= 0).ToArray();
            foreach (var plain in model.Plain.Append(model.Set.Evidence)) Note(plain.Name, BasketMetrics.Of(plain.Score(observed), observed, found, hidden.Length - found.Length));
            var (open, rows) = model.Set.Features(observed);
            Note("blend", BasketMetrics.Of(Blend.Score(rows, PredictionModel.Shipped.Weights), [],
                [.. found.Select(t => Array.IndexOf(open, t)).Where(at => at >= 0)], hidden.Length - found.Length));

            int[] Ids(string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => model.Index.Techniques.Find(item.GetString()!)).Distinct().Order()];

            void Note(string name, BasketMetrics metrics)
            {
                if (!results.TryGetValue(name, out var list)) results[name] = list = [];
                list.Add(metrics);
            }
        }
        foreach (var (name, list) in results)
        {
            var mean = BasketMetrics.Mean(list);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| additions | {name} | {list.Count} | {mean.Recall20:.000} | {mean.Ndcg20:.000} |"));
        }
    }
}
