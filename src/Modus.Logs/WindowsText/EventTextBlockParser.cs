using System.Text.Unicode;
using Modus.Logs.Reading;

namespace Modus.Logs.WindowsText;

/// <summary>Reads Windows events that stand one after the other as text.</summary>
internal sealed class EventTextBlockParser(EventTextReader reader) : IBlockParser
{
    private LogBlock _block = null!;
    private int _position;
    private int _counted;
    private long _line;
    private int _index;

    public void Start(LogBlock block)
    {
        _block = block;
        _position = 0;
        _counted = 0;
        _line = block.Line;
        _index = 0;
    }

    public bool Next(LogEvent target)
    {
        var data = _block.Data.AsSpan(0, _block.Length);
        while (_position < data.Length)
        {
            var start = EventText.Next(data, _position);
            if (start < 0) return false;
            var line = data[start..].IndexOf((byte)'\n');
            var end = line < 0 ? -1 : EventText.Next(data, start + line + 1);
            if (end < 0) end = data.Length;
            _position = end;
            _line += data[_counted..start].Count((byte)'\n');
            _counted = start;
            target.Begin(_block.Data);
            if (!reader.Read(target, data[start..end]))
            {
                _block.Tally.Skip(LogProblemCodes.Malformed, "text", _line, "an event names no log or no number", "Check whether the event was cut off when it was written or copied.");
                continue;
            }

            if (!Utf8.IsValid(data[start..end]))
                _block.Tally.Note(LogProblemCodes.InvalidUtf8, "", _line, "bytes that are not UTF-8 were replaced by U+FFFD", "If the file has another encoding, convert it to UTF-8 first.");
            target.RawStart = start;
            target.RawLength = data[start..end].TrimEnd("\r\n "u8).Length;
            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }
}
