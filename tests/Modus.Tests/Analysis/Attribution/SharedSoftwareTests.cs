using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class SharedSoftwareTests
{
    private static SharedSoftware Of(ActorKnowledge knowledge, string actor, Lens lens, params string[] software)
    {
        var index = new KnowledgeIndex(knowledge);
        return SharedSoftware.Of(new KnowledgeView(index, lens), new([], [.. software.Select(index.Software.Find)], [], []), index.Actors.Find(actor));
    }

    [Fact]
    public void A_tool_of_one_known_user_is_told_from_malware_of_one()
    {
        var tool = Of(SmallWorld.Knowledge(), "G2", Lens.All, "S2");
        var malware = Of(SmallWorld.Knowledge(), "G1", Lens.All, "S1");
        Assert.Equal(1, tool.ToolUnique);
        Assert.True(tool.ToolRarity > 0);
        Assert.Equal((0, 0), (malware.ToolRarity, malware.ToolUnique));
        // Three users are too many to be unique.
        Assert.Equal(0, Of(SmallWorld.Knowledge(), "G1", Lens.All, "S3").ToolUnique);
    }

    [Fact]
    public void Malware_is_the_more_an_actors_own_the_more_of_its_sources_speak_of_the_actor()
    {
        var world = SmallWorld.Knowledge();
        var crowded = world with
        {
            Uses = [.. world.Uses, new("S1", "T2", ["kit 2019"])],
            Sources = [.. world.Sources, new("kit 2019", new(2019, 1, 1), null)],
        };
        var rarity = Math.Log(1 + 2.5 / 1.5);
        Assert.Equal(rarity * 2 / 3, Of(world, "G1", Lens.All, "S1").Owned, 12);
        Assert.Equal(0, Of(world, "G1", Lens.All, "S1").Nobodys);
        Assert.Equal(rarity * 2 / 4, Of(crowded, "G1", Lens.All, "S1").Owned, 12);
        Assert.Equal(rarity / 4, Of(crowded, "G1", Lens.All, "S1").Nobodys, 12);
    }

    [Fact]
    public void What_the_lens_hides_and_what_is_not_shared_counts_nothing()
    {
        Assert.Equal(default, Of(SmallWorld.Knowledge(), "G2", Lens.All, "S1"));
        var without = Of(SmallWorld.Knowledge(), "G1", new() { ExcludedSources = ["red 2020"] }, "S1");
        Assert.Equal(Math.Log(1 + 2.5 / 1.5) / 2, without.Owned, 12);
    }
}
