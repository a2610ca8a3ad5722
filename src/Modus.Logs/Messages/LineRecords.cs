using Modus.Logs.Auditd;
using Modus.Logs.Reading;
using Modus.Logs.Syslog;
using Modus.Logs.WebAccess;

namespace Modus.Logs.Messages;

/// <summary>Reads records that other records carry as the line they once were: Splunk's <c>_raw</c> and Filebeat's <c>message</c> of syslog, audit and access logs.</summary>
/// <param name="file">The file that is being read.</param>
/// <param name="make">Makes the parser of a format.</param>
internal sealed class LineRecords(Func<LogFile> file, Func<LogFormat, IBlockParser> make)
{
    private readonly Dictionary<LogFormat, IBlockParser> _parsers = [];
    private LogBlock? _block;

    /// <summary>The format of a line; null for one that is none of a known form.</summary>
    public static LogFormat? FormatOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return null;
        if (text.StartsWith("type="u8) || text.StartsWith("node="u8)) return AuditLine.TryParse(FirstLine(text), out _) ? LogFormat.Auditd : null;
        if (text.Contains((byte)'\n')) return null;
        if (AccessBlockParser.Looks(text)) return LogFormat.WebAccess;
        if (SyslogText.TryHeader(text, 2000, null, out _)) return AuditLine.TryParse(text, out _) ? LogFormat.Auditd : LogFormat.Syslog;
        // Pairs are looked for only where the first word is one.
        var line = SyslogText.WithoutPriority(text);
        var first = line.IndexOfAny((byte)'=', (byte)' ', (byte)':');
        return first > 0 && (line[first] == '=' || line.StartsWith("CEF:"u8) || line.StartsWith("LEEF:"u8) || CiscoText.Find(line, out _) >= 0) && MessageRecords.Looks(text) ? LogFormat.Syslog : null;
    }

    /// <summary>Reads a line; it is copied, so that it may lie in the event itself.</summary>
    /// <returns>The bytes of the record, over which the event lies then; -1 where it is none of a known shape (the event is lost).</returns>
    public int Read(LogEvent target, ReadOnlySpan<byte> text)
    {
        if (FormatOf(text) is not { } format) return -1;
        _block ??= new LogBlock();
        _block.Reset(file());
        _block.Line = 1;
        _block.Reserve(text.Length);
        text.CopyTo(_block.Data);
        _block.Length = text.Length;
        if (!_parsers.TryGetValue(format, out var parser)) _parsers[format] = parser = make(format);
        parser.Start(_block);
        return parser.Next(target) && target.Trie is { Shape.Product: not null } ? text.Length : -1;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? text : text[..end].TrimEnd((byte)'\r');
    }
}
