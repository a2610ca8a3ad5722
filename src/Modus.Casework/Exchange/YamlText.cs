using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Modus.Casework.Exchange;

/// <summary>Writes JSON content as YAML that people and git can read: block style, one spelling for one content.</summary>
internal static class YamlText
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`=~";

    /// <summary>Writes the members of an object, each on lines of its own.</summary>
    /// <param name="to">Takes the text.</param>
    /// <param name="value">An object.</param>
    /// <param name="indent">Blanks before each line.</param>
    public static void Members(StringBuilder to, JsonElement value, int indent = 0)
    {
        foreach (var member in value.EnumerateObject())
        {
            to.Append(' ', indent);
            Member(to, member.Name, member.Value, indent);
        }
    }

    /// <summary>Writes objects as a list, a blank line before each but the first.</summary>
    public static void Item(StringBuilder to, JsonElement value, int indent = 0)
    {
        to.Append(' ', indent).Append("- ");
        var first = true;
        foreach (var member in value.EnumerateObject())
        {
            if (!first) to.Append(' ', indent + 2);
            first = false;
            Member(to, member.Name, member.Value, indent + 2);
        }
        if (first) to.Append("{}\n");
    }

    /// <summary>A text as a YAML scalar on one line.</summary>
    public static string Scalar(string text)
    {
        var to = new StringBuilder();
        if (IsPlain(text)) to.Append(text);
        else Quoted(to, text);
        return to.ToString();
    }

    private static void Member(StringBuilder to, string name, JsonElement value, int indent)
    {
        to.Append(Scalar(name)).Append(':');
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                to.Append('\n');
                Members(to, value, indent + 2);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                to.Append('\n');
                List(to, value, indent + 2);
                break;
            default:
                to.Append(' ');
                Value(to, value, indent);
                break;
        }
    }

    private static void List(StringBuilder to, JsonElement value, int indent)
    {
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                Item(to, item, indent);
                continue;
            }
            to.Append(' ', indent).Append('-');
            if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 0)
            {
                to.Append('\n');
                List(to, item, indent + 2);
            }
            else
            {
                to.Append(' ');
                Value(to, item, indent);
            }
        }
    }

    private static void Value(StringBuilder to, JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String: Text(to, value.GetString()!, indent); break;
            case JsonValueKind.Object: to.Append("{}\n"); break;
            case JsonValueKind.Array: to.Append("[]\n"); break;
            default: to.Append(value.GetRawText()).Append('\n'); break;
        }
    }

    private static void Text(StringBuilder to, string text, int indent)
    {
        if (IsPlain(text)) to.Append(text).Append('\n');
        else if (IsBlock(text)) Block(to, text, indent + 2);
        else
        {
            Quoted(to, text);
            to.Append('\n');
        }
    }

    /// <summary>Lines as they are: what people edit.</summary>
    private static void Block(StringBuilder to, string text, int indent)
    {
        var closed = text.EndsWith('\n');
        to.Append(closed ? "|\n" : "|-\n");
        foreach (var line in (closed ? text[..^1] : text).Split('\n'))
        {
            if (line.Length > 0) to.Append(' ', indent).Append(line);
            to.Append('\n');
        }
    }

    private static bool IsBlock(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is '\n' or ' ' || text.EndsWith("\n\n", StringComparison.Ordinal)) return false;
        foreach (var line in text.Split('\n'))
            if (line.Length > 0 && (char.IsWhiteSpace(line[^1]) || line[0] == '\t')) return false;
        foreach (var letter in text)
            if (letter != '\n' && !IsPrintable(letter)) return false;
        return true;
    }

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text[^1] == ':' || Indicators.Contains(text[0], StringComparison.Ordinal)) return false;
        if (YamlJson.IsTyped(text) || text.StartsWith("<<", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal)) return false;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (!IsPrintable(letter)) return false;
            if (letter == ':' && index + 1 < text.Length && char.IsWhiteSpace(text[index + 1])) return false;
            if (letter == '#' && char.IsWhiteSpace(text[index - 1])) return false;
        }
        return true;
    }

    private static bool IsPrintable(char letter) =>
        letter is >= ' ' and < '\u007f' or >= '\u00a0' and not ('\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff')
        && CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.SpaceSeparator)
        || letter == ' ';

    private static void Quoted(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '"': to.Append("\\\""); break;
                case '\\': to.Append("\\\\"); break;
                case '\n': to.Append("\\n"); break;
                case '\r': to.Append("\\r"); break;
                case '\t': to.Append("\\t"); break;
                default:
                    if (IsPrintable(letter)) to.Append(letter);
                    else to.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }
        }
        to.Append('"');
    }
}
