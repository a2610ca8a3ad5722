using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Documents;

public sealed class PlacedRunsTests
{
    [Fact]
    public void Gives_back_every_word_with_its_page_and_rectangle()
    {
        var runs = new PlacedRuns();
        var given = new List<PlacedRun>();
        for (var word = 0; word < 10_000; word++)
        {
            var line = word / 7;
            var run = new PlacedRun(word * 6, 5, 1 + (line / 40), new Box(word % 7 * 31.25, line % 40 * 14.5, (word % 7 * 31.25) + 30.125, (line % 40 * 14.5) + 11));
            runs.Add(run.Start, run.Length, run.Page, run.Box);
            given.Add(run);
        }

        Assert.Equal(given, runs);
        Assert.Equal(given[6_789], runs[6_789]);
    }

    [Fact]
    public void Forgets_what_begins_at_or_after_an_offset()
    {
        var runs = new PlacedRuns();
        for (var word = 0; word < 9_000; word++) runs.Add(word * 2, 1, 1, new Box(word, word / 10, word + 1, (word / 10) + 1));

        runs.CutAt(8_001);
        runs.Add(8_001, 4, 2, new Box(0, 0, 9, 9));

        Assert.Equal(4_002, runs.Count);
        Assert.Equal(8_000, runs[4_000].Start);
        Assert.Equal(new PlacedRun(8_001, 4, 2, new Box(0, 0, 9, 9)), runs[4_001]);
    }
}
