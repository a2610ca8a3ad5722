using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>Teaches the judge of whole documents from sentences whose probabilities are out-of-fold.</summary>
internal static class DocumentJudgeTrainer
{
    private const int Trees = 40;
    private const int Depth = 3;
    private const float Rate = 0.07f;
    private const float Shrink = 8;
    private const float LeastWeight = 6;

    /// <summary>Fits trees, curve and threshold.</summary>
    public static Judge Train(TechniqueClasses classes, IReadOnlyList<List<JudgedSentence>> reports, MapperOptions options)
    {
        var documents = reports.Where(report => report.Count > 0)
            .Select(report => new Judged(classes, report)).ToList();
        var seen = new List<(float, bool)>();
        foreach (var fold in documents.Select(document => document.Fold).Distinct().Order())
        {
            var trees = Grow(documents.Where(document => document.Fold != fold), options);
            foreach (var document in documents.Where(document => document.Fold == fold))
            {
                document.Probabilities = [.. document.Rows.Select(row => Judge.Raw(trees, row, onward: true))];
                seen.AddRange(document.Probabilities.Zip(document.Right));
            }
        }

        var curve = CurveFitter.Fit(seen);
        foreach (var document in documents) document.Probabilities = [.. document.Probabilities.Select(curve.At)];
        return new(Grow(documents, options), curve, JudgeTrainer.Best(threshold => documents.Average(document => document.F1(threshold))), Onward: true);
    }

    private static BoostedTrees Grow(IEnumerable<Judged> documents, MapperOptions options)
    {
        var learnt = documents.ToList();
        var rows = learnt.SelectMany(document => document.Rows).ToArray();
        return TreeBooster.Train(rows, [.. learnt.SelectMany(document => document.Right)], null,
            new(Trees, Depth, Rate, Shrink, LeastWeight, Seed: options.Seed), [.. rows.Select(row => BoostedTrees.LogOdds(row[0]))]);
    }

    private sealed class Judged
    {
        public Judged(TechniqueClasses classes, List<JudgedSentence> report)
        {
            Fold = report[0].Fold;
            var truth = report.SelectMany(sentence => sentence.Labels).ToHashSet();
            var disputed = report.SelectMany(sentence => sentence.Disputed).Where(c => !truth.Contains(c)).ToHashSet();
            TruthCount = truth.Count;
            var figures = DocumentFigures.Of(classes, [.. report.Select(sentence => sentence.Judged())])
                .Where(pair => !disputed.Contains(pair.Key)).OrderBy(pair => pair.Key).ToList();
            Rows = [.. figures.Select(pair => pair.Value)];
            Right = [.. figures.Select(pair => truth.Contains(pair.Key))];
        }

        public int Fold { get; }

        public int TruthCount { get; }

        public float[][] Rows { get; }

        public bool[] Right { get; }

        public float[] Probabilities { get; set; } = [];

        public double F1(float threshold)
        {
            int taken = 0, right = 0;
            for (var k = 0; k < Rows.Length; k++)
            {
                if (Probabilities[k] < threshold) continue;
                taken++;
                right += Right[k] ? 1 : 0;
            }

            return taken + TruthCount == 0 ? 1 : 2.0 * right / (taken + TruthCount);
        }
    }
}
