using System.Collections.Immutable;
using Modus.Logs;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Hunting;

/// <summary>Adds up what the blocks gave.</summary>
internal sealed class HuntTally(int rules)
{
    private readonly Dictionary<LogSource, SourceCount> sources = new(ReferenceEqualityComparer.Instance);
    private readonly long[] hits = new long[rules];
    private long leftOut;

    public void Add(HuntBlock block)
    {
        leftOut += block.LeftOut;
        foreach (var (rule, count) in block.HitsByRule) hits[rule] += count;
        foreach (var (source, count) in block.Sources)
        {
            if (!sources.TryGetValue(source, out var sum)) sources[source] = sum = new();
            sum.Events += count.Events;
            sum.Hits += count.Hits;
            if (count.First is { } first && (sum.First is null || first < sum.First)) sum.First = first;
            if (count.Last is { } last && (sum.Last is null || last > sum.Last)) sum.Last = last;
        }
    }

    /// <summary>Takes back a hit on a record that an earlier log held.</summary>
    public void TakeBack(int rule, LogSource source)
    {
        hits[rule]--;
        sources[source].Hits--;
    }

    public HuntReport Report(LogReadReport logs, long correlated, Matcher matcher, ImmutableSortedDictionary<string, long> uncorrelated)
    {
        var events = new long[rules];
        var lines = new SortedDictionary<string, (SourceCount Count, HashSet<int> Rules)>(StringComparer.Ordinal);
        foreach (var (source, count) in sources)
        {
            var readers = matcher.RulesFor(source);
            foreach (var rule in readers) events[rule] += count.Events;
            var name = source.ToString();
            if (!lines.TryGetValue(name, out var line)) lines[name] = line = (new(), []);
            line.Rules.UnionWith(readers);
            line.Count.Events += count.Events;
            line.Count.Hits += count.Hits;
            if (count.First is { } first && (line.Count.First is null || first < line.Count.First)) line.Count.First = first;
            if (count.Last is { } last && (line.Count.Last is null || last > line.Count.Last)) line.Count.Last = last;
        }

        return new(
            logs,
            sources.Values.Sum(count => count.Events),
            leftOut,
            [.. hits.Select((count, rule) => new RuleTally(rule, count, events[rule]))],
            [.. lines.Select(line => new SourceTally(line.Key, line.Value.Count.Events, line.Value.Count.Hits, line.Value.Rules.Count, line.Value.Count.First, line.Value.Count.Last))],
            correlated,
            uncorrelated);
    }
}
