using AngleSharp.Html;

namespace Modus.Reports.Html;

/// <summary>Follows the text of a parsed page through its source, so that each character gets its place.</summary>
/// <remarks>
/// The parser says where each tag stands, not where each character of text stands. From the last known tag the cursor
/// walks the source, steps over mark-up, resolves character references, and pairs what it sees with the parsed text.
/// Where they differ (the parser moved or repaired something) the place stays near and the cursor meets the text again
/// at the next tag.
/// </remarks>
internal sealed class SourceCursor(string source)
{
    private const int LongestReference = 40;
    private int at;

    /// <summary>Where the cursor stands.</summary>
    public int At => at;

    /// <summary>Moves to the start tag of an element, if the tag is really there.</summary>
    public void MoveTo(int tag, string name)
    {
        if (tag < 0 || tag + name.Length >= source.Length || source[tag] != '<') return;
        if (string.Compare(source, tag + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0) at = tag;
    }

    /// <summary>Finds the place of the next character of parsed text.</summary>
    /// <returns>Offset and number of source characters that stand for it.</returns>
    public (int Start, int Length) Next(char c)
    {
        SkipMarkup();
        if (at >= source.Length) return (source.Length, 0);
        if (source[at] == '&' && Reference() is { } reference)
        {
            if (reference.First == c || reference.Second == c)
            {
                var start = at;
                if (reference.Second == '\0' || reference.Second == c) at += reference.Length;
                return (start, reference.Length);
            }
        }

        if (source[at] == c || (c == '\n' && source[at] == '\r'))
        {
            var start = at;
            var length = source[at] == '\r' && at + 1 < source.Length && source[at + 1] == '\n' ? 2 : 1;
            at += length;
            return (start, length);
        }

        return Resync(c);
    }

    private (int Start, int Length) Resync(char c)
    {
        var found = source.IndexOf(c, at, Math.Min(LongestReference, source.Length - at));
        if (found < 0) return (at, 0);
        at = found + 1;
        return (found, 1);
    }

    private void SkipMarkup()
    {
        while (at + 1 < source.Length && source[at] == '<' && IsTag(source[at + 1]))
        {
            var close = source.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal) ? Past("-->", at + 4) : PastTag(at + 1);
            if (close < 0) return;
            at = close;
        }
    }

    private int Past(string mark, int from)
    {
        var found = from <= source.Length ? source.IndexOf(mark, from, StringComparison.Ordinal) : -1;
        return found < 0 ? -1 : found + mark.Length;
    }

    private int PastTag(int from)
    {
        var quote = '\0';
        for (var next = from; next < source.Length; next++)
        {
            var c = source[next];
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
            }
            else if (c is '"' or '\'' && source[next - 1] is '=' or ' ') quote = c;
            else if (c == '>') return next + 1;
        }

        return -1;
    }

    private static bool IsTag(char c) => char.IsAsciiLetter(c) || c is '/' or '!' or '?';

    private (char First, char Second, int Length)? Reference()
    {
        var stop = at + 1;
        if (stop < source.Length && source[stop] == '#') stop++;
        while (stop < source.Length && stop - at < LongestReference && char.IsAsciiLetterOrDigit(source[stop])) stop++;
        var length = stop - at + (stop < source.Length && source[stop] == ';' ? 1 : 0);
        var name = source[(at + 1)..stop];
        if (name.StartsWith('#')) return Numeric(name, length);
        for (var take = name.Length; take > 1; take--)
        {
            var whole = take == name.Length && length == stop - at + 1;
            var symbol = HtmlEntityProvider.Resolver.GetSymbol(whole ? name + ";" : name[..take]);
            if (symbol is { Length: > 0 }) return (symbol[0], symbol.Length > 1 ? symbol[1] : '\0', whole ? length : take + 1);
            if (whole) continue;
        }

        return null;
    }

    private static (char First, char Second, int Length)? Numeric(string name, int length)
    {
        var hex = name.Length > 1 && name[1] is 'x' or 'X';
        var digits = name.AsSpan(hex ? 2 : 1);
        if (digits.Length is 0 or > 8) return null;
        if (!int.TryParse(digits, hex ? System.Globalization.NumberStyles.HexNumber : System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)) return null;
        if (HtmlEntityProvider.IsInCharacterTable(code) && HtmlEntityProvider.GetSymbolFromTable(code) is { Length: > 0 } symbol) return (symbol[0], '\0', length);
        if (!System.Text.Rune.TryCreate(code, out var rune)) return ('\uFFFD', '\0', length);
        var text = rune.ToString();
        return (text[0], text.Length > 1 ? text[1] : '\0', length);
    }
}
