using System.Buffers.Text;
using Modus.Logs.Syslog;

namespace Modus.Logs.Auditd;

/// <summary>The start of an audit record: <c>node=… type=… msg=audit(seconds.millis:serial): </c>.</summary>
internal readonly ref struct AuditLine
{
    private AuditLine(ReadOnlySpan<byte> node, ReadOnlySpan<byte> type, ReadOnlySpan<byte> stamp, ReadOnlySpan<byte> time, long serial, ReadOnlySpan<byte> body)
    {
        Node = node;
        Type = type;
        Stamp = stamp;
        Time = time;
        Serial = serial;
        Body = body;
    }

    /// <summary>The host, if the record names it.</summary>
    public ReadOnlySpan<byte> Node { get; }

    /// <summary>The record's type, such as <c>SYSCALL</c>.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>Time and serial as they stand; records of one event share it.</summary>
    public ReadOnlySpan<byte> Stamp { get; }

    /// <summary>Seconds since 1970 with milliseconds; in what ausearch interprets, a time of day without zone.</summary>
    public ReadOnlySpan<byte> Time { get; }

    /// <summary>The event's serial number.</summary>
    public long Serial { get; }

    /// <summary>Whether ausearch turned numbers into names (<c>-i</c>): nothing is hexadecimal then, and the clock is that of the machine it ran on.</summary>
    public bool IsInterpreted => Time.Contains((byte)'/') || Time.Contains((byte)'-');

    /// <summary>The fields.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Whether a line is one that ausearch writes between events.</summary>
    public static bool IsSeparator(ReadOnlySpan<byte> line) => line.SequenceEqual("----"u8) || line.StartsWith("time->"u8);

    /// <summary>Takes a line apart; false when it is no audit record.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out AuditLine record)
    {
        record = default;
        ReadOnlySpan<byte> node = default;
        if (line.StartsWith("node="u8))
        {
            var space = line.IndexOf((byte)' ');
            if (space < 0) return false;
            node = line[5..space];
            line = line[(space + 1)..];
        }

        if (!line.StartsWith("type="u8))
        {
            // Records that went through syslog stand behind its header, which names the host.
            if (!SyslogText.TryHeader(line, 2000, null, out var header)) return false;
            if (node.IsEmpty) node = line[header.HostRange];
            line = line[header.MessageRange];
            if (line.StartsWith("node="u8) && line.IndexOf((byte)' ') is > 0 and var end)
            {
                node = line[5..end];
                line = line[(end + 1)..];
            }

            if (!line.StartsWith("type="u8)) return false;
        }

        var typeEnd = line.IndexOf((byte)' ');
        if (typeEnd < 0) return false;
        var type = line[5..typeEnd];
        var rest = line[(typeEnd + 1)..];
        if (!rest.StartsWith("msg=audit("u8)) return false;
        rest = rest[10..];
        var close = rest.IndexOf((byte)')');
        if (close is < 0 or > 64) return false;
        var stamp = rest[..close];
        var colon = stamp.LastIndexOf((byte)':');
        if (colon < 0 || !Utf8Parser.TryParse(stamp[(colon + 1)..], out long serial, out _)) return false;
        rest = rest[(close + 1)..].TrimStart((byte)' ');
        if (rest.StartsWith(":"u8)) rest = rest[1..];
        record = new AuditLine(node, type, stamp, stamp[..colon], serial, rest.TrimStart((byte)' '));
        return true;
    }
}
