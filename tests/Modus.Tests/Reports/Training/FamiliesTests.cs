using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>What a text of a sub-technique counts for its technique.</summary>
public sealed class FamiliesTests
{
    private static readonly int[] parents = [-1, 0, 0, -1, 3];

    [Fact]
    public void A_text_speaks_for_the_parent_at_a_part_of_its_price()
    {
        var families = new Families(parents, 0.25f);
        var own = families.Group(1, 1);
        var cheap = families.Group(2, 0.5f);

        Assert.Equal([1, 0], families.Positives(1));
        Assert.Equal([3], families.Positives(3));
        Assert.Equal([0.25f, 1, 1, 1, 1], families.Costs[own]);
        Assert.Equal([0.125f, 0.5f, 0.5f, 0.5f, 0.5f], families.Costs[cheap]);
    }

    [Fact]
    public void Texts_of_one_family_and_price_share_a_group()
    {
        var families = new Families(parents, 0.25f);

        Assert.Equal(families.Group(1, 1), families.Group(2, 1));
        Assert.Equal(families.Group(0, 1), families.Group(3, 1));
        Assert.NotEqual(families.Group(1, 1), families.Group(4, 1));
        Assert.NotEqual(families.Group(1, 1), families.Group(1, 0.5f));
        Assert.Equal(4, families.Costs.Length);
    }

    [Fact]
    public void Without_a_price_the_parent_is_left_untouched()
    {
        var families = new Families(parents, 0);

        var group = families.Group(1, 1);

        Assert.Equal([1], families.Positives(1));
        Assert.Equal([0, 1, 1, 1, 1], families.Costs[group]);
    }
}
