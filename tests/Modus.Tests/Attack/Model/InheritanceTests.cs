using Modus.Attack;
using Xunit;

namespace Modus.Tests.Attack.Model;

public sealed class InheritanceTests
{
    [Theory]
    [InlineData(Inheritance.Direct, 4_362)]
    [InlineData(Inheritance.Direct | Inheritance.Campaigns, 4_640)]
    [InlineData(Inheritance.Direct | Inheritance.Campaigns | Inheritance.Software, 12_682)]
    [InlineData(Inheritance.All, 12_721)]
    [InlineData(Inheritance.Direct | Inheritance.Software, 12_516)]
    [InlineData(Inheritance.Software, 10_182)]
    [InlineData(Inheritance.None, 0)]
    public void Gotcha_14_group_technique_pairs_depend_on_the_ways_asked_for(Inheritance inheritance, int pairs)
    {
        Assert.Equal(pairs, Real.Enterprise181.Groups.Sum(group => group.Techniques(inheritance).Count));
    }

    [Fact]
    public void Each_technique_of_a_group_shows_the_routes_that_lead_to_it()
    {
        foreach (var group in Real.Ics181.Groups)
            foreach (var use in group.Techniques(Inheritance.All))
            {
                Assert.NotEmpty(use.Routes);
                Assert.All(use.Routes, route =>
                {
                    Assert.Same(use.Technique, route[^1].Target);
                    Assert.Contains(group, new[] { route[0].Source, route[0].Target });
                });
            }
    }
}
