using Modus.Logs;
using Modus.Sigma.Correlation;
using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Hunting;

/// <summary>What a block of events gave.</summary>
internal sealed class HuntBlock
{
    public List<Hit> Hits { get; } = [];

    public List<CorrelationMatch> Matches { get; } = [];

    public Dictionary<LogSource, SourceCount> Sources { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<int, long> HitsByRule { get; } = [];

    public long LeftOut { get; set; }

    public object? Watched { get; set; }
}

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
internal sealed class HuntWorker(Matcher matcher, CorrelationFeeds feeds, HuntOptions options) : IEventWorker<HuntBlock>
{
    private readonly MatchWorker worker = matcher.CreateWorker();
    private readonly IEventWorker<object>? watcher = options.Watch?.Invoke(matcher.Fields);
    private HuntBlock block = new();
    private readonly Dictionary<(LogSource Source, int Rule), Expression> bound = [];
    private LogSource? lastSource;
    private SourceCount lastCount = new();

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
        foreach (var index in matched)
        {
            block.HitsByRule[index] = block.HitsByRule.GetValueOrDefault(index) + 1;
            var rule = matcher.Rules[index];
            if (feeds.Wants(index)) block.Matches.Add(feeds.Take(index, rule, logEvent));
            if (!rule.IsReported) continue;
            kept ??= logEvent.Keep();
            block.Hits.Add(new(index, rule, kept, options.WithEvidence ? EvidenceFinder.Collect(Bound(source, index), logEvent) : []));
        }
    }

    private Expression Bound(LogSource source, int rule)
    {
        if (bound.TryGetValue((source, rule), out var known)) return known;
        return bound[(source, rule)] = Matcher.Bind(matcher.Rules[rule], source);
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
