using Modus.Sigma.Explanation;
using Modus.Sigma.Linting;
using Xunit;

namespace Modus.Tests.Sigma.Explanation;

public sealed class LetterBalanceTests
{
    [Fact]
    public void Never_finds_more_letters_missing_than_there_are_edits()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var needle = Word(random, random.Next(1, 12));
            var text = Word(random, random.Next(0, 60));
            var balance = new LetterBalance(needle, text);
            for (var at = 0; at < text.Length; at++)
            {
                var piece = text.Substring(at, Math.Min(needle.Length, text.Length - at));
                Assert.InRange(balance.MissingAt(at), 0, Spelling.Distance(piece, needle));
            }
        }
    }

    [Theory]
    [InlineData("whoami", "cmd /c WHOAMI", 7, 0)]
    [InlineData("whoami", "cmd /c whaomi", 7, 0)]
    [InlineData("whoami", "cmd /c xxxxxx", 7, 6)]
    [InlineData("whoami", "cmd /c who", 7, 3)]
    public void Counts_what_the_stretch_lacks(string needle, string text, int at, int missing) =>
        Assert.Equal(missing, new LetterBalance(needle, text).MissingAt(at));

    private static string Word(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "abcABCé \\"[random.Next(9)]));
}
