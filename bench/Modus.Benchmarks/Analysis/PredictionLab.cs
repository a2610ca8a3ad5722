using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;

namespace Modus.Benchmarks.Analysis;

internal sealed record BasketSplit(string Id, int Fold, double Hide, string[] Observed, string[] Hidden);

/// <summary>Baskets and splits of the development data.</summary>
internal sealed class BasketData
{
    public Dictionary<string, (string Kind, Dictionary<string, string[]> Techniques)> All { get; } = [];
    public List<BasketSplit> Splits { get; } = [];
    public Dictionary<int, HashSet<string>> Excluded { get; } = [];
    public Dictionary<string, int> FoldOf { get; } = [];

    public static BasketData Attack(string folder)
    {
        var data = new BasketData();
        foreach (var line in File.ReadLines(Path.Combine(folder, "prediction", "attack-baskets-16.1.jsonl")))
        {
            using var d = JsonDocument.Parse(line);
            data.All[d.RootElement.GetProperty("id").GetString()!] = (d.RootElement.GetProperty("kind").GetString()!,
                d.RootElement.GetProperty("techniques").EnumerateObject().ToDictionary(x => x.Name, x => x.Value.EnumerateArray().Select(y => y.GetString()!).ToArray()));
        }
        data.ReadSplits(Path.Combine(folder, "prediction", "attack-splits-16.1.jsonl"));
        using var folds = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "prediction", "attack-folds-16.1.json")));
        foreach (var fold in folds.RootElement.EnumerateObject())
            data.Excluded[int.Parse(fold.Name, CultureInfo.InvariantCulture)] = [.. fold.Value.GetProperty("exclude_sources").EnumerateArray().Select(x => x.GetString()!)];
        return data;
    }

    public static BasketData Tie(string folder)
    {
        var data = new BasketData();
        foreach (var line in File.ReadLines(Path.Combine(folder, "prediction", "tie-train-baskets.jsonl")))
        {
            using var d = JsonDocument.Parse(line);
            data.All[d.RootElement.GetProperty("id").GetRawText()] = (d.RootElement.GetProperty("style").GetString()!,
                d.RootElement.GetProperty("techniques").EnumerateArray().ToDictionary(x => x.GetString()!, x => Array.Empty<string>()));
        }
        data.ReadSplits(Path.Combine(folder, "prediction", "tie-train-splits.jsonl"));
        return data;
    }

    private void ReadSplits(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            using var d = JsonDocument.Parse(line);
            var r = d.RootElement;
            var id = r.GetProperty("id").ValueKind == JsonValueKind.String ? r.GetProperty("id").GetString()! : r.GetProperty("id").GetRawText();
            var split = new BasketSplit(id, r.GetProperty("fold").GetInt32(), r.GetProperty("hide").GetDouble(),
                [.. r.GetProperty("observed").EnumerateArray().Select(x => x.GetString()!)], [.. r.GetProperty("hidden").EnumerateArray().Select(x => x.GetString()!)]);
            Splits.Add(split);
            FoldOf[id] = split.Fold;
        }
    }

    /// <summary>Training baskets without the named folds.</summary>
    public Baskets Train(IdTable items, params int[] without)
    {
        var gone = without.Where(Excluded.ContainsKey).SelectMany(f => Excluded[f]).ToHashSet();
        var rows = new List<int[]>();
        foreach (var (id, (_, techniques)) in All.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            if (FoldOf.TryGetValue(id, out var fold) && without.Contains(fold)) continue;
            var kept = techniques.Where(x => x.Value.Length == 0 && gone.Count == 0 || x.Value.Any(c => !gone.Contains(c)))
                .Select(x => items.Find(x.Key)).Where(x => x >= 0).Order().ToArray();
            if (kept.Length >= 2) rows.Add(kept);
            if (Environment.GetEnvironmentVariable("REPORTS") is { } least)
            {
                var parts = techniques.SelectMany(x => x.Value.Where(c => !gone.Contains(c)).Select(c => (c, x.Key))).GroupBy(x => x.c)
                    .Select(g => g.Select(x => items.Find(x.Key)).Where(x => x >= 0).Distinct().Order().ToArray()).ToList();
                if (parts.Count > 1) rows.AddRange(parts.Where(r => r.Length >= int.Parse(least, CultureInfo.InvariantCulture)));
            }
        }
        return new(items, rows);
    }
}

internal static class PredictionLab
{
    public static void Run(string folder)
    {
        foreach (var (name, data) in new[] { ("tie", BasketData.Tie(folder)), ("attack", BasketData.Attack(folder)) })
        {
            var items = new IdTable(data.All.Values.SelectMany(x => x.Techniques.Keys));
            var results = new SortedDictionary<string, List<BasketMetrics>>(StringComparer.Ordinal);
            for (var fold = 0; fold < 5; fold++)
            {
                var train = data.Train(items, fold);
                IPredictor[] models = [new Popularity(train), new WeightedFactors(train), new ItemNeighbours(train), new RandomWalk(train), new Lift(train),
                    new BasketNeighbours(train), new Ease(train, 200, false), new Ease(train, 50, true)];
                foreach (var split in data.Splits.Where(s => s.Fold == fold))
                {
                    var observed = split.Observed.Select(items.Find).Where(x => x >= 0).ToArray();
                    var hidden = split.Hidden.Select(items.Find).Where(x => x >= 0).ToArray();
                    void Note(string model, double[] scores)
                    {
                        var key = $"{split.Hide} {model}";
                        if (!results.TryGetValue(key, out var list)) results[key] = list = [];
                        list.Add(BasketMetrics.Of(scores, observed, hidden));
                    }
                    var z = new double[items.Count];
                    foreach (var model in models)
                    {
                        var scores = model.Score(observed);
                        Note(model.Name, scores);
                        if (model is Ease { Name: "EASE" } or BasketNeighbours or RandomWalk)
                        {
                            var mean = scores.Average();
                            var sd = Math.Sqrt(scores.Average(x => (x - mean) * (x - mean))) + 1e-12;
                            for (var i = 0; i < z.Length; i++) z[i] += (scores[i] - mean) / sd;
                        }
                    }
                    Note("z-sum", z);
                }
            }
            foreach (var (key, list) in results)
            {
                var m = BasketMetrics.Mean(list);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {key,-24} {list.Count} r10 {m.Recall10:.000} r20 {m.Recall20:.000} ndcg {m.Ndcg20:.000}"));
            }
        }
    }

    public static void Blended(string folder)
    {
        var sets = new[] { ("attack", BasketData.Attack(folder)), ("tie", BasketData.Tie(folder)) }.Where(x => Environment.GetEnvironmentVariable("ONLY") is not { } only || x.Item1 == only).ToArray();
        var samples = new Dictionary<string, List<(BasketSplit Split, int Inner, int[] Items, double[] Rows, int[] Hidden, double Weight)>>();
        var tests = new Dictionary<string, List<(BasketSplit Split, int[] Items, double[] Rows, int[] Hidden)>>();
        var width = 0;
        foreach (var (name, data) in sets)
        {
            var items = new IdTable(data.All.Values.SelectMany(x => x.Techniques.Keys));
            var parent = Enumerable.Range(0, items.Count).Select(i => items[i].IndexOf('.') is > 0 and var dot ? items.Find(items[i][..dot]) : -1).ToArray();
            samples[name] = [];
            tests[name] = [];
            // A model without folds (k, j) gives training rows for test fold k from fold j, and for test fold j from fold k.
            for (var k = 0; k < 5; k++)
                for (var j = k; j < 5; j++)
                {
                    var set = new ModelSet(data.Train(items, k == j ? [k] : [k, j]), parent);
                    width = set.Names.Count;
                    foreach (var split in data.Splits.Where(s => s.Fold == k || s.Fold == j))
                    {
                        var (open, rows) = set.Features([.. split.Observed.Select(items.Find).Where(x => x >= 0)], 200);
                        var hidden = split.Hidden.Select(items.Find).Where(x => x >= 0).Select(x => Array.IndexOf(open, x)).Where(x => x >= 0).ToArray();
                        if (k == j) tests[name].Add((split, open, rows, hidden));
                        else samples[name].Add((split, split.Fold == k ? j : k, open, rows, hidden, 1));
                    }
                }
        }
        foreach (var ridge in (double[])[100])
            foreach (var (name, _) in sets)
            {
                var results = new SortedDictionary<double, List<BasketMetrics>>();
                double[] weights = [];
                for (var fold = 0; fold < 5; fold++)
                {
                    weights = Blend.Train([.. samples[name].Where(s => s.Inner == fold).Select(s => (s.Rows, s.Hidden, s.Weight))], width, ridge);
                    foreach (var (split, open, rows, hidden) in tests[name].Where(t => t.Split.Fold == fold))
                    {
                        var m = BasketMetrics.Of(Blend.Score(rows, weights), [], hidden, split.Hidden.Length - hidden.Length);
                        if (!results.TryGetValue(split.Hide, out var list)) results[split.Hide] = list = [];
                        list.Add(m);
                    }
                }
                Console.WriteLine((FormattableString.Invariant($"{name} ridge {ridge} ") + string.Join("  ", results.Select(r => { var m = BasketMetrics.Mean(r.Value); return string.Create(CultureInfo.InvariantCulture, $"{r.Key}: {m.Recall20:.000} ndcg {m.Ndcg20:.000}"); }))));
                Console.WriteLine("  " + string.Join(" ", weights.Select(w => w.ToString("0.00", CultureInfo.InvariantCulture))));
            }
    }
}
