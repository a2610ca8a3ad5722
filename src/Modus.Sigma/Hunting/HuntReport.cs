using System.Collections.Immutable;
using Modus.Logs;

namespace Modus.Sigma.Hunting;

/// <summary>How logs are hunted through.</summary>
public sealed record HuntOptions
{
    /// <summary>How logs are read, with the number of threads. Default: the reader's own defaults.</summary>
    public LogReadOptions Read { get; init; } = new();

    /// <summary>Whether hits say which values matched. Default: yes; costs nothing for events that do not match.</summary>
    public bool WithEvidence { get; init; } = true;

    /// <summary>Which events are looked at, by time, host or anything else; called on several threads. Default: all.</summary>
    public Func<LogEvent, bool>? Select { get; init; }

    /// <summary>Makes, for each thread, somebody who sees every event that is looked at in the same reading; told the reader's field numbers. Default: nobody.</summary>
    public Func<FieldTable, IEventWorker<object>>? Watch { get; init; }

    /// <summary>Takes what the watchers made of each block, in reading order, one at a time.</summary>
    public Action<object>? OnWatched { get; init; }
}

/// <summary>What a rule did in a hunt.</summary>
/// <param name="RuleIndex">The rule's place in the rule set.</param>
/// <param name="Hits">Events it matched, also when it is not reported itself.</param>
/// <param name="Events">Events of log sources it reads.</param>
public sealed record RuleTally(int RuleIndex, long Hits, long Events)
{
    /// <summary>True when the logs held its log source.</summary>
    public bool SourceSeen => Events > 0;
}

/// <summary>What a log source held.</summary>
/// <param name="Source">Product, services and categories.</param>
/// <param name="Events">Its events.</param>
/// <param name="Hits">Matches of rules on them.</param>
/// <param name="Rules">How many rules read it: 0 means that nothing looked at these events.</param>
/// <param name="First">The time of its earliest event; null when no event has a time.</param>
/// <param name="Last">The time of its latest event.</param>
public sealed record SourceTally(string Source, long Events, long Hits, int Rules, DateTime? First, DateTime? Last);

/// <summary>What became of a hunt.</summary>
/// <param name="Logs">What was read and what was skipped.</param>
/// <param name="Events">Events looked at.</param>
/// <param name="LeftOut">Events that <see cref="HuntOptions.Select"/> left out.</param>
/// <param name="Rules">One line for each rule of the set, in its order.</param>
/// <param name="Sources">One line for each log source seen, by name.</param>
/// <param name="CorrelationHits">Hits of correlations.</param>
/// <param name="Uncorrelated">Matches that could not take part in a correlation, by reason.</param>
public sealed record HuntReport(
    LogReadReport Logs,
    long Events,
    long LeftOut,
    ImmutableArray<RuleTally> Rules,
    ImmutableArray<SourceTally> Sources,
    long CorrelationHits,
    ImmutableSortedDictionary<string, long> Uncorrelated)
{
    /// <summary>Matches on records that an earlier log held too, by host, channel, record number and time: not reported again.</summary>
    public long RepeatedHits { get; init; }
}
