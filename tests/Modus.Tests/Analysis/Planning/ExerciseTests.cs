using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Exercises;
using Modus.Analysis.Planning.Response;
using Xunit;

namespace Modus.Tests.Analysis.Planning;

/// <summary>What to try, in which order, and what to do about what was seen.</summary>
public sealed class ExerciseTests
{
    private static readonly Dictionary<string, TechniqueFact> facts = new[]
    {
        new TechniqueFact("T1", "One", null, ["early"], []), new TechniqueFact("T2", "Two", null, ["middle"], []),
        new TechniqueFact("T3", "Three", null, ["late"], []), new TechniqueFact("T4", "Four", null, ["unheard-of"], []), new TechniqueFact("T2.001", "Part", "T2", ["middle"], []),
    }.ToDictionary(item => item.Id, StringComparer.Ordinal);

    [Fact]
    public void The_order_of_sequences_is_learned_and_kept_in_a_file()
    {
        var model = OrderTrainer.Train([new("a", [("T1", "T2"), ("T1", "T3"), ("T2", "T3")]), new("b", [("T1", "T3"), ("T9", "T1")])], [facts], "two sequences");
        string[] tactics = ["early", "middle", "unheard-of", "late"];
        var again = OrderModel.Read(model.Write());
        Assert.True(model.Place(facts["T1"], tactics) < model.Place(facts["T2"], tactics));
        Assert.True(model.Place(facts["T2"], tactics) < model.Place(facts["T3"], tactics));
        Assert.Equal(model.Place(facts["T3"], tactics), again.Place(facts["T3"], tactics), 2);
        Assert.Equal("two sequences", again.TrainedOn);
        // What no sequence had stands between its neighbours in the matrix.
        Assert.InRange(model.Place(facts["T4"], tactics), model.Place(facts["T2"], tactics), model.Place(facts["T3"], tactics));
        Assert.Equal(1, OrderTrainer.Agreement(new("c", [("T1", "T3")]), id => model.Place(facts[id], tactics)));
        Assert.Equal(0.5, OrderTrainer.Agreement(new("c", [("T1", "T8")]), _ => null));
    }

    [Fact]
    public void The_shipped_order_has_initial_steps_before_last_ones()
    {
        var knowledge = ReleaseAdapter.Read(Modus.Attack.KnowledgeBase.Open().Get("18.1")!);
        var byId = knowledge.Techniques.ToDictionary(item => item.Id, StringComparer.Ordinal);
        double Place(string id) => OrderModel.Shipped.Place(byId[id], knowledge.TacticOrder);
        Assert.True(Place("T1566.001") < Place("T1059.001"));
        Assert.True(Place("T1059.001") < Place("T1486"));
        Assert.True(Place("T1190") < Place("T1041"));
    }

    [Fact]
    public void Steps_that_tell_most_are_taken_and_put_in_order()
    {
        ExerciseCandidate[] candidates =
        [
            new("T1", 4, 0.5, "untested"), new("T2", 4, 0.95, "fired"), new("T3", 3, 0.5, "untested"), new("T4", 9, 0.5, "untested") { Obstacle = "outside" },
        ];
        var plan = ExercisePlanner.Plan(candidates, 2, id => -candidates.Index().First(item => item.Item.Technique == id).Index);
        Assert.Equal(["T3", "T1"], plan.Steps.Select(step => step.Candidate.Technique));
        Assert.Equal(["T2"], plan.LeftOut.Select(step => step.Candidate.Technique));
        Assert.Equal(["T4"], plan.Impossible.Select(item => item.Technique));
        Assert.InRange(plan.Learned, 0.8, 1);
        Assert.Equal(1, candidates[0].Information, 9);
    }

    [Fact]
    public void Unequal_costs_are_a_knapsack()
    {
        var plan = ExercisePlanner.Plan([new("T1", 6, 0.5, "") { Cost = 5 }, new("T2", 4, 0.5, "") { Cost = 3 }, new("T3", 4, 0.5, "") { Cost = 2 }], 5, _ => 0);
        Assert.Equal(["T2", "T3"], plan.Steps.Select(step => step.Candidate.Technique));
    }

    [Fact]
    public void Every_public_test_has_a_technique_a_guid_and_a_name()
    {
        Assert.Equal(1819, AtomicTests.All.Count);
        Assert.All(AtomicTests.All, test => Assert.True(Guid.TryParse(test.Id, out _) && test.Name.Length > 0 && test.Technique[0] == 'T'));
    }

    [Fact]
    public void Measures_are_ordered_by_what_they_cut_and_the_rest_is_named()
    {
        var plan = ResponsePlan.Of([new("T1", 1, null), new("T2.001", 3, null), new("T3", 1, null), new("T9", 1, null)], new Dictionary<string, double> { ["T5"] = 0.5 },
            [new("M1", "one", [new("T1"), new("T3")]), new("M2", "two", [new("T2")]), new("M3", "three", [new("T1"), new("T3"), new("T5")])], id => id.Split('.')[0]);
        Assert.Equal(["M3", "M2"], plan.Steps.Select(step => step.Id));
        Assert.Equal(["T1", "T3"], plan.Steps[0].Adds);
        Assert.Equal(["T5"], plan.Steps[0].Ahead);
        Assert.Equal(["T2.001"], plan.Steps[1].Adds);
        Assert.Equal(["T9"], plan.Uncut);
        Assert.Equal(0.8, plan.Steps[1].Total, 9);
    }
}
