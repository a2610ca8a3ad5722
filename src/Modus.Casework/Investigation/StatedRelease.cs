namespace Modus.Casework.Investigation;

/// <summary>Finds the ATT&amp;CK release that a text says it speaks: <c>ATT&amp;CK v16.1</c>, <c>ATT&amp;CK version 14</c>, <c>ATT&amp;CK (Enterprise, v12)</c>.</summary>
internal static class StatedRelease
{
    private const string Word = "ATT&CK";

    // Between the word and the number may stand only a few words, never a sentence.
    private const int Reach = 40;

    /// <summary>The release, where the text names exactly one; else null.</summary>
    public static string? In(string text)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var at = text.IndexOf(Word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(Word, at + Word.Length, StringComparison.OrdinalIgnoreCase))
            if (NumberAfter(text.AsSpan(at + Word.Length)) is { } version) found.Add(version);
        return found.Count == 1 ? found.Min : null;
    }

    private static string? NumberAfter(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, Reach)];
        for (var at = 0; at < rest.Length; at++)
        {
            if (char.IsAsciiDigit(rest[at]))
            {
                // Part of an id, a date or another word: no version.
                if (at > 0 && (char.IsAsciiLetter(rest[at - 1]) && !IsVersionLetter(rest, at - 1))) return null;
                var end = at;
                while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || rest[end] == '.' && end + 1 < rest.Length && char.IsAsciiDigit(rest[end + 1]))) end++;
                return end - at is >= 1 and <= 4 && (end == rest.Length || !char.IsLetterOrDigit(rest[end]) && rest[end] != '-') && !LooksLikeYear(rest[at..end]) ? rest[at..end].ToString() : null;
            }
            if (rest[at] is '.' or ';' or ':' or '\n') return null;
        }
        return null;
    }

    private static bool IsVersionLetter(ReadOnlySpan<char> text, int at) =>
        text[at] is 'v' or 'V' && (at == 0 || !char.IsLetter(text[at - 1]));

    private static bool LooksLikeYear(ReadOnlySpan<char> number) => number.Length == 4 && number.IndexOf('.') < 0;
}
