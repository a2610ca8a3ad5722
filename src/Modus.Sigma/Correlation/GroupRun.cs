using System.Collections.Immutable;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Correlation;

/// <summary>Slides the window of a correlation over the events of one group.</summary>
internal sealed class GroupRun(int index, CompiledCorrelation correlation, ImmutableArray<string> group, List<WindowItem> fulfilled)
{
    /// <summary>Events that a hit names: 1,000.</summary>
    public const int MaxEvents = 1_000;

    private readonly WindowMeasure measure = WindowMeasure.For(correlation);
    private readonly ImmutableArray<CorrelationBound> bounds = BoundsOf(correlation);

    public List<CorrelationHit> Run(List<WindowItem> items)
    {
        var hits = new List<CorrelationHit>();
        var onlyFull = bounds.Any(bound => bound.Comparison is Comparison.Lt or Comparison.Lte or Comparison.Eq or Comparison.Neq);
        CorrelationHit? open = null;
        var openLast = 0;
        var first = 0;
        for (var last = 0; last < items.Count; last++)
        {
            measure.Join(items[last]);
            for (; items[last].Time - items[first].Time > correlation.Rule.Timespan; first++) measure.Leave(items[first]);
            // A condition with an upper bound waits until no later event can join the window.
            if (onlyFull && last + 1 < items.Count && items[last + 1].Time - items[first].Time <= correlation.Rule.Timespan) continue;
            if (measure.Now is not { } now || !bounds.All(bound => Matching.ValueCheck.Compare(bound.Comparison, now, bound.Value))) continue;
            fulfilled.Add(Instant(items[last]));
            if (open is not null && first <= openLast)
            {
                open = open with { Last = items[last].Time, Measured = Math.Max(open.Measured, now) };
            }
            else
            {
                if (open is not null) hits.Add(open);
                var events = items.Skip(first).Take(Math.Min(last - first + 1, MaxEvents)).Select(item => item.Event);
                open = new(index, correlation, group, items[first].Time, items[last].Time, now, [.. events]);
            }

            openLast = last;
        }

        if (open is not null) hits.Add(open);
        return hits;
    }

    // To an outer correlation, the moment has the group's own values and else those of the event that completed the window.
    private WindowItem Instant(WindowItem item)
    {
        var values = new Dictionary<string, string>(item.Values, StringComparer.Ordinal);
        for (var at = 0; at < group.Length; at++) values[correlation.Rule.GroupBy[at].Replace(" ", "", StringComparison.Ordinal)] = group[at];
        return new(item.Place, item.Rule, values);
    }

    private static ImmutableArray<CorrelationBound> BoundsOf(CompiledCorrelation correlation) =>
        correlation.Rule.Bounds.IsEmpty ? [new(Comparison.Gte, correlation.Inputs.Length, default)] : correlation.Rule.Bounds;
}
