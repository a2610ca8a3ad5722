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
        var length = word.Length;
        if (length <= Shortest) return length;
        if (word[^1] == 's')
        {
            var before = word[^2];
            if (before is 's' or 'u' or 'i') return length;
            if (length > 4 && before == 'e' && word[^3] == 'i') return WithoutVowel(word, length - 3);
            length -= before == 'e' && word[^3] == 's' && word[^4] == 's' ? 2 : 1;
        }

        if (length > 4) length = WithoutEnding(word, length);
        return WithoutVowel(word, length);
    }

    /// <summary>Without "ing", "ed", "ion" after t or s, "er" and "or".</summary>
    private static int WithoutEnding(ReadOnlySpan<char> word, int length)
    {
        var before = word[length - 2];
        switch (word[length - 1])
        {
            case 'g': return length > 5 && before == 'n' && word[length - 3] == 'i' && HasVowel(word[..(length - 3)]) ? Undoubled(word, length - 3) : length;
            case 'd': return before == 'e' && HasVowel(word[..(length - 2)]) ? Undoubled(word, length - 2) : length;
            case 'n': return length > 6 && before == 'o' && word[length - 3] == 'i' && word[length - 4] is 't' or 's' ? length - 3 : length;
            case 'r': return length > 5 && before is 'e' or 'o' ? Undoubled(word, length - 2) : length;
            default: return length;
        }
    }

    private static int WithoutVowel(ReadOnlySpan<char> word, int length) =>
        length > Shortest && word[length - 1] is 'e' or 'y' or 'i' ? length - 1 : length;

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
            if (c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y') return true;
        return false;
    }

    /// <summary>"dropp" of "dropped" is "drop"; "install" keeps both.</summary>
    private static int Undoubled(ReadOnlySpan<char> word, int length) =>
        length > Shortest && word[length - 1] == word[length - 2] && word[length - 1] is not ('l' or 's' or 'z') ? length - 1 : length;
}
