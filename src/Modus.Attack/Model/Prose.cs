using System.Text;

namespace Modus.Attack;

/// <summary>Reads the Markdown of ATT&amp;CK's texts: its citations and its plain words.</summary>
public static class Prose
{
    private const string CitationStart = "(Citation:";

    /// <summary>The names that a text cites, in order, each once. A name may contain parentheses in pairs.</summary>
    public static IReadOnlyList<string> CitationNames(string text)
    {
        var names = new List<string>();
        for (var at = 0; (at = text.IndexOf(CitationStart, at, StringComparison.Ordinal)) >= 0;)
        {
            var end = CitationEnd(text, at);
            var name = text[(at + CitationStart.Length)..end].Trim();
            if (name.Length > 0 && !names.Contains(name)) names.Add(name);
            at = end;
        }
        return names;
    }

    /// <summary>The text without citations, with the words of links, and without code tags.</summary>
    public static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Starts(text, at, CitationStart))
            {
                at = Math.Min(text.Length, CitationEnd(text, at) + 1);
                while (result.Length > 0 && result[^1] == ' ' && (at >= text.Length || text[at] is ' ' or '.' or ',')) result.Length--;
            }
            else if (Starts(text, at, "<code>")) at += "<code>".Length;
            else if (Starts(text, at, "</code>")) at += "</code>".Length;
            else if (text[at] == '[' && LinkEnd(text, at) is var (words, end) && end > 0)
            {
                result.Append(text, at + 1, words - at - 1);
                at = end;
            }
            else result.Append(text[at++]);
        }
        return result.ToString().Trim();
    }

    private static bool Starts(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    // The index of the closing parenthesis, counting pairs inside; the text's end where none closes.
    private static int CitationEnd(string text, int at)
    {
        var depth = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '(') depth++;
            else if (text[at] == ')' && --depth == 0) return at;
        }
        return text.Length;
    }

    // Where the words of [words](address) end and where the link ends; (0, 0) for a bracket that is no link.
    private static (int Words, int End) LinkEnd(string text, int at)
    {
        var words = text.IndexOf("](", at, StringComparison.Ordinal);
        if (words < 0 || text.IndexOf('\n', at, words - at) >= 0 || text.IndexOf('[', at + 1, words - at - 1) >= 0) return (0, 0);
        var end = text.IndexOf(')', words);
        return end < 0 ? (0, 0) : (words, end + 1);
    }
}
