using Modus.Analysis.Attribution;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class ContesterTests
{
    private readonly Attributor attributor = new(SmallWorld.Knowledge());

    [Fact]
    public void What_decides_is_the_difference_of_the_opened_scores()
    {
        var question = new AttributionQuestion { Techniques = ["T1", "T2", "T4"], Software = ["S1"] };
        var contest = Contester.Test(attributor, question);
        var opened = attributor.Answer(question).Explanations;

        Assert.Equal(4, contest.Deciding.Count);
        foreach (var trait in contest.Deciding)
            Assert.Equal(Value(0, trait.Id) - Value(1, trait.Id), trait.Difference, 9);
        Assert.True(contest.Deciding.Single(trait => trait.Id == "S1").Difference > 0);
        Assert.Equal(contest.Deciding.OrderByDescending(trait => Math.Abs(trait.Difference)).Select(trait => trait.Id), contest.Deciding.Select(trait => trait.Id));

        double Value(int candidate, string id) => opened[candidate].Evidence.Single(piece => piece.Id == id).Value;
    }

    [Fact]
    public void The_matrix_puts_the_most_diagnostic_evidence_first()
    {
        var contest = Contester.Test(attributor, new() { Techniques = ["T1", "T2", "T3"], Software = ["S1"] });
        Assert.Equal(4, contest.Matrix.Count);
        Assert.Equal(contest.Matrix.OrderByDescending(row => row.Diagnosticity).Select(row => row.Id), contest.Matrix.Select(row => row.Id));
        Assert.Equal(Fit.Consistent, contest.Matrix.Single(row => row.Id == "S1").Cells[contest.Hypotheses.ToList().IndexOf("G1")]);
    }

    [Fact]
    public void Evidence_that_carries_the_verdict_is_named_as_such()
    {
        var contest = Contester.Test(attributor, new() { Techniques = ["T1", "T2", "T5", "T6"], Software = ["S1", "S1"] });
        var whole = attributor.Answer(new() { Techniques = ["T1", "T2", "T5", "T6"], Software = ["S1"] });
        var without = attributor.Answer(new() { Techniques = ["T1", "T2", "T5", "T6"] });
        Assert.Equal(whole.Candidates[0].Id != without.Candidates[0].Id || whole.Verdict.Level != without.Verdict.Level,
            contest.Flips.Any(flip => flip is { Kind: "software", Id: "S1" }));
    }

    [Fact]
    public void The_false_flag_test_says_when_nothing_is_left()
    {
        var contest = Contester.Test(attributor, new() { Techniques = [], Software = ["S1"] });
        var all = contest.FalseFlags.Single(test => test.Without == "all software");
        Assert.Equal(0, all.Left);
        Assert.Null(all.First);
        Assert.False(all.Stands);
    }
}
