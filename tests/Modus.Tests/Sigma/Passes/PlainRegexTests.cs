using System.Text.RegularExpressions;
using Modus.Sigma.Passes;
using Xunit;

namespace Modus.Tests.Sigma.Passes;

/// <summary>Expressions that are only parsed when rules are read can all be run without backtracking.</summary>
public sealed class PlainRegexTests
{
    [Theory]
    [InlineData(@"\\(?:cmd|powershell)\.exe$", true)]
    [InlineData("(?i)a(?-i:b)c", true)]
    [InlineData(@"(a)\1", false)]
    [InlineData("a(?=b)", false)]
    [InlineData("(?<!a)b", false)]
    [InlineData("(?>a)b", false)]
    [InlineData("(?(a)b|c)", false)]
    [InlineData(@"(?<n>a)\k<n>", false)]
    [InlineData(@"\Ga", false)]
    [InlineData(@"\\Ga", true)]
    public void What_may_be_refused_is_no_plain_expression(string regex, bool plain) => Assert.Equal(plain, Regexes.IsPlain(regex));

    [Fact]
    public void Every_plain_expression_that_can_be_parsed_can_be_run()
    {
        string[] parts = ["a", "(", "(?:", "(?i)", "(?", ")", "|", "[", "]", "^", "$", ".", "*", "+?", "{2,3}", @"\", @"\d", @"\b", @"\1", "k", "G", "<", "=", "!", ">", "n", @"\\", "#", "-", "x"];
        var random = new Random(7);
        var (plain, run) = (0, 0);
        for (var round = 0; round < 4_000; round++)
        {
            var regex = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            if (!Regexes.IsPlain(regex) || !Parses(regex)) continue;
            plain++;
            _ = new Regex(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            run++;
        }

        Assert.Equal(plain, run);
        Assert.True(plain > 400, $"{plain} expressions say little");
    }

    private static bool Parses(string regex)
    {
        try
        {
            _ = new Regex(regex, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
