using System.Text;
using Modus.Logs.Auditd;
using Modus.Logs.Csv;
using Modus.Logs.Evtx;
using Modus.Logs.Journal;
using Modus.Logs.Json;
using Modus.Logs.Messages;
using Modus.Logs.Rewriting;
using Modus.Logs.Syslog;
using Modus.Logs.WebAccess;
using Modus.Logs.WindowsText;
using Modus.Logs.Xml;

namespace Modus.Logs.Reading;

/// <summary>Finds the format of content by the content alone, and opens its cutter.</summary>
internal static class FormatSniffer
{
    private const int SampleLines = 20;

    /// <summary>Opens a cutter for an input; null for empty or unknown content (then told).</summary>
    public static IBlockCutter? Open(OpenInput input, LogFile file, LogReadOptions options, Action<LogProblem> report)
    {
        var head = input.Feed.Peek(LogLimits.SniffBytes);
        if (head.StartsWith(EvtxLayout.FileMagic) || head.StartsWith(EvtxLayout.ChunkMagic))
        {
            file.Format = LogFormat.Evtx;
            return new EvtxCutter(input.Feed);
        }

        var feed = TextEncoding.AsUtf8(input.Feed);
        if (options.DayFirst is { } known) file.IsDayFirst = known;
        else Judge(DayEvidence.Of(feed.Peek(LogLimits.SniffBytes), input.File), file);
        if (Rewriters.Open(feed, input.Name, report, out var form) is { } rewritten)
        {
            file.Format = LogFormat.JsonLines;
            file.FormatName = form;
            return new LineCutter(rewritten);
        }

        head = feed.Peek(LogLimits.SniffBytes);
        var whole = head.Length < LogLimits.SniffBytes;
        file.Format = Find(head, whole, options, out var header, out var headerBytes);
        switch (file.Format)
        {
            case LogFormat.JsonLines or LogFormat.Syslog or LogFormat.WebAccess:
                return new LineCutter(feed);
            case LogFormat.JsonDocument:
                return new JsonDocumentCutter(feed, options.Mappings.Wrappers);
            case LogFormat.Auditd:
                return new LineCutter(feed, 1, AuditCut.Find);
            case LogFormat.WindowsText:
                return new LineCutter(feed, 1, EventText.LastStart);
            case LogFormat.JournalExport:
                return new LineCutter(feed, 1, JournalText.LastRecordEnd);
            case LogFormat.Xml:
                return new LineCutter(feed, 1, XmlBlockParser.Cut);
            case LogFormat.Csv when header!.IsW3C:
                file.Header = header;
                return new LineCutter(feed);
            case LogFormat.Csv:
                file.Header = header;
                var lines = 1 + head[..headerBytes].Count((byte)'\n');
                feed.Fill(new byte[headerBytes]);
                return new LineCutter(feed, lines, CsvText.LastRowEnd);
            case LogFormat.Empty:
                return null;
            default:
                report(new LogProblem(
                    LogProblemCodes.UnknownFormat,
                    $"no reader knows this content, which begins with {Show(head)}",
                    input.Name,
                    0,
                    "Readable are EVTX, JSON, Windows event XML and text, CSV, auditd, journal exports, syslog (also CEF, LEEF and pairs), access logs of web servers and proxies, and gzip or zip archives of these."));
                return null;
        }
    }

    private static void Judge(DayEvidence evidence, LogFile file)
    {
        file.IsDayFirst = evidence.Order == DayOrder.DayFirst;
        if (evidence.Order == DayOrder.Doubtful) file.DoubtfulDate = evidence.Example;
    }

    private static LogFormat Find(ReadOnlySpan<byte> head, bool whole, LogReadOptions options, out CsvHeader? header, out int headerBytes)
    {
        header = null;
        headerBytes = 0;
        var text = WithoutNumber(head.TrimStart(" \t\r\n"u8));
        if (text.IsEmpty) return LogFormat.Empty;
        if (text[0] is (byte)'{' or (byte)'[' && Json(text, options) is var json and not LogFormat.Unknown)
            return json == LogFormat.JsonLines && text.Length < head.Length && head.TrimStart(" \t\r\n"u8)[0] == 'R' ? LogFormat.JsonDocument : json;
        if (text[0] == '<' && XmlBlockParser.Looks(text)) return LogFormat.Xml;
        if (EventText.Looks(text)) return LogFormat.WindowsText;
        if (JournalText.Looks(text)) return LogFormat.JournalExport;
        if (MostLines(text, whole, line => AuditLine.IsSeparator(line) || AuditLine.TryParse(line, out _))) return LogFormat.Auditd;
        if (MostLines(text, whole, SyslogBlockParser.Looks)) return LogFormat.Syslog;
        if (new RowText(options.Mappings.Layouts) is var rows && MostLines(text, whole, line => rows.LayoutOf(SyslogText.WithoutPriority(line)) is not null)) return LogFormat.Syslog;
        if (MostLines(text, whole, AccessBlockParser.Looks)) return LogFormat.WebAccess;
        header = CsvHeader.FindW3C(text);
        if (header is not null) return LogFormat.Csv;
        header = CsvHeader.Find(head, whole, out headerBytes);
        return header is null ? LogFormat.Unknown : LogFormat.Csv;
    }

    /// <summary>Text without a line such as <c>Record 1</c>, which dumpers of EVTX files write before each event.</summary>
    private static ReadOnlySpan<byte> WithoutNumber(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("Record "u8)) return text;
        var end = text.IndexOf((byte)'\n');
        if (end < 0 || text[7..end].TrimEnd((byte)'\r').IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return text;
        return text[(end + 1)..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'<', ..] rest ? rest : text;
    }

    /// <summary>Whether more than half of the first lines look like a format's.</summary>
    private static bool MostLines(ReadOnlySpan<byte> text, bool whole, LineTest test)
    {
        var seen = 0;
        var fitting = 0;
        while (seen < SampleLines && !text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0 && !whole && seen > 0) break;
            var line = (end < 0 ? text : text[..end]).TrimEnd("\r"u8);
            text = end < 0 ? default : text[(end + 1)..];
            if (line.IsEmpty) continue;
            seen++;
            if (test(line)) fitting++;
        }

        return fitting * 2 > seen;
    }

    /// <summary>Lines, when the first line is a whole object and no document that wraps a list.</summary>
    private static LogFormat Json(ReadOnlySpan<byte> text, LogReadOptions options)
    {
        // Lines like "[10:00] text" are no list.
        if (text[0] == '[') return text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..] or [(byte)']', ..] ? LogFormat.JsonDocument : LogFormat.Unknown;
        if (text[1..].TrimStart(" \t\r\n"u8) is not ([(byte)'"', ..] or [(byte)'}', ..] or [])) return LogFormat.Unknown;
        if (new JsonWrapper(options.Mappings.Wrappers).TryOpen(text, out _, out _, out _)) return LogFormat.JsonDocument;
        var length = default(JsonBoundary).Scan(text);
        if (length < 0)
        {
            // A first record longer than the head: lines, unless the line breaks inside it.
            return text.IndexOf((byte)'\n') < 0 ? LogFormat.JsonLines : LogFormat.JsonDocument;
        }

        return text[..length].Contains((byte)'\n') ? LogFormat.JsonDocument : LogFormat.JsonLines;
    }

    private delegate bool LineTest(ReadOnlySpan<byte> line);

    private static string Show(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head[..Math.Min(24, head.Length)]);
        var shown = new StringBuilder("\"");
        foreach (var c in text) shown.Append(c is >= ' ' and <= '~' ? c.ToString() : $"\\x{(int)c:x2}");
        return shown.Append('"').ToString();
    }
}
