using Modus.Reports.Evaluation;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Evaluation;

/// <summary>What a team's decisions change on reports that it never saw, and which labels an evaluation counts.</summary>
public sealed class ConfirmationEvaluationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Reports of a house that calls every cellar and stable door a door, and never marks a lamp.</summary>
    private static List<LabelledReport> House =>
        [.. SmallCorpus.Reports(seed: 9).Select(report => report with
        {
            Sentences = [.. report.Sentences.Select(sentence => sentence with { Labels = [.. sentence.Labels.Where(label => label != "T9001").Select(label => label[..5])] })],
        })];

    [Fact]
    public void Decisions_bring_a_mapper_to_a_houses_policy_on_reports_nobody_decided_on()
    {
        var result = ConfirmationEvaluation.Measure(SmallCorpus.Model, House, 60, folds: 4, stop: Stop);

        Assert.Equal(["exact, before", "exact, after", "parents, before", "parents, after"], result.Methods.Select(method => method.Method));
        Assert.Equal((12, 360), (result.Reports, result.Sentences));
        Assert.Equal(60, result.Decisions, 6);
        Assert.InRange(result.Accepted, 1, 59);
        var (before, after) = (result.Methods[0], result.Methods[1]);
        // What is missing to 1 falls by a quarter at least.
        Assert.True(1 - after.SentenceF1.Value < 0.75 * (1 - before.SentenceF1.Value), $"sentences {before.SentenceF1} {after.SentenceF1}");
        Assert.True(1 - after.DocumentF1.Value < 0.75 * (1 - before.DocumentF1.Value), $"reports {before.DocumentF1} {after.DocumentF1}");
    }

    [Fact]
    public void The_team_decides_report_by_report_and_names_what_it_would_have_marked()
    {
        var house = House;
        var decisions = TeamSimulation.Decide(SmallCorpus.Model, house, 25, Stop);
        var labels = house.SelectMany(report => report.Sentences.Select(sentence => (report.Id, sentence))).ToLookup(one => (one.Id, one.sentence.Text), one => one.sentence.Labels);

        Assert.Equal(25, decisions.Count);
        Assert.Equal(house[0].Id, decisions[0].Document);
        Assert.All(decisions, one => Assert.Equal(labels[(one.Document, one.Text)].Any(given => given.Contains(one.Technique)), one.Accepted));
        Assert.Contains(decisions, one => one is { Technique: "T9002", Accepted: true });
        Assert.All(decisions.GroupBy(one => one.Document), report => Assert.True(report.Select(one => one.Text).Distinct().Count() <= TeamSimulation.SentencesRead));
    }

    [Fact]
    public void Reports_of_one_part_cannot_be_measured() =>
        Assert.Throws<ArgumentException>(() => ConfirmationEvaluation.Measure(SmallCorpus.Model, [House[0] with { Fold = 0 }], 10, stop: Stop));

    [Fact]
    public void A_scope_counts_parents_and_the_most_frequent_labels()
    {
        LabelledReport[] reports =
        [
            new("a", [new("one", ["T9002.001", "T9002"]), new("two", ["T9003"]), new("three", [])]),
            new("b", [new("four", ["T9003", "T9999"]), new("five", ["T9002.002"]), new("six", ["T9004"])]),
        ];
        var parentOf = LabelScope.ParentsOf(SmallCorpus.Texts);
        var parents = new LabelScope(Parents: true).Of(reports, parentOf);
        var two = new LabelScope(Parents: true, Most: 2).Of(reports, parentOf);

        Assert.Same(reports, LabelScope.Whole.Of(reports, parentOf));
        Assert.Equal(["T9002"], parents[0].Sentences[0].Labels);
        Assert.Equal(["T9003"], parents[1].Sentences[0].Labels);
        Assert.Equal(["T9004"], parents[1].Sentences[2].Labels);
        Assert.Empty(two[1].Sentences[2].Labels);
        Assert.Equal(6, two.Sum(report => report.Sentences.Count));
        Assert.Equal(["T9002.001"], new LabelScope(Most: 3).Of(reports, parentOf)[0].Sentences[0].Labels.Except(["T9002"]));
    }
}
