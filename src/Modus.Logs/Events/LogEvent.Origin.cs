using System.Buffers.Text;
using System.Text;
using Modus.Logs.Mapping;

namespace Modus.Logs;

/// <content>Where an event comes from, when it happened and which log source it belongs to.</content>
public sealed partial class LogEvent
{
    private readonly KeptLayout?[] _layouts = new KeptLayout?[64];
    private byte[] _lastHost = [];
    private string _lastHostText = "";

    private LogSource? _source;
    private LogTime _time;
    private bool _timeKnown;

    /// <summary>The file as it was given, with <c>!member</c> for what lies in an archive.</summary>
    public string File { get; internal set; } = "";

    /// <summary>The place of the file in the reading order, from 0.</summary>
    public int FileNumber { get; internal set; }

    /// <summary>The number of the event's block in the reading order; (Block, Index) orders all events of a run.</summary>
    public long Block { get; internal set; }

    /// <summary>The number of the event within its block, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>The line the record starts at, from 1; 0 for binary formats.</summary>
    public long Line { get; internal set; }

    /// <summary>Where the record starts in the (expanded) file, in bytes.</summary>
    public long Offset { get; internal set; }

    /// <summary>The record id the format itself gives (EVTX EventRecordID, auditd serial); 0 where it has none.</summary>
    public long RecordId =>
        Trie is { RecordField: >= 0 } trie && TryGet(trie.RecordField, out var text) && Utf8Parser.TryParse(text, out long id, out _) ? id : RecordNumber;

    /// <summary>Whether the record is a remnant found outside the live records of an EVTX chunk.</summary>
    public bool IsCarved { get; internal set; }

    /// <summary>The name of the shape the record was read by, such as <c>nxlog</c> or <c>evtx</c>.</summary>
    public string Shape => Trie?.Shape.Name ?? "";

    /// <summary>The log source: product, services and categories in Sigma's words.</summary>
    public LogSource Source => _source ??= Trie is null ? LogSource.Unknown : Trie.Classify(this);

    /// <summary>When the event happened.</summary>
    public LogTime Time
    {
        get
        {
            if (_timeKnown) return _time;
            _timeKnown = true;
            return _time = Trie is null ? default : Trie.TimeOf(this);
        }
    }

    /// <summary>The host the event happened on, as UTF-8; empty where the record does not say.</summary>
    public ReadOnlySpan<byte> Host
    {
        get
        {
            if (Trie is not null)
                foreach (var name in Trie.HostFields)
                    if (TryGet(name, out var text)) return text;
            return default;
        }
    }

    /// <summary>The record as it stands in a text format (a JSON object, a line); empty for binary formats.</summary>
    public ReadOnlySpan<byte> RawRecord => Data.AsSpan(RawStart, RawLength);

    /// <summary>What has to stand before <see cref="RawRecord"/> for it to be read alone: the header of a table. Empty where nothing has to.</summary>
    public ReadOnlySpan<byte> RawHeader => Header;

    /// <summary>The record as a text that can be read alone, with its header where it needs one; null for binary formats. Allocates.</summary>
    public string? RawText() => RawRecord.IsEmpty ? null : RawHeader.IsEmpty ? Encoding.UTF8.GetString(RawRecord) : $"{Encoding.UTF8.GetString(RawHeader)}\n{Encoding.UTF8.GetString(RawRecord)}";

    /// <summary>Whether days stand before months in the file's dates that may be read both ways.</summary>
    internal bool IsDayFirst { get; set; }

    internal byte[]? Header { get; set; }

    /// <summary>The record's number in its container, for records that do not tell their id.</summary>
    internal long RecordNumber { get; set; }

    internal int RawStart { get; set; }

    internal int RawLength { get; set; }

    internal ulong Markers { get; set; }

    internal PathTrie? Trie { get; set; }

    internal void SetTime(LogTime time)
    {
        _time = time;
        _timeKnown = true;
    }

    internal void SetSource(LogSource source) => _source = source;

    /// <summary>Copies the event into a record that outlives the reading. Allocates.</summary>
    public EventRecord Keep()
    {
        var layout = KeptLayout.Of(this, _layouts);
        return new EventRecord
        {
            OtherNames = layout.OtherNames,
            File = File,
            FileNumber = FileNumber,
            Block = Block,
            Index = Index,
            Line = Line,
            Offset = Offset,
            RecordId = RecordId,
            IsCarved = IsCarved,
            Shape = Shape,
            Source = Source,
            Time = Time,
            Host = HostText(),
            Fields = KeptFields.Of(this, layout),
        };
    }

    // Few hosts write most of a log.
    private string HostText()
    {
        var host = Host;
        if (host.SequenceEqual(_lastHost)) return _lastHostText;
        _lastHost = host.ToArray();
        return _lastHostText = Encoding.UTF8.GetString(host);
    }
}
