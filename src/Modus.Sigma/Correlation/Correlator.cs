using System.Collections.Immutable;
using System.Globalization;
using Modus.Logs;
using Modus.Sigma.Hunting;
using Modus.Sigma.Matching;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Correlation;

/// <summary>Collects matches and evaluates the correlations of a rule set over them, in the order of time.</summary>
/// <remarks>
/// At each event, the window is what its group holds from the timespan before the event up to it, both ends included; at equal times the order of
/// the logs decides. A condition with an upper bound is only asked of windows that no later event could still join. Group values and
/// distinct values are compared without regard to case; an event without a group field takes no part.
/// </remarks>
internal sealed class Correlator(RuleSet rules)
{
    /// <summary>Matches kept for correlations: 5 million; later ones are counted and left out.</summary>
    public const int MaxMatches = 5_000_000;

    // Larger figures could overflow a sum; they count as no number.
    private const decimal LargestNumber = 1_000_000_000_000_000_000;
    private const string NoTime = "event without a usable time", NoGroup = "event without a group-by field", TooMany = "more matches than can be kept";
    private readonly Dictionary<int, List<CorrelationMatch>> matches = [];
    private readonly SortedDictionary<string, long> leftOut = new(StringComparer.Ordinal);
    private int kept;

    /// <summary>Matches that took no part, by reason.</summary>
    public ImmutableSortedDictionary<string, long> LeftOut => leftOut.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public void Add(CorrelationMatch match)
    {
        if (match.Quality == TimeQuality.None)
        {
            Count(NoTime);
            return;
        }

        if (kept == MaxMatches)
        {
            Count(TooMany);
            return;
        }

        kept++;
        if (!matches.TryGetValue(match.Rule, out var list)) matches[match.Rule] = list = [];
        list.Add(match);
    }

    /// <summary>Evaluates all correlations, each after those it reads; hits in the order of correlation, time and group.</summary>
    public IEnumerable<CorrelationHit> Run()
    {
        var instants = new List<WindowItem>[rules.Correlations.Length];
        var hits = new List<CorrelationHit>();
        for (var index = 0; index < rules.Correlations.Length; index++)
        {
            var correlation = rules.Correlations[index];
            var fulfilled = instants[index] = [];
            var found = new List<CorrelationHit>();
            foreach (var (_, (group, items)) in Groups(correlation, instants))
                found.AddRange(new GroupRun(index, correlation, group, fulfilled).Run(items));
            fulfilled.Sort(WindowItem.Order);
            found.Sort((a, b) => (a.First, a.Last).CompareTo((b.First, b.Last)) is var order and not 0 ? order
                : string.CompareOrdinal(string.Join('\u0001', a.Group), string.Join('\u0001', b.Group)));
            hits.AddRange(found);
        }

        return hits;
    }

    private SortedDictionary<string, (ImmutableArray<string> Group, List<WindowItem> Items)> Groups(CompiledCorrelation correlation, List<WindowItem>[] instants)
    {
        var groups = new SortedDictionary<string, (ImmutableArray<string> Group, List<WindowItem> Items)>(StringComparer.Ordinal);
        for (var at = 0; at < correlation.Inputs.Length; at++)
        {
            var input = correlation.Inputs[at];
            IEnumerable<WindowItem> source = input.IsCorrelation
                ? instants[input.Index]
                : matches.TryGetValue(input.Index, out var list) ? list.Select(WindowItem.Of) : [];
            foreach (var item in source) Place(item, at, input, correlation, groups);
        }

        foreach (var (_, items) in groups.Values)
        {
            items.Sort(WindowItem.Order);
            WindowItem.JoinSame(items);
        }

        return groups;
    }

    private void Place(WindowItem item, int place, CorrelationInput input, CompiledCorrelation correlation,
        SortedDictionary<string, (ImmutableArray<string> Group, List<WindowItem> Items)> groups)
    {
        var group = new string[input.GroupFields.Length];
        for (var at = 0; at < group.Length; at++)
        {
            // A chained correlation knows its own group by the name it grouped by.
            if ((item.Value(input.GroupFields[at]) ?? item.Value(correlation.Rule.GroupBy[at])) is { } value)
            {
                group[at] = value;
                continue;
            }

            Count(NoGroup);
            return;
        }

        var key = string.Join('\u0001', group.Select(Key));
        if (!groups.TryGetValue(key, out var found)) groups[key] = found = ([.. group], []);
        found.Items.Add(item.At(place, Measure(item, input, correlation.Rule.Type)));
    }

    private static object? Measure(WindowItem item, CorrelationInput input, CorrelationType type)
    {
        if (input.ValueFields.IsEmpty) return null;
        var values = input.ValueFields.Select(item.Value).ToArray();
        if (values.Contains(null)) return null;
        if (type == CorrelationType.ValueCount) return string.Join('\u0001', values.Select(value => Key(value!)));
        return decimal.TryParse(values[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= LargestNumber ? number : null;
    }

    private static string Key(string value) => System.Text.Encoding.UTF8.GetString(Folding.Fold(value));

    private void Count(string reason) => leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
}
