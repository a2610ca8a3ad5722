using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Json;

/// <summary>Reads events from blocks of JSON: one object a line, or objects one after the other with anything of a list between.</summary>
internal sealed class JsonBlockParser(ShapeTries tries, TextRecords texts, bool lines) : IBlockParser
{
    private readonly JsonShapes _shapes = new(tries, texts);
    private LogBlock _block = null!;
    private byte[] _data = [];
    private byte[] _mended = [];
    private int _position;
    private int _end;
    private int _lineEnd;
    private int _counted;
    private long _line;
    private int _index;
    private bool _valid;

    public void Start(LogBlock block)
    {
        _block = block;
        _data = block.Data;
        _position = 0;
        _end = block.Length;
        _lineEnd = 0;
        _counted = 0;
        _line = block.Line;
        _index = 0;
        // One look at the whole block is cheaper than one at each record.
        _valid = Utf8.IsValid(block.Data.AsSpan(0, block.Length));
        _shapes.Forget();
    }

    public bool Next(LogEvent target) => lines ? NextInLine(target) : NextInDocument(target);

    private bool NextInLine(LogEvent target)
    {
        while (true)
        {
            if (_position >= _lineEnd && !NextLine()) return false;
            while (_position < _lineEnd && _data[_position] is <= (byte)' ' or (byte)',') _position++;
            if (_position >= _lineEnd) continue;
            var start = _position;
            if (_data[start] != '{')
            {
                Skip(LogProblemCodes.Malformed, "start", "the line does not hold a JSON object", "Remove the line, or check how the file was written.");
                _position = _lineEnd;
                continue;
            }

            if (Read(target, start, _lineEnd)) return true;
            _position = _lineEnd;
        }
    }

    private bool NextInDocument(LogEvent target)
    {
        while (true)
        {
            var next = _data.AsSpan(_position, _end - _position).IndexOf((byte)'{');
            if (next < 0) return false;
            _position += next;
            _line += _data.AsSpan(_counted, _position - _counted).Count((byte)'\n');
            _counted = _position;
            var start = _position;
            var length = default(JsonBoundary).Scan(_data.AsSpan(start, _end - start));
            var end = length < 0 ? _end : start + length;
            if (Read(target, start, end)) return true;
            _position = end;
        }
    }

    private bool NextLine()
    {
        if (_position >= _end) return false;
        if (_position > 0) _line++;
        var length = _data.AsSpan(_position, _end - _position).IndexOf((byte)'\n');
        _lineEnd = length < 0 ? _end : _position + length + 1;
        return true;
    }

    private bool Read(LogEvent target, int start, int end)
    {
        var data = _data;
        var from = start;
        var to = end;
        if (!_valid && !Utf8.IsValid(data.AsSpan(start, end - start))) Mend(ref data, ref from, ref to);
        var after = _shapes.Parse(target, data, from, to);
        if (after < 0)
        {
            Skip(LogProblemCodes.Malformed, _shapes.Error, $"not well-formed JSON: {_shapes.Error}", "Check whether the record was cut off when it was written or copied.");
            return false;
        }

        _position = ReferenceEquals(data, _data) ? after : end;
        // A record that was carried as text lies at the start of bytes of its own.
        target.RawStart = _shapes.TextLength >= 0 ? 0 : from;
        target.RawLength = _shapes.TextLength >= 0 ? _shapes.TextLength : after - from;
        target.Line = _line;
        target.Offset = _block.Offset + start;
        target.Index = _index++;
        return true;
    }

    private void Mend(ref byte[] data, ref int from, ref int to)
    {
        var text = System.Text.Encoding.UTF8.GetString(data, from, to - from);
        var size = System.Text.Encoding.UTF8.GetByteCount(text);
        if (_mended.Length < size + JsonEventParser.Slack) _mended = new byte[size + JsonEventParser.Slack];
        to = System.Text.Encoding.UTF8.GetBytes(text, _mended);
        from = 0;
        data = _mended;
        _block.Tally.Note(
            LogProblemCodes.InvalidUtf8,
            "",
            _line,
            "bytes that are not UTF-8 were replaced by U+FFFD",
            "If the file has another encoding, convert it to UTF-8 first.");
    }

    private void Skip(string code, string kind, string message, string fix) => _block.Tally.Skip(code, kind, _line, message, fix);
}
