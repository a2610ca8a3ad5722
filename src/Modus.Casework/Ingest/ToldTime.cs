using System.Globalization;
using System.Text.RegularExpressions;

namespace Modus.Casework.Ingest;

/// <summary>What a sentence says on when and where.</summary>
internal static class ToldTime
{
    private static readonly Regex stamp = new(@"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The first full date with a time of day that a text prints, read as UTC; null where it prints none.</summary>
    public static DateTimeOffset? In(string text)
    {
        foreach (var match in stamp.EnumerateMatches(text))
        {
            var span = text.AsSpan(match.Index, match.Length);
            if (DateTimeOffset.TryParse(span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
        }
        return null;
    }

    /// <summary>True where a text names a host as a word of its own, in full or by the first label of its name.</summary>
    public static bool Names(string text, string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        // An address is not named by its first figure.
        return HasWord(text, host) || dot > 2 && !System.Net.IPAddress.TryParse(host, out _) && HasWord(text, host[..dot]);
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end]))) return true;
        }
        return false;
    }

    private static bool IsPart(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
}
