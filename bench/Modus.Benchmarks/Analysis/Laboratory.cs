using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;

namespace Modus.Benchmarks.Analysis;

internal sealed record LabCase(AttributionCase Case, string Protocol, KnowledgeView? View, Observation Seen, FeatureMatrix Matrix, StandardRows Rows, int Truth)
{
    public double[] P { get; set; } = [];
    public double[] Inputs { get; set; } = [];
    public double Confidence { get; set; }
    public double Known { get; set; }
}

/// <summary>Trains and tests by actor-disjoint folds.</summary>
internal static class Laboratory
{
    public static List<LabCase> Load(EvaluationData data, bool software, params string[] protocols)
    {
        var list = new List<LabCase>();
        foreach (var protocol in protocols)
        {
            var name = protocol.Split('-');
            foreach (var item in data.Cases(name[0], name.Length > 1 ? name[1] : null))
            {
                var index = data.Release(item.Release);
                var view = new KnowledgeView(index, new Lens { AsOf = item.AsOf, ExcludedSources = item.ExcludedSources });
                var seen = Observe(index, item);
                if (!software) seen = seen with { Software = [] };
                var truth = index.Actors.Find(item.Actor);
                var matrix = CandidateFeatures.Compute(view, seen);
                var rows = matrix.Standardise();
                list.Add(new(item, protocol, null, seen, matrix, rows, Array.IndexOf(rows.Actors, truth)));
            }
        }
        return list;
    }

    public static Observation Observe(KnowledgeIndex index, AttributionCase item) => new(
        [.. item.Techniques.Select(index.Techniques.Find).Where(t => t >= 0).Distinct().Order()],
        [.. item.Software.Select(index.Software.Find).Where(s => s >= 0).Distinct().Order()], [], []);

    public static void Run(EvaluationData data, List<LabCase> cases, string label, double ridge, double verdictRidge)
    {
        for (var fold = 0; fold < 5; fold++)
        {
            var training = cases.Where(c => c.Case.Known && c.Truth >= 0 && c.Case.Fold != fold && !c.Protocol.Contains('-'))
                .Select(c => (c.Rows, c.Truth, 1.0)).ToList();
            var weights = ConditionalLogit.Train(training, ridge);
            foreach (var item in cases.Where(c => c.Case.Fold == fold))
            {
                item.P = ConditionalLogit.Softmax(item.Rows, weights);
                var index = data.Release(item.Case.Release);
                item.Inputs = VerdictInputs.Of(new KnowledgeView(index, new Lens { AsOf = item.Case.AsOf, ExcludedSources = item.Case.ExcludedSources }), item.Seen, item.Matrix, item.Rows.Actors, item.P);
            }
            if (fold == 5) Console.WriteLine("   " + string.Join(" ", CandidateFeatures.Names.Zip(weights, (n, w) => string.Create(CultureInfo.InvariantCulture, $"{n}={w:0.00}"))));
        }
        for (var fold = 0; fold < 5; fold++)
        {
            var training = cases.Where(c => c.Case.Fold != fold).ToList();
            var right = LogisticRegression.Train([.. training.Select(c => c.Inputs)], [.. training.Select(Right)], [.. training.Select(_ => 1.0)], verdictRidge, VerdictInputs.Situations);
            var known = LogisticRegression.Train([.. training.Select(c => VerdictInputs.ForKnown(c.Inputs))], [.. training.Select(c => c.Case.Known)], [.. training.Select(_ => 1.0)], 10, VerdictInputs.Situations);
            foreach (var item in cases.Where(c => c.Case.Fold == fold))
            {
                item.Confidence = right.Probability(item.Inputs);
                item.Known = known.Probability(VerdictInputs.ForKnown(item.Inputs));
            }
            if (fold == 5) Console.WriteLine("   " + string.Join(" ", VerdictInputs.Names.Zip(right.Weights, (n, w) => string.Create(CultureInfo.InvariantCulture, $"{n}={w:0.00}"))));
        }
        foreach (var group in cases.GroupBy(c => c.Protocol))
        {
            var m = RankMetrics.Of([.. group.Where(c => c.Case.Known).Select(c => RankMetrics.Rank(c.P, c.Truth))]);
            var o = OpenSetMetrics.Of([.. group.Select(c => (c.Confidence, Right(c)))]);
            var s = OpenSetMetrics.Of([.. group.Select(c => (c.P.Max(), Right(c)))]);
            var k = OpenSetMetrics.Of([.. group.Select(c => (c.Known, c.Case.Known))]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{label} {group.Key,-10} {m.Top1:.000}/{m.Top5:.000}/{m.Mrr:.000} open {o.Cases} auc {o.Separation:.000} ece {o.CalibrationError:.000} p90 {o.CoverageAt90:.000} p80 {o.CoverageAt80:.000} | softmax ece {s.CalibrationError:.000} p90 {s.CoverageAt90:.000} | known auc {k.Separation:.000} ece {k.CalibrationError:.000}"));
        }
    }

    private static bool Right(LabCase c) => c.Case.Known && c.Truth >= 0 && c.P.Length > 0 && c.P[c.Truth] >= c.P.Max();
}
