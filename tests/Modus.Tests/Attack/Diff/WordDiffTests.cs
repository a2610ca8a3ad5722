using Modus.Attack.Diff;
using Xunit;

namespace Modus.Tests.Attack.Diff;

public sealed class WordDiffTests
{
    [Fact]
    public void Shows_what_was_taken_out_and_put_in()
    {
        var pieces = WordDiff.Between("the old tool steals files", "the new tool steals many files");

        Assert.Equal(["=the ", "-old ", "+new ", "=tool steals ", "+many ", "=files"],
            pieces.Select(piece => (piece.Change switch { WordChange.Kept => "=", WordChange.Removed => "-", _ => "+" }) + piece.Text));
    }

    [Fact]
    public void Gives_both_texts_back_whatever_they_are()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var (before, after) = (Text(random), Text(random));
            var pieces = WordDiff.Between(before, after);
            Assert.Equal(before, string.Concat(pieces.Where(piece => piece.Change != WordChange.Added).Select(piece => piece.Text)));
            Assert.Equal(after, string.Concat(pieces.Where(piece => piece.Change != WordChange.Removed).Select(piece => piece.Text)));
        }
    }

    [Fact]
    public void Takes_a_very_long_text_as_rewritten_whole()
    {
        var before = string.Concat(Enumerable.Range(0, WordDiff.MaxWords + 1).Select(number => $"a{number} "));
        var after = string.Concat(Enumerable.Range(0, WordDiff.MaxWords + 1).Select(number => $"b{number} "));

        Assert.Equal([WordChange.Removed, WordChange.Added], WordDiff.Between(before, after).Select(piece => piece.Change));
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => $"{(char)('a' + random.Next(4))}{new string(' ', random.Next(3))}"));
}
