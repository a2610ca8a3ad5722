using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Attack;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>Who the case looks like by plain overlap, and why that names nobody. The figures were computed from the bundle of ATT&amp;CK 18.1 by other means.</summary>
public sealed class CaseAttributionTests
{
    private static readonly OverlapTable table = new(KnowledgeBase.Open().Get("18.1")!);

    [Theory]
    [InlineData(OverlapMeasure.Jaccard, false, "Scattered Spider .258, Indrik Spider .246, Wizard Spider .244, Chimera .244")]
    [InlineData(OverlapMeasure.IdfCosine, false, "Scattered Spider .334, Storm-0501 .308, Indrik Spider .262, Wizard Spider .223")]
    [InlineData(OverlapMeasure.Jaccard, true, "Indrik Spider .254, Wizard Spider .250, Chimera .250, Scattered Spider .236")]
    [InlineData(OverlapMeasure.IdfCosine, true, "Scattered Spider .312, Storm-0501 .285, Indrik Spider .267, Wizard Spider .227")]
    public void Groups_rank_as_the_case_says(OverlapMeasure measure, bool onlySeen, string expected) =>
        Assert.Equal(expected, First(table.Rank(onlySeen ? CaseData.Seen : CaseData.All, measure), 4));

    [Fact]
    public void There_are_149_groups_with_five_techniques_or_more() => Assert.Equal(149, table.Groups);

    [Fact]
    public void Fourteen_traits_are_rare()
    {
        var rare = table.RareTraits(CaseData.All);

        Assert.Equal(14, rare.Count);
        Assert.Equal(
            "T1562.012 0, T1098.001 1, T1204.004 1, T1562.008 1, T1136.003 2, T1564.008 2, T1580 2, T1053.003 3, T1098.003 3, T1098.004 3, T1558.003 3, T1621 3, T1530 5, T1552.004 5",
            string.Join(", ", rare.Select(trait => string.Create(CultureInfo.InvariantCulture, $"{trait.Id} {trait.Users.Count}"))));
        Assert.Equal(["T1564.008", "T1580", "T1098.003", "T1621", "T1530", "T1552.004"], rare.Where(trait => trait.Users.Contains("G1015")).Select(trait => trait.Id));
        Assert.Equal(["T1098.001", "T1580", "T1098.003", "T1530", "T1552.004"], rare.Where(trait => trait.Users.Contains("G1053")).Select(trait => trait.Id));
    }

    [Fact]
    public void Two_traits_decide_so_that_the_verdict_is_inconclusive()
    {
        var contest = OverlapContest.Of(table, CaseData.All, CaseData.Seen);

        Assert.False(contest.IsFirm);
        Assert.Equal(3, contest.Reasons.Count);
        Assert.Equal([("T1564.008", "Storm-0501"), ("T1621", "Storm-0501")], contest.Deciding.Select(pair => (pair.Technique, pair.First.Name)));
    }

    [Theory]
    [InlineData("T1564.008", "Storm-0501 .316, Scattered Spider .305")]
    [InlineData("T1621", "Storm-0501 .314, Scattered Spider .309")]
    [InlineData("T1564.008 T1621", "Storm-0501 .322, Scattered Spider .279")]
    public void Without_the_deciding_traits_another_group_leads(string without, string expected) =>
        Assert.Equal(expected, First(table.Rank(CaseData.All.Except(without.Split(' ')).ToHashSet(StringComparer.Ordinal), OverlapMeasure.IdfCosine), 2));

    [Fact]
    public void The_next_release_gives_the_same_order_and_verdict()
    {
        var later = new OverlapTable(KnowledgeBase.Open().Get("19.0")!);
        HashSet<string> all = [.. CaseData.Techniques.Select(row => row.Later)];
        HashSet<string> seen = [.. CaseData.Techniques.Where(row => row.Seen).Select(row => row.Later)];

        Assert.Equal(151, later.Groups);
        Assert.Equal("Scattered Spider .335, Storm-0501 .307, Indrik Spider .262", First(later.Rank(all, OverlapMeasure.IdfCosine), 3));
        Assert.Equal("Scattered Spider .258, Indrik Spider .246, Wizard Spider .244, Chimera .244", First(later.Rank(all, OverlapMeasure.Jaccard), 4));
        Assert.Equal(13, later.RareTraits(all).Count);
        Assert.False(OverlapContest.Of(later, all, seen).IsFirm);
    }

    private static string First(IReadOnlyList<OverlapScore> scores, int count) =>
        string.Join(", ", scores.Take(count).Select(score => score.Name + score.Value.ToString(" .000", CultureInfo.InvariantCulture)));
}
