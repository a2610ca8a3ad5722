using Modus.Logs.Mapping;
using Modus.Logs.Messages;
using Modus.Logs.Syslog;
using Modus.Logs.WindowsText;
using Modus.Logs.Xml;

namespace Modus.Logs.Json;

/// <summary>Reads records that another record carries as text: JSON of a known shape, a Windows event as XML or text, or a line of syslog, an audit or an access log.</summary>
internal sealed class TextRecords(ShapeTries json, ShapeTries events, EventTextReader windows, LineRecords lines)
{
    private readonly JsonEventParser _parser = new();
    private readonly XmlEventReader _xml = new(events.Named("evtx"));
    private byte[] _buffer = [];

    /// <summary>How an object of JSON begins in base 64, in which queues of messages carry records.</summary>
    private static ReadOnlySpan<byte> PackedBrace => "eyJ"u8;

    /// <summary>Whether text begins like such a record.</summary>
    public static bool Looks(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("{"u8) || text.StartsWith(PackedBrace) || text.StartsWith("<Event"u8) || text.StartsWith("<?xml"u8) || EventText.Looks(text) || LineRecords.FormatOf(text.TrimEnd("\r\n"u8)) is not null;
    }

    /// <summary>Reads the record; its text is copied, so that it may lie in the event itself.</summary>
    /// <returns>The bytes of the record, over which the event lies then; -1 where it is none of a known shape (the event is lost).</returns>
    public int Read(LogEvent target, ReadOnlySpan<byte> text)
    {
        // The record around it may know the zone that its own clock leaves out.
        var around = target.Time;
        var length = ReadRecord(target, text);
        if (length >= 0 && around.Quality == TimeQuality.Exact && target.Time.Quality is TimeQuality.None or TimeQuality.ZoneUnknown) target.SetTime(around);
        return length;
    }

    private int ReadRecord(LogEvent target, ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (_buffer.Length < text.Length + JsonEventParser.Slack) _buffer = new byte[text.Length + JsonEventParser.Slack];
        text.CopyTo(_buffer);
        var length = text.Length;
        if (text.StartsWith(PackedBrace))
        {
            if (System.Buffers.Text.Base64.DecodeFromUtf8InPlace(_buffer.AsSpan(0, length), out var unpacked) != System.Buffers.OperationStatus.Done) return -1;
            length = unpacked;
            text = _buffer.AsSpan(0, length).ToArray();
        }

        if (EventText.Looks(text))
        {
            target.Begin(_buffer);
            return windows.Read(target, _buffer.AsSpan(0, length)) ? length : -1;
        }

        if (_buffer[0] is not ((byte)'{' or (byte)'<') || SyslogText.WithoutPriority(text).Length < text.Length) return lines.Read(target, _buffer.AsSpan(0, length));
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
