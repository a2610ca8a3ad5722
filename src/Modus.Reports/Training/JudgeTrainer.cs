using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>A candidate of a sentence of a report that the base models had not seen.</summary>
internal sealed record JudgedSentence(int Fold, int[] Labels, int[] Candidates, float[][] Figures)
{
    /// <summary>Probability by candidate, from trees that had not seen the report.</summary>
    public float[] Probabilities { get; set; } = [];
}

/// <summary>Teaches the candidate judge from out-of-fold scores.</summary>
internal static class JudgeTrainer
{
    private const float UnknownWeight = 0.5f;
    private const int Grid = 96;

    /// <summary>The figures of each candidate of reports, by models that did not see them.</summary>
    public static List<List<JudgedSentence>> Figures(BaseModels models, IReadOnlyList<LearntReport> reports)
    {
        var scorer = new SentenceScorer(models);
        var choice = new CandidateChoice(models.Classes);
        var all = new List<List<JudgedSentence>>();
        foreach (var report in reports)
        {
            var scores = report.Sentences.Select(sentence => scorer.Score(sentence.Text)).ToList();
            var figures = new CandidateFigures(models.Classes, scores);
            all.Add([.. report.Sentences.Select((sentence, i) =>
            {
                var candidates = choice.Of(scores[i], onlyReported: true);
                return new JudgedSentence(report.Fold, sentence.Classes, candidates, figures.Rows(i, candidates));
            })]);
        }

        return all;
    }

    /// <summary>Fits trees, curve and thresholds.</summary>
    public static CandidateJudge Train(IReadOnlyList<List<JudgedSentence>> reports, MapperOptions options, CancellationToken stop)
    {
        var sentences = reports.SelectMany(report => report).ToList();
        foreach (var fold in sentences.Select(sentence => sentence.Fold).Distinct().Order())
        {
            stop.ThrowIfCancellationRequested();
            var trees = Grow([.. sentences.Where(sentence => sentence.Fold != fold)], options);
            foreach (var sentence in sentences.Where(sentence => sentence.Fold == fold))
                sentence.Probabilities = [.. sentence.Figures.Select(row => BoostedTrees.Probability(trees.Score(row)))];
        }

        var curve = CurveFitter.Fit([.. sentences.SelectMany(sentence =>
            sentence.Candidates.Select((c, k) => (sentence.Probabilities[k], Array.IndexOf(sentence.Labels, c) >= 0)))]);
        foreach (var sentence in sentences) sentence.Probabilities = [.. sentence.Probabilities.Select(curve.At)];
        return new(Grow(sentences, options), curve, SentenceThreshold(sentences), DocumentThreshold(reports));
    }

    /// <summary>Each row is seen twice: as it is, and as if no report had ever been labelled with its technique.</summary>
    private static BoostedTrees Grow(IReadOnlyList<JudgedSentence> sentences, MapperOptions options)
    {
        var rows = new List<float[]>();
        var answers = new List<bool>();
        var weights = new List<float>();
        foreach (var sentence in sentences)
        {
            for (var k = 0; k < sentence.Candidates.Length; k++)
            {
                var right = Array.IndexOf(sentence.Labels, sentence.Candidates[k]) >= 0;
                rows.Add(sentence.Figures[k]);
                answers.Add(right);
                weights.Add(1);
                if (!right && (rows.Count & 3) != 0) continue;
                var unknown = (float[])sentence.Figures[k].Clone();
                unknown.AsSpan(0, CandidateFigures.ReportFigures).Fill(float.NaN);
                rows.Add(unknown);
                answers.Add(right);
                weights.Add(right ? UnknownWeight : UnknownWeight * 4);
            }
        }

        return TreeBooster.Train([.. rows], [.. answers], [.. weights], new(options.Trees, options.TreeDepth, Seed: options.Seed));
    }

    private static float SentenceThreshold(IReadOnlyList<JudgedSentence> sentences) => Best(threshold =>
    {
        long right = 0, wrong = 0, gold = 0;
        foreach (var sentence in sentences)
        {
            gold += sentence.Labels.Length;
            for (var k = 0; k < sentence.Candidates.Length; k++)
            {
                if (sentence.Probabilities[k] < threshold) continue;
                if (Array.IndexOf(sentence.Labels, sentence.Candidates[k]) >= 0) right++;
                else wrong++;
            }
        }

        return right == 0 ? 0 : 2.0 * right / (right + wrong + gold);
    });

    private static float DocumentThreshold(IReadOnlyList<List<JudgedSentence>> reports)
    {
        var documents = reports.Select(report =>
        {
            var gold = report.SelectMany(sentence => sentence.Labels).ToHashSet();
            var best = new Dictionary<int, float>();
            foreach (var sentence in report)
                for (var k = 0; k < sentence.Candidates.Length; k++)
                    best[sentence.Candidates[k]] = Math.Max(best.GetValueOrDefault(sentence.Candidates[k]), sentence.Probabilities[k]);
            return (gold, best);
        }).ToList();
        return Best(threshold => documents.Average(document =>
        {
            var taken = document.best.Where(pair => pair.Value >= threshold).Select(pair => pair.Key).ToList();
            if (taken.Count + document.gold.Count == 0) return 1;
            return 2.0 * taken.Count(document.gold.Contains) / (taken.Count + document.gold.Count);
        }));
    }

    private static float Best(Func<float, double> measure) =>
        Enumerable.Range(2, Grid - 2).Select(step => step / (float)Grid).MaxBy(measure);
}
