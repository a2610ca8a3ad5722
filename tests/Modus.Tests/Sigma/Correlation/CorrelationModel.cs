using Modus.Sigma.Rules;

namespace Modus.Tests.Sigma.Correlation;

/// <summary>An event of a random stream.</summary>
internal sealed record StreamEvent(int Second, int Rule, string User, string Host, decimal? Size);

/// <summary>The obviously right model: every window is built anew, in quadratic time, from the words of the definition.</summary>
internal static class CorrelationModel
{
    /// <summary>Seconds of the events that complete a fulfilled window, by group, in order.</summary>
    public static List<(string Group, int Place)> Instants(
        IReadOnlyList<StreamEvent> events, CorrelationType type, int rules, int timespan, decimal percent, IReadOnlyList<CorrelationBound> bounds, Func<StreamEvent, string> groupOf)
    {
        var instants = new List<(string, int)>();
        var upper = bounds.Any(bound => bound.Comparison is not (Comparison.Gt or Comparison.Gte));
        foreach (var group in events.Select((item, place) => (item, place)).Where(pair => pair.item.Rule < rules).GroupBy(pair => groupOf(pair.item)))
        {
            var all = group.OrderBy(pair => pair.item.Second).ThenBy(pair => pair.place).ToList();
            for (var last = 0; last < all.Count; last++)
            {
                var window = all.Where((pair, at) => at <= last && pair.item.Second >= all[last].item.Second - timespan).Select(pair => pair.item).ToList();
                var canGrow = last + 1 < all.Count && all[last + 1].item.Second - window[0].Second <= timespan;
                if (upper && canGrow) continue;
                if (Measure(window, type, rules, percent) is { } measured && bounds.All(bound => Holds(bound, measured))) instants.Add((group.Key, all[last].place));
            }
        }

        return instants;
    }

    private static decimal? Measure(List<StreamEvent> window, CorrelationType type, int rules, decimal percent)
    {
        var sizes = window.Where(item => item.Size is not null).Select(item => item.Size!.Value).Order().ToList();
        switch (type)
        {
            case CorrelationType.EventCount: return window.Count;
            case CorrelationType.ValueCount: return window.Select(item => item.Host.ToUpperInvariant()).Distinct().Count();
            case CorrelationType.Temporal: return window.Select(item => item.Rule).Distinct().Count();
            case CorrelationType.TemporalOrdered: return Ordered(window, rules);
            case CorrelationType.ValueSum: return sizes.Count == 0 ? null : sizes.Sum();
            case CorrelationType.ValueAvg: return sizes.Count == 0 ? null : sizes.Average();
            case CorrelationType.ValueMedian: return Percentile(sizes, 50);
            default: return Percentile(sizes, percent);
        }
    }

    // The longest increasing subsequence of rule numbers.
    private static int Ordered(List<StreamEvent> window, int rules)
    {
        var best = new int[rules];
        foreach (var item in window) best[item.Rule] = Math.Max(best[item.Rule], 1 + best.Take(item.Rule).DefaultIfEmpty(0).Max());
        return best.Max();
    }

    private static decimal? Percentile(List<decimal> sorted, decimal percent)
    {
        if (sorted.Count == 0) return null;
        var place = percent / 100 * (sorted.Count - 1);
        var low = sorted[(int)Math.Floor(place)];
        var high = sorted[(int)Math.Ceiling(place)];
        return low + ((place - Math.Floor(place)) * (high - low));
    }

    private static bool Holds(CorrelationBound bound, decimal value) => bound.Comparison switch
    {
        Comparison.Gt => value > bound.Value,
        Comparison.Gte => value >= bound.Value,
        Comparison.Lt => value < bound.Value,
        Comparison.Lte => value <= bound.Value,
        Comparison.Neq => value != bound.Value,
        _ => value == bound.Value,
    };
}
