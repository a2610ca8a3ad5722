using Modus.Logs.Mapping;
using Modus.Logs.WindowsText;
using Modus.Logs.Xml;

namespace Modus.Logs.Json;

/// <summary>Reads records that another record carries as text: JSON of a known shape, or a Windows event as XML or text.</summary>
internal sealed class TextRecords(ShapeTries json, ShapeTries events, EventTextReader windows)
{
    private readonly JsonEventParser _parser = new();
    private readonly XmlEventReader _xml = new(events.Named("evtx"));
    private byte[] _buffer = [];

    /// <summary>Whether text begins like such a record.</summary>
    public static bool Looks(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("{"u8) || text.StartsWith("<Event"u8) || text.StartsWith("<?xml"u8) || EventText.Looks(text);
    }

    /// <summary>Reads the record; its text is copied, so that it may lie in the event itself.</summary>
    /// <returns>The bytes of the record, over which the event lies then; -1 where it is none of a known shape (the event is lost).</returns>
    public int Read(LogEvent target, ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (_buffer.Length < text.Length + JsonEventParser.Slack) _buffer = new byte[text.Length + JsonEventParser.Slack];
        text.CopyTo(_buffer);
        var length = text.Length;
        if (EventText.Looks(text))
        {
            target.Begin(_buffer);
            return windows.Read(target, _buffer.AsSpan(0, length)) ? length : -1;
        }

        if (_buffer[0] != '{')
        {
            target.Begin(_buffer);
            return _xml.Read(target, _buffer.AsSpan(0, length)) is null && target.Count > 0 ? length : -1;
        }

        if (Parse(target, length, json.Plain) < 0 || json.Detect(target) is not { } found || Parse(target, length, found) < 0) return -1;
        found.Unfold(target);
        return length;
    }

    private int Parse(LogEvent target, int length, PathTrie trie)
    {
        target.Begin(_buffer);
        target.Trie = trie;
        return _parser.Parse(target, _buffer, 0, length, trie);
    }
}
