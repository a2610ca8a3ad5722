namespace Modus.Cli.Shell;

/// <summary>Did-you-mean: the known word nearest to a mistyped one.</summary>
internal static class Suggestions
{
    /// <summary>The word that begins like the typed one, else the nearest within a third of its length in edits (one to three); or null.</summary>
    public static string? Nearest(string typed, IReadOnlyCollection<string> known)
    {
        if (typed.Length > 1 && known.Where(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).FirstOrDefault() is { } longer)
            return longer;
        var allowed = Math.Clamp(typed.Length / 3, 1, 3);
        return known.Select(word => (word, distance: Distance(typed, word)))
            .Where(candidate => candidate.distance <= allowed)
            .OrderBy(candidate => candidate.distance).ThenBy(candidate => candidate.word, StringComparer.Ordinal)
            .Select(candidate => candidate.word).FirstOrDefault();
    }

    /// <summary>Edits (insert, delete, replace, swap neighbours) from one word to the other, ignoring case.</summary>
    public static int Distance(string from, string to)
    {
        const int longest = 64; // words, not texts: keeps a hostile argument from costing quadratic time
        if (from.Length > longest || to.Length > longest) return Math.Abs(from.Length - to.Length) + longest;
        var table = new int[from.Length + 1, to.Length + 1];
        for (var row = 0; row <= from.Length; row++) table[row, 0] = row;
        for (var column = 0; column <= to.Length; column++) table[0, column] = column;
        for (var row = 1; row <= from.Length; row++)
        {
            for (var column = 1; column <= to.Length; column++)
            {
                var cost = Same(from[row - 1], to[column - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(table[row - 1, column], table[row, column - 1]) + 1, table[row - 1, column - 1] + cost);
                if (row > 1 && column > 1 && Same(from[row - 1], to[column - 2]) && Same(from[row - 2], to[column - 1]))
                    best = Math.Min(best, table[row - 2, column - 2] + 1);
                table[row, column] = best;
            }
        }
        return table[from.Length, to.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
