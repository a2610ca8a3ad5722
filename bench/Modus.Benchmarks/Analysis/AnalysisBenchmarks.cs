using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;

namespace Modus.Benchmarks.Analysis;

/// <summary>Figures of attribution and prediction under leak-free protocols, baselines in the same run.</summary>
internal static class AnalysisBenchmarks
{
    public static int Run(string[] args)
    {
        var data = new EvaluationData(args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "../shared/data");
        if (args.Contains("--lab")) return Lab(data, args);
        if (args.Contains("--blend")) { PredictionLab.Blended(data.Folder, args.FirstOrDefault(arg => arg.StartsWith("--write=", StringComparison.Ordinal))?["--write=".Length..]); return 0; }
        if (args.Contains("--flows")) { FlowLab.Run(data.Folder); return 0; }
        if (args.Contains("--checks")) { CheckLab.Run(data, 140); return 0; }
        if (args.Contains("--baskets")) { PredictionLab.Run(data.Folder); return 0; }
        var rankers = new (string Name, Func<KnowledgeView, Observation, double[]> Score)[]
        {
            ("reports", Rankers.Reports), ("Jaccard", Rankers.Jaccard), ("TF-IDF cosine", Rankers.TfIdfCosine),
            ("BM25", Rankers.Bm25), ("BM25 + implied", Rankers.Bm25Implied), ("BM25s + software", Rankers.Bm25Software),
        };
        foreach (var protocol in (string[])["loro", "causal", "temporal"])
        {
            var ranks = rankers.ToDictionary(item => item.Name, _ => new List<double>());
            foreach (var item in data.Cases(protocol))
            {
                if (!item.Known) continue;
                var index = data.Release(item.Release);
                var view = new KnowledgeView(index, new Lens { AsOf = item.AsOf, ExcludedSources = item.ExcludedSources });
                var seen = new Observation([.. item.Techniques.Select(index.Techniques.Find).Where(t => t >= 0)],
                    [.. item.Software.Select(index.Software.Find).Where(s => s >= 0)], [], []);
                var truth = index.Actors.Find(item.Actor);
                foreach (var (name, score) in rankers) ranks[name].Add(RankMetrics.Rank(score(view, seen), truth));
            }
            foreach (var (name, list) in ranks)
            {
                var metrics = RankMetrics.Of(list);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {protocol} | {name} | {metrics.Cases} | {metrics.Top1:.000} / {metrics.Top5:.000} / {metrics.Mrr:.000} |"));
            }
        }
        return 0;
    }

    private static int Lab(EvaluationData data, string[] args)
    {
        string[] protocols = [.. AttributionLab.Whole, .. AttributionLab.Thinned];
        var techniques = AttributionLab.Load(data, false, protocols);
        var software = AttributionLab.Load(data, true, protocols);
        AttributionLab.Print("techniques", AttributionLab.Answers(techniques, null));
        AttributionLab.Print("with software", AttributionLab.Answers(techniques, software));
        if (args.FirstOrDefault(arg => arg.StartsWith("--write=", StringComparison.Ordinal)) is { } write)
        {
            var model = new AttributionModel("leave-one-report-out, as-of and next-release cases of releases 7.2 to 16.1",
                AttributionTrainer.Train(techniques), AttributionTrainer.Train([.. software.Where(item => item.HasSoftware)]));
            File.WriteAllBytes(write["--write=".Length..], model.Write());
        }
        return 0;
    }
}
