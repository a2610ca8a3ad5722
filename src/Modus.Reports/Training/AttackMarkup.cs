using System.Text;

namespace Modus.Reports.Training;

/// <summary>Takes the markup out of ATT&amp;CK's texts.</summary>
internal static class AttackMarkup
{
    private const string Citation = "(Citation:";

    /// <summary>The text without citations, with links as their words and code marks removed.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(' && string.CompareOrdinal(text, i, Citation, 0, Citation.Length) == 0)
            {
                var end = text.IndexOf(')', i);
                if (end < 0) break;
                i = end;
            }
            else if (text[i] == '[' && Link(text, i) is { } link)
            {
                plain.Append(text, i + 1, link.Words - i - 1);
                i = link.End;
            }
            else if (text[i] == '<' && text.IndexOf('>', i) is var end and > 0 && end - i <= 7)
            {
                i = end;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>Sentences of a description, cut at a stop before a blank and a capital, and at line ends.</summary>
    public static IEnumerable<string> Sentences(string plain)
    {
        var start = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var stop = plain[i] is '\n' || (plain[i] == '.' && i + 2 < plain.Length && plain[i + 1] == ' ' && char.IsUpper(plain[i + 2]));
            if (!stop) continue;
            yield return plain[start..(i + 1)].Trim();
            start = i + 1;
        }

        yield return plain[start..].Trim();
    }

    private static (int Words, int End)? Link(string text, int start)
    {
        var words = text.IndexOf(']', start);
        if (words < 0 || words + 1 >= text.Length || text[words + 1] != '(') return null;
        var end = text.IndexOf(')', words);
        return end < 0 ? null : (words, end);
    }
}
