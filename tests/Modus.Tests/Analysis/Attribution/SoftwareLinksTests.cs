using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class SoftwareLinksTests
{
    private static double Value(ActorKnowledge knowledge, string software, string actor, Measure measure, params string[] excluded)
    {
        var index = new KnowledgeIndex(knowledge);
        var view = new KnowledgeView(index, new Lens { ExcludedSources = excluded });
        var matrix = CandidateFeatures.Compute(view, new Observation([index.Techniques.Find("T1")], [index.Software.Find(software)], [], []));
        return matrix.Values[index.Actors.Find(actor) * matrix.Features + (int)measure];
    }

    [Fact]
    public void A_source_that_describes_the_software_and_speaks_of_an_actor_ties_the_two()
    {
        // Two sources describe Rake, both speak of Red alone: 1 + 1, taken as ln(1 + 2·2).
        Assert.Equal(Math.Log(5), Value(SmallWorld.Knowledge(), "S1", "G1", Measure.SoftwareDescribedWith), 12);
        Assert.Equal(0, Value(SmallWorld.Knowledge(), "S1", "G2", Measure.SoftwareDescribedWith));
        Assert.Equal(Math.Log(3), Value(SmallWorld.Knowledge(), "S1", "G1", Measure.SoftwareDescribedWith, "red 2018"), 12);
    }

    [Fact]
    public void Who_uses_what_the_users_use_is_an_associate()
    {
        // Common Net is used by three; Red has two tools, so a third of a half goes on to Rake, which only Red uses.
        Assert.Equal(Math.Log(1 + 50.0 / 6), Value(SmallWorld.Knowledge(), "S3", "G1", Measure.SoftwareOfAssociates), 12);
        Assert.Equal(0, Value(SmallWorld.Knowledge(), "S3", "G3", Measure.SoftwareOfAssociates));
    }

    [Fact]
    public void A_source_that_carries_an_actors_name_counts_and_a_longer_number_does_not()
    {
        var world = SmallWorld.Knowledge();
        var named = world with
        {
            Actors = [.. world.Actors.Where(item => item.Id != "G2"), new("G2", "APT1", [])],
            Uses = [.. world.Uses, new("S1", "T2", ["Vendor APT1 Rake", "Vendor APT10 Rake", "Crimson Bear Rake"])],
            Sources = [.. world.Sources, new("Vendor APT1 Rake", null, null), new("Vendor APT10 Rake", null, null), new("Crimson Bear Rake", null, null)],
        };
        Assert.Equal(Math.Log(2), Value(named, "S1", "G2", Measure.SoftwareNamedWith), 12);
        Assert.Equal(Math.Log(2), Value(named, "S1", "G1", Measure.SoftwareNamedWith), 12);
        Assert.Equal(0, Value(named, "S1", "G1", Measure.SoftwareNamedWith, "Crimson Bear Rake"));
    }

    [Fact]
    public void Users_of_the_same_suspected_nation_count_and_the_actor_itself_does_not()
    {
        var world = SmallWorld.Knowledge();
        var allied = world with { Actors = [.. world.Actors.Where(item => item.Id != "G3"), new("G3", "Green", []) { SuspectedNation = "BB" }] };
        Assert.Equal(0, Value(allied, "S2", "G2", Measure.SoftwareOfCompatriots));
        Assert.True(Value(allied, "S2", "G3", Measure.SoftwareOfCompatriots) > 0);
        Assert.Equal(0, Value(allied, "S2", "G1", Measure.SoftwareOfCompatriots));
    }
}
