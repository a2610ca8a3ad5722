namespace Modus.Reports.Mapping.Features;

/// <summary>
/// What the forms of an English word have in common: "encrypts", "encrypted", "encrypting" and "encryption" count as one word. The stem is
/// always a beginning of the word, so it needs no letters of its own.
/// </summary>
internal static class WordStem
{
    private const int Shortest = 3;

    /// <summary>How many characters of a lower-case word are its stem.</summary>
    public static int LengthOf(ReadOnlySpan<char> word)
    {
        if (word.Length <= Shortest || !char.IsAsciiLetterLower(word[^1])) return word.Length;
        var stem = Singular(word, out var finished);
        if (!finished) stem = WithoutEnding(stem);
        return stem.Length > Shortest && stem[^1] is 'e' or 'y' or 'i' ? stem.Length - 1 : stem.Length;
    }

    private static ReadOnlySpan<char> Singular(ReadOnlySpan<char> word, out bool finished)
    {
        finished = false;
        if (word[^1] != 's') return word;
        if (word.EndsWith("ies") && word.Length > 4)
        {
            finished = true;
            return word[..^3];
        }

        if (word.EndsWith("sses")) return word[..^2];
        return word[^2] is 's' or 'u' or 'i' ? word : word[..^1];
    }

    private static ReadOnlySpan<char> WithoutEnding(ReadOnlySpan<char> word)
    {
        if (word.Length <= 4) return word;
        if (word.EndsWith("ing")) return word.Length > 5 && HasVowel(word[..^3]) ? Undoubled(word[..^3]) : word;
        if (word.EndsWith("ed")) return HasVowel(word[..^2]) ? Undoubled(word[..^2]) : word;
        if (word.EndsWith("ion")) return word.Length > 6 && word[^4] is 't' or 's' ? word[..^3] : word;
        return word.Length > 5 && (word.EndsWith("er") || word.EndsWith("or")) ? Undoubled(word[..^2]) : word;
    }

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
            if (c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y') return true;
        return false;
    }

    /// <summary>"dropp" of "dropped" is "drop"; "install" keeps both.</summary>
    private static ReadOnlySpan<char> Undoubled(ReadOnlySpan<char> word) =>
        word.Length > Shortest && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'z') ? word[..^1] : word;
}
