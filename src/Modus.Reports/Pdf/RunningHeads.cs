using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>Takes away what stands on most pages: page numbers, running titles, markings.</summary>
internal static class RunningHeads
{
    private const int LeastPages = 4;
    private const int MostLines = 3;
    private const double Share = 0.4;
    private const double Zone = 0.13;
    private const double HeightStep = 3;

    /// <summary>Removes running lines from the pages and says how many.</summary>
    /// <remarks>A running line stands at the same height with the same text, digits aside, on many pages, apart from
    /// the body text, and nothing but running lines stands between it and the edge.</remarks>
    public static int Remove(IReadOnlyList<PageText> pages)
    {
        if (pages.Count < LeastPages) return 0;
        var counts = new Dictionary<(string, int), int>();
        foreach (var page in pages)
            foreach (var key in Edge(page, top: true).Concat(Edge(page, top: false)).Select(static one => Key(one.Line)).Distinct()) counts[key] = counts.GetValueOrDefault(key) + 1;
        var least = Math.Max(LeastPages, Share * pages.Count);
        var removed = 0;
        foreach (var page in pages)
        {
            foreach (var top in (ReadOnlySpan<bool>)[true, false])
            {
                foreach (var (block, line) in Edge(page, top).ToArray())
                {
                    if (Count(counts, Key(line)) < least) break;
                    block.Lines.Remove(line);
                    removed++;
                }
            }

            page.Blocks.RemoveAll(static block => block.Lines.Count == 0);
        }

        return removed;
    }

    /// <summary>The lines near an edge of the page, from the edge inwards.</summary>
    private static IEnumerable<(LineBlock Block, Fragment Line)> Edge(PageText page, bool top)
    {
        var lines = page.Blocks.Where(static block => block.Lines.Count <= MostLines).SelectMany(static block => block.Lines.Select(line => (Block: block, Line: line)))
            .Where(one => top ? one.Line.Box.Top < Zone * page.Height : one.Line.Box.Bottom > (1 - Zone) * page.Height);
        return top ? lines.OrderBy(static one => one.Line.Box.Top) : lines.OrderByDescending(static one => one.Line.Box.Bottom);
    }

    private static int Count(Dictionary<(string, int), int> counts, (string Text, int Height) key) =>
        counts.GetValueOrDefault(key) + counts.GetValueOrDefault((key.Text, key.Height - 1)) + counts.GetValueOrDefault((key.Text, key.Height + 1));

    /// <summary>The line's text with runs of digits made equal.</summary>
    private static (string Text, int Height) Key(Fragment line)
    {
        var key = new StringBuilder();
        foreach (var c in line.Text)
        {
            if (!char.IsDigit(c)) key.Append(c);
            else if (key.Length == 0 || key[^1] != '#') key.Append('#');
        }

        return (key.ToString(), (int)Math.Round(line.Baseline / HeightStep));
    }
}
