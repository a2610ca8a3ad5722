namespace Modus.Reports.Mentions;

/// <summary>What the writing of a name tells about the chance that it is an everyday word.</summary>
internal enum NameShape
{
    /// <summary>A digit, an inner capital or a mark inside: no everyday word.</summary>
    Marked,

    /// <summary>Several words.</summary>
    Phrase,

    /// <summary>One word of letters, capitalised or in capitals.</summary>
    Word,

    /// <summary>One word of letters that is officially written in lower case, as commands are.</summary>
    Command,
}

/// <summary>One way of writing a name, cut into tokens.</summary>
/// <param name="Tokens">Letters or digits that stand together, in lower case.</param>
/// <param name="Gaps">What stands after each token but the last.</param>
/// <param name="Written">The name as the knowledge base writes it.</param>
/// <param name="Shape">What the writing tells.</param>
/// <param name="Entries">The objects that bear the name.</param>
internal sealed record NameWriting(string[] Tokens, string[] Gaps, string Written, NameShape Shape, List<VocabularyEntry> Entries)
{
    /// <summary>Letters and digits of the name.</summary>
    public int Letters { get; } = Tokens.Sum(static token => token.Length);

    /// <summary>What a name's writing tells.</summary>
    public static NameShape ShapeOf(string written, int words)
    {
        var digits = written.Any(char.IsAsciiDigit);
        if (words > 1 && written.Any(static c => char.IsWhiteSpace(c) || c == '-')) return NameShape.Phrase;
        var inner = written.Skip(1).Any(char.IsUpper) && written.Any(char.IsLower);
        if (digits || inner || !written.All(char.IsLetter)) return NameShape.Marked;
        return char.IsLower(written[0]) ? NameShape.Command : NameShape.Word;
    }
}

/// <summary>Cuts text into runs of letters and runs of digits.</summary>
internal static class NameTokens
{
    /// <summary>Where the token that begins at an offset ends.</summary>
    public static int End(ReadOnlySpan<char> text, int at)
    {
        var digit = char.IsDigit(text[at]);
        while (at < text.Length && (digit ? char.IsDigit(text[at]) : char.IsLetter(text[at]))) at++;
        return at;
    }

    /// <summary>Cuts a name.</summary>
    public static (string[] Tokens, string[] Gaps) Cut(string name)
    {
        var tokens = new List<string>();
        var gaps = new List<string>();
        var last = -1;
        for (var at = 0; at < name.Length;)
        {
            if (!char.IsLetterOrDigit(name[at]))
            {
                at++;
                continue;
            }

            if (last >= 0) gaps.Add(name[last..at]);
            var end = Math.Max(at + 1, End(name, at));
            tokens.Add(name[at..end].ToLowerInvariant());
            last = at = end;
        }

        return ([.. tokens], [.. gaps]);
    }

    /// <summary>Whether what separates two tokens of a text fits what separates them in the name.</summary>
    public static bool Fits(ReadOnlySpan<char> found, string wanted, bool betweenLetterAndDigit)
    {
        if (found.SequenceEqual(wanted)) return true;
        return IsLoose(found, betweenLetterAndDigit) && IsLoose(wanted, betweenLetterAndDigit);
    }

    private static bool IsLoose(ReadOnlySpan<char> gap, bool emptyToo) => gap.Length switch
    {
        0 => emptyToo,
        1 => gap[0] is ' ' or '\n' or '-' or '_' or '–',
        _ => false,
    };
}
