using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>Puts the blocks of a page in the order in which they are read.</summary>
internal static class ReadingOrder
{
    private const double Margin = 0.07;
    private const int MaxDepth = 40;
    private const int MaxCut = 1_500;
    private const int ColumnLines = 4;
    private const double ColumnWords = 3.5;

    /// <summary>The blocks in reading order.</summary>
    public static List<LineBlock> Of(List<LineBlock> blocks, double height)
    {
        if (IsSane(blocks)) return blocks;
        var top = blocks.Where(block => block.Box.Bottom < Margin * height).ToList();
        var bottom = blocks.Where(block => block.Box.Top > (1 - Margin) * height).ToList();
        var middle = blocks.Except(top).Except(bottom).ToList();
        if (!IsSane(middle) && middle.Count <= MaxCut) middle = Cut(middle, 0);
        return [.. top, .. middle, .. bottom];
    }

    /// <summary>Whether the content's order never goes back up to something it stands above, other than by a step to the right.</summary>
    private static bool IsSane(List<LineBlock> blocks)
    {
        for (var at = 1; at < blocks.Count; at++)
        {
            var (before, now) = (blocks[at - 1].Box, blocks[at].Box);
            if (now.Bottom <= before.Top + 1 && now.Left < before.Right - 1 && now.Left <= before.Left + 5) return false;
            if (now.Bottom <= before.Top + 1 && now.Right < before.Left) return false;
        }

        return true;
    }

    private static List<LineBlock> Cut(List<LineBlock> blocks, int depth)
    {
        if (blocks.Count < 2 || depth > MaxDepth) return [.. blocks.OrderBy(static block => block.Box.Top).ThenBy(static block => block.Box.Left)];
        if (Gap(blocks, static box => (box.Left, box.Right)) is { } column && AreColumns(blocks, column)) return Split(blocks, depth, block => block.Box.Left < column);
        if (Gap(blocks, static box => (box.Top, box.Bottom)) is { } row) return Split(blocks, depth, block => block.Box.Top < row);
        if (Gap(blocks, static box => (box.Left, box.Right)) is { } gutter) return Split(blocks, depth, block => block.Box.Left < gutter);
        return [.. blocks.OrderBy(static block => block.Box.Top).ThenBy(static block => block.Box.Left)];
    }

    private static List<LineBlock> Split(List<LineBlock> blocks, int depth, Func<LineBlock, bool> isFirst) =>
        [.. Cut([.. blocks.Where(isFirst)], depth + 1), .. Cut([.. blocks.Where(block => !isFirst(block))], depth + 1)];

    /// <summary>The end of the widest stretch that no block covers; null where there is none.</summary>
    private static double? Gap(List<LineBlock> blocks, Func<Box, (double From, double To)> side)
    {
        double? best = null;
        double width = 0.5, reached = double.NaN;
        foreach (var (from, to) in blocks.Select(block => side(block.Box)).OrderBy(static span => span.From))
        {
            if (!double.IsNaN(reached) && from - reached > width)
            {
                width = from - reached;
                best = from;
            }

            reached = double.IsNaN(reached) ? to : Math.Max(reached, to);
        }

        return best;
    }

    /// <summary>Whether a vertical gap parts columns of running text rather than cells of a table.</summary>
    private static bool AreColumns(List<LineBlock> blocks, double gap)
    {
        var left = blocks.Where(block => block.Box.Left < gap).SelectMany(static block => block.Lines).ToList();
        var right = blocks.Where(block => block.Box.Left >= gap).SelectMany(static block => block.Lines).ToList();
        return IsRunning(left) && IsRunning(right);
    }

    private static bool IsRunning(List<Fragment> lines) => lines.Count >= ColumnLines && lines.Average(static line => line.Words.Count) >= ColumnWords;
}
