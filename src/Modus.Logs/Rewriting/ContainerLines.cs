using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>
/// What container runtimes of Kubernetes keep of a program's output: <c>2025-03-04T10:11:12.123Z stdout F text</c>. It becomes what
/// Docker keeps of the same; parts of long lines (<c>P</c>) are joined.
/// </summary>
internal sealed class ContainerLines(Stream stream) : RewritingStream
{
    private readonly TextLines _lines = new(stream);
    private readonly List<byte> _text = [];

    /// <summary>Whether the first lines are of this form.</summary>
    public static bool Looks(ReadOnlySpan<byte> head)
    {
        var seen = 0;
        while (seen < 3 && head.IndexOf((byte)'\n') is > 0 and var end)
        {
            if (!TryTake(head[..end].TrimEnd((byte)'\r'), out _, out _, out _, out _)) return false;
            seen++;
            head = head[(end + 1)..];
        }

        return seen > 0 || TryTake(head, out _, out _, out _, out _);
    }

    protected override bool Next(IBufferWriter<byte> lines)
    {
        _text.Clear();
        var parts = 0;
        while (_lines.Next(out var line))
        {
            if (!TryTake(line, out var time, out var stream, out var isPart, out var text))
            {
                lines.Write(line);
                lines.Write("\n"u8);
                return true;
            }

            parts++;
            if (_text.Count < LogLimits.MaxRecordBytes / 2) _text.AddRange(text);
            if (isPart) continue;
            using (var json = new Utf8JsonWriter(lines))
            {
                json.WriteStartObject();
                json.WriteString("log"u8, Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_text)));
                json.WriteString("stream"u8, stream);
                json.WriteString("time"u8, time);
                json.WriteEndObject();
            }

            for (; parts > 0; parts--) lines.Write("\n"u8);
            return true;
        }

        return false;
    }

    private static bool TryTake(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> time, out ReadOnlySpan<byte> stream, out bool isPart, out ReadOnlySpan<byte> text)
    {
        time = stream = text = default;
        isPart = false;
        var blank = line.IndexOf((byte)' ');
        if (blank is < 20 or > 40 || line[4] != '-' || line[10] != 'T') return false;
        time = line[..blank];
        line = line[(blank + 1)..];
        if (!line.StartsWith("stdout "u8) && !line.StartsWith("stderr "u8)) return false;
        stream = line[..6];
        line = line[7..];
        if (line.IsEmpty || line[0] is not ((byte)'F' or (byte)'P') || (line.Length > 1 && line[1] is not ((byte)' ' or (byte)':'))) return false;
        isPart = line[0] == 'P';
        blank = line.IndexOf((byte)' ');
        text = blank < 0 ? default : line[(blank + 1)..];
        return true;
    }
}
