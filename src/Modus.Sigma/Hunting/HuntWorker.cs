using Modus.Logs;
using Modus.Sigma.Correlation;
using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Hunting;

/// <summary>What a block of events gave.</summary>
internal sealed class HuntBlock
{
    public List<Found> Found { get; } = [];

    public Dictionary<LogSource, SourceCount> Sources { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<int, long> HitsByRule { get; } = [];

    public long LeftOut { get; set; }

    public object? Watched { get; set; }
}

/// <summary>A rule's match of an event: as a hit, for correlations, or both.</summary>
/// <param name="Rule">The rule's place in the rule set.</param>
/// <param name="Record">What tells the record again in another log; null where nothing does.</param>
/// <param name="File">Number of the log that holds it.</param>
/// <param name="Source">The event's log source.</param>
/// <param name="Hit">The hit; null where the rule is not reported itself.</param>
/// <param name="Match">What correlations need; null where none reads the rule.</param>
internal readonly record struct Found(int Rule, RecordKey? Record, int File, LogSource Source, Hit? Hit, CorrelationMatch? Match);

/// <summary>What a block held of one log source.</summary>
internal sealed class SourceCount
{
    public long Events { get; set; }

    public long Hits { get; set; }

    public DateTime? First { get; set; }

    public DateTime? Last { get; set; }

    public void See(LogTime time)
    {
        if (time.Quality == TimeQuality.None) return;
        if (First is null || time.Utc < First) First = time.Utc;
        if (Last is null || time.Utc > Last) Last = time.Utc;
    }
}

/// <summary>Matches the events of one thread.</summary>
internal sealed class HuntWorker : IEventWorker<HuntBlock>
{
    private readonly Matcher matcher;
    private readonly CorrelationFeeds feeds;
    private readonly HuntOptions options;
    private readonly MatchWorker worker;
    private readonly EvidenceCollector evidence;
    private readonly int channel;
    private readonly IEventWorker<object>? watcher;
    private HuntBlock block = new();
    private LogSource? lastSource;
    private SourceCount lastCount = new();

    public HuntWorker(Matcher matcher, CorrelationFeeds feeds, HuntOptions options)
    {
        this.matcher = matcher;
        this.feeds = feeds;
        this.options = options;
        worker = matcher.CreateWorker();
        evidence = new(worker, matcher.Rules, matcher.Fields);
        channel = matcher.Fields.Intern("Channel");
        watcher = options.Watch?.Invoke(matcher.Fields);
    }

    public void Accept(LogEvent logEvent)
    {
        if (options.Select is { } select && !select(logEvent))
        {
            block.LeftOut++;
            return;
        }

        watcher?.Accept(logEvent);
        var source = logEvent.Source;
        if (!ReferenceEquals(source, lastSource))
        {
            lastSource = source;
            if (!block.Sources.TryGetValue(source, out var count)) block.Sources[source] = count = new();
            lastCount = count;
        }

        lastCount.Events++;
        lastCount.See(logEvent.Time);
        var matched = worker.Match(logEvent);
        if (matched.IsEmpty) return;
        lastCount.Hits += matched.Length;
        EventRecord? kept = null;
        var record = RecordKey.Of(logEvent, channel);
        foreach (var index in matched)
        {
            block.HitsByRule[index] = block.HitsByRule.GetValueOrDefault(index) + 1;
            var rule = matcher.Rules[index];
            var match = feeds.Wants(index) ? feeds.Take(index, rule, logEvent) : null;
            Hit? hit = null;
            if (rule.IsReported)
            {
                if (kept is null)
                {
                    kept = logEvent.Keep();
                    evidence.Turn(logEvent);
                }

                hit = new(index, rule, kept, options.WithEvidence ? evidence.Collect(index) : []);
            }

            if (hit is not null || match is not null) block.Found.Add(new(index, record, logEvent.FileNumber, source, hit, match));
        }
    }

    public HuntBlock EndBlock()
    {
        var done = block;
        done.Watched = watcher?.EndBlock();
        block = new();
        lastSource = null;
        return done;
    }
}
