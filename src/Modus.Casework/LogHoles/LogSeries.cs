namespace Modus.Casework.LogHoles;

/// <summary>The events of one host and log source in one file: how many, and in which minutes.</summary>
public sealed class LogSeries
{
    // About two years of minutes; a busier series is kept in coarser steps from there on.
    private const int MostSteps = 1 << 20;

    // Record ids kept to look for missing ones; beyond it the series says that it does not know.
    private const int MostRecords = 1 << 20;

    private Dictionary<long, (long First, long Last)> steps = [];

    internal LogSeries(string file, string host, string source) => (File, Host, Source) = (file, host, source);

    /// <summary>The file, with <c>!member</c> for what lies in an archive.</summary>
    public string File { get; }

    /// <summary>The host; empty where events name none.</summary>
    public string Host { get; }

    /// <summary>The log source: product and service in Sigma's words.</summary>
    public string Source { get; }

    /// <summary>Events.</summary>
    public long Events { get; private set; }

    /// <summary>Time of the first event; null where none has a time.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>Time of the last event.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>Minutes of one step: 1 unless the series is very long.</summary>
    internal int StepMinutes { get; private set; } = 1;

    /// <summary>The steps with events, by number since the year 1, each with the ticks of its first and last event.</summary>
    internal IReadOnlyDictionary<long, (long First, long Last)> Steps => steps;

    /// <summary>Record ids with the ticks of their event; null where there were too many.</summary>
    internal List<(long Id, long Ticks)>? Records { get; private set; } = [];

    internal void See(DateTime? utc, long record)
    {
        Events++;
        if (utc is not { } time) return;
        Span(time, time);
        Touch(StepOf(time.Ticks), time.Ticks, time.Ticks);
        if (record <= 0 || Records is null) return;
        if (Records.Count >= MostRecords) Records = null;
        else Records.Add((record, time.Ticks));
    }

    internal void Add(LogSeries other)
    {
        Events += other.Events;
        if (other.First is { } first && other.Last is { } last) Span(first.UtcDateTime, last.UtcDateTime);
        while (StepMinutes < other.StepMinutes) Coarsen();
        foreach (var (from, to) in other.steps.Values) Touch(StepOf(from), from, to);
        if (Records is null || other.Records is null || Records.Count + other.Records.Count > MostRecords) Records = null;
        else Records.AddRange(other.Records);
    }

    private long StepOf(long ticks) => ticks / (TimeSpan.TicksPerMinute * StepMinutes);

    private void Touch(long step, long first, long last)
    {
        steps[step] = steps.TryGetValue(step, out var known) ? (Math.Min(known.First, first), Math.Max(known.Last, last)) : (first, last);
        if (steps.Count > MostSteps) Coarsen();
    }

    private void Coarsen()
    {
        var fine = steps;
        StepMinutes *= 10;
        steps = [];
        foreach (var (first, last) in fine.Values) Touch(StepOf(first), first, last);
    }

    private void Span(DateTime first, DateTime last)
    {
        var (from, to) = (new DateTimeOffset(first, TimeSpan.Zero), new DateTimeOffset(last, TimeSpan.Zero));
        if (First is null || from < First) First = from;
        if (Last is null || to > Last) Last = to;
    }
}
