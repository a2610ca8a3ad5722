namespace Modus.Sigma.Linting;

/// <summary>How far two words are apart, for "did you mean".</summary>
public static class Spelling
{
    private const int MaxLength = 128;

    /// <summary>The least number of letters to insert, delete, replace or swap with a neighbour, case ignored.</summary>
    /// <returns>The distance; the longer length where a word has more than 128 characters.</returns>
    public static int Distance(string one, string other)
    {
        if (one.Length > MaxLength || other.Length > MaxLength) return Math.Max(one.Length, other.Length);
        Span<int> before = stackalloc int[other.Length + 1], last = stackalloc int[other.Length + 1], row = stackalloc int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++) last[column] = column;
        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var same = Same(one[line - 1], other[column - 1]);
                var best = Math.Min(Math.Min(last[column], row[column - 1]) + 1, last[column - 1] + (same ? 0 : 1));
                if (line > 1 && column > 1 && Same(one[line - 1], other[column - 2]) && Same(one[line - 2], other[column - 1]))
                    best = Math.Min(best, before[column - 2] + 1);
                row[column] = best;
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[other.Length];
    }

    /// <summary>The nearest of some words, when it is near enough to be meant: a third of its letters, at most three.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var other in words)
        {
            if (Math.Abs(other.Length - word.Length) > 3) continue;
            var distance = Distance(word, other);
            if (distance < least || (distance == least && string.CompareOrdinal(other, best) < 0)) (best, least) = (other, distance);
        }

        return best is not null && least <= Math.Min(3, Math.Max(1, word.Length / 3)) ? best : null;
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
