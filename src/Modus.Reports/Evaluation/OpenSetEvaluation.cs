using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>How far up the truth stands in a ranking of all techniques, over the sentences that carry a technique.</summary>
/// <param name="Method">What was counted.</param>
/// <param name="Top1">Share of sentences with a true technique first.</param>
/// <param name="Top3">Share with one among the first three.</param>
/// <param name="Top5">Share with one among the first five.</param>
/// <param name="Top10">Share with one among the first ten.</param>
/// <param name="Recall20">Share of all labels that stand among their sentence's first twenty.</param>
public sealed record RankMeasures(string Method, double Top1, double Top3, double Top5, double Top10, double Recall20);

/// <summary>What a mapper knows of techniques that no report was labelled with.</summary>
/// <param name="Release">The release whose techniques were mapped to.</param>
/// <param name="Sentences">Sentences that carry a technique of the release.</param>
/// <param name="Techniques">Techniques that the ranking holds.</param>
/// <param name="Exact">By technique and sub-technique.</param>
/// <param name="Parent">With sub-techniques counted as their techniques, on both sides.</param>
public sealed record OpenSetResult(string Release, int Sentences, int Techniques, RankMeasures Exact, RankMeasures Parent);

/// <summary>
/// Measures what is learnt from a release's texts alone: labelled sentences are asked of a model that no report ever taught, in a ranking of
/// all techniques. That is how nine techniques in ten have to be found, since no labelled report carries them.
/// </summary>
public static class OpenSetEvaluation
{
    private static readonly int[] places = [1, 3, 5, 10, 20];

    /// <summary>Ranks all techniques for the labelled sentences of reports.</summary>
    /// <param name="texts">A release's texts.</param>
    /// <param name="reports">Labelled reports.</param>
    /// <param name="options">How to fit; null for the defaults.</param>
    /// <param name="stop">Stops the work.</param>
    public static OpenSetResult Measure(
        AttackTexts texts, IReadOnlyList<LabelledReport> reports, MapperOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(reports);
        options ??= new();
        reports = [.. reports.Where(report => !report.IsPractice)];
        var labelled = MapperTrainer.Learn(texts, reports, options.Folds).SelectMany(report => report.Sentences).Where(sentence => sentence.Classes.Length > 0).ToList();
        if (labelled.Count == 0) throw new ArgumentException("No sentence carries a technique of the release.", nameof(reports));
        var attack = AttackPart.Train(texts, options, stop);
        var parents = attack.Parents;
        var encoder = new SentenceEncoder(attack.Space, attack.Names);
        var margins = new float[parents.Length];
        var (exact, parent) = (new Tally(), new Tally());
        foreach (var sentence in labelled)
        {
            stop.ThrowIfCancellationRequested();
            encoder.Encode(sentence.Text);
            attack.Model.Score(encoder.Indices, encoder.Values, margins);
            var order = Enumerable.Range(0, margins.Length).OrderByDescending(c => margins[c]).ThenBy(c => c).ToArray();
            exact.Add(order, sentence.Classes);
            parent.Add([.. order.Select(Root).Distinct()], [.. sentence.Classes.Select(Root).Distinct()]);
        }

        return new(texts.Release, labelled.Count, parents.Length, exact.Measures("exact"), parent.Measures("parent"));
        int Root(int c) => parents[c] >= 0 ? parents[c] : c;
    }

    private sealed class Tally
    {
        private readonly int[] hits = new int[places.Length];
        private int sentences;
        private int labels;
        private int found;

        public void Add(int[] order, int[] truth)
        {
            sentences++;
            labels += truth.Length;
            var first = truth.Min(c => Array.IndexOf(order, c));
            for (var k = 0; k < places.Length; k++) hits[k] += first < places[k] ? 1 : 0;
            found += truth.Count(c => Array.IndexOf(order, c) < places[^1]);
        }

        public RankMeasures Measures(string method)
        {
            double Share(int k) => hits[k] / (double)sentences;
            return new(method, Share(0), Share(1), Share(2), Share(3), found / (double)labels);
        }
    }
}
