using System.Buffers.Text;

namespace Modus.Logs.Syslog;

/// <summary>The parts of a syslog message.</summary>
internal struct SyslogHeader
{
    public int Priority;
    public int Version;
    public LogTime Time;
    public bool YearAssumed;
    public Range TimeRange;
    public Range HostRange;
    public Range ProgramRange;
    public Range ProcessRange;
    public Range MessageIdRange;
    public Range DataRange;
    public Range MessageRange;
}

/// <summary>Takes syslog messages apart.</summary>
internal static class SyslogText
{
    private const int MaxTagBytes = 128;

    /// <summary>A line without the priority that may stand before it.</summary>
    public static ReadOnlySpan<byte> WithoutPriority(ReadOnlySpan<byte> text) =>
        text.Length > 3 && text[0] == '<' && Utf8Parser.TryParse(text[1..], out int _, out var used) && used <= 3 && 1 + used < text.Length && text[1 + used] == '>' ? text[(used + 2)..] : text;

    public static bool TryHeader(ReadOnlySpan<byte> text, int year, TimeSpan? offset, out SyslogHeader header)
    {
        header = new SyslogHeader { Priority = -1 };
        var at = 0;
        if (text.Length > 3 && text[0] == '<' && Utf8Parser.TryParse(text[1..], out int priority, out var used) && used <= 3 && 1 + used < text.Length && text[1 + used] == '>')
        {
            if (priority > 191) return false;
            header.Priority = priority;
            at = used + 2;
            if (at + 2 < text.Length && text[at] == '1' && text[at + 1] == ' ')
            {
                header.Version = 1;
                return TryModern(text, at + 2, offset, ref header);
            }
        }

        return TryTime(text, ref at, year, offset, ref header) && TryRest(text, at, ref header);
    }

    /// <summary>RFC 5424, behind the version.</summary>
    private static bool TryModern(ReadOnlySpan<byte> text, int at, TimeSpan? offset, ref SyslogHeader header)
    {
        header.TimeRange = Word(text, ref at);
        if (text[header.TimeRange] is not [(byte)'-'] && !LogTimes.TryParse(text[header.TimeRange], offset, false, out header.Time)) return false;
        header.HostRange = Value(text, Word(text, ref at));
        header.ProgramRange = Value(text, Word(text, ref at));
        header.ProcessRange = Value(text, Word(text, ref at));
        header.MessageIdRange = Value(text, Word(text, ref at));
        if (at >= text.Length) return false;
        if (text[at] == '-')
        {
            at++;
        }
        else
        {
            var start = at;
            while (at < text.Length && text[at] == '[')
            {
                var end = ElementEnd(text, at);
                if (end < 0) return false;
                at = end;
            }

            if (at == start) return false;
            header.DataRange = start..at;
        }

        while (at < text.Length && text[at] == ' ') at++;
        if (text[at..].StartsWith("\ufeff"u8)) at += 3;
        header.MessageRange = at..text.Length;
        return true;
    }

    /// <summary>The place behind a structured data element; quotes within values may be escaped.</summary>
    public static int ElementEnd(ReadOnlySpan<byte> text, int at)
    {
        var quoted = false;
        for (var i = at; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted) i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (text[i] == ']' && !quoted) return i + 1;
        }

        return -1;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, ref int at, int year, TimeSpan? offset, ref SyslogHeader header)
    {
        var start = at;
        if (Month(text[at..]) is var month and > 0)
        {
            // "Jan  2 03:04:05" or, from some devices, "Jan  2 2025 03:04:05" and a colon behind.
            at += 4;
            if (!Number(text, ref at, out var day)) return false;
            if (!Number(text, ref at, out var hour)) return false;
            header.YearAssumed = true;
            if (hour is >= 1970 and <= 9999)
            {
                header.YearAssumed = false;
                year = hour;
                if (!Number(text, ref at, out hour)) return false;
            }

            if (!Colon(text, ref at, out var minute) || !Colon(text, ref at, out var second)) return false;
            if (at < text.Length && text[at] == '.')
                for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]);) at++;
            if (month == 2 && day == 29 && !DateTime.IsLeapYear(year)) day = 28;
            if (year is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60) return false;
            header.Time = LogTimes.Local(new DateTime(year, month, day, hour, minute, Math.Min(second, 59)), offset);
        }
        else
        {
            var end = text[at..].IndexOf((byte)' ');
            if (end < 19 || end > 40 || !LogTimes.TryParse(text.Slice(at, end), offset, false, out header.Time) || text[at + 10] != 'T') return false;
            at += end;
        }

        header.TimeRange = start..at;
        if (at < text.Length && text[at] == ':') at++;
        return at < text.Length && text[at] == ' ';
    }

    /// <summary>Host, program with process number, message.</summary>
    private static bool TryRest(ReadOnlySpan<byte> text, int at, ref SyslogHeader header)
    {
        at++;
        header.HostRange = Word(text, ref at);
        var start = at;
        header.MessageRange = start..text.Length;
        while (at < text.Length && at - start < MaxTagBytes && text[at] is not ((byte)':' or (byte)'[' or (byte)' ')) at++;
        if (at >= text.Length || at == start || text[at] == ' ') return true;
        var program = start..at;
        var process = default(Range);
        if (text[at] == '[')
        {
            var end = text[at..].IndexOf((byte)']');
            if (end < 0 || end > 20) return true;
            process = (at + 1)..(at + end);
            at += end + 1;
        }

        if (at >= text.Length || text[at] != ':') return true;
        at++;
        if (at < text.Length && text[at] == ' ') at++;
        header.ProgramRange = program;
        header.ProcessRange = process;
        header.MessageRange = at..text.Length;
        return true;
    }

    private static Range Word(ReadOnlySpan<byte> text, ref int at)
    {
        var end = text[at..].IndexOf((byte)' ');
        var range = end < 0 ? at..text.Length : at..(at + end);
        at = end < 0 ? text.Length : at + end + 1;
        return range;
    }

    private static Range Value(ReadOnlySpan<byte> text, Range range) => text[range] is [(byte)'-'] ? default : range;

    private static bool Number(ReadOnlySpan<byte> text, ref int at, out int value)
    {
        value = 0;
        while (at < text.Length && text[at] == ' ') at++;
        if (!Utf8Parser.TryParse(text[at..], out value, out var used) || value < 0 || used > 4) return false;
        at += used;
        return true;
    }

    private static bool Colon(ReadOnlySpan<byte> text, ref int at, out int value)
    {
        value = 0;
        if (at >= text.Length || text[at] != ':') return false;
        at++;
        return at < text.Length && text[at] != ' ' && Number(text, ref at, out value);
    }

    private static int Month(ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || text[3] != ' ') return 0;
        var names = "JanFebMarAprMayJunJulAugSepOctNovDec"u8;
        for (var i = 0; i < 12; i++)
            if (text[..3].SequenceEqual(names.Slice(i * 3, 3))) return i + 1;
        return 0;
    }
}
