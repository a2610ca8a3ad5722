using Modus.Reports.Evaluation;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Evaluation;

/// <summary>Measures against values worked out by hand, and a whole cross-validation.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public void Counts_overlap_of_sets()
    {
        var counts = SetCounts.Of(new HashSet<int> { 1, 2, 3 }, new HashSet<int> { 2, 3, 4, 5 });

        Assert.Equal(new SetCounts(2, 1, 2), counts);
        Assert.Equal(2 / 3.0, counts.Precision, 9);
        Assert.Equal(0.5, counts.Recall, 9);
        Assert.Equal(4 / 7.0, counts.F1, 9);
        Assert.Equal(1, default(SetCounts).F1);
    }

    [Fact]
    public void Measures_two_small_reports()
    {
        // Report a: gold {1, 2}; taken at ½: sentence 0 → {1}, sentence 1 → {3}. Report b: no gold, nothing taken.
        ScoredReport[] reports =
        [
            new("a", 0, [new([1], [(1, 0.9f), (2, 0.2f)]), new([2], [(3, 0.6f), (2, 0.4f)])], 0.5f, 0.5f),
            new("b", 1, [new([], [(1, 0.1f)])], 0.5f, 0.5f),
        ];
        var measures = Measuring.Of("hand", reports, probabilities: true, seed: 1);

        Assert.Equal(new SetCounts(1, 1, 1), measures.Sentence);
        Assert.Equal(0.5, measures.MacroF1, 9);
        Assert.Equal((0.5 + 1) / 2, measures.DocumentF1.Value, 9);
        Assert.Equal(0.5, measures.Top1, 9);
        Assert.Equal(1, measures.Top3, 9);
        // Pairs by probability: .9 right, .6 wrong, .4 right, .1 wrong, each in a bin of its own: (.1 + .6 + .6 + .1) / 4.
        Assert.Equal(1.4 / 4, measures.CalibrationError!.Value, 6);
        Assert.Equal(0.5, measures.CoverageAtHighPrecision!.Value, 9);
        Assert.Equal(0.5, measures.SentenceCoverageAtHighPrecision!.Value, 9);
        Assert.InRange(measures.DocumentF1.Value, measures.DocumentF1.Low, measures.DocumentF1.High);
    }

    [Fact]
    public void What_readings_disagree_about_is_measured_with_and_without()
    {
        var reports = SmallCorpus.Reports();
        // Every third label of bread is taken away, and said to be disputed instead.
        var at = 0;
        LabelledReport[] disputed = [.. reports.Select(report => report with
        {
            Sentences = [.. report.Sentences.Select(sentence => sentence.Labels.Contains("T9003") && at++ % 3 == 0
                ? new LabelledSentence(sentence.Text, []) { Further = new([], ["T9003"]) } : sentence with { Further = new(sentence.Labels, []) })],
        })];

        var methods = MapperEvaluation.CrossValidate(
            SmallCorpus.Texts, disputed, SmallCorpus.Options, baselines: false, stop: TestContext.Current.CancellationToken).Methods;

        Assert.Equal(["mapper", "mapper, disputed ones left out"], methods.Select(method => method.Method));
        Assert.Equal(methods[0].Sentence.Right, methods[1].Sentence.Right);
        Assert.True(methods[1].Sentence.Wrong < methods[0].Sentence.Wrong, $"{methods[0].Sentence} {methods[1].Sentence}");
    }

    [Fact]
    public void A_cross_validation_beats_guessing_and_repeats_itself()
    {
        var first = MapperEvaluation.CrossValidate(SmallCorpus.Texts, SmallCorpus.Reports(), SmallCorpus.Options, stop: TestContext.Current.CancellationToken);
        var second = MapperEvaluation.CrossValidate(SmallCorpus.Texts, SmallCorpus.Reports(), SmallCorpus.Options, stop: TestContext.Current.CancellationToken);

        Assert.Equal(["mapper", "majority", "BM25, nearest sentences", "complement naive Bayes", "plain linear"], first.Methods.Select(method => method.Method));
        Assert.Equal(first.Methods, second.Methods);
        Assert.Equal((12, 360, 6), (first.Reports, first.Sentences, first.Techniques));
        Assert.True(first.Methods[0].SentenceF1.Value > 0.9);
        Assert.True(first.Methods[0].SentenceF1.Value > first.Methods[1].SentenceF1.Value + 0.3);
    }
}
