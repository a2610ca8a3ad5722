using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;

namespace Modus.Benchmarks.Analysis;

/// <summary>The model of attribution under every protocol, by actor-disjoint folds.</summary>
internal static class AttributionLab
{
    public static readonly string[] Whole = ["loro", "causal", "temporal"];
    /// <summary>Each release asked about all reports that only later ones cite.</summary>
    public const string Later = "later";

    public static readonly string[] Thinned = ["loro-10", "loro-25", "loro-50", "causal-10", "causal-25", "causal-50"];

    public static List<MeasuredCase> Load(EvaluationData data, bool software, IEnumerable<string> protocols)
    {
        var list = new List<MeasuredCase>();
        foreach (var protocol in protocols)
        {
            if (protocol == Later)
            {
                list.AddRange(LaterReports.Cases(data, software));
                continue;
            }
            var name = protocol.Split('-');
            var partial = name.Length > 1 && int.TryParse(name[^1], out _);
            foreach (var item in data.Cases(partial ? name[0] : protocol, partial ? name[1] : null))
            {
                var index = data.Release(item.Release);
                var view = new KnowledgeView(index, new Lens { AsOf = item.AsOf, ExcludedSources = item.ExcludedSources });
                var seen = Observe(index, item);
                list.Add(MeasuredCase.Of(protocol, item.Fold, view, software ? seen : seen with { Software = [] }, item.Actor, item.Known, partial ? 0.25 : 1)
                with
                { OwnImportance = partial || protocol == "temporal" ? 0 : 1 });
            }
        }
        return list;
    }

    public static Observation Observe(KnowledgeIndex index, AttributionCase item) => new(
        [.. item.Techniques.Select(index.Techniques.Find).Where(t => t >= 0).Distinct().Order()],
        [.. item.Software.Select(index.Software.Find).Where(s => s >= 0).Distinct().Order()], [], []);

    /// <summary>Held-out answers; where software is asked for, questions without any are answered by the other stage.</summary>
    public static List<HeldOut> Answers(List<MeasuredCase> techniques, List<MeasuredCase>? software)
    {
        var plain = AttributionTrainer.CrossValidate(techniques);
        if (software is null) return plain;
        var with = AttributionTrainer.CrossValidate([.. software.Where(item => item.HasSoftware)]);
        var lacking = techniques.Zip(software).Where(pair => !pair.Second.HasSoftware).Select(pair => pair.First).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. with, .. plain.Where(item => lacking.Contains(item.Case))];
    }

    /// <summary>The model beside the plain sum of BM25 and software rarity on the same cases: differences with intervals, drawn over actors.</summary>
    public static void PrintPaired(string label, IEnumerable<HeldOut> answers)
    {
        foreach (var group in answers.Where(item => item.Case.Known).GroupBy(item => item.Case.Group).OrderBy(group => Array.IndexOf([.. Whole, Later, .. Thinned], group.Key)))
        {
            var pairs = group.Select(item =>
            {
                var rows = item.Case.Rows;
                var plain = RankMetrics.Rank([.. Enumerable.Range(0, rows.Actors.Length).Select(i => rows.Rows[i * rows.Features + (int)Measure.PlainSum])], item.Case.Truth);
                var own = RankMetrics.Rank(item.P, item.Case.Truth);
                return (item.Case.Actor, First: (own <= 1 ? 1.0 : 0) - (plain <= 1 ? 1 : 0), Reciprocal: 1 / own - 1 / plain);
            }).GroupBy(item => item.Actor, StringComparer.Ordinal).OrderBy(actor => actor.Key, StringComparer.Ordinal).Select(actor => actor.ToArray()).ToArray();
            var random = new Random(1);
            var draws = Enumerable.Range(0, 2000).Select(_ =>
            {
                var drawn = Enumerable.Range(0, pairs.Length).SelectMany(_ => pairs[random.Next(pairs.Length)]).ToList();
                return (First: drawn.Average(item => item.First), Reciprocal: drawn.Average(item => item.Reciprocal));
            }).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {group.Key} | {label} | {pairs.Sum(actor => actor.Length)} | {Text(pairs.SelectMany(actor => actor).Average(item => item.First), draws.Select(draw => draw.First))} | {Text(pairs.SelectMany(actor => actor).Average(item => item.Reciprocal), draws.Select(draw => draw.Reciprocal))} |"));
        }

        static string Text(double mean, IEnumerable<double> draws)
        {
            var sorted = draws.Order().ToArray();
            return string.Create(CultureInfo.InvariantCulture, $"{mean:+.000;-.000;.000} [{sorted[sorted.Length / 40]:+.000;-.000;.000}, {sorted[sorted.Length - 1 - sorted.Length / 40]:+.000;-.000;.000}]");
        }
    }

    public static void Print(string label, IEnumerable<HeldOut> answers, Dictionary<string, string> nations)
    {
        foreach (var group in answers.GroupBy(item => item.Case.Group).OrderBy(group => Array.IndexOf([.. Whole, Later, .. Thinned], group.Key)))
        {
            var known = group.Where(item => item.Case.Known).ToList();
            var m = RankMetrics.Of([.. known.Select(item => RankMetrics.Rank(item.P, item.Case.Truth))]);
            var o = OpenSetMetrics.Of([.. group.Select(item => (item.Right, item.IsRight))]);
            var half = 1.96 * Math.Sqrt(m.Top1 * (1 - m.Top1) / m.Cases);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {group.Key} | {label} | {m.Cases} | {m.Top1:.000} ± {half:.000} / {m.Top5:.000} / {m.Mrr:.000} | {o.Cases} | {o.Separation:.000} | {o.CalibrationError:.000} ({o.CalibrationErrorByChance:.000}) | {o.CoverageAt90:.000} | {o.CoverageAt80:.000} | {Nation(known):.000} | {OpenSetMetrics.Of([.. group.Select(item => (item.Known, item.Case.Known))]).Separation:.000} |"));
        }

        // The nation whose actors hold most of the probability, against the suspected nation of the true actor.
        double Nation(List<HeldOut> known)
        {
            int asked = 0, right = 0;
            foreach (var item in known)
            {
                if (!nations.TryGetValue(item.Case.Actor, out var truth)) continue;
                asked++;
                var best = item.P.Select((p, at) => (p, Nation: nations.GetValueOrDefault(item.Case.Candidates[at]))).Where(pair => pair.Nation is not null)
                    .GroupBy(pair => pair.Nation).OrderByDescending(pair => pair.Sum(x => x.p)).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
                if (best == truth) right++;
            }
            return asked == 0 ? 0 : right / (double)asked;
        }
    }
}
