using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>Finds blocks that stand in rows beside each other, in several rows below each other.</summary>
internal static class TableFinder
{
    private const int LeastRows = 2;
    private const double Overlap = 0.5;

    /// <summary>The place of each block that is a cell, by its index in the reading order.</summary>
    public static Dictionary<int, TableCell> Cells(List<LineBlock> blocks, ref int tables)
    {
        var cells = new Dictionary<int, TableCell>();
        var rows = Rows(blocks);
        for (var first = 0; first < rows.Count; first++)
        {
            if (rows[first].Length < 2) continue;
            var last = first;
            while (last + 1 < rows.Count && rows[last + 1].Length >= 2 && AreNear(blocks, rows[last], rows[last + 1])) last++;
            if (last - first + 1 >= LeastRows) Place(blocks, rows.GetRange(first, last - first + 1), tables++, cells);
            first = last;
        }

        return cells;
    }

    private static List<int[]> Rows(List<LineBlock> blocks)
    {
        var rows = new List<int[]>();
        for (var at = 0; at < blocks.Count;)
        {
            var end = at + 1;
            while (end < blocks.Count && IsBeside(blocks, at, end)) end++;
            blocks.Sort(at, end - at, Comparer<LineBlock>.Create(static (one, other) => one.Box.Left.CompareTo(other.Box.Left)));
            rows.Add([.. Enumerable.Range(at, end - at)]);
            at = end;
        }

        return rows;
    }

    /// <summary>Whether a block shares its height with all blocks of a row and its width with none.</summary>
    private static bool IsBeside(List<LineBlock> blocks, int first, int at)
    {
        var box = blocks[at].Box;
        for (var other = first; other < at; other++)
        {
            var mate = blocks[other].Box;
            var shared = Math.Min(mate.Bottom, box.Bottom) - Math.Max(mate.Top, box.Top);
            var isApart = box.Left >= mate.Right - 1 || mate.Left >= box.Right - 1;
            if (!isApart || shared < Overlap * Math.Min(mate.Bottom - mate.Top, box.Bottom - box.Top)) return false;
        }

        return true;
    }

    private static bool AreNear(List<LineBlock> blocks, int[] above, int[] below)
    {
        var bottom = above.Max(at => blocks[at].Box.Bottom);
        var top = below.Min(at => blocks[at].Box.Top);
        return top - bottom < 4 * blocks[below[0]].Size;
    }

    private static void Place(List<LineBlock> blocks, List<int[]> rows, int table, Dictionary<int, TableCell> cells)
    {
        var columns = Columns([.. rows.SelectMany(static row => row).Select(at => blocks[at].Box)]);
        var byPlace = columns.Count >= rows.Max(static row => row.Length);
        var heads = rows[0].All(at => blocks[at].IsBold) && !rows[1].All(at => blocks[at].IsBold);
        for (var row = 0; row < rows.Count; row++)
            for (var cell = 0; cell < rows[row].Length; cell++)
            {
                var box = blocks[rows[row][cell]].Box;
                var column = byPlace ? columns.FindIndex(span => box.Left < span.To) : cell;
                cells[rows[row][cell]] = new TableCell(table, row, Math.Max(column, cell), heads && row == 0);
            }
    }

    private static List<(double From, double To)> Columns(List<Box> boxes)
    {
        var columns = new List<(double From, double To)>();
        foreach (var box in boxes.OrderBy(static box => box.Left))
        {
            if (columns.Count > 0 && box.Left < columns[^1].To) columns[^1] = (columns[^1].From, Math.Max(columns[^1].To, box.Right));
            else columns.Add((box.Left, box.Right));
        }

        return columns;
    }
}
