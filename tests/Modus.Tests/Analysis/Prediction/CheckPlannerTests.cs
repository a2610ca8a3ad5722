using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Xunit;

namespace Modus.Tests.Analysis.Prediction;

public sealed class CheckPlannerTests
{
    private readonly Attributor attributor = new(SmallWorld.Knowledge());

    [Fact]
    public void A_trait_of_one_candidate_tells_more_than_one_that_all_share()
    {
        // Even odds: what the model believes of three made-up actors is not the point.
        var view = attributor.ViewOf(Lens.All);
        var even = Enumerable.Repeat(1.0 / view.ActorCount, view.ActorCount).ToArray();
        var checks = CheckPlanner.Rank(view, [.. Enumerable.Range(0, view.ActorCount)], even, new([view.Index.Techniques.Find("T2")], [], [], []), software: true).ToList();
        Assert.True(Gain(false, view.Index.Techniques.Find("T5")) > Gain(false, view.Index.Techniques.Find("T1")));
        Assert.True(Gain(true, view.Index.Software.Find("S2")) > Gain(true, view.Index.Software.Find("S3")));
        Assert.All(CheckPlanner.Plan(attributor, new() { Techniques = ["T2"] }, 20), check => Assert.True(check.Gain >= 0));

        double Gain(bool software, int number) => checks.Single(check => check.Software == software && check.Number == number).Gain;
    }

    [Fact]
    public void What_was_answered_is_not_asked_again()
    {
        var checks = CheckPlanner.Plan(attributor, new() { Techniques = ["T1"], AbsentTechniques = ["T5"], Software = ["S1"] }, 50);
        Assert.Empty(checks.Select(check => check.Id).Intersect(["T1", "T5", "S1"]));
    }

    [Fact]
    public void Only_what_can_be_collected_is_asked() =>
        Assert.Equal(["T5"], CheckPlanner.Plan(attributor, new() { Techniques = ["T1"] }, 50, collectable: new HashSet<string> { "T5" }).Select(check => check.Id));

    [Fact]
    public void Techniques_alone_are_asked_where_software_cannot_be_seen() =>
        Assert.DoesNotContain(CheckPlanner.Plan(attributor, new() { Techniques = ["T1"] }, 50, software: false), check => check.IsSoftware);
}
