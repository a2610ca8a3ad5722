using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

public sealed class RegexOutlineTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("(set).*&&x?set.*(in|out)", 10, "&&")]
    [InlineData("abc|de", 2, "abc,de")]
    [InlineData("(?i)echo.*clip", 8, "echo")]
    [InlineData("ab?cd", 3, "cd")]
    [InlineData("ab*cde", 4, "cde")]
    [InlineData("a(bc|def)+g", 4, "bc,def")]
    [InlineData("a(bc|def)?ghi", 4, "ghi")]
    [InlineData("x{3}yy", 5, "yy")]
    [InlineData("\\s[a-f]{64}\\s", 66, "")]
    [InlineData("\\.exe$", 4, ".exe")]
    [InlineData("(a|b*)c", 1, "c")]
    [InlineData("[abc]", 1, "")]
    [InlineData("\\x41bc", 0, "")]
    [InlineData("(?<n>abc)", 0, "")]
    [InlineData("", 0, "")]
    public void It_tells_what_every_match_must_have(string regex, int length, string texts)
    {
        var outline = RegexOutline.Of(new RegexTest("f", regex, false, false, false));
        Assert.Equal((length, texts), (outline.MinLength, string.Join(',', outline.Texts)));
    }

    [Fact]
    public void What_it_tells_holds_for_random_expressions_and_texts()
    {
        var random = new Random(11);
        var matches = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var test = new RegexTest("f", Random(random, 0), false, false, false);
            if (Modus.Sigma.Passes.Regexes.Compile(test, out _) is not { } regex) continue;
            var outline = RegexOutline.Of(test);
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => "abc-"[random.Next(4)]));
            if (!regex.IsMatch(text)) continue;
            matches++;
            Assert.True(text.Length >= outline.MinLength, $"{test.Regex} on {text}");
            Assert.All(RegexOutline.All(test).Sets, set => Assert.True(set.Any(one => text.Contains(one, StringComparison.Ordinal)), $"{test.Regex} on {text}"));
        }

        Assert.True(matches > 1000);
    }

    private static string Random(Random random, int depth)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        {
            var item = random.Next(depth > 2 ? 5 : 7) switch
            {
                0 => "a",
                1 => "b",
                2 => "[ab]",
                3 => ".",
                4 => "\\-",
                5 => $"({Random(random, depth + 1)})",
                _ => $"(?:{Random(random, depth + 1)}|{Random(random, depth + 1)})",
            };
            return item + new[] { "", "", "", "?", "*", "+", "{2}", "{1,2}", "+?" }[random.Next(9)];
        });
        return string.Concat(parts);
    }
}
