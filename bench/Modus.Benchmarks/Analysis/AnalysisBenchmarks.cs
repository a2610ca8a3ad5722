using System.Diagnostics;
using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Modus.Attack;

namespace Modus.Benchmarks.Analysis;

/// <summary>Figures of attribution and prediction under leak-free protocols, baselines in the same run.</summary>
/// <remarks>usage: analysis [DATA] attribution | newest | baskets | blend | steps | checks | additions | speed | models=FOLDER [only=attribution | prediction | steps]</remarks>
internal static class AnalysisBenchmarks
{
    private static readonly string[] parts = ["attribution", "newest", "baskets", "blend", "steps", "checks", "additions", "speed"];

    public static int Run(string[] args)
    {
        var folder = args.FirstOrDefault(Directory.Exists) ?? "../shared/data";
        if (!Directory.Exists(Path.Combine(folder, "attribution")))
        {
            Console.Error.WriteLine($"no evaluation data at {folder}");
            return 2;
        }
        var data = new EvaluationData(folder);
        var asked = parts.Where(args.Contains).ToArray();
        var models = args.FirstOrDefault(arg => arg.StartsWith("models=", StringComparison.Ordinal))?["models=".Length..];
        if (asked.Length == 0 && models is null) asked = parts;
        foreach (var part in asked)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            switch (part)
            {
                case "attribution": Attribution(data); break;
                case "newest": NewestLab.Run(data); break;
                case "baskets": PredictionLab.Run(folder); break;
                case "blend": PredictionLab.Blended(folder, null); break;
                case "steps": FlowLab.Run(folder); break;
                case "checks": CheckLab.Run(data, 140); break;
                case "additions": AdditionLab.Run(data); break;
                default: Speed(data); break;
            }
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{part}: {(process.TotalProcessorTime - before).TotalSeconds:0.0} CPU s, peak {process.PeakWorkingSet64 >> 20} MiB\n"));
        }
        var only = args.FirstOrDefault(arg => arg.StartsWith("only=", StringComparison.Ordinal))?["only=".Length..];
        if (models is not null) WriteModels(data, models, only);
        return 0;
    }

    private static void Attribution(EvaluationData data)
    {
        Console.WriteLine("| protocol | method | cases | top-1 / top-5 / MRR |\n| --- | --- | ---: | --- |");
        var rankers = new (string Name, Func<KnowledgeView, Observation, double[]> Score)[]
        {
            ("number of reports", Rankers.Reports), ("Jaccard", Rankers.Jaccard), ("TF-IDF cosine", Rankers.TfIdfCosine),
            ("BM25", Rankers.Bm25), ("BM25 + implied", Rankers.Bm25Implied), ("BM25 + implied + software", Rankers.Bm25Software),
        };
        foreach (var protocol in (string[])[.. AttributionLab.Whole, "campaigns-loro", "campaigns-causal"])
        {
            var ranks = rankers.ToDictionary(item => item.Name, _ => new List<double>());
            foreach (var item in data.Cases(protocol))
            {
                if (!item.Known) continue;
                var index = data.Release(item.Release);
                var view = new KnowledgeView(index, new Lens { AsOf = item.AsOf, ExcludedSources = item.ExcludedSources });
                var seen = AttributionLab.Observe(index, item);
                foreach (var (name, score) in rankers) ranks[name].Add(RankMetrics.Rank(score(view, seen), index.Actors.Find(item.Actor)));
            }
            foreach (var (name, list) in ranks)
            {
                var metrics = RankMetrics.Of(list);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {protocol} | {name} | {metrics.Cases} | {metrics.Top1:.000} / {metrics.Top5:.000} / {metrics.Mrr:.000} |"));
            }
        }
        string[] protocols = [.. AttributionLab.Whole, AttributionLab.Later, .. AttributionLab.Thinned];
        var techniques = AttributionLab.Load(data, false, protocols);
        var software = AttributionLab.Load(data, true, protocols);
        Console.WriteLine("\n| protocol | model | known cases | top-1 ± / top-5 / MRR | all cases | separation | calibration error (by chance) | coverage at 90 % | at 80 % | nation, top-1 | known or not |\n| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var plain = AttributionLab.Answers(techniques, null);
        var with = AttributionLab.Answers(techniques, software);
        AttributionLab.Print("techniques", plain, data.Nations());
        AttributionLab.Print("with software", with, data.Nations());
        Console.WriteLine("\n| protocol | model | known cases | truth first, more than the plain sum | MRR, more |\n| --- | --- | ---: | --- | --- |");
        AttributionLab.PrintPaired("techniques", plain);
        AttributionLab.PrintPaired("with software", with);
    }

    private static void Speed(EvaluationData data)
    {
        var index = data.Release("16.1");
        var attributor = new Attributor(index);
        var cases = data.Cases("loro");
        foreach (var item in cases.Take(20)) Ask(item, true);
        Measure("one question, shared knowledge (all sources)", cases.Count, () => { foreach (var item in cases) Ask(item, false); });
        Measure("one question, its own source left out", cases.Count, () => { foreach (var item in cases) Ask(item, true); });
        Measure("BM25 alone on the shared knowledge (floor)", cases.Count, () =>
        {
            var view = new KnowledgeView(index, Lens.All);
            foreach (var item in cases) Rankers.Bm25(view, AttributionLab.Observe(index, item));
        });

        void Ask(AttributionCase item, bool exclude) => attributor.Answer(new()
        {
            Techniques = item.Techniques,
            Software = item.Software,
            Lens = exclude ? new() { ExcludedSources = item.ExcludedSources } : Lens.All,
            Explained = 0,
        });

        static void Measure(string what, int count, Action run)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            run();
            process.Refresh();
            var spent = (process.TotalProcessorTime - before).TotalMilliseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {count} | {spent / count:0.00} CPU ms each |"));
        }
    }

    private static void WriteModels(EvaluationData data, string folder, string? only)
    {
        if (only is null or "attribution")
        {
            string[] protocols = [.. AttributionLab.Whole, AttributionLab.Later, .. AttributionLab.Thinned];
            var model = new AttributionModel("leave-one-report-out, as-of and next-release cases of ATT&CK Enterprise 7.2 to 16.1",
                AttributionTrainer.Train(AttributionLab.Load(data, false, protocols)),
                AttributionTrainer.Train([.. AttributionLab.Load(data, true, protocols).Where(item => item.HasSoftware)]));
            File.WriteAllBytes(Path.Combine(folder, "attribution-model.json"), model.Write());
        }
        var prediction = Path.Combine(folder, "prediction-model.json");
        if (only == "steps") PredictionLab.WriteSteps(data.Folder, prediction);
        else if (only is null or "prediction") PredictionLab.Blended(data.Folder, prediction);
    }
}
