using System.Text;
using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;
using Modus.Sigma.Passes;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

public sealed class AsciiRegexTests
{
    private static readonly string[] items = ["a", "b", "B", "[ab]", "[^a]", "[A-F]", ".", "\\w", "\\W", "\\s", "\\d", "[\\d\\s]", "\\n", "-", "[^\\w]", "[]a]", "[a-]", "[é-ï]"];
    private static readonly string[] counts = ["", "", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "+?", "{0}"];

    [Fact]
    public void It_says_what_the_general_engine_says()
    {
        var random = new Random(31);
        int run = 0, matches = 0;
        for (var round = 0; round < 12_000; round++)
        {
            var regex = (random.Next(6) == 0 ? "^" : "") + Random(random, 0) + (random.Next(6) == 0 ? "$" : "");
            if (random.Next(5) == 0) regex = "(?i)" + regex;
            var test = new RegexTest("f", regex, random.Next(5) == 0, random.Next(5) == 0, random.Next(5) == 0);
            if (Regexes.Compile(test, out _) is not { } general || RegexTree.Read(test) is not { } tree || AsciiRegex.Of(tree) is not { } ascii) continue;
            for (var time = 0; time < 3; time++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "aabbABF1 -\n_\u007f"[random.Next(13)]));
                var expected = general.IsMatch(text);
                Assert.True(expected == ascii.IsMatch(Encoding.ASCII.GetBytes(text)), $"{regex} ({test.IgnoreCase} {test.MultiLine} {test.DotAll}) on {text.Replace("\n", "\\n", StringComparison.Ordinal)}");
                run++;
                matches += expected ? 1 : 0;
            }
        }

        Assert.True(run > 10_000, $"{run} run");
        Assert.InRange(matches, run / 10, run * 9 / 10);
    }

    [Fact]
    public void All_counts_of_places_work()
    {
        foreach (var least in new[] { 1, 63, 64, 65, 127, 128, 129, 254 })
        {
            var ascii = AsciiRegex.Of(RegexTree.Read(new RegexTest("f", $"x[ab]{{{least},}}y", false, false, false))!);
            Assert.NotNull(ascii);
            for (var count = least - 2; count <= least + 2; count++)
                Assert.Equal(count >= least, ascii.IsMatch(Encoding.ASCII.GetBytes("ab x" + new string('b', Math.Max(0, count)) + "y")));
        }
    }

    [Theory]
    [InlineData("x{300}")] // too many places
    [InlineData("a*")] // matches nothing, too
    [InlineData("a\\bb")] // a place between characters
    [InlineData("(?m)^a")]
    [InlineData("[\\x41]")]
    [InlineData("(?i)[é]")] // the case of letters beyond ASCII
    [InlineData("(((((((((){99}){99}){99}){99}){99}){99}){99})")]
    public void What_it_cannot_run_it_leaves(string regex) =>
        Assert.Null(RegexTree.Read(new RegexTest("f", regex, false, false, false)) is { } tree ? AsciiRegex.Of(tree) : null);

    [Fact]
    public void Expressions_of_real_rules_run_here()
    {
        var tests = SigmaHqTests.Load().Rules.SelectMany(rule => All(rule.Expression)).OfType<RegexTest>().DistinctBy(test => test with { Field = "" }).ToList();
        var here = tests.Count(test => RegexTree.Read(test) is { } tree && AsciiRegex.Of(tree) is not null);
        Assert.True(here * 10 > tests.Count * 9, $"{here} of {tests.Count}");
    }

    private static IEnumerable<Expression> All(Expression expression) => expression switch
    {
        All all => all.Parts.SelectMany(All),
        Any any => any.Parts.SelectMany(All),
        Not not => All(not.Part),
        _ => [expression],
    };

    private static string Random(Random random, int depth) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        (random.Next(depth > 1 ? 6 : 9) switch
        {
            < 6 => items[random.Next(items.Length)],
            6 => $"({Random(random, depth + 1)})",
            7 => $"(?i:{Random(random, depth + 1)})",
            _ => $"(?:{Random(random, depth + 1)}|{Random(random, depth + 1)})",
        }) + counts[random.Next(counts.Length)]));
}
