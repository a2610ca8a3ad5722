using Modus.Analysis.Knowledge;
using Modus.Analysis.Profiles;
using Xunit;

namespace Modus.Tests.Analysis.Profiles;

public sealed class ProfilerTests
{
    private readonly Profiler profiler = new(SmallWorld.Knowledge(), Lens.All);

    [Fact]
    public void One_report_said_twice_is_one_source()
    {
        // The actor and its campaign both rest on "red 2020" for T1: with "red 2018" that makes two.
        var technique = profiler.Profile("G1")!.Procedures.Single(item => item.Id == "T1");
        Assert.Equal(["red 2018", "red 2020"], technique.Direct);
        Assert.Equal(["C1"], technique.Campaigns);
        Assert.Equal(2, technique.IndependentSources);
    }

    [Fact]
    public void Direct_campaign_and_software_are_kept_apart()
    {
        var profile = profiler.Profile("G1")!;
        var campaign = profile.Procedures.Single(item => item.Id == "T6");
        Assert.Empty(campaign.Direct);
        Assert.Equal(1, campaign.IndependentSources);
        var software = profile.Procedures.Single(item => item.Id == "T7");
        Assert.Equal(["S1"], software.Software);
        Assert.Equal(0, software.IndependentSources);
    }

    [Fact]
    public void Recency_is_the_latest_dated_source()
    {
        var profile = profiler.Profile("G1")!;
        Assert.Equal(new(2018, 5, 1), profile.FirstReport);
        Assert.Equal(new(2020, 5, 1), profile.LastReport);
        Assert.Equal(new(2018, 5, 1), profile.Procedures.Single(item => item.Id == "T3").LastSeen);
    }

    [Fact]
    public void A_rare_trait_names_who_else_has_it()
    {
        var traits = profiler.Profile("G1")!.RareTraits;
        Assert.Empty(traits.Single(trait => trait.Id == "S1").Others);
        Assert.Equal(["G2"], traits.Single(trait => trait.Id == "T2").Others);
    }

    [Fact]
    public void Names_are_found_by_letters_and_digits_and_shared_names_give_all()
    {
        Assert.Equal(["G1"], profiler.Find("crimson-bear"));
        Assert.Equal(["G2", "G3"], profiler.Find("navy"));
        Assert.Equal(["G1"], profiler.Find("g1"));
        Assert.Empty(profiler.Find("nobody"));
        Assert.Empty(profiler.Find("--"));
    }

    [Fact]
    public void A_comparison_counts_what_is_shared_and_what_chance_shares()
    {
        var compared = Comparer.Compare(profiler, [Comparer.Of(profiler.Profile("G1")!), Comparer.Of(profiler.Profile("G2")!)]);
        var pair = compared.Pairs.Single();

        // Red does T1 to T4 and, in a campaign, T6; Blue does T1, T2, T5, T6; Green does T1.
        Assert.Equal(3, pair.Shared);
        Assert.Equal((3 + 1) / 2.0, pair.RandomShared);
        Assert.Equal(0.5, pair.MoreAlike);
        Assert.Equal(2, compared.Rows[0].Shared);
        Assert.Equal(["T1", "T2", "T6"], compared.Rows.Where(row => row.Shared == 2).Select(row => row.Id).Order());
    }

    [Fact]
    public void One_subject_or_seven_cannot_be_compared()
    {
        var one = Comparer.Of(profiler.Profile("G1")!);
        Assert.Throws<ArgumentException>(() => Comparer.Compare(profiler, [one]));
        Assert.Throws<ArgumentException>(() => Comparer.Compare(profiler, [one, one, one, one, one, one, one]));
    }
}
