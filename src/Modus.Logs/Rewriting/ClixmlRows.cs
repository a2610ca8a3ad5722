using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Modus.Logs.Rewriting;

/// <summary>Objects that PowerShell kept with <c>Export-Clixml</c>: each one a record of its properties and notes.</summary>
internal sealed class ClixmlRows : RewritingStream
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
    };

    private readonly XmlReader _reader;
    private readonly string _name;
    private readonly Action<LogProblem> _report;
    private long _line;

    public ClixmlRows(Stream stream, string name, Action<LogProblem> report)
    {
        // The declaration may name the encoding that the text had before it became UTF-8.
        _reader = XmlReader.Create(new StreamReader(stream, Encoding.UTF8), Settings);
        _name = name;
        _report = report;
    }

    /// <summary>Whether text is such an export.</summary>
    public static bool Looks(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (head.StartsWith("#< CLIXML"u8) || head.StartsWith("<?xml"u8)) head = head[(head.IndexOf((byte)'\n') + 1)..].TrimStart(" \t\r\n"u8);
        return head.StartsWith("<Objs "u8);
    }

    protected override bool Next(IBufferWriter<byte> lines)
    {
        try
        {
            while (_reader.Read())
            {
                if (_reader.NodeType != XmlNodeType.Element || _reader.Depth != 1 || _reader.LocalName != "Obj") continue;
                var line = (_reader as IXmlLineInfo)?.LineNumber ?? 0;
                for (; _line + 1 < line; _line++) lines.Write("\n"u8);
                var bytes = new ArrayBufferWriter<byte>(4096);
                using (var json = new Utf8JsonWriter(bytes)) Object(json, _reader.Depth, 0);
                // A serializer's own wrapper has no properties.
                if (bytes.WrittenCount <= 2) continue;
                lines.Write(bytes.WrittenSpan);
                lines.Write("\n"u8);
                _line++;
                return true;
            }
        }
        catch (XmlException e)
        {
            _report(new LogProblem(LogProblemCodes.Malformed, $"not well-formed XML, so that reading stopped: {e.Message}", _name, e.LineNumber, "Check whether the file was cut off when it was written or copied."));
        }

        return false;
    }

    /// <summary>Writes the object that the reader stands on; the reader stands on its end then.</summary>
    private void Object(Utf8JsonWriter json, int depth, int nested)
    {
        json.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!_reader.IsEmptyElement)
            while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
            {
                if (_reader.NodeType != XmlNodeType.Element) continue;
                var name = _reader.GetAttribute("N");
                if (name is null)
                {
                    // What holds the properties stands open; names of types and the like go.
                    if (_reader.LocalName is not ("Props" or "MS")) Pass();
                    continue;
                }

                name = Unescape(name);
                if (!names.Add(name))
                {
                    Pass();
                    continue;
                }

                json.WritePropertyName(name);
                Value(json, nested);
            }

        json.WriteEndObject();
    }

    private void Value(Utf8JsonWriter json, int nested)
    {
        switch (_reader.LocalName)
        {
            case "Nil":
                Pass();
                json.WriteNullValue();
                break;
            case "Ref":
                Pass();
                json.WriteNullValue();
                break;
            case "B":
                json.WriteBooleanValue(Text() == "true");
                break;
            case "I16" or "I32" or "I64" or "By" or "SB" or "U16" or "U32" or "U64" when Text() is var text:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) json.WriteNumberValue(number);
                else json.WriteStringValue(text);
                break;
            case "Obj":
                Nested(json, nested + 1);
                break;
            default:
                json.WriteStringValue(Unescape(Text()));
                break;
        }
    }

    /// <summary>An object in a property: its list, its properties, or what it says of itself.</summary>
    private void Nested(Utf8JsonWriter json, int nested)
    {
        var depth = _reader.Depth;
        string? said = null;
        if (nested > LogLimits.MaxDepth / 2 || _reader.IsEmptyElement)
        {
            Pass();
            json.WriteNullValue();
            return;
        }

        var isOpen = false;
        while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType != XmlNodeType.Element) continue;
            switch (_reader.LocalName)
            {
                case "ToString" when said is null:
                    said = Unescape(Text());
                    break;
                case "LST" or "IE" or "QUE" or "STK" when said is null && !isOpen:
                    List(json, nested);
                    isOpen = true;
                    break;
                case "MS" when said is null && !isOpen:
                    Object(json, _reader.Depth, nested);
                    isOpen = true;
                    break;
                default:
                    Pass();
                    break;
            }
        }

        if (!isOpen) json.WriteStringValue(said);
    }

    private void List(Utf8JsonWriter json, int nested)
    {
        json.WriteStartArray();
        var depth = _reader.Depth;
        if (!_reader.IsEmptyElement)
            while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
                if (_reader.NodeType == XmlNodeType.Element) Value(json, nested);
        json.WriteEndArray();
    }

    /// <summary>The text of the element that the reader stands on; the reader stands on its end then.</summary>
    private string Text()
    {
        if (_reader.IsEmptyElement) return "";
        var depth = _reader.Depth;
        var text = new StringBuilder();
        while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && text.Length < LogLimits.MaxRecordBytes / 2)
                text.Append(_reader.Value);
        return text.ToString();
    }

    private void Pass()
    {
        if (_reader.IsEmptyElement) return;
        var depth = _reader.Depth;
        while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
        }
    }

    /// <summary>Characters that XML cannot hold stand as <c>_x000D_</c>.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '_' && at + 6 < text.Length && text[at + 1] == 'x' && text[at + 6] == '_' && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                at += 6;
            }
            else
            {
                plain.Append(text[at]);
            }
        }

        return plain.ToString();
    }
}
