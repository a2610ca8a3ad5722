using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Messages;
using Modus.Logs.Reading;
using Modus.Logs.Xml;

namespace Modus.Logs.Syslog;

/// <summary>Reads syslog lines: RFC 5424, RFC 3164, and what daemons write to files (with or without priority, old or ISO times).</summary>
/// <remarks>
/// Messages that are records of a form of their own are read as such: XML (Sysmon for Linux), JSON, CEF, LEEF, Cisco's, Snare's, rows, pairs.
/// Lines of these forms need no header.
/// </remarks>
internal sealed class SyslogBlockParser(ShapeTries tries, ShapeTries events, MessageRecords messages, LogReadOptions options) : IBlockParser
{
    private readonly XmlEventReader _xml = new(events.Named("evtx"));
    private readonly SyslogFields _fields = new(tries.Named("syslog"));
    private LogBlock _block = null!;
    private int _position;
    private long _line;
    private int _index;
    private bool _isText;

    public void Start(LogBlock block)
    {
        _block = block;
        _position = 0;
        _line = block.Line - 1;
        _index = 0;
    }

    public bool Next(LogEvent target)
    {
        while (_position < _block.Length)
        {
            var rest = _block.Data.AsSpan(_position, _block.Length - _position);
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end + 1;
            var start = _position;
            _position += length;
            _line++;
            var text = rest[..length].TrimEnd("\r\n"u8);
            if (text.IsEmpty) continue;
            var rawLength = text.Length;
            if (!Utf8.IsValid(text))
            {
                _block.Tally.Note(LogProblemCodes.InvalidUtf8, "", _line, "bytes that are not UTF-8 were replaced by U+FFFD", "If the file has another encoding, convert it to UTF-8 first.");
                text = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(text));
            }

            target.Begin(_block.Data);
            if (!Read(target, text))
            {
                _block.Tally.Skip(LogProblemCodes.Malformed, "line", _line, "the line does not begin like a syslog message", "Check whether messages were broken over several lines.");
                continue;
            }

            if (!_isText)
            {
                target.RawStart = start;
                target.RawLength = rawLength;
            }

            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }

    /// <summary>Whether a line begins like a syslog message.</summary>
    public static bool Looks(ReadOnlySpan<byte> line) => SyslogText.TryHeader(line, 2000, null, out _) || MessageRecords.Looks(line);

    private bool Read(LogEvent target, ReadOnlySpan<byte> text)
    {
        _isText = false;
        if (!TryHeader(text, out var header))
        {
            header = default;
            if (!messages.TryRead(target, _block.Data, SyslogText.WithoutPriority(text), default, alone: true, out _isText)) return false;
            TryClock(text, ref header);
            MessageRecords.AddHeader(target, header, text);
            return true;
        }

        var message = text[header.MessageRange];
        if (message.StartsWith("<Event>"u8) && message.EndsWith("</Event>"u8))
        {
            if (_xml.Read(target, message) is null) return true;
            target.Begin(_block.Data);
        }

        if (Record(target, text, ref header)) return true;
        target.Trie = _fields.Trie;
        target.SetTime(header.Time);
        if (header.Priority >= 0)
        {
            SyslogFields.Number(target, _fields.Facility, header.Priority >> 3);
            SyslogFields.Number(target, _fields.Severity, header.Priority & 7);
        }

        SyslogFields.Text(target, _fields.Timestamp, text[header.TimeRange]);
        SyslogFields.Text(target, _fields.Host, text[header.HostRange]);
        if (!text[header.ProgramRange].IsEmpty) SyslogFields.Text(target, _fields.Program, text[header.ProgramRange]);
        if (!text[header.ProcessRange].IsEmpty) SyslogFields.Text(target, _fields.Process, text[header.ProcessRange]);
        if (!text[header.MessageIdRange].IsEmpty) SyslogFields.Text(target, _fields.MessageId, text[header.MessageIdRange]);
        _fields.Structured(target, text[header.DataRange]);
        SyslogFields.Text(target, _fields.Message, message);
        if (text[header.ProgramRange].SequenceEqual("sudo"u8)) _fields.Sudo(target, message);
        return true;
    }

    private bool TryHeader(ReadOnlySpan<byte> text, out SyslogHeader header)
    {
        var year = options.AssumedYear ?? _block.File.Written.Year;
        var known = options.AssumedYear is not null;
        if (!SyslogText.TryHeader(text, year, options.AssumedOffset, out header)) return false;
        // A log of last December that was written on in January: the newest line decides the year.
        if (header.YearAssumed && !known && header.Time.Utc > _block.File.Written.AddDays(1) && _block.File.Written > DateTime.UnixEpoch)
            SyslogText.TryHeader(text, year - 1, options.AssumedOffset, out header);
        if (header.Time.Quality == TimeQuality.ZoneUnknown && options.ZoneOf?.Invoke(_block.File.Name) is { } zone) header.Time = LogTimes.In(header.Time, zone);
        return true;
    }

    /// <summary>Reads a message behind a header where it is a record of a form of its own.</summary>
    private bool Record(LogEvent target, ReadOnlySpan<byte> text, ref SyslogHeader header)
    {
        var from = header.MessageRange.Start.Value;
        var program = text[header.ProgramRange];
        // The marks of these forms look like the name of a program.
        if (program.SequenceEqual("CEF"u8) || program.SequenceEqual("LEEF"u8))
        {
            from = header.ProgramRange.Start.Value;
            program = default;
        }
        else if (header.Version == 0 && CiscoText.Find(text[header.TimeRange.End.Value..], out _) is var code and >= 0)
        {
            // Between the clock and the code stand the device's name, a number and its own clock, or some of them, or nothing.
            var start = header.TimeRange.End.Value;
            var before = text.Slice(start, code).TrimStart(" :"u8);
            var end = before.IndexOf((byte)' ');
            var word = end < 0 ? default : before[..end];
            header.HostRange = word.IsEmpty || word[^1] == ':' ? default : (start + code - before.Length)..(start + code - before.Length + word.Length);
            from = start + code;
            program = default;
        }

        else if (SnareText.Find(text[from..]) < 0 && SnareText.Find(text) is var mark and >= 0)
        {
            from = mark;
            program = default;
        }
        else if (!text[header.ProgramRange].IsEmpty && char.IsAsciiDigit((char)text[header.ProgramRange.Start.Value]) && messages.IsRow(text[header.ProgramRange.Start.Value..]))
        {
            // The first value looks like the name of a program.
            from = header.ProgramRange.Start.Value;
            program = default;
        }

        if (!messages.TryStructured(target, text[header.DataRange], text[header.ProgramRange], text[header.MessageRange]) && !messages.TryRead(target, _block.Data, text[from..], program, alone: false, out _isText)) return false;
        MessageRecords.AddHeader(target, header, text);
        return true;
    }

    /// <summary>The clock of a device that stands somewhere before the code of its message.</summary>
    private void TryClock(ReadOnlySpan<byte> text, ref SyslogHeader header)
    {
        var code = CiscoText.Find(text, out _);
        if (code < 0) return;
        for (var at = 0; at < code; at++)
            if (char.IsAsciiLetterUpper((char)text[at]) && TryHeader(text[at..], out var found))
            {
                header.Time = found.Time;
                return;
            }
    }
}
