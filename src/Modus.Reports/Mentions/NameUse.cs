using Modus.Reports.Documents;

namespace Modus.Reports.Mentions;

/// <summary>How a found name is written and what stands beside it.</summary>
/// <param name="Hit">The name.</param>
/// <param name="Case">How it is written here.</param>
/// <param name="CaseTells">Whether a capital says anything here: not at the beginning of a sentence, nor where everything is capitalised.</param>
/// <param name="HasClassWord">Whether a word beside it says what kind of thing it is ("ransomware", "group", "dubbed").</param>
/// <param name="IsCommand">Whether it is used as a command: with an extension, an option, in code or in ticks.</param>
/// <param name="InLongerName">Whether a capitalised word beside it may make it part of another name.</param>
internal readonly record struct NameUse(NameHit Hit, NameCase Case, bool CaseTells, bool HasClassWord, bool IsCommand, bool InLongerName)
{
    /// <summary>Looks at a found name in its document.</summary>
    public static NameUse Of(Document document, NameHit hit)
    {
        var text = document.Text;
        var block = document.BlockAt(hit.Start)!;
        var sentence = document.SentenceAt(hit.Start);
        var (from, to) = sentence is null ? (block.Start, block.End) : (sentence.Start, sentence.End);
        var first = !text.AsSpan(from, hit.Start - from).ContainsAnyExcept(NameWords.Openers);
        return new NameUse(
            hit,
            CaseOf(text, hit),
            !first && block.Kind is not (BlockKind.Heading or BlockKind.Code) && !IsTitleCase(text.AsSpan(from, to - from)),
            NameWords.ClassWordBeside(text, hit, from, to),
            block.Kind != BlockKind.Heading && IsUsedAsCommand(text, hit, from, to, block.Kind == BlockKind.Code),
            NameWords.CapitalBeside(text, hit, from, to));
    }

    private static NameCase CaseOf(string text, NameHit hit)
    {
        var span = text.AsSpan(hit.Start, hit.Length);
        if (IsTokenwise(span, hit.Writing.Written)) return NameCase.Official;
        var upper = true;
        var lower = true;
        foreach (var c in span)
        {
            if (!char.IsLetter(c)) continue;
            upper &= char.IsUpper(c);
            lower &= char.IsLower(c);
        }

        if (lower) return NameCase.Lower;
        return upper ? NameCase.Upper : char.IsUpper(span[0]) ? NameCase.Capitalised : NameCase.Lower;
    }

    /// <summary>Letters equal in order, whatever stands between the tokens.</summary>
    private static bool IsTokenwise(ReadOnlySpan<char> found, string written)
    {
        var at = 0;
        foreach (var c in found)
        {
            if (!char.IsLetterOrDigit(c)) continue;
            while (at < written.Length && !char.IsLetterOrDigit(written[at])) at++;
            if (at >= written.Length || written[at++] != c) return false;
        }

        return true;
    }

    /// <summary>Whether nearly all longer words of a sentence begin with a capital, so that capitals tell nothing.</summary>
    private static bool IsTitleCase(ReadOnlySpan<char> sentence)
    {
        int words = 0, capitals = 0;
        for (var at = 0; at < sentence.Length; at++)
        {
            if (!char.IsLetter(sentence[at])) continue;
            var start = at;
            while (at < sentence.Length && char.IsLetter(sentence[at])) at++;
            if (at - start < 4) continue;
            words++;
            if (char.IsUpper(sentence[start])) capitals++;
        }

        return words >= 3 && capitals * 10 >= words * 8;
    }

    /// <summary>Whether an option of a command follows: a slash or hyphen with a word that is no path.</summary>
    private static bool IsOption(ReadOnlySpan<char> after)
    {
        if (after is not [' ', '/' or '-', _, ..] || !char.IsLetterOrDigit(after[2])) return false;
        var rest = after[2..];
        var stop = rest.IndexOfAny(' ', '\n');
        return (stop < 0 ? rest : rest[..stop]).IndexOfAny('/', '.', '-') < 0;
    }

    private static bool IsUsedAsCommand(string text, NameHit hit, int from, int to, bool inCode)
    {
        var end = hit.Start + hit.Length;
        var after = text.AsSpan(end, Math.Min(6, to - end));
        if (after.StartsWith(".exe", StringComparison.OrdinalIgnoreCase) || after.StartsWith(".com ", StringComparison.OrdinalIgnoreCase)) return true;
        if (IsOption(text.AsSpan(end, to - end))) return true;
        var before = hit.Start > from ? text[hit.Start - 1] : ' ';
        if (hit.Writing.Letters > 3 && after is ['"' or '\'' or '`', ..] && before is '"' or '\'' or '`') return true;
        if (!inCode) return false;
        var line = text.LastIndexOf('\n', Math.Max(hit.Start - 1, 0), Math.Max(0, hit.Start - from)) + 1;
        return !text.AsSpan(Math.Max(line, from), hit.Start - Math.Max(line, from)).ContainsAnyExcept(NameWords.Prompts);
    }
}

/// <summary>How a name is written in a text.</summary>
internal enum NameCase
{
    /// <summary>As the knowledge base writes it.</summary>
    Official,

    /// <summary>With a first capital, but otherwise than the knowledge base.</summary>
    Capitalised,

    /// <summary>All in capitals.</summary>
    Upper,

    /// <summary>In lower case, or beginning so.</summary>
    Lower,
}
