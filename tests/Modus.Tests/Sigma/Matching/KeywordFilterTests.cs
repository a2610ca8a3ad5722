using System.Text;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

public sealed class KeywordFilterTests
{
    private static readonly string[] needles = ["mimikatz", "sekurlsa::", "lsadump", "dpapi::masterkey", "a/b\\evil", "xyz", "eo.oe", "kiwi", "!!!"];

    [Fact]
    public void The_wide_and_the_slow_way_say_the_same()
    {
        var random = new Random(7);
        var filter = KeywordFilter.For(needles.Select(Encoding.UTF8.GetBytes))!;
        var found = 0;
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(0, 200); text.Length < length;)
            {
                if (random.Next(40) == 0) text.Append(needles[random.Next(needles.Length)].ToUpperInvariant());
                else if (random.Next(200) == 0) text.Append('®');
                else text.Append((char)random.Next(32, 127));
            }

            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var answer = filter.MayContain(bytes);
            Assert.Equal(filter.MayContainSlowly(bytes), answer);
            // JSON writes the slash and the backslash otherwise, so that needle is looked for by its clean part.
            var holds = needles.Any(needle => text.ToString().Contains(needle.Split('/', '\\').MaxBy(part => part.Length)!, StringComparison.OrdinalIgnoreCase));
            if (holds) Assert.True(answer);
            else if (answer) Assert.True(text.Length < 3 || text.ToString().Contains("\\u", StringComparison.Ordinal));
            if (answer) found++;
        }

        Assert.InRange(found, 100, 2900);
    }

    [Fact]
    public void A_needle_without_three_clean_bytes_makes_no_filter() => Assert.Null(KeywordFilter.For(["ab\\cd"u8.ToArray()]));

    [Fact]
    public void Every_letter_that_folds_to_ASCII_is_known_as_it_stands_and_as_an_escape()
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var code = 0x80; code <= 0x10FFFF; code++)
        {
            if (!Rune.TryCreate(code, out var rune) || !Folding.Fold(rune).IsAscii) continue;
            Assert.True(HiddenAscii.IsIn(utf8[..rune.EncodeToUtf8(utf8)]), $"U+{code:X4}");
            Assert.True(HiddenAscii.IsEscapedIn(Encoding.UTF8.GetBytes($"\\u{code:x4}"), 0), $"U+{code:X4}");
        }
    }

    [Theory]
    [InlineData(@"caf\u00e9 and \u201cquotes\u201d \ud83d\ude00", false)]
    [InlineData(@"mimi\u006Batz", true)]
    [InlineData(@"mimi\u212Aatz", true)]
    [InlineData(@"C:\\users\\u0041", false)]
    [InlineData(@"C:\\\u0041", true)]
    [InlineData(@"\u12", true)]
    [InlineData(@"\u00zz", true)]
    public void Only_escapes_that_stand_for_ASCII_hide_a_needle(string record, bool hides)
    {
        var padded = Encoding.UTF8.GetBytes(new string('-', 70) + record + new string('-', record.Length < 4 ? 0 : 70));
        var filter = KeywordFilter.For(["kiwi"u8.ToArray()])!;
        Assert.Equal(hides, filter.Find(padded) == KeywordFilter.Anywhere);
        Assert.Equal(hides, filter.MayContainSlowly(padded));
        Assert.Equal(hides, filter.Find(Encoding.UTF8.GetBytes(record)) == KeywordFilter.Anywhere);
    }
}
