using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>
/// What <c>log show</c> of macOS prints as text, in its default, compact and syslog style, under the names that its JSON style uses.
/// Lines without a clock belong to the message before.
/// </summary>
internal sealed class UnifiedLog(Stream stream) : RewritingStream
{
    private readonly TextLines _lines = new(stream);
    private readonly List<byte> _record = [];
    private int _taken;

    /// <summary>Whether text begins with the heading of one of these styles.</summary>
    public static bool Looks(ReadOnlySpan<byte> head)
    {
        for (var line = 0; line < 5; line++)
        {
            var end = head.IndexOf((byte)'\n');
            var text = end < 0 ? head : head[..end];
            if (text.StartsWith("Timestamp  "u8))
                return text.IndexOf("(process)[PID]"u8) > 0 || (text.IndexOf(" Thread "u8) > 0 && text.IndexOf(" PID "u8) > 0) || text.IndexOf(" Ty "u8) > 0;
            if (end < 0) return false;
            // What was filtered for may stand before.
            if (!text.StartsWith("Filtering the log data"u8) && !text.StartsWith("Skipping "u8) && !text.StartsWith("="u8) && !text.TrimEnd((byte)'\r').IsEmpty) return false;
            head = head[(end + 1)..];
        }

        return false;
    }

    protected override bool Next(IBufferWriter<byte> lines)
    {
        while (_lines.Next(out var line))
        {
            if (!IsStart(line))
            {
                _taken++;
                if (_record.Count is > 0 and < LogLimits.MaxRecordBytes / 4)
                {
                    _record.Add((byte)'\n');
                    _record.AddRange(line);
                }

                continue;
            }

            Write(lines);
            _record.AddRange(line);
            _taken++;
            if (_taken > 1) return true;
        }

        if (_record.Count == 0) return false;
        Write(lines);
        return false;
    }

    private static bool IsStart(ReadOnlySpan<byte> line) =>
        line.Length > 24 && line[4] == '-' && line[7] == '-' && line[10] == ' ' && line[13] == ':' && line[16] == ':' && line[19] == '.' && char.IsAsciiDigit((char)line[0]);

    /// <summary>Writes the record at hand, and an empty line for each further one that it took.</summary>
    private void Write(IBufferWriter<byte> lines)
    {
        if (_record.Count > 0)
            using (var json = new Utf8JsonWriter(lines))
            {
                json.WriteStartObject();
                Members(json, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_record));
                json.WriteEndObject();
            }

        for (; _taken > 0; _taken--) lines.Write("\n"u8);
        _record.Clear();
    }

    private static void Members(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        // The clock has a zone in all styles but the compact one.
        var clock = text[19..].IndexOf((byte)' ') + 19;
        Put(json, "timestamp"u8, text[..clock]);
        var rest = text[clock..].TrimStart((byte)' ');
        if (rest.StartsWith("0x"u8))
        {
            Put(json, "threadID"u8, Word(ref rest));
            Put(json, "messageType"u8, Word(ref rest));
            Put(json, "activityIdentifier"u8, Word(ref rest));
            Put(json, "processID"u8, Word(ref rest));
            Word(ref rest);
            var colon = rest.IndexOf(": "u8);
            if (colon < 0) colon = rest.EndsWith(":"u8) ? rest.Length - 1 : -1;
            if (colon > 0)
            {
                Put(json, "process"u8, rest[..colon]);
                rest = rest[Math.Min(rest.Length, colon + 2)..];
            }
        }
        else
        {
            var word = Word(ref rest);
            if (word.Length <= 2) json.WriteString("messageType"u8, TypeOf(word));
            else Put(json, "hostname"u8, word);
            var open = rest.IndexOf((byte)'[');
            var close = open < 0 ? -1 : rest[open..].IndexOf((byte)']');
            if (open > 0 && close > 0)
            {
                Put(json, "process"u8, rest[..open]);
                var numbers = rest.Slice(open + 1, close - 1);
                var thread = numbers.IndexOf((byte)':');
                Put(json, "processID"u8, thread < 0 ? numbers : numbers[..thread]);
                if (thread > 0) Put(json, "threadID"u8, numbers[(thread + 1)..]);
                rest = rest[(open + close + 1)..];
                if (rest.StartsWith(":"u8)) rest = rest[1..];
            }
        }

        Message(json, rest);
    }

    /// <summary>Before the message may stand the library that wrote it, and its subsystem with a category.</summary>
    private static void Message(Utf8JsonWriter json, ReadOnlySpan<byte> rest)
    {
        var trimmed = rest.TrimStart((byte)' ');
        if (trimmed.StartsWith("("u8) && trimmed.IndexOf(") "u8) is > 1 and < 128 and var sender)
        {
            Put(json, "sender"u8, trimmed[1..sender]);
            rest = trimmed = trimmed[(sender + 1)..].TrimStart((byte)' ');
        }

        if (trimmed.StartsWith("["u8) && trimmed.IndexOf((byte)']') is > 1 and < 256 and var end && trimmed[..end].IndexOf((byte)':') is > 1 and var colon)
        {
            Put(json, "subsystem"u8, trimmed[1..colon]);
            Put(json, "category"u8, trimmed[(colon + 1)..end]);
            rest = trimmed[(end + 1)..];
        }

        Put(json, "eventMessage"u8, rest.Trim((byte)' '));
    }

    /// <summary>The compact style writes a letter or two.</summary>
    private static string TypeOf(ReadOnlySpan<byte> letters) => Encoding.Latin1.GetString(letters) switch
    {
        "Df" => "Default",
        "I" => "Info",
        "Db" => "Debug",
        "E" => "Error",
        "F" => "Fault",
        "A" => "Activity",
        var other => other,
    };

    private static void Put(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => json.WriteString(name, Encoding.UTF8.GetString(value));

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)' ');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..].TrimStart((byte)' ');
        return word;
    }
}
