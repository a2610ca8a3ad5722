using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Xunit;

namespace Modus.Tests.Analysis.Prediction;

/// <summary>What follows what, directly and by what the table does not name.</summary>
public class StepTableTests
{
    private static readonly KnowledgeIndex index = new(SmallWorld.Knowledge());

    [Fact]
    public void Shares_of_what_follows_add_up_and_fall_with_the_place()
    {
        var after = Table(Next(("T1", ["T3", "T4", "T5"]))).After(At("T1"));
        Assert.Equal(1, after.Values.Sum(), 9);
        Assert.True(after[At("T3")] > after[At("T4")] && after[At("T4")] > after[At("T5")]);
    }

    [Fact]
    public void A_step_left_out_is_bridged()
    {
        var table = Table(Next(("T1", ["T3"]), ("T3", ["T6"])));
        Assert.Equal(0, table.After(At("T1")).GetValueOrDefault(At("T6")));
        Assert.Equal(1, table.AfterNext(At("T1"))[At("T6")], 9);
    }

    [Fact]
    public void What_leads_to_the_same_is_followed_alike()
    {
        var table = Table(Next(("T1", ["T3"]), ("T5", ["T3", "T6"]), ("T4", ["T7"])));
        var like = table.AfterLike(At("T1"));
        Assert.True(like[At("T6")] > 0);
        Assert.Equal(0, like[At("T7")]);
    }

    [Fact]
    public void What_leads_to_a_part_leads_to_the_whole_and_the_other_way_round()
    {
        Assert.InRange(Table(Next(("T1", ["T2.001"]))).After(At("T1"))[At("T2")], 0.01, 0.5);
        Assert.InRange(Table(Next(("T1", ["T2"]))).After(At("T1"))[At("T2.001")], 0.01, 0.5);
        Assert.True(Table(Next(("T2.001", ["T6"]))).After(At("T2"))[At("T6")] > 0);
    }

    [Fact]
    public void A_known_step_counts_beside_the_usual_ones()
    {
        var table = new StepTable(index, Next(("T1", ["T3", "T4"])), [(At("T1"), At("T5")), (At("T1"), At("T5"))], index.Techniques.Find);
        Assert.True(table.After(At("T1"))[At("T5")] > table.After(At("T1"))[At("T3")]);
    }

    [Fact]
    public void Of_nothing_nothing_follows()
    {
        var table = Table(UsualSteps.None);
        Assert.Empty(table.After(At("T1")));
        Assert.All(table.AfterNext(At("T1")).Concat(table.AfterLike(At("T1"))), share => Assert.Equal(0, share));
    }

    private static StepTable Table(UsualSteps steps) => new(index, steps, [], index.Techniques.Find);

    private static UsualSteps Next(params (string From, string[] To)[] rows) => new(rows.ToDictionary(row => row.From, row => row.To), []);

    private static int At(string id) => index.Techniques.Find(id);
}
