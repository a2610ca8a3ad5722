namespace Modus.Attack.Search;

/// <summary>The number of letters to insert, drop, change or swap with their neighbour between two words.</summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>How many letters of a word may be wrong: none in short words, two in long ones.</summary>
    public static int Allowed(int length) => length < 4 ? 0 : length < 8 ? 1 : 2;

    /// <summary>The distance (optimal string alignment), or <paramref name="limit"/> + 1 where it is greater than the limit.</summary>
    public static int Within(ReadOnlySpan<char> from, ReadOnlySpan<char> to, int limit)
    {
        if (Math.Abs(from.Length - to.Length) > limit || from.Length > Longest || to.Length > Longest) return limit + 1;
        Span<int> rows = stackalloc int[3 * (Longest + 1)];
        var before = rows[..(Longest + 1)];
        var last = rows.Slice(Longest + 1, Longest + 1);
        var next = rows[(2 * (Longest + 1))..];
        for (var column = 0; column <= to.Length; column++) last[column] = column;
        for (var row = 1; row <= from.Length; row++)
        {
            next[0] = row;
            var least = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var cost = from[row - 1] == to[column - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(last[column], next[column - 1]) + 1, last[column - 1] + cost);
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                    best = Math.Min(best, before[column - 2] + 1);
                next[column] = best;
                least = Math.Min(least, best);
            }
            if (least > limit) return limit + 1;
            var free = before;
            before = last;
            last = next;
            next = free;
        }
        return Math.Min(last[to.Length], limit + 1);
    }
}
