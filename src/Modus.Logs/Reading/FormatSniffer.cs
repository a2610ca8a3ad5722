using System.Text;
using Modus.Logs.Evtx;
using Modus.Logs.Json;

namespace Modus.Logs.Reading;

/// <summary>Finds the format of content by the content alone, and opens its cutter.</summary>
internal static class FormatSniffer
{
    /// <summary>Opens a cutter for an input; null for empty or unknown content (then told).</summary>
    public static IBlockCutter? Open(OpenInput input, LogFile file, LogReadOptions options, Action<LogProblem> report)
    {
        var feed = input.Feed;
        var head = feed.Peek(LogLimits.SniffBytes);
        if (head.IsEmpty)
        {
            file.Format = LogFormat.Empty;
            return null;
        }

        file.Format = Find(head, options);
        switch (file.Format)
        {
            case LogFormat.Evtx:
                return new EvtxCutter(feed);
            case LogFormat.JsonLines:
                return new LineCutter(feed);
            case LogFormat.JsonDocument:
                return new JsonDocumentCutter(feed, options.Mappings.Wrappers);
            default:
                report(new LogProblem(
                    LogProblemCodes.UnknownFormat,
                    $"no reader knows this content, which begins with {Show(head)}",
                    input.Name,
                    0,
                    "Readable are EVTX, JSON, Windows event XML, CSV, auditd, syslog, and gzip or zip archives of these."));
                return null;
        }
    }

    private static LogFormat Find(ReadOnlySpan<byte> head, LogReadOptions options)
    {
        if (head.StartsWith(EvtxLayout.FileMagic) || head.StartsWith(EvtxLayout.ChunkMagic)) return LogFormat.Evtx;
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return LogFormat.Empty;
        if (text[0] is (byte)'{' or (byte)'[') return Json(text, options);
        return LogFormat.Unknown;
    }

    /// <summary>Lines, when the first line is a whole object and no document that wraps a list.</summary>
    private static LogFormat Json(ReadOnlySpan<byte> text, LogReadOptions options)
    {
        if (text[0] == '[') return LogFormat.JsonDocument;
        if (new JsonWrapper(options.Mappings.Wrappers).TryOpen(text, out _, out _)) return LogFormat.JsonDocument;
        var length = default(JsonBoundary).Scan(text);
        if (length < 0)
        {
            // A first record longer than the head: lines, unless the line breaks inside it.
            return text.IndexOf((byte)'\n') < 0 ? LogFormat.JsonLines : LogFormat.JsonDocument;
        }

        return text[..length].Contains((byte)'\n') ? LogFormat.JsonDocument : LogFormat.JsonLines;
    }

    private static string Show(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head[..Math.Min(24, head.Length)]);
        var shown = new StringBuilder("\"");
        foreach (var c in text) shown.Append(c is >= ' ' and <= '~' ? c.ToString() : $"\\x{(int)c:x2}");
        return shown.Append('"').ToString();
    }
}
