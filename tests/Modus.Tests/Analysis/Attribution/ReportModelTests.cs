using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class ReportModelTests
{
    private static (FeatureMatrix Matrix, KnowledgeView View) Measured(ActorKnowledge knowledge, string[] techniques, params string[] software)
    {
        var index = new KnowledgeIndex(knowledge);
        var view = new KnowledgeView(index, Lens.All);
        var seen = new Observation([.. techniques.Select(index.Techniques.Find).Order()], [.. software.Select(index.Software.Find).Order()], [], []);
        return (CandidateFeatures.Compute(view, seen, keepParts: true), view);
    }

    private static double Value((FeatureMatrix Matrix, KnowledgeView View) measured, string actor) =>
        measured.Matrix.Values[measured.View.Index.Actors.Find(actor) * measured.Matrix.Features + (int)Measure.ReportModel];

    /// <summary>Whole and Split have the same techniques from as many sources; Whole did T3, T4 and T5 at once, Split one a report.</summary>
    private static ActorKnowledge TwoAlike()
    {
        var world = SmallWorld.Knowledge();
        string[] days = ["whole", "whole b", "whole c", "split", "split b", "split c"];
        return world with
        {
            Actors = [.. world.Actors, new("G4", "Whole", []), new("G5", "Split", [])],
            Sources = [.. world.Sources, .. days.Select(name => new SourceFact(name, new DateOnly(2019, 5, 1), null))],
            Uses =
            [
                .. world.Uses,
                new("G4", "T3", ["whole"]), new("G4", "T4", ["whole"]), new("G4", "T5", ["whole"]),
                new("G4", "T1", ["whole b"]), new("G4", "T2", ["whole b"]), new("G4", "T6", ["whole c"]),
                new("G5", "T3", ["split"]), new("G5", "T4", ["split b"]), new("G5", "T5", ["split c"]),
                new("G5", "T1", ["split"]), new("G5", "T2", ["split b"]), new("G5", "T6", ["split c"]),
            ],
        };
    }

    [Fact]
    public void What_one_report_tells_together_counts_more_than_the_same_from_several()
    {
        var measured = Measured(TwoAlike(), ["T3", "T4", "T5"]);
        Assert.Equal(Plain("G4"), Plain("G5"), 12);
        Assert.True(Value(measured, "G4") > Value(measured, "G5") + 0.1);

        double Plain(string actor) => measured.Matrix.Values[measured.View.Index.Actors.Find(actor) * measured.Matrix.Features + (int)Measure.LanguageModel];
    }

    [Fact]
    public void A_report_that_holds_what_was_seen_is_weighed_like_the_profile()
    {
        var measured = Measured(SmallWorld.Knowledge(), ["T1"]);
        var usual = measured.View.Background[measured.View.Index.Techniques.Find("T1")];
        var profile = (1 + 80 * usual) / 81;
        var page = (1 + 10 * usual) / 11;
        Assert.Equal(Math.Log((profile + page) / 2 / usual), Value(measured, "G3"), 12);
        var none = Measured(SmallWorld.Knowledge(), ["T7"]);
        usual = none.View.Background[none.View.Index.Techniques.Find("T7")];
        Assert.Equal(Math.Log((80 * usual / 81 + usual) / 2 / usual), Value(none, "G3"), 12);
    }

    [Fact]
    public void Software_counts_where_somebody_is_known_to_use_it_and_the_parts_add_up()
    {
        var with = Measured(SmallWorld.Knowledge(), ["T1", "T2"], "S1");
        var without = Measured(SmallWorld.Knowledge(), ["T1", "T2"]);
        Assert.True(Value(with, "G1") > Value(without, "G1"));
        Assert.True(Value(with, "G2") < Value(without, "G2"));
        foreach (var actor in (string[])["G1", "G2", "G3"])
        {
            var number = with.View.Index.Actors.Find(actor);
            Assert.Equal(Value(with, actor), Enumerable.Range(0, with.Matrix.Pieces + 1).Sum(piece => with.Matrix.Part(piece, number, (int)Measure.ReportModel)), 12);
        }
        var world = SmallWorld.Knowledge();
        var nobodys = world with { SoftwareUses = [.. world.SoftwareUses.Where(item => item.Object != "S1")] };
        Assert.Equal(Value(Measured(nobodys, ["T1", "T2"]), "G1"), Value(Measured(nobodys, ["T1", "T2"], "S1"), "G1"), 12);
    }
}
