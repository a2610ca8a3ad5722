using Modus.Reports.Language;

namespace Modus.Reports.Documents;

/// <summary>Everything a finished document is made of.</summary>
internal sealed record DocumentParts(
    string Name,
    string Sha256,
    DocumentFormat Format,
    string? Title,
    LanguageGuess Language,
    string Text,
    IReadOnlyList<Block> Blocks,
    IReadOnlyList<TableRow> Rows,
    IReadOnlyList<Sentence> Sentences,
    IReadOnlyList<Link> Links,
    IReadOnlyList<Page> Pages,
    SourceMap? Map,
    IReadOnlyList<PlacedRun> Placed);

/// <summary>Binary search over things that are sorted by an offset.</summary>
internal static class Search
{
    /// <summary>Index of the last thing whose key is at or before the offset, or -1.</summary>
    public static int LastAtOrBefore<T>(IReadOnlyList<T> sorted, int offset, Func<T, int> key)
    {
        int low = 0, high = sorted.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (key(sorted[middle]) <= offset) low = middle + 1;
            else high = middle - 1;
        }

        return high;
    }
}

/// <summary>Characters that stand together in one rectangle of a page, usually a word.</summary>
internal readonly record struct PlacedRun(int Start, int Length, int Page, Box Box)
{
    /// <summary>The rectangles of a span: partial runs are cut in proportion, runs of one line are joined.</summary>
    public static IReadOnlyList<PageBox> Boxes(IReadOnlyList<PlacedRun> runs, int start, int end)
    {
        if (runs.Count == 0 || end <= start) return [];
        var boxes = new List<PageBox>();
        for (var at = Math.Max(0, Search.LastAtOrBefore(runs, start, static run => run.Start)); at < runs.Count && runs[at].Start < end; at++)
        {
            var run = runs[at];
            var from = Math.Max(start, run.Start) - run.Start;
            var to = Math.Min(end, run.Start + run.Length) - run.Start;
            if (to <= from) continue;
            var width = run.Box.Right - run.Box.Left;
            var box = run.Box with
            {
                Left = run.Box.Left + (width * from / run.Length),
                Right = run.Box.Left + (width * to / run.Length),
            };
            if (boxes.Count > 0 && SameLine(boxes[^1], run.Page, box)) boxes[^1] = new PageBox(run.Page, boxes[^1].Box.Union(box));
            else boxes.Add(new PageBox(run.Page, box));
        }

        return boxes;
    }

    private static bool SameLine(PageBox last, int page, Box box)
    {
        var overlap = Math.Min(last.Box.Bottom, box.Bottom) - Math.Max(last.Box.Top, box.Top);
        return last.Page == page
            && overlap > 0.5 * Math.Min(last.Box.Bottom - last.Box.Top, box.Bottom - box.Top)
            && box.Left >= last.Box.Left;
    }
}
