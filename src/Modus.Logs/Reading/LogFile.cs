namespace Modus.Logs.Reading;

/// <summary>One file or archive member that is being read: what all its blocks share, and its counts.</summary>
internal sealed class LogFile(string name, int number, DateTime written)
{
    private readonly BlockTally _sum = new();

    public string Name { get; } = name;

    public int Number { get; } = number;

    /// <summary>When the file was written last, in UTC.</summary>
    public DateTime Written { get; } = written;

    public LogFormat Format { get; set; }

    /// <summary>Whether days stand before months in dates that may be read both ways.</summary>
    public bool IsDayFirst { get; set; }

    /// <summary>A date in which day and month may change places, where none of the file tells; null where one does, or there are none.</summary>
    public string? DoubtfulDate { get; set; }

    /// <summary>What the content's own form is called, where it is given on in another; null where it is read as it is.</summary>
    public string? FormatName { get; set; }

    public long Bytes { get; set; }

    /// <summary>What the reader of the format learnt from the file's start (the header of a CSV file).</summary>
    public object? Header { get; set; }

    /// <summary>Adds a block's counts; safe for many threads.</summary>
    public void Add(BlockTally tally)
    {
        lock (_sum)
        {
            _sum.Events += tally.Events;
            foreach (var (code, count) in tally.Skipped) _sum.Skipped[code] = _sum.Skipped.GetValueOrDefault(code) + count;
            foreach (var (shape, count) in tally.Shapes) _sum.Shapes[shape] = _sum.Shapes.GetValueOrDefault(shape) + count;
            foreach (var p in tally.Problems) _sum.Note(p.Code, p.Kind, p.Line, p.Message, p.Fix, p.Count);
        }
    }

    public LogFileReport Report() => new(
        Name,
        FormatName ?? LogFormats.Name(Format),
        Bytes,
        _sum.Events + _sum.Skipped.Values.Sum(),
        _sum.Events,
        new SortedDictionary<string, long>(_sum.Skipped, StringComparer.Ordinal),
        new SortedDictionary<string, long>(_sum.Shapes, StringComparer.Ordinal));

    public IEnumerable<LogProblem> Problems() =>
        _sum.Problems.Select(p => new LogProblem(p.Code, p.Message, Name, p.Line, p.Fix, Math.Max(1, p.Count)));
}
