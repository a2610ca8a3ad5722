using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>A sentence of a report that the base models had not seen, with its candidates.</summary>
internal sealed record JudgedSentence(int Fold, int[] Labels, SentenceScores Scores, int[] Candidates, float[][] Figures)
{
    /// <summary>Probability by candidate, from trees that had not seen the report.</summary>
    public float[] Probabilities { get; set; } = [];

    /// <summary>Classes that one reading found and another did not: nothing is learnt of them, and they count neither way.</summary>
    public int[] Disputed { get; init; } = [];

    /// <summary>Whether a candidate is a label.</summary>
    public bool IsRight(int k) => Array.IndexOf(Labels, Candidates[k]) >= 0;

    /// <summary>Whether nobody can say if a candidate is right.</summary>
    public bool IsDisputed(int k) => Disputed.Length > 0 && Array.IndexOf(Disputed, Candidates[k]) >= 0;

    /// <summary>The candidates with their probabilities.</summary>
    public JudgedCandidate[] Judged() =>
        [.. Candidates.Select((c, k) => new JudgedCandidate(c, Probabilities[k], Scores.Prints(c), Scores.Names(c)))];
}

/// <summary>Teaches the candidate judge from out-of-fold scores.</summary>
internal static class JudgeTrainer
{
    private const float UnknownWeight = 0.5f;
    private const int Thinning = 4;
    private const float Sure = -0.85f;
    private const int Grid = 96;
    private const int Neighbours = 2;

    /// <summary>The figures of each candidate of reports, by models that did not see them.</summary>
    /// <param name="models">The models.</param>
    /// <param name="reports">The reports.</param>
    /// <param name="among">
    /// The classes that people looked for in the reports, since the others may be there unsaid; null where somebody looked for every technique.
    /// </param>
    public static List<List<JudgedSentence>> Figures(BaseModels models, IReadOnlyList<LearntReport> reports, IReadOnlySet<int>? among)
    {
        var scorer = new SentenceScorer(models);
        var choice = new CandidateChoice(models.Classes, among);
        var all = new List<List<JudgedSentence>>();
        foreach (var report in reports)
        {
            var scores = report.Sentences.Select(sentence => scorer.Score(sentence.Text)).ToList();
            var figures = new CandidateFigures(models, scores);
            all.Add([.. report.Sentences.Select((sentence, i) =>
            {
                var candidates = choice.Of(scores[i]);
                return new JudgedSentence(report.Fold, sentence.Sure, scores[i], candidates, figures.Rows(i, candidates)) { Disputed = sentence.Disputed };
            })]);
        }

        return all;
    }

    /// <summary>Fits the judges of sentences and of documents.</summary>
    public static CandidateJudge Train(TechniqueClasses classes, IReadOnlyList<List<JudgedSentence>> reports, MapperOptions options, CancellationToken stop)
    {
        var sentences = reports.SelectMany(report => report).ToList();
        foreach (var fold in sentences.Select(sentence => sentence.Fold).Distinct().Order())
        {
            stop.ThrowIfCancellationRequested();
            var trees = Grow([.. sentences.Where(sentence => sentence.Fold != fold)], options);
            foreach (var sentence in sentences.Where(sentence => sentence.Fold == fold))
                sentence.Probabilities = [.. sentence.Figures.Select(row => BoostedTrees.Probability(trees.Score(row)))];
        }

        var curve = CurveFitter.Fit([.. sentences.SelectMany(sentence => Enumerable.Range(0, sentence.Candidates.Length)
            .Where(k => !sentence.IsDisputed(k)).Select(k => (sentence.Probabilities[k], sentence.IsRight(k))))]);
        foreach (var sentence in sentences) sentence.Probabilities = [.. sentence.Probabilities.Select(curve.At)];
        stop.ThrowIfCancellationRequested();
        return new(
            new(Grow(sentences, options), curve, SentenceThreshold(sentences), Onward: false),
            DocumentJudgeTrainer.Train(classes, reports, options), []);
    }

    /// <summary>
    /// Each row is seen twice: as it is, and as if no report had ever been labelled with its technique (once, where that is so). Wrong
    /// candidates that a linear model is sure about are thinned out and weigh so much more.
    /// </summary>
    private static BoostedTrees Grow(IReadOnlyList<JudgedSentence> sentences, MapperOptions options)
    {
        var rows = new List<float[]>();
        var answers = new List<bool>();
        var weights = new List<float>();
        var passed = 0;
        foreach (var sentence in sentences)
        {
            for (var k = 0; k < sentence.Candidates.Length; k++)
            {
                if (sentence.IsDisputed(k)) continue;
                var figures = sentence.Figures[k];
                var right = sentence.IsRight(k);
                var turn = passed++ % Thinning;
                var foreign = float.IsNaN(figures[0]);
                var sure = !right && (foreign ? figures[CandidateFigures.ReportFigures] : figures[0]) < Sure;
                if (!sure || turn == 0) Add(figures, right, sure ? Thinning : 1);
                if (foreign || (!right && turn != 1)) continue;
                var unknown = (float[])figures.Clone();
                unknown.AsSpan(0, CandidateFigures.ReportFigures).Fill(float.NaN);
                Add(unknown, right, right ? UnknownWeight : UnknownWeight * Thinning);
            }
        }

        return TreeBooster.Train([.. rows], [.. answers], [.. weights], new(options.Trees, options.TreeDepth, Sample: options.TreeSample, Columns: options.TreeColumns, Seed: options.Seed));

        void Add(float[] row, bool right, float weight)
        {
            rows.Add(row);
            answers.Add(right);
            weights.Add(weight);
        }
    }

    private static float SentenceThreshold(IReadOnlyList<JudgedSentence> sentences) => Best(threshold =>
    {
        long right = 0, wrong = 0, gold = 0;
        foreach (var sentence in sentences)
        {
            gold += sentence.Labels.Length;
            for (var k = 0; k < sentence.Candidates.Length; k++)
            {
                if (sentence.Probabilities[k] < threshold || sentence.IsDisputed(k)) continue;
                if (sentence.IsRight(k)) right++;
                else wrong++;
            }
        }

        return right == 0 ? 0 : 2.0 * right / (right + wrong + gold);
    });

    /// <summary>
    /// The threshold around which the measure is highest, by its mean over the neighbouring ones: a single peak among so few reports is mostly
    /// chance. The lowest of equals.
    /// </summary>
    internal static float Best(Func<float, double> measure)
    {
        var measures = Enumerable.Range(2, Grid - 2).Select(step => measure(step / (float)Grid)).ToArray();
        var best = Enumerable.Range(0, measures.Length)
            .MaxBy(at => measures[Math.Max(0, at - Neighbours)..Math.Min(measures.Length, at + Neighbours + 1)].Average());
        return (best + 2) / (float)Grid;
    }
}
