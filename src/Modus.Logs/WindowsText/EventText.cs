using Modus.Logs.Messages;

namespace Modus.Logs.WindowsText;

/// <summary>
/// Windows events as text: what Splunk keeps of them (<c>LogName=Security</c> below a clock), and what <c>wevtutil qe /f:text</c>
/// prints (<c>Log Name: Security</c> below <c>Event[0]:</c>). Both end in the text that Windows makes for people. Lists of PowerShell
/// are <see cref="EventList"/>'s.
/// </summary>
internal static class EventText
{
    /// <summary>Header lines by their names there, and the names that Get-WinEvent gives them.</summary>
    private static readonly (byte[] Written, byte[] Name)[] Names =
    [
        ("LogName"u8.ToArray(), "LogName"u8.ToArray()),
        ("Log Name"u8.ToArray(), "LogName"u8.ToArray()),
        ("EventCode"u8.ToArray(), "Id"u8.ToArray()),
        ("Event ID"u8.ToArray(), "Id"u8.ToArray()),
        ("SourceName"u8.ToArray(), "ProviderName"u8.ToArray()),
        ("Source"u8.ToArray(), "ProviderName"u8.ToArray()),
        ("ComputerName"u8.ToArray(), "MachineName"u8.ToArray()),
        ("Computer"u8.ToArray(), "MachineName"u8.ToArray()),
        ("RecordNumber"u8.ToArray(), "RecordId"u8.ToArray()),
        ("Date"u8.ToArray(), "TimeCreated"u8.ToArray()),
        ("Sid"u8.ToArray(), "UserId"u8.ToArray()),
        ("TaskCategory"u8.ToArray(), "TaskDisplayName"u8.ToArray()),
        ("Task"u8.ToArray(), "TaskDisplayName"u8.ToArray()),
        ("OpCode"u8.ToArray(), "OpcodeDisplayName"u8.ToArray()),
        ("Opcode"u8.ToArray(), "OpcodeDisplayName"u8.ToArray()),
        ("Type"u8.ToArray(), "LevelDisplayName"u8.ToArray()),
        ("Level"u8.ToArray(), "LevelDisplayName"u8.ToArray()),
        ("Keywords"u8.ToArray(), "KeywordsDisplayNames"u8.ToArray()),
        ("Keyword"u8.ToArray(), "KeywordsDisplayNames"u8.ToArray()),
    ];

    /// <summary>Whether text begins like such an event.</summary>
    public static bool Looks(ReadOnlySpan<byte> text) => text.TrimStart("\r\n \t"u8) is var trimmed && IsStart(trimmed, 0);

    /// <summary>The start of the first event at or behind the start of a line; -1 where there is none.</summary>
    public static int Next(ReadOnlySpan<byte> text, int from)
    {
        for (var at = from; at < text.Length;)
        {
            if (IsStart(text, at)) return at;
            var end = text[at..].IndexOf((byte)'\n');
            if (end < 0) return -1;
            at += end + 1;
        }

        return -1;
    }

    /// <summary>The start of the last event, before which all are whole; 0 where there is none.</summary>
    public static int LastStart(ReadOnlySpan<byte> text)
    {
        for (var end = text.Length; end > 0;)
        {
            var line = text[..end].LastIndexOf((byte)'\n');
            if (line < 0) return 0;
            if (IsStart(text, line + 1)) return line + 1;
            end = line;
        }

        return 0;
    }

    /// <summary>Reads an event, under the names of Get-WinEvent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        text = text.TrimStart("\r\n \t"u8);
        if (EventList.IsStart(text, 0)) return EventList.TryRead(text, pairs);
        if (!IsStart(text)) return false;
        var isPrinted = text.StartsWith("Event["u8);
        var first = Line(ref text);
        if (!isPrinted) pairs.Add("TimeCreated"u8, first);
        while (!text.IsEmpty)
        {
            var line = Line(ref text);
            var mark = line.IndexOf(isPrinted ? (byte)':' : (byte)'=');
            if (mark <= 0) continue;
            var name = line[..mark].Trim((byte)' ');
            var value = line[(mark + 1)..].Trim((byte)' ');
            if (name.SequenceEqual("Message"u8) || name.SequenceEqual("Description"u8))
            {
                pairs.Add("Message"u8, value);
                pairs.Append("\n"u8);
                pairs.Append(text.TrimEnd("\r\n "u8));
                break;
            }

            foreach (var (written, known) in Names)
                if (name.SequenceEqual(written) && pairs.Find(known) < 0) pairs.Add(known, value);
        }

        return pairs.Find("LogName"u8) >= 0 && pairs.Find("Id"u8) >= 0;
    }

    private static bool IsStart(ReadOnlySpan<byte> text, int at) => IsStart(text[at..]) || EventList.IsStart(text, at);

    private static bool IsStart(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Event["u8)) return text[..Math.Min(text.Length, 24)].IndexOf("]"u8) is > 6 and var close && text[close..].TrimStart("]: \r"u8).StartsWith("\n"u8);
        var end = text[..Math.Min(text.Length, 48)].IndexOf((byte)'\n');
        return end is > 12 and < 48 && text[(end + 1)..].StartsWith("LogName="u8) && LogTimes.TryParse(text[..end].TrimEnd((byte)'\r'), null, false, out _);
    }

    private static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }
}
