using System.Text;
using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Auditd;

/// <summary>Reads audit events: the records of one event, which share a time and serial, are joined.</summary>
internal sealed class AuditBlockParser(ShapeTries tries, LogReadOptions options) : IBlockParser
{
    private readonly AuditFields _fields = new(tries.Named("auditd"));
    private readonly List<Line> _lines = [];
    private readonly List<int> _events = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private LogBlock _block = null!;
    private int _next;

    public void Start(LogBlock block)
    {
        _block = block;
        _next = 0;
        _lines.Clear();
        _events.Clear();
        _open.Clear();
        var number = block.Line - 1;
        for (var at = 0; at < block.Length;)
        {
            var rest = block.Data.AsSpan(at, block.Length - at);
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end + 1;
            number++;
            Join(rest[..length].TrimEnd("\r\n"u8), at, number);
            at += length;
        }

        _open.Clear();
    }

    public bool Next(LogEvent target)
    {
        if (_next == _events.Count) return false;
        var first = _events[_next];
        var line = _lines[first];
        target.Begin(_block.Data);
        target.Trie = _fields.Trie;
        var end = line.Start + line.Length;
        for (var i = first; i >= 0; i = _lines[i].Next)
        {
            line = _lines[i];
            end = Math.Max(end, line.Start + line.Length);
            if (!AuditLine.TryParse(_block.Data.AsSpan(line.Start, line.Length), out var record)) continue;
            _fields.Add(target, record);
            if (i != first) continue;
            target.RecordNumber = record.Serial;
            if (TryTime(record, out var time)) target.SetTime(time);
        }

        var start = _lines[first];
        target.RawStart = start.Start;
        target.RawLength = end - start.Start;
        target.Line = start.Number;
        target.Offset = _block.Offset + start.Start;
        target.Index = _next++;
        return true;
    }

    private bool TryTime(AuditLine record, out LogTime time)
    {
        if (!record.IsInterpreted) return LogTimes.TryParse(record.Time, null, true, out time);
        if (!LogTimes.TryParse(record.Time, options.AssumedOffset, false, out time)) return false;
        if (time.Quality != TimeQuality.Exact && options.ZoneOf?.Invoke(_block.File.Name) is { } zone && LogTimes.TryParse(record.Time, null, false, out var clock))
            time = LogTimes.In(clock, zone);
        return true;
    }

    private void Join(ReadOnlySpan<byte> text, int start, long number)
    {
        if (text.IsEmpty || AuditLine.IsSeparator(text)) return;
        if (!AuditLine.TryParse(text, out var record))
        {
            _block.Tally.Skip(LogProblemCodes.Malformed, "line", number, "the line is no audit record", "Remove the line, or check how the file was written.");
            return;
        }

        if (!Utf8.IsValid(text))
            _block.Tally.Note(LogProblemCodes.InvalidUtf8, "", number, "bytes that are not UTF-8 were replaced by U+FFFD", "Check how the file was copied.");
        var added = _lines.Count;
        _lines.Add(new Line(start, text.Length, number, -1, added));
        var key = Encoding.Latin1.GetString(record.Node) + " " + Encoding.Latin1.GetString(record.Stamp);
        if (_open.TryGetValue(key, out var first))
        {
            var last = _lines[first].Last;
            _lines[last] = _lines[last] with { Next = added };
            _lines[first] = _lines[first] with { Last = added };
            return;
        }

        _open[key] = added;
        _events.Add(added);
    }

    private readonly record struct Line(int Start, int Length, long Number, int Next, int Last);
}
