using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Xml;

/// <summary>Reads Windows events written as XML, each <c>Event</c> element on its own, so that one that is damaged costs only itself.</summary>
internal sealed class XmlBlockParser(ShapeTries tries) : IBlockParser
{
    private readonly XmlEventReader _reader = new(tries.Named("evtx"));
    private LogBlock _block = null!;
    private int _position;
    private int _counted;
    private long _line;
    private int _index;

    /// <summary>Whether text is an export of Windows events.</summary>
    public static bool Looks(ReadOnlySpan<byte> text) => Opening(text) >= 0 && text.IndexOf("<System"u8) >= 0;

    /// <summary>Cuts behind the last closing tag.</summary>
    public static int Cut(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf("</Event>"u8);
        return end < 0 ? 0 : end + 8;
    }

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
        while (true)
        {
            var rest = _block.Data.AsSpan(_position, _block.Length - _position);
            var open = Opening(rest);
            if (open < 0) return false;
            var start = _position + open;
            _line += _block.Data.AsSpan(_counted, start - _counted).Count((byte)'\n');
            _counted = start;
            var close = rest[open..].IndexOf("</Event>"u8);
            var length = close < 0 ? rest.Length - open : close + 8;
            _position = start + length;
            target.Begin(_block.Data);
            var error = close < 0 ? "the element Event has no end" : _reader.Read(target, _block.Data.AsSpan(start, length));
            if (error is not null)
            {
                _block.Tally.Skip(LogProblemCodes.Malformed, "xml", _line, $"an event is not well-formed XML: {error}", "Check whether the event was cut off when it was written or copied.");
                continue;
            }

            target.RawStart = start;
            target.RawLength = length;
            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }
    }

    private static int Opening(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf("<Event"u8);
            if (next < 0) return -1;
            at += next;
            if (at + 6 < bytes.Length && bytes[at + 6] is (byte)' ' or (byte)'>' or (byte)'\t' or (byte)'\r' or (byte)'\n') return at;
            at += 6;
        }
    }
}
