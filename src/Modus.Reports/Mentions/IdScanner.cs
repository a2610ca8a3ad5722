namespace Modus.Reports.Mentions;

/// <summary>An id found in a text.</summary>
/// <param name="Kind">Kind of object by the id's letters.</param>
/// <param name="Id">The id in its official form.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Length">Number of characters.</param>
/// <param name="InLink">Whether it stands in an address of the knowledge base.</param>
/// <param name="Release">The release that the address names.</param>
public readonly record struct PrintedId(MentionKind Kind, string Id, int Start, int Length, bool InLink, string? Release);

/// <summary>Finds printed ids: <c>T0000</c>, <c>T0000.000</c>, <c>T0000/000</c>, <c>TA0000</c>, <c>G0000</c> and so on.</summary>
/// <remarks>
/// An id counts where it is not part of a longer word, number, file name, path or foreign address. Two ways of breaking
/// are mended: a sub-technique's number after white space (a lost line end), and a capitalised word glued to the end
/// (a lost cell border). Numbers of sub-techniques that stand for whole ids ("T1218.005/.010", "T1059 (.001, .003)",
/// "T1059.{001,003}", "T1021-001") count where the vocabulary knows the id that they make. Ids of kinds other than techniques and tactics are short enough to be anything, so they count
/// only where the vocabulary knows them or an address of the knowledge base holds them.
/// </remarks>
public static class IdScanner
{
    private const int LongestWord = 2_048;

    /// <summary>Finds the ids of a text, in order.</summary>
    public static IReadOnlyList<PrintedId> Find(string text, MentionVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var found = new List<PrintedId>();
        for (var at = 0; at + 1 + IdShape.Digits <= text.Length; at++)
        {
            if (!char.IsAsciiLetterUpper(text[at]) || (at > 0 && char.IsAsciiLetterUpper(text[at - 1]))) continue;
            if (IdShape.Read(text.AsSpan(at)) is not { } shape) continue;
            if (Read(text, at, shape.Kind, shape.Length, vocabulary) is not { } id) continue;
            at = Continue(text, id, vocabulary, found) - 1;
        }

        return found;
    }

    /// <summary>Adds an id with those that the numbers behind it stand for, and returns where the reading goes on.</summary>
    private static int Continue(string text, PrintedId id, MentionVocabulary vocabulary, List<PrintedId> found)
    {
        var end = id.Start + id.Length;
        var parent = id.Id[..Math.Min(id.Id.Length, 1 + IdShape.Digits)];
        var isSub = id.Id.Length > parent.Length;
        if (id.Kind != MentionKind.Technique || id.InLink)
        {
            found.Add(id);
            return end;
        }

        var at = end;
        var closing = '\0';
        if (!isSub)
        {
            // What is in brackets behind a technique narrows it.
            var open = at < text.Length && text[at] == ' ' ? at + 1 : at;
            if (open + 1 < text.Length && text[open] == '.' && text[open + 1] == '{') open++;
            if (open < text.Length && text[open] is '(' or '{' or '[') (at, closing) = (open + 1, text[open] switch { '(' => ')', '{' => '}', _ => ']' });
        }

        var first = true;
        var start = id.Start;
        while (Following(text, at, parent, closing, first && closing != '\0', vocabulary) is { } next)
        {
            if (first && isSub) found.Add(id);
            var begins = first && !isSub ? start : next.Start;
            found.Add(id with { Id = $"{parent}.{text.AsSpan(next.Digits, IdShape.SubDigits)}", Start = begins, Length = next.Digits + IdShape.SubDigits - begins });
            at = end = next.Digits + IdShape.SubDigits;
            first = false;
        }

        if (first) found.Add(id);
        return end;
    }

    /// <summary>The number of a further sub-technique of the same technique: behind a mark of a list, with a dot or within brackets.</summary>
    private static (int Start, int Digits)? Following(string text, int at, string parent, char closing, bool opened, MentionVocabulary vocabulary)
    {
        var place = at;
        var slash = false;
        if (!opened)
        {
            while (place < text.Length && text[place] == ' ' && place - at < 2) place++;
            if (text.AsSpan(place).StartsWith("and ", StringComparison.Ordinal)) place += 3;
            else if (text.AsSpan(place).StartsWith("or ", StringComparison.Ordinal)) place += 2;
            else if (place < text.Length && text[place] is ',' or '/' or ';' or '&' or '|' or '+') slash = text[place++] == '/';
            else return null;
            if (text.AsSpan(place).StartsWith(" and ", StringComparison.Ordinal)) place += 4;
        }

        while (place < text.Length && text[place] == ' ') place++;
        var start = place;
        var dotted = place < text.Length && text[place] == '.';
        if (dotted) place++;
        if (!dotted && closing == '\0' && !(slash && start == at + 1)) return null;
        if (place + IdShape.SubDigits > text.Length || !IdShape.AreDigits(text.AsSpan(place, IdShape.SubDigits))) return null;
        var after = place + IdShape.SubDigits;
        if (after < text.Length && (char.IsLetterOrDigit(text[after]) || text[after] == '_')) return null;
        return vocabulary.Find($"{parent}.{text.AsSpan(place, IdShape.SubDigits)}") is null ? null : (start, place);
    }

    private static PrintedId? Read(string text, int at, MentionKind kind, int length, MentionVocabulary vocabulary)
    {
        var address = AddressAround(text, at);
        if (address is { IsKnowledgeBase: false }) return null;
        if (address is null ? !BeginsToken(text, at) : text[at - 1] is not ('/' or ':' or '#' or '=')) return null;
        var id = text.Substring(at, length);
        var end = at + length;
        if (kind == MentionKind.Technique && SubNumber(text, end) is { } sub)
        {
            var whole = $"{id}.{text.AsSpan(sub.Digits, IdShape.SubDigits)}";
            if (!sub.IsBroken || vocabulary.Find(whole) is not null)
            {
                id = whole;
                end = sub.Digits + IdShape.SubDigits;
            }
        }

        if (address is null && !EndsToken(text, end)) return null;
        if (kind is not (MentionKind.Technique or MentionKind.Tactic) && address is null && vocabulary.Find(id) is null) return null;
        return new PrintedId(kind, id, at, end - at, address is not null, address?.Release);
    }

    /// <summary>The number of a sub-technique after an id: ".000", "/000", with another mark of joining, or broken by white space.</summary>
    private static (int Digits, bool IsBroken)? SubNumber(string text, int end)
    {
        var at = end;
        while (at < text.Length && text[at] is ' ' or '\n' && at - end < 2) at++;
        if (at >= text.Length || text[at] is not ('.' or '/' or '-' or '_' or '\u2010' or '\u2011' or '\u2013')) return null;
        // Only the first two are usual; the others count where they make an id that is known.
        var broken = at > end || text[at] is not ('.' or '/');
        if (broken && at > end && text[at] is not ('.' or '/')) return null;
        at++;
        if (!broken && at < text.Length && (text[at] is ' ' or '\n'))
        {
            at++;
            broken = true;
        }

        if (at + IdShape.SubDigits > text.Length || !IdShape.AreDigits(text.AsSpan(at, IdShape.SubDigits))) return null;
        var after = at + IdShape.SubDigits;
        return after < text.Length && char.IsAsciiDigit(text[after]) ? null : (at, broken);
    }

    private static bool BeginsToken(string text, int at)
    {
        if (at == 0) return true;
        var before = text[at - 1];
        if (char.IsLetterOrDigit(before) || before is '_' or '\\' or '@' or '%' or '$') return false;
        if (before is not ('-' or '.') || at < 2) return true;
        return before == '-' ? !char.IsDigit(text[at - 2]) : !char.IsLetterOrDigit(text[at - 2]);
    }

    private static bool EndsToken(string text, int end)
    {
        if (end >= text.Length) return true;
        var next = text[end];
        if (char.IsDigit(next) || next is '_' or '\\' or '@') return false;
        if (char.IsLetter(next)) return IsGluedWord(text, end);
        if (next is not ('.' or '-') || end + 1 >= text.Length) return true;
        return !char.IsDigit(text[end + 1]) && !(next == '.' && char.IsLower(text[end + 1]));
    }

    /// <summary>A capitalised word or another id right after an id, as tables make that lost their borders.</summary>
    private static bool IsGluedWord(string text, int at)
    {
        if (!char.IsUpper(text[at]) || at + 2 >= text.Length) return false;
        if (IdShape.Read(text.AsSpan(at)) is not null) return true;
        if (!char.IsLetter(text[at + 1])) return false;
        var capitals = at;
        while (capitals < text.Length && char.IsUpper(text[capitals])) capitals++;
        if (capitals < text.Length && char.IsDigit(text[capitals])) return false;
        while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
        return at >= text.Length || !(text[at] is '_' or '\\' or '=');
    }

    /// <summary>The address that holds an offset; null where the offset stands in no address.</summary>
    private static Address? AddressAround(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < LongestWord && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('"' or '<' or '>' or '(' or '|')) start--;
        var before = text.AsSpan(start, at - start);
        var scheme = before.LastIndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 && !before.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && !KnowledgeBaseAddress.HoldsHost(before)) return null;
        return KnowledgeBaseAddress.HoldsHost(before) ? new Address(true, KnowledgeBaseAddress.ReleaseIn(before)) : new Address(false, null);
    }

    private sealed record Address(bool IsKnowledgeBase, string? Release);
}
