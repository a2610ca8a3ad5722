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
        var whole = new List<bool>();
        foreach (var (id, (kind, techniques)) in All.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            if (FoldOf.TryGetValue(id, out var fold) && without.Contains(fold)) continue;
            var kept = techniques.Where(x => x.Value.Length == 0 && gone.Count == 0 || x.Value.Any(c => !gone.Contains(c)))
                .Select(x => items.Find(x.Key)).Where(x => x >= 0).Order().ToArray();
            if (kept.Length >= 2)
            {
                rows.Add(kept);
                whole.Add(kind is "group" or "campaign");
            }
            var reports = techniques.SelectMany(x => x.Value.Where(c => !gone.Contains(c)).Select(c => (c, x.Key))).GroupBy(x => x.c)
                .OrderBy(x => x.Key, StringComparer.Ordinal)
                .Select(g => g.Select(x => items.Find(x.Key)).Where(x => x >= 0).Distinct().Order().ToArray()).ToList();
            if (reports.Count > 1)
                foreach (var report in reports.Where(r => r.Length >= 2))
                {
                    rows.Add(report);
                    whole.Add(false);
                }
        }
        return new(items, rows, whole);
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

    /// <summary>The blend on unseen baskets; for each test fold its weights come from inner folds that never saw the baskets.</summary>
    public static void Blended(string folder, string? write)
    {
        var sets = new[] { ("ATT&CK", BasketData.Attack(folder)), ("reports", BasketData.Tie(folder)) };
        var samples = new Dictionary<string, List<(int Fold, double[] Rows, int[] Hidden)>>();
        var tests = new Dictionary<string, List<(BasketSplit Split, int[] Items, double[] Rows, int[] Hidden)>>();
        IReadOnlyList<string> names = [];
        foreach (var (name, data) in sets)
        {
            var items = new IdTable(data.All.Values.SelectMany(x => x.Techniques.Keys));
            var parent = Enumerable.Range(0, items.Count).Select(i => items[i].IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? items.Find(items[i][..dot]) : -1).ToArray();
            samples[name] = [];
            tests[name] = [];
            for (var k = 0; k < 5; k++)
                for (var j = k; j < 5; j++)
                {
                    var set = new ModelSet(data.Train(items, k == j ? [k] : [k, j]), parent);
                    names = set.Names;
                    foreach (var split in data.Splits.Where(s => s.Fold == k || s.Fold == j))
                    {
                        var (open, rows) = set.Features([.. split.Observed.Select(items.Find).Where(x => x >= 0)], k == j ? int.MaxValue : 200);
                        var hidden = split.Hidden.Select(items.Find).Where(x => x >= 0).Select(x => Array.IndexOf(open, x)).Where(x => x >= 0).ToArray();
                        if (k == j) tests[name].Add((split, open, rows, hidden));
                        else samples[name].Add((split.Fold == k ? j : k, rows, hidden));
                    }
                }
        }

        // Both kinds of basket weigh alike, so that one set of weights serves detailed and coarse labelling.
        double Importance(string name) => samples.Values.Average(list => list.Count) / samples[name].Count;
        List<(double[], int[], double)> Pool(int? fold) => [.. samples.SelectMany(set => set.Value.Where(x => fold is null || x.Fold == fold)
            .Select(x => (x.Rows, x.Hidden, Importance(set.Key) * (fold is null ? 0.25 : 1))))];
        var weights = Enumerable.Range(0, 5).Select(fold => Blend.Train(Pool(fold), names.Count, 100)).ToArray();
        var allPairs = new List<(int Fold, double Logit, bool Hidden, double Hide)>();
        foreach (var (name, _) in sets)
        {
            var results = new SortedDictionary<double, List<BasketMetrics>>();
            var pairs = new List<(int Fold, double Logit, bool Hidden, double Hide)>();
            foreach (var (split, open, rows, hidden) in tests[name])
            {
                var scores = Blend.Score(rows, weights[split.Fold]);
                if (!results.TryGetValue(split.Hide, out var list)) results[split.Hide] = list = [];
                list.Add(BasketMetrics.Of(scores, [], hidden, split.Hidden.Length - hidden.Length));
                var shares = Modus.Analysis.Attribution.ConditionalLogit.Softmax(scores);
                var expected = split.Observed.Length * split.Hide / (1 - split.Hide);
                for (var i = 0; i < shares.Length; i++)
                {
                    var raw = Math.Clamp(1 - Math.Exp(-shares[i] * expected), 1e-9, 1 - 1e-9);
                    pairs.Add((split.Fold, Math.Log(raw / (1 - raw)), hidden.Contains(i), split.Hide));
                }
            }
            foreach (var (hide, list) in results)
            {
                var m = BasketMetrics.Mean(list);
                var half = 1.96 * Math.Sqrt(list.Average(x => (x.Recall20 - m.Recall20) * (x.Recall20 - m.Recall20)) / list.Count);
                Console.WriteLine(FormattableString.Invariant($"| {name} | blend | {hide} | {list.Count} | {m.Recall10:.000} | {m.Recall20:.000} ± {half:.000} | {m.Ndcg20:.000} |"));
            }
            allPairs.AddRange(pairs);
            Calibrate(name, pairs);
        }
        if (write is null) return;
        var head = Head(allPairs);
        WriteModel(folder, write, names, Blend.Train(Pool(null), names.Count, 100), head.Offset, head.Slope);
    }

    /// <summary>Learns the next step anew and keeps the figures of the blend that are shipped.</summary>
    public static void WriteSteps(string folder, string write)
    {
        var shipped = PredictionModel.Shipped;
        WriteModel(folder, write, shipped.Features, shipped.Weights, shipped.Offset, shipped.Slope);
    }

    private static void WriteModel(string folder, string write, IReadOnlyList<string> names, double[] weights, double offset, double slope)
    {
        var transitions = FlowLab.Read(folder).SelectMany(flow => flow.Steps).ToList();
        var knowledge = ReleaseAdapter.Read(Modus.Attack.KnowledgeBase.Open().Get("18.1")!);
        var steps = NextStepModel.LearnSteps(transitions, new(knowledge));
        File.WriteAllBytes(write, new PredictionModel("ATT&CK 16.1 groups and campaigns and 624 labelled reports, hidden by 20, 50 and 80 %; steps of 20 attack flows",
            names, weights, offset, slope, steps, FlowLab.Train(FlowLab.Cases(folder, usual: true, weights)), transitions).Write());
    }

    private static (double Offset, double Slope) Head(IEnumerable<(int Fold, double Logit, bool Hidden, double Hide)> pairs)
    {
        var list = pairs.Where(x => x.Logit > -6).ToList();
        var head = Modus.Analysis.Attribution.LogisticRegression.Train([.. list.Select(x => new[] { x.Logit })], [.. list.Select(x => x.Hidden)], [.. list.Select(_ => 1.0)], 1);
        var slope = head.Weights[0] / head.Deviation[0];
        return (head.Weights[1] - slope * head.Mean[0], slope);
    }

    private static void Calibrate(string name, List<(int Fold, double Logit, bool Hidden, double Hide)> pairs)
    {
        foreach (var group in pairs.GroupBy(x => x.Hide).OrderBy(x => x.Key))
        {
            var judged = new List<(double P, bool Hidden)>();
            for (var fold = 0; fold < 5; fold++)
            {
                var (offset, slope) = Head(pairs.Where(x => x.Fold != fold));
                judged.AddRange(group.Where(x => x.Fold == fold).Select(x => (1 / (1 + Math.Exp(-(offset + slope * x.Logit))), x.Hidden)));
            }
            var bins = judged.Where(x => x.P > 0.3).GroupBy(x => Math.Min(9, (int)(x.P * 10))).Where(b => b.Count() >= 50).OrderBy(b => b.Key)
                .Select(b => (Said: b.Average(x => x.P), True: b.Average(x => x.Hidden ? 1.0 : 0), N: b.Count())).ToList();
            Console.WriteLine($"| {name} | probability, hide {group.Key.ToString(CultureInfo.InvariantCulture)} | " + string.Join(", ", bins.Select(b => FormattableString.Invariant($"{b.Said:.00}→{b.True:.00} (n {b.N})"))) + " |");
        }
    }
}
