using Modus.Reports.Evaluation;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Evaluation;

/// <summary>What is found of techniques that no report taught.</summary>
public sealed class OpenSetEvaluationTests
{
    [Fact]
    public void A_release_alone_ranks_the_truth_first_where_its_words_are_met_again()
    {
        var result = OpenSetEvaluation.Measure(SmallCorpus.Texts, SmallCorpus.Reports(), SmallCorpus.Options with { AttackCost = 1 }, TestContext.Current.CancellationToken);

        Assert.Equal((240, 6), (result.Sentences, result.Techniques));
        Assert.True(result.Exact.Top1 > 0.9);
        Assert.InRange(result.Exact.Top3, result.Exact.Top1, 1);
        Assert.True(result.Parent.Top1 >= result.Exact.Top1);
        // Six techniques all stand among the first ten and twenty.
        Assert.Equal((1, 1), (result.Exact.Top10, result.Exact.Recall20));
    }

    [Fact]
    public void Further_texts_teach_words_that_the_release_does_not_have()
    {
        LabelledReport[] reports = [new("one", [new LabelledSentence("They quaffed cider.", ["T9003"])])];
        var texts = SmallCorpus.Texts with { Further = [new("T9003", "Quaffed much cider at noon.", 0.5f)] };

        var options = SmallCorpus.Options with { AttackCost = 1 };

        var without = OpenSetEvaluation.Measure(SmallCorpus.Texts, reports, options, TestContext.Current.CancellationToken);
        var with = OpenSetEvaluation.Measure(texts, reports, options, TestContext.Current.CancellationToken);

        Assert.Equal(0, without.Exact.Top1);
        Assert.Equal(1, with.Exact.Top1);
    }

    [Fact]
    public void Reports_without_a_technique_of_the_release_are_refused()
    {
        LabelledReport[] reports = [new("one", [new LabelledSentence("They sang.", ["T0000"])])];

        Assert.Throws<ArgumentException>(() => OpenSetEvaluation.Measure(SmallCorpus.Texts, reports, SmallCorpus.Options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Techniques_kept_from_the_reports_are_found_by_the_release_and_repeat_themselves()
    {
        var first = UnseenEvaluation.Measure(SmallCorpus.Texts, SmallCorpus.Reports(), SmallCorpus.Options, stop: TestContext.Current.CancellationToken);
        var second = UnseenEvaluation.Measure(SmallCorpus.Texts, SmallCorpus.Reports(), SmallCorpus.Options, stop: TestContext.Current.CancellationToken);

        Assert.Equal(first.Exact, second.Exact);
        Assert.Equal((12, 6), (first.Reports, first.Techniques));
        Assert.True(first.Exact.Top3 > 0.8);
        // Each technique is asked about in one part of the reports only, so fewer labels count than the reports have.
        Assert.InRange(first.Exact.Sentence.Right + first.Exact.Sentence.Missed, 1, 239);
    }
}
