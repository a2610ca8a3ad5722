using Modus.Analysis.Knowledge;
using Xunit;

namespace Modus.Tests.Analysis.Knowledge;

public sealed class KnowledgeViewTests
{
    private readonly KnowledgeIndex index = new(SmallWorld.Knowledge());

    [Fact]
    public void A_relation_counts_once_for_each_source() =>
        Assert.Equal(2, Count(Lens.All, "G1", "T1"));

    [Fact]
    public void A_relation_outlives_the_loss_of_one_of_two_sources()
    {
        var lens = new Lens { ExcludedSources = ["red 2018"] };
        Assert.Equal(1, Count(lens, "G1", "T1"));
        Assert.Equal(0, Count(lens, "G1", "T2"));
        Assert.Equal(1, Count(lens, "G2", "T2"));
    }

    [Fact]
    public void A_source_leaves_software_and_its_techniques_too()
    {
        var view = new KnowledgeView(index, new Lens { ExcludedSources = ["red 2018"] });
        Assert.Empty(view.SoftwareOfActor[index.Actors.Find("G1")]);
        Assert.Equal([index.Techniques.Find("T7")], view.TechniquesOfSoftware[index.Software.Find("S1")]);
    }

    [Fact]
    public void As_of_a_day_nothing_later_and_nothing_undated_exists()
    {
        var lens = new Lens { AsOf = new(2019, 5, 1) };
        Assert.Equal(1, Count(lens, "G1", "T1"));
        Assert.Equal(0, Count(lens, "G1", "T4"));
        Assert.Equal(0, Count(lens, "G2", "T1"));
        Assert.Equal(0, Count(lens, "G3", "T1"));
    }

    [Fact]
    public void A_least_number_of_sources_drops_what_fewer_say()
    {
        var lens = new Lens { MinSources = 2 };
        Assert.Equal(2, Count(lens, "G1", "T1"));
        Assert.Equal(0, Count(lens, "G1", "T2"));
    }

    [Fact]
    public void Campaigns_are_kept_apart_from_the_actor_itself()
    {
        var view = new KnowledgeView(index, Lens.All);
        var (red, technique) = (index.Actors.Find("G1"), index.Techniques.Find("T6"));
        Assert.Equal(0, view.Counts[red][technique]);
        Assert.Equal(1, view.CampaignCounts[red][technique]);
    }

    [Fact]
    public void Software_implies_its_techniques()
    {
        var view = new KnowledgeView(index, Lens.All);
        Assert.Equal(1, view.Implied[index.Actors.Find("G1")][index.Techniques.Find("T7")]);
        Assert.Equal(0, view.Implied[index.Actors.Find("G2")][index.Techniques.Find("T7")]);
    }

    private float Count(Lens lens, string actor, string technique)
    {
        var view = new KnowledgeView(index, lens);
        return view.Counts[index.Actors.Find(actor)][index.Techniques.Find(technique)];
    }
}
