using System.Buffers;
using System.Text;
using Modus.Logs.Messages;

namespace Modus.Logs.WindowsText;

/// <summary>
/// Windows events as <c>Format-List</c> of PowerShell prints them: a line for each property, with a colon below the others' colons;
/// what goes on is indented, and an empty line stands between events. Lines that the width of the window broke are joined again.
/// </summary>
internal static class EventList
{
    /// <summary>The names of Get-WinEvent and Get-EventLog, and what the first calls those of the second.</summary>
    private static readonly Dictionary<string, byte[]> Names = new(StringComparer.Ordinal)
    {
        ["EventID"] = "Id"u8.ToArray(),
        ["Source"] = "ProviderName"u8.ToArray(),
        ["Index"] = "RecordId"u8.ToArray(),
        ["TimeGenerated"] = "TimeCreated"u8.ToArray(),
        ["EntryType"] = "LevelDisplayName"u8.ToArray(),
        ["Category"] = "TaskDisplayName"u8.ToArray(),
    };

    private static readonly SearchValues<byte> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly HashSet<string> First = new(StringComparer.Ordinal) { "Message", "Id", "Version", "TimeCreated", "ProviderName", "LogName", "MachineName", "RecordId", "Level", "LevelDisplayName", "EventID", "Index", "EntryType", "InstanceId", "TimeGenerated", "Source" };

    /// <summary>Whether an event begins at a place: a property's line that stands first, or below an empty line.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text, int at)
    {
        var line = Head(text[at..]);
        var name = NameOf(line, out var colon);
        if (name.IsEmpty || !First.Contains(Encoding.ASCII.GetString(name))) return false;
        var before = text[..at].TrimEnd(" \t\r"u8);
        if (before.IsEmpty) return at == 0 && HasNumber(text, colon);
        if (before[^1] != '\n') return false;
        before = before[..^1].TrimEnd(" \t\r"u8);
        return (before.IsEmpty || before[^1] == '\n') && HasNumber(text[at..], colon);
    }

    /// <summary>Reads an event, under the names of Get-WinEvent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        text = text.Trim("\r\n"u8);
        var colon = -1;
        var width = 0;
        foreach (var range in text.Split((byte)'\n')) width = Math.Max(width, text[range].TrimEnd((byte)'\r').Length);
        var last = 0;
        while (!text.IsEmpty)
        {
            var line = Head(text);
            var end = text.IndexOf((byte)'\n');
            text = end < 0 ? default : text[(end + 1)..];
            var name = NameOf(line, out var found);
            if (!name.IsEmpty && (colon < 0 || found == colon))
            {
                colon = found;
                var known = Names.TryGetValue(Encoding.ASCII.GetString(name), out var other) ? other : name;
                if (pairs.Find(known) < 0) pairs.Add(known, line[(found + 1)..].Trim((byte)' '));
                else if (colon < 0) return false;
            }
            else if (colon >= 0)
            {
                Append(line, colon, last, width, pairs);
            }

            last = line.Length;
        }

        return pairs.Find("Id"u8) >= 0 && (pairs.Find("LogName"u8) >= 0 || pairs.Find("ProviderName"u8) >= 0);
    }

    /// <summary>Adds what goes on with a value: with a line break, or without one where the window was too narrow.</summary>
    private static void Append(ReadOnlySpan<byte> line, int colon, int last, int width, MessagePairs pairs)
    {
        var indent = 0;
        while (indent < line.Length && indent < colon + 2 && line[indent] == ' ') indent++;
        var more = line[indent..];
        var word = more.IndexOf((byte)' ');
        var first = word < 0 ? more.Length : word;
        // A broken line was as full as it could be: its next word would not have fitted any more.
        if (!more.IsEmpty && width >= 60 && last > colon + 2 && last + 1 + first > width && more[0] > ' ' && !IsLabel(more)) pairs.Append(last == width ? default : " "u8);
        else pairs.Append("\n"u8);
        pairs.Append(more);
    }

    private static bool IsLabel(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        return colon is > 0 and < 60 && (colon + 1 == text.Length || text[colon + 1] is (byte)' ' or (byte)'\t') && text[..colon].IndexOfAny("\\/\"='"u8) < 0;
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> line, out int colon)
    {
        colon = -1;
        var letters = line.IndexOfAnyExcept(NameLetters);
        if (letters is < 2 or > 40) return default;
        var blank = line[letters..].IndexOfAnyExcept((byte)' ');
        if (blank < 0 || line[letters + blank] != ':' || blank == 0) return default;
        colon = letters + blank;
        return line[..letters];
    }

    /// <summary>Whether an event's number stands below the same colon, before the next empty line that a property follows.</summary>
    private static bool HasNumber(ReadOnlySpan<byte> text, int colon)
    {
        for (var lines = 0; lines < 4096 && !text.IsEmpty; lines++)
        {
            var line = Head(text);
            var name = NameOf(line, out var found);
            if (found == colon && (name.SequenceEqual("Id"u8) || name.SequenceEqual("EventID"u8))) return true;
            var end = text.IndexOf((byte)'\n');
            text = end < 0 ? default : text[(end + 1)..];
        }

        return false;
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
    }
}
