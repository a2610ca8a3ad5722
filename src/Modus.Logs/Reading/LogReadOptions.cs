namespace Modus.Logs;

/// <summary>How logs are read.</summary>
public sealed record LogReadOptions
{
    /// <summary>How many threads parse, 1 to <see cref="LogLimits.MaxThreads"/>; the results do not depend on it. Default: the processors.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, LogLimits.MaxThreads);

    /// <summary>The offset from UTC of times that carry no zone; null means unknown (said in a problem, read as UTC).</summary>
    public TimeSpan? AssumedOffset { get; init; }

    /// <summary>The zone of a file's times that carry none, by the file's name as events give it; asked before <see cref="AssumedOffset"/>. Null answers mean unknown. Called on several threads.</summary>
    public Func<string, TimeZoneInfo?>? ZoneOf { get; init; }

    /// <summary>The year of times that carry none (syslog, RFC 3164); null takes the year of the file's last write.</summary>
    public int? AssumedYear { get; init; }

    /// <summary>Whether days stand before months in dates such as <c>3/4/2025</c>; null lets each file's other dates decide, and months stand first where none does.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>Whether remnants in the slack of EVTX chunks are read too; they are marked <see cref="LogEvent.IsCarved"/>.</summary>
    public bool Carve { get; init; }

    /// <summary>How fields become Sigma's taxonomy; default: what ships with Modus.</summary>
    public LogMappings Mappings { get; init; } = LogMappings.Default;

    /// <summary>The field numbers to use; default: a table of the reader's own.</summary>
    public FieldTable? Fields { get; init; }
}
