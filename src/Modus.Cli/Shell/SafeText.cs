using System.Globalization;
using System.Text;

namespace Modus.Cli.Shell;

/// <summary>Makes values of untrusted data harmless for a terminal, a spreadsheet or a Markdown page.</summary>
internal static class SafeText
{
    /// <summary>Control characters (escape sequences, line ends) become visible escapes.</summary>
    public static string ForTerminal(string text)
    {
        if (!text.Any(IsHarmful)) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (character is '\n' or '\r' or '\t') safe.Append(' ');
            else if (IsHarmful(character)) safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else safe.Append(character);
        }
        return safe.ToString();
    }

    /// <summary>A cell that a spreadsheet would run as a formula is prefixed with an apostrophe; quoting as RFC 4180 says.</summary>
    public static string ForCsv(string text, char separator)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
            && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Escapes what would become markup in a table cell of a Markdown page.</summary>
    public static string ForMarkdown(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var character in ForTerminal(text))
        {
            if (character is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '!') safe.Append('\\');
            safe.Append(character);
        }
        return safe.ToString();
    }

    /// <summary>Columns that a text takes on a terminal: East Asian wide characters take two, combining marks none.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes()) width += Width(rune);
        return width;
    }

    public static int Width(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
    };

    /// <summary>Cuts a text to a number of columns and marks the cut.</summary>
    public static string Cut(string text, int columns)
    {
        if (Width(text) <= columns) return text;
        var cut = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + Width(rune) > columns - 1) break;
            cut.Append(rune);
            used += Width(rune);
        }
        return cut.Append('…').ToString();
    }

    private static bool IsHarmful(char character) =>
        char.IsControl(character) || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200B' or '\uFEFF';
}
