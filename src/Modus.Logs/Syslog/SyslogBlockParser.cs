using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;
using Modus.Logs.Xml;

namespace Modus.Logs.Syslog;

/// <summary>Reads syslog lines: RFC 5424, RFC 3164, and what daemons write to files (with or without priority, old or ISO times).</summary>
/// <remarks>Sysmon for Linux writes whole XML events as messages: such a message is the event.</remarks>
internal sealed class SyslogBlockParser(ShapeTries tries, ShapeTries events, LogReadOptions options) : IBlockParser
{
    private readonly XmlEventReader _xml = new(events.Named("evtx"));
    private readonly SyslogFields _fields = new(tries.Named("syslog"));
    private LogBlock _block = null!;
    private int _position;
    private long _line;
    private int _index;

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

            target.RawStart = start;
            target.RawLength = rawLength;
            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }

    /// <summary>Whether a line begins like a syslog message.</summary>
    public static bool Looks(ReadOnlySpan<byte> line) => SyslogText.TryHeader(line, 2000, null, out _);

    private bool Read(LogEvent target, ReadOnlySpan<byte> text)
    {
        var year = options.AssumedYear ?? _block.File.Written.Year;
        var known = options.AssumedYear is not null;
        if (!SyslogText.TryHeader(text, year, options.AssumedOffset, out var header)) return false;
        // A log of last December that was written on in January: the newest line decides the year.
        if (header.YearAssumed && !known && header.Time.Utc > _block.File.Written.AddDays(1) && _block.File.Written > DateTime.UnixEpoch)
            SyslogText.TryHeader(text, year - 1, options.AssumedOffset, out header);
        if (header.Time.Quality == TimeQuality.ZoneUnknown && options.ZoneOf?.Invoke(_block.File.Name) is { } zone) header.Time = LogTimes.In(header.Time, zone);
        var message = text[header.MessageRange];
        if (message.StartsWith("<Event>"u8) && message.EndsWith("</Event>"u8))
        {
            if (_xml.Read(target, message) is null) return true;
            target.Begin(_block.Data);
        }

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
        return true;
    }
}
