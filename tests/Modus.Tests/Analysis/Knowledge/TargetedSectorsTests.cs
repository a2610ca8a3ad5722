using Modus.Analysis.Knowledge;
using Modus.Attack;
using Xunit;

namespace Modus.Tests.Analysis.Knowledge;

/// <summary>The sectors that come with Modus, and the words for them.</summary>
public sealed class TargetedSectorsTests
{
    [Theory]
    [InlineData("energy", "energy")]
    [InlineData("Oil", "energy")]
    [InlineData("financial services", "financial-services")]
    [InlineData("FINANCE sector", "financial-services")]
    [InlineData("universities", "education")]
    [InlineData("bakeries", null)]
    [InlineData("", null)]
    public void A_word_means_a_sector_or_none(string word, string? sector) => Assert.Equal(sector, TargetedSectors.Shipped.Find(word));

    [Fact]
    public void Every_group_is_one_of_a_release_and_every_sector_has_groups()
    {
        var known = KnowledgeBase.Open();
        var ids = new[] { "18.1", "19.0" }.SelectMany(version => known.Get(version)!.All<Group>()).Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        Assert.True(TargetedSectors.Shipped.Names.Count > 20);
        foreach (var sector in TargetedSectors.Shipped.Names)
        {
            var groups = TargetedSectors.Shipped.Groups(sector);
            Assert.NotEmpty(groups);
            Assert.Equal(groups.Distinct(), groups);
            Assert.All(groups, group => Assert.Contains(group, ids));
            Assert.Equal(sector, TargetedSectors.Shipped.Find(sector));
        }
    }
}
