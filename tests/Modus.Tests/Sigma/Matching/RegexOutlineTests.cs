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
    [InlineData("a(bc|def)+g", 4, "abc,adef")]
    [InlineData("a(bc|def)?ghi", 4, "ghi")]
    [InlineData("x{3}yy", 5, "xxxyy")]
    [InlineData("x{30}yy", 32, "yy")]
    [InlineData("[Rr][Uu]n\\.[ \"']", 5, "run. ,run.\",run.'")]
    [InlineData("\\n\\n\\t", 3, "\n\n\t")]
    [InlineData("[a-f]bc", 3, "abc,bbc,cbc,dbc,ebc,fbc")]
    [InlineData("[a-z]bc", 3, "bc")]
    [InlineData("[^a]bc", 3, "bc")]
    [InlineData("[]]bc", 3, "]bc")]
    [InlineData("[a-]bc", 3, "-bc,abc")]
    [InlineData("[\\s]bc", 3, "bc")]
    [InlineData("[\\x41]bc", 3, "bc")]
    [InlineData("[é]bc", 3, "bc")]
    [InlineData("[ab][ab][ab][ab][ab]c", 6, "aaaa,aaab,aaba,aabb,abaa,abab,abba,abbb,baaa,baab,baba,babb,bbaa,bbab,bbba,bbbb")]
    [InlineData("\\s[a-f]{64}\\s", 66, "")]
    [InlineData("\\.exe$", 4, ".exe")]
    [InlineData("(a|b*)c", 1, "c")]
    [InlineData("(a|)cd", 2, "acd,cd")]
    [InlineData("(a|)", 0, "")]
    [InlineData("[abc]", 1, "")]
    [InlineData("\\x41bc", 0, "")]
    [InlineData("(?<n>abc)", 0, "")]
    [InlineData("", 0, "")]
    public void It_tells_what_every_match_must_have(string regex, int length, string texts)
    {
        var outline = RegexOutline.Of(new RegexTest("f", regex, false, false, false));
        Assert.Equal((length, texts), (outline.MinLength, string.Join(',', outline.Texts)));
    }

    [Theory]
    [InlineData(".{1000,}", 1000, true)]
    [InlineData("\\s[a-fA-F0-9]{64}\\s", 64, false)]
    [InlineData("(?:x|[a-z]{9})", 0, false)]
    [InlineData("(?:[a-z]{9})+x", 9, false)]
    [InlineData("(?:[a-z]{9})?x", 0, false)]
    [InlineData("(?i)[a-z]{9}", 9, false)]
    [InlineData("[a-z]{9,20}", 9, true)]
    [InlineData("^[a-z]{9}", 9, false)]
    [InlineData("[\\x41]{9}", 9, false)]
    [InlineData("[a-z]{7}", 0, false)]
    public void It_tells_long_rows_of_one_class(string regex, int length, bool isAll)
    {
        var (rows, all) = RegexOutline.RowsOf(new RegexTest("f", regex, false, false, false));
        Assert.Equal((length, isAll), (rows.Select(row => row.Length).FirstOrDefault(), all));
    }

    [Fact]
    public void A_check_with_rows_says_what_the_expression_says()
    {
        var random = new Random(12);
        string[] classes = ["[a-f]", "[^a]", ".", "\\w", "\\S", "[\\d-]", "[A-F]", "[b\\-]", "a", "[é-]"];
        var answers = new int[2];
        for (var round = 0; round < 4_000; round++)
        {
            var regex = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => classes[random.Next(classes.Length)] + new[] { "{8}", "{9,}", "{8,12}", "", "+" }[random.Next(5)]));
            var test = new RegexTest("f", random.Next(4) == 0 ? "(?i)" + regex : regex, random.Next(4) == 0, false, random.Next(4) == 0);
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => "aaaabbF1-\nKé\u212A"[random.Next(random.Next(6) == 0 ? 13 : 7)]));
            var expected = Modus.Sigma.Passes.Regexes.Compile(test, out var _)!.IsMatch(text);
            var check = new RegexCheck(test);
            var value = System.Text.Encoding.UTF8.GetBytes(text);
            Assert.True(expected == (check.MayMatch(Folding.Fold(text)) && check.Matches(value)), $"{test.Regex} on {text}");
            answers[expected ? 1 : 0]++;
        }

        Assert.True(answers[0] > 500 && answers[1] > 500, $"{answers[0]} {answers[1]}");
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
                2 => new[] { "[ab]", "[^c]", "[a-b]" }[random.Next(3)],
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
