namespace Modus.Reports.Sentences;

/// <summary>Decides whether a sentence ends at a character.</summary>
internal static class Boundary
{
    private const int LongestMark = 2;

    /// <summary>Where the next sentence may begin, or -1 where no sentence ends at this character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">Where the current sentence begins.</param>
    /// <param name="at">The character in question.</param>
    /// <param name="end">Where the block ends.</param>
    public static int After(string text, int first, int at, int end) => text[at] switch
    {
        '\n' => AfterBreak(text, at, end),
        '.' => AfterStop(text, first, at, end),
        '!' or '?' => AfterMark(text, at, end),
        '。' or '！' or '？' or '｡' => at + 1,
        '•' or '●' or '▪' or '‣' or '◦' => at > first ? at : -1,
        _ => -1,
    };

    private static int AfterBreak(string text, int at, int end)
    {
        var next = at + 1;
        while (next < end && char.IsWhiteSpace(text[next])) next++;
        if (next >= end) return -1;
        return char.IsLower(text[next]) && at > 0 && !IsStop(text[at - 1]) && !StartsProductName(text, next, end) ? -1 : at + 1;
    }

    private static int AfterMark(string text, int at, int end)
    {
        var close = SkipClosers(text, at + 1, end);
        if (close >= end) return -1;
        if (!char.IsWhiteSpace(text[close])) return -1;
        var next = SkipSpace(text, close, end);
        return next < end && Starts(text, next, end) ? close : -1;
    }

    private static int AfterStop(string text, int first, int at, int end)
    {
        if (at > 0 && text[at - 1] is '[' or '(' or '{' && at + 1 < end && text[at + 1] is ']' or ')' or '}') return -1;
        if (at + 1 < end && text[at + 1] == '.') return -1;
        var close = SkipClosers(text, at + 1, end);
        if (close >= end) return -1;
        if (!char.IsWhiteSpace(text[close])) return AfterGluedStop(text, first, at, end);
        var next = SkipSpace(text, close, end);
        if (next >= end || !Starts(text, next, end)) return -1;
        return Abbreviations.Holds(text, first, at, next, end) ? -1 : close;
    }

    /// <summary>A footnote mark after the stop ("…server.12 The"), or two sentences without a space ("attack.The").</summary>
    private static int AfterGluedStop(string text, int first, int at, int end)
    {
        if (at - 3 < first || !IsWord(text, at - 3, at)) return -1;
        var next = at + 1;
        while (next < end && char.IsAsciiDigit(text[next])) next++;
        if (next > at + 1)
        {
            if (next - at - 1 > LongestMark || next >= end || text[next] != ' ') return -1;
            var begin = SkipSpace(text, next, end);
            return begin < end && char.IsUpper(text[begin]) && char.IsLower(text[at - 1]) ? next : -1;
        }

        return char.IsLower(text[at - 1]) && next + 1 < end && char.IsUpper(text[next]) && StartsCommonWord(text, next, end)
            && !IsInsideToken(text, first, at) ? next : -1;
    }

    /// <summary>Whether the run of characters before a stop looks like an address, a path or a dotted name.</summary>
    private static bool IsInsideToken(string text, int first, int at)
    {
        for (var back = at - 1; back >= first && !char.IsWhiteSpace(text[back]); back--)
            if (text[back] is '/' or '\\' or '.' or '@' or ':' or '_' or '=' or '[' or '%') return true;
        return false;
    }

    private static bool StartsCommonWord(string text, int at, int end)
    {
        var stop = at;
        while (stop < end && char.IsLetter(text[stop])) stop++;
        return (stop >= end || text[stop] is ' ' or ',' or '\'') && Starters.Contains(text.AsSpan(at, stop - at));
    }

    private static bool Starts(string text, int at, int end)
    {
        var c = text[at];
        if (char.IsUpper(c) || char.IsDigit(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.OtherLetter) return true;
        if (c is '"' or '\'' or '(' or '[' or '“' or '`' or '«' or '¿' or '¡') return at + 1 < end && !char.IsLower(text[at + 1]);
        if (c is '%' or '\\' or '/' or '$' or '#' or '<' or '-' or '*' or '–' or '—' or '•') return true;
        return StartsProductName(text, at, end);
    }

    /// <summary>A word that begins in lower case but is a name: an inner capital or a digit ("njRAT", "iOS", "x64dbg").</summary>
    private static bool StartsProductName(string text, int at, int end)
    {
        for (var next = at; next < end && char.IsLetterOrDigit(text[next]); next++)
            if (next > at && (char.IsUpper(text[next]) || char.IsDigit(text[next]))) return true;
        return false;
    }

    private static bool IsWord(string text, int from, int to)
    {
        for (var at = from; at < to; at++)
            if (!char.IsLetter(text[at])) return false;
        return true;
    }

    private static bool IsStop(char c) => c is '.' or '!' or '?' or ':' or ';' or '。';

    private static int SkipClosers(string text, int at, int end)
    {
        while (at < end && text[at] is ')' or ']' or '"' or '\'' or '”' or '’' or '»' or '}') at++;
        return at;
    }

    private static int SkipSpace(string text, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
