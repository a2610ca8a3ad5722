using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Models;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>A team's way of mapping, learnt from what it named and what it passed over.</summary>
public sealed class PolicyFitterTests
{
    private static TechniqueClasses Classes => SmallCorpus.Model.Base.Classes;

    private static int Parent => Classes.Index["T9002"];

    private static int Child => Classes.Index["T9002.001"];

    private static int Other => Classes.Index["T9003"];

    [Fact]
    public void Nothing_decided_changes_nothing()
    {
        JudgedCandidate[] candidates = [new(Other, 0.3f, false, false), new(Child, 0.6f, true, false)];

        Assert.Same(TeamPolicy.None, PolicyFitter.Fit([]));
        var seen = TeamPolicy.None.Apply(Classes, candidates);
        Assert.Equal(0.3f, seen[0].Probability, 1e-4);
        Assert.Equal(0.6f, seen[1].Probability, 1e-4);
        Assert.True(seen[1].Printed);
    }

    [Fact]
    public void One_decision_moves_little_and_many_move_to_the_share_that_was_right()
    {
        JudgedCandidate[] sure = [new(Other, 0.9f, false, false)];
        var one = PolicyFitter.Fit([Row(sure, 0, right: false)]);
        var many = PolicyFitter.Fit([.. Enumerable.Range(0, 400).Select(n => Row(sure, 0, n % 2 == 0))]);

        Assert.InRange(one.Apply(Classes, sure)[0].Probability, 0.7, 0.9);
        Assert.InRange(many.Apply(Classes, sure)[0].Probability, 0.45, 0.55);
    }

    [Fact]
    public void A_technique_that_is_always_rejected_falls_and_the_others_stay_above_it()
    {
        JudgedCandidate[] both = [new(Other, 0.6f, false, false), new(Parent, 0.6f, false, false)];
        var policy = PolicyFitter.Fit([.. Enumerable.Range(0, 40).SelectMany(_ => new[] { Row(both, 0, right: false), Row(both, 1, right: true) })]);
        var seen = policy.Apply(Classes, both);

        Assert.True(seen[0].Probability < 0.15f);
        Assert.True(seen[1].Probability > 0.8f);
    }

    [Fact]
    public void A_team_that_names_techniques_only_gets_the_technique_in_place_of_its_sub_technique()
    {
        JudgedCandidate[] family = [new(Child, 0.7f, false, false), new(Parent, 0.1f, false, false)];
        JudgedCandidate[] stable = [new(Classes.Index["T9002.002"], 0.7f, false, false), new(Parent, 0.1f, false, false)];
        var policy = PolicyFitter.Fit([.. Enumerable.Range(0, 30).SelectMany(_ => new[] { Row(family, 0, right: false), Row(family, 1, right: true) })]);
        var seen = policy.Apply(Classes, stable);

        Assert.True(policy.SubTechnique < -1);
        Assert.True(policy.Lead > 0.1f);
        Assert.True(seen[1].Probability > 0.5f);
        Assert.True(seen[0].Probability < 0.3f);
    }

    [Fact]
    public void The_lead_of_a_sub_technique_is_measured_in_log_odds()
    {
        JudgedCandidate[] family = [new(Child, 0.75f, false, false), new(Parent, 0.5f, false, false), new(Other, 0.9f, false, false)];
        var figures = new float[TeamPolicy.Width];
        TeamPolicy.Figures(Classes, family, 1, figures);

        Assert.Equal([1f, 0f, 0f], figures[..3]);
        Assert.Equal(MathF.Log(3), figures[3], 1e-4);
        TeamPolicy.Figures(Classes, family, 0, figures);
        Assert.Equal([1f, 0f], [figures[2], figures[3]]);
        Assert.Equal(BoostedTrees.LogOdds(0.75f), figures[1], 1e-5);
    }

    private static PolicyRow Row(JudgedCandidate[] candidates, int k, bool right)
    {
        var figures = new float[TeamPolicy.Width];
        TeamPolicy.Figures(Classes, candidates, k, figures);
        return new(candidates[k].Class, figures, right, 1);
    }
}
