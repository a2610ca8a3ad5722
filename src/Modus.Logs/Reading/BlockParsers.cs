using Modus.Logs.Auditd;
using Modus.Logs.Csv;
using Modus.Logs.Evtx;
using Modus.Logs.Journal;
using Modus.Logs.Json;
using Modus.Logs.Mapping;
using Modus.Logs.Messages;
using Modus.Logs.Sources;
using Modus.Logs.Syslog;
using Modus.Logs.WebAccess;
using Modus.Logs.WindowsText;
using Modus.Logs.Xml;

namespace Modus.Logs.Reading;

/// <summary>One thread's parsers, made as formats are met.</summary>
internal sealed class BlockParsers(LogReadOptions options, FieldTable fields, SourceTable sources)
{
    private readonly Dictionary<LogFormat, IBlockParser> _parsers = [];
    private readonly Dictionary<string, ShapeTries> _tries = [];
    private LogFile _file = null!;

    /// <summary>The parser of a block's format, started on the block.</summary>
    public IBlockParser Start(LogBlock block)
    {
        var format = block.File.Format;
        _file = block.File;
        if (!_parsers.TryGetValue(format, out var parser))
        {
            _parsers[format] = parser = Make(format);
        }

        parser.Start(block);
        return parser;
    }

    private IBlockParser Make(LogFormat format) => format switch
    {
        LogFormat.JsonLines => new JsonBlockParser(Tries("json"), Texts(), lines: true),
        LogFormat.JsonDocument => new JsonBlockParser(Tries("json"), Texts(), lines: false),
        LogFormat.Evtx => new EvtxBlockParser(Tries("evtx"), options.Carve),
        LogFormat.Xml => new XmlBlockParser(Tries("evtx")),
        LogFormat.Csv => new CsvBlockParser(Tries("csv"), Tries("json"), Texts()),
        LogFormat.WindowsText => new EventTextBlockParser(WindowsTexts()),
        LogFormat.JournalExport => new JournalBlockParser(Tries("journal-export"), Texts()),
        LogFormat.WebAccess => new AccessBlockParser(Tries("access-log"), options),
        LogFormat.Auditd => new AuditBlockParser(Tries("auditd"), options),
        LogFormat.Syslog => new SyslogBlockParser(Tries("syslog"), Tries("evtx"), Messages(), options),
        _ => throw new InvalidOperationException($"no parser for {format}"),
    };

    private MessageRecords Messages() => new(new MessageShapes(Tries("pairs"), Tries("cef"), Tries("leef"), Tries("cisco")), new RowText(options.Mappings.Layouts), WindowsTexts(), Texts());

    private TextRecords Texts() => new(Tries("json"), Tries("evtx"), WindowsTexts(), new LineRecords(() => _file, Make));

    private EventTextReader WindowsTexts() => new(Tries("windows-text"));

    private ShapeTries Tries(string reader)
    {
        if (!_tries.TryGetValue(reader, out var tries))
            _tries[reader] = tries = new ShapeTries(reader, fields, sources, options);
        return tries;
    }
}
