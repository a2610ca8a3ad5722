using Modus.Attack;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>The 48 techniques: sums, tactics, and what the next release makes of them.</summary>
public sealed class CaseTechniqueTests
{
    private static readonly Release before = KnowledgeBase.Open().Get("18.1")!;
    private static readonly Release after = KnowledgeBase.Open().Get("19.0")!;

    [Fact]
    public void Forty_eight_techniques_46_seen_20_told_2_only_told()
    {
        Assert.Equal(48, CaseData.All.Count);
        Assert.Equal(46, CaseData.Techniques.Count(row => row.Seen));
        Assert.Equal(20, CaseData.Techniques.Count(row => row.Told));
        Assert.Equal(["T1530", "T1583.001"], CaseData.Techniques.Where(row => !row.Seen).Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.All(CaseData.Techniques, row => Assert.True(row.Told || row.Seen));
    }

    [Fact]
    public void All_live_in_the_case_s_release_over_13_tactics_and_in_the_next_over_14()
    {
        Assert.All(CaseData.Techniques, row => Assert.True(before.Find<Technique>(row.Id) is { IsAlive: true }, row.Id));
        Assert.All(CaseData.Techniques, row => Assert.True(after.Find<Technique>(row.Later) is { IsAlive: true }, row.Later));
        Assert.Equal(13, Tactics(before, row => row.Id).Distinct().Count());
        Assert.Equal(14, Tactics(after, row => row.Later).Distinct().Count());
        Assert.Equal(15, after.Tactics.Count);
    }

    [Fact]
    public void Four_ids_are_replaced_and_ten_techniques_change_tactics()
    {
        var replaced = CaseData.Techniques.Where(row => row.Id != row.Later).ToList();
        var moved = CaseData.Techniques.Where(row => !Names(before, row.Id).SetEquals(Names(after, row.Later))).ToList();

        Assert.Equal(4, replaced.Count);
        Assert.All(replaced, row => Assert.False(after.Find<Technique>(row.Id) is { IsAlive: true }));
        Assert.Equal(10, moved.Count);
        Assert.Equal(6, moved.Count(row => Names(after, row.Later).Contains("stealth")));
        Assert.Equal(4, moved.Count(row => Names(after, row.Later).Contains("defense-impairment")));
    }

    [Fact]
    public void Coverage_adds_up_to_48()
    {
        int Of(string state) => CaseData.Techniques.Count(row => row.State == state);

        Assert.Equal((20, 1, 25, 1, 1), (Of("fired"), Of("cannot-fire"), Of("no-rule"), Of("not-collected"), Of("outside-telemetry")));
        Assert.Equal(8, CaseData.Techniques.Count(row => row is { State: "fired", Tested: true }));
    }

    [Fact]
    public void The_storyline_shows_the_46_and_18_of_them_before_the_cut()
    {
        var story = CaseData.Root.GetProperty("story").EnumerateArray().ToList();
        HashSet<string> Until(string time) => [.. story.Where(entry => string.CompareOrdinal(entry.GetProperty("time").GetString(), time) <= 0)
            .SelectMany(entry => entry.GetProperty("techniques").EnumerateArray().Select(id => id.GetString()!))];

        Assert.Equal(CaseData.Seen.Order(StringComparer.Ordinal), Until("9").Order(StringComparer.Ordinal));
        Assert.Equal(18, Until("2026-03-10T02:31:00Z").Count);
        Assert.Equal(28, CaseData.Seen.Except(Until("2026-03-10T02:31:00Z")).Count());
    }

    private static IEnumerable<string> Tactics(Release release, Func<CaseTechniqueRow, string> id) => CaseData.Techniques.SelectMany(row => Names(release, id(row)));

    private static HashSet<string> Names(Release release, string id) => [.. release.Find<Technique>(id)!.Tactics.Select(tactic => tactic.Shortname)];
}
