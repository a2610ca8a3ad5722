using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Modus.Casework.Cases;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Modus.Casework.Exchange;

/// <summary>Reads YAML as JSON content: plain numbers, true, false and null are what they look like, all else is text.</summary>
/// <remarks>Anchors and aliases are refused (nothing that Modus writes has them), depth and size are limited.</remarks>
internal static class YamlJson
{
    /// <summary>Nested maps and lists accepted: 32.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters of one file accepted: 256 million.</summary>
    public const int MaxCharacters = 256_000_000;

    /// <summary>Reads a text of one document.</summary>
    /// <param name="text">The YAML text; empty gives an empty object.</param>
    /// <exception cref="CaseFormatException">It is not such YAML; the message says where.</exception>
    public static JsonElement Read(string text)
    {
        if (text.Length > MaxCharacters) throw new CaseFormatException($"the file has more than {MaxCharacters} characters");
        var parser = new Parser(new StringReader(text));
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, text.Length));
        try
        {
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth + 2 }))
            {
                while (parser.MoveNext() && parser.Current is StreamStart or DocumentStart or Comment) { }
                if (parser.Current is null or StreamEnd)
                {
                    json.WriteStartObject();
                    json.WriteEndObject();
                }
                else
                {
                    Node(parser, json, 0);
                }
            }
        }
        catch (YamlException problem)
        {
            throw new CaseFormatException(string.Create(CultureInfo.InvariantCulture, $"line {problem.Start.Line}, column {problem.Start.Column}: {problem.InnerException?.Message ?? problem.Message}"), problem);
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner answers some broken texts with its own internal errors.
            throw new CaseFormatException("this is not YAML: a bracket, a quote or an indentation does not fit", problem);
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = MaxDepth + 2 });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>True for a plain text that YAML takes for a number, a boolean or nothing.</summary>
    public static bool IsTyped(string text) => text is "" or "~" || Keyword(text) is not null || IsNumber(text) || LooksTyped(text);

    private static void Node(Parser parser, Utf8JsonWriter json, int depth)
    {
        var start = parser.Current!;
        if (depth > MaxDepth) throw new SyntaxErrorException(start.Start, start.End, $"more than {MaxDepth} maps and lists are nested");
        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false }) throw new SyntaxErrorException(start.Start, start.End, "anchors and aliases are not read here");
        switch (start)
        {
            case Scalar scalar:
                Scalar(json, scalar);
                break;
            case SequenceStart:
                json.WriteStartArray();
                while (parser.MoveNext() && parser.Current is not SequenceEnd)
                    if (parser.Current is not Comment) Node(parser, json, depth + 1);
                json.WriteEndArray();
                break;
            case MappingStart:
                Mapping(parser, json, depth);
                break;
            default:
                throw new SyntaxErrorException(start.Start, start.End, $"unexpected {start.GetType().Name}");
        }
    }

    private static void Mapping(Parser parser, Utf8JsonWriter json, int depth)
    {
        json.WriteStartObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            if (parser.Current is Comment) continue;
            if (parser.Current is not Scalar key) throw new SyntaxErrorException(parser.Current!.Start, parser.Current.End, "a key has to be plain text");
            if (!seen.Add(key.Value)) throw new SyntaxErrorException(key.Start, key.End, $"the key '{key.Value}' appears twice");
            json.WritePropertyName(key.Value);
            parser.MoveNext();
            Node(parser, json, depth + 1);
        }
        json.WriteEndObject();
    }

    private static void Scalar(Utf8JsonWriter json, Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain) json.WriteStringValue(text);
        else if (text is "" or "~" || Keyword(text) is null && text == "null") json.WriteNullValue();
        else if (Keyword(text) is { } word) json.WriteRawValue(word);
        else if (IsNumber(text)) json.WriteRawValue(text);
        else json.WriteStringValue(text);
    }

    private static string? Keyword(string text) => text switch
    {
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        "null" or "Null" or "NULL" => "null",
        _ => null,
    };

    /// <summary>A number as JSON writes it: only those are read as numbers, so that nothing changes its spelling.</summary>
    private static bool IsNumber(string text)
    {
        if (text.Length == 0 || text.Length > 40 || text[0] is not ('-' or >= '0' and <= '9')) return false;
        var digits = text[0] == '-' ? text[1..] : text;
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]) || digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1])) return false;
        var (point, exponent) = (false, false);
        for (var index = 0; index < digits.Length; index++)
        {
            var letter = digits[index];
            if (char.IsAsciiDigit(letter)) continue;
            if (letter == '.' && !point && !exponent && index + 1 < digits.Length && char.IsAsciiDigit(digits[index + 1])) point = true;
            else if (letter is 'e' or 'E' && !exponent && index + 1 < digits.Length)
            {
                exponent = true;
                if (digits[index + 1] is '+' or '-') index++;
                if (index + 1 >= digits.Length) return false;
            }
            else return false;
        }
        return true;
    }

    // Other readers of YAML take these for numbers, times or booleans: quoted, they are text for all.
    private static bool LooksTyped(string text) =>
        text is "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "on" or "On" or "ON" or "off" or "Off" or "OFF" or "y" or "Y" or "n" or "N"
        || (char.IsAsciiDigit(text[0]) || text[0] is '+' or '.') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
