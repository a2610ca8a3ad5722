using System.Collections.Immutable;
using Modus.Logs;
using Modus.Sigma.Correlation;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Hunting;

/// <summary>Runs a rule set over logs.</summary>
public static class Hunt
{
    /// <summary>Reads logs and reports what matches, in reading order whatever the number of threads; correlations come last, by time. A record that several logs hold counts once.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="paths">Files and folders of logs.</param>
    /// <param name="options">How to read and what to report.</param>
    /// <param name="onHit">Takes each hit, one at a time.</param>
    /// <param name="onCorrelation">Takes each hit of a correlation, one at a time; null when no one wants them.</param>
    /// <param name="cancellation">Stops the hunt.</param>
    /// <exception cref="OperationCanceledException">The hunt was stopped.</exception>
    public static HuntReport Run(
        RuleSet rules,
        IEnumerable<string> paths,
        HuntOptions? options,
        Action<Hit> onHit,
        Action<CorrelationHit>? onCorrelation = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(onHit);
        options ??= new();
        var reader = new LogReader(options.Read);
        var matcher = new Matcher(rules.Rules, reader.Fields);
        var feeds = new CorrelationFeeds(rules, reader.Fields);
        var correlator = new Correlator(rules);
        var tally = new HuntTally(rules.Rules.Length);
        var seen = new SeenRecords();
        var logs = reader.Run(paths, () => new HuntWorker(matcher, feeds, options), block =>
        {
            tally.Add(block);
            if (block.Watched is { } watched) options.OnWatched?.Invoke(watched);
            foreach (var found in block.Found)
            {
                if (!seen.IsNew(found.Record, found.Rule, found.File))
                {
                    tally.TakeBack(found.Rule, found.Source);
                    continue;
                }

                if (found.Hit is { } hit) onHit(hit);
                if (found.Match is { } match) correlator.Add(match);
            }
        }, cancellation);

        long correlated = 0;
        foreach (var hit in correlator.Run())
        {
            if (!hit.Correlation.IsReported) continue;
            correlated++;
            onCorrelation?.Invoke(hit);
        }

        return tally.Report(logs, correlated, matcher, correlator.LeftOut) with { RepeatedHits = seen.Repeated };
    }
}
