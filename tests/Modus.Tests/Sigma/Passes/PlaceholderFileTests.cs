using Modus.Sigma;
using Xunit;

namespace Modus.Tests.Sigma.Passes;

public sealed class PlaceholderFileTests
{
    [Fact]
    public void Names_come_with_or_without_percent_signs_and_values_alone_or_in_lists()
    {
        var problems = new List<Problem>();
        var values = PlaceholderFile.Parse("Admins: [root, 'adm_*']\n'%Servers%': srv\n", "p.yml", problems);
        Assert.Empty(problems);
        Assert.Equal(["root", "adm_*"], values["Admins"]);
        Assert.Equal(["srv"], values["Servers"]);
    }

    [Theory]
    [InlineData("- a")]
    [InlineData("a:")]
    [InlineData("a: {b: c}")]
    [InlineData("a: [b, [c]]")]
    public void Anything_else_is_a_problem(string text)
    {
        var problems = new List<Problem>();
        Assert.Empty(PlaceholderFile.Parse(text, "p.yml", problems));
        Assert.Equal("MD2080", Assert.Single(problems).Code);
    }
}
