using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Conversion;

/// <summary>Converts correlations where the engine has a window that slides from event to event: each row of the result is an event at which the condition held.</summary>
internal static class CorrelationConverter
{
    public static Conversion Convert(RuleSet rules, CompiledCorrelation correlation, QueryTarget target, ConvertOptions options)
    {
        var rule = correlation.Rule;
        if (Refusal(correlation, target) is { } refusal) return new(rule.Header.Key, target, null, [refusal], []);
        var inputs = correlation.Inputs.Select(input => rules.Rules[input.Index].Expression).ToList();
        Expression any = inputs.Count == 1 ? inputs[0] : new Any([.. inputs]);
        var writer = RuleConverter.Writer(target, any, options);
        var query = writer switch
        {
            SqlWriter sql => SqlCorrelation.Write(sql, target, inputs, correlation),
            KqlWriter kql => KqlCorrelation.Write(kql, inputs, correlation),
            _ => SplunkCorrelation.Write(ref writer, any, inputs, correlation),
        };
        var sources = string.Join(" or ", correlation.Inputs.Select(input => rules.Rules[input.Index].LogSource.ToString()).Distinct(StringComparer.Ordinal));
        writer.Note($"The query does not choose the log source {sources}: ask a table that holds it alone, or add its condition.");
        writer.Note(target switch
        {
            QueryTarget.Splunk => "Events must carry _time; whether an event at the very edge of the window counts is up to Splunk; each line of the result is an event at which the condition held.",
            QueryTarget.Kql => $"The column {options.TimeField} must be a datetime; each row of the result is an event at which the condition held.",
            QueryTarget.Sqlite => $"The column {options.TimeField} must hold seconds since 1970; each row of the result is an event at which the condition held.",
            _ => $"The column {options.TimeField} must be a timestamp; each row of the result is an event at which the condition held.",
        });
        if (rule.Type is CorrelationType.ValueSum or CorrelationType.ValueAvg or CorrelationType.ValuePercentile or CorrelationType.ValueMedian && target is not QueryTarget.Postgres)
            writer.Note("Figures are added as floating point numbers of 64 bits.");
        return new(rule.Header.Key, target, writer.Refusals.Count == 0 ? query : null, [.. writer.Refusals], [.. writer.Notes]);
    }

    /// <summary>Whether events of all rules must be seen, so that each event says which of the rules it matched.</summary>
    public static bool IsTemporal(SigmaCorrelation rule) => rule.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;

    /// <summary>The bounds; of the temporal types by default that all rules were seen.</summary>
    public static IReadOnlyList<CorrelationBound> Bounds(CompiledCorrelation correlation) =>
        correlation.Rule.Bounds.IsEmpty ? [new CorrelationBound(Comparison.Gte, correlation.Inputs.Length, default)] : correlation.Rule.Bounds;

    /// <summary>Whether all rules call the grouped fields alike.</summary>
    public static bool HasOneGroup(CompiledCorrelation correlation) => correlation.Inputs.All(input => input.GroupFields.SequenceEqual(correlation.Inputs[0].GroupFields));

    private static string? Refusal(CompiledCorrelation correlation, QueryTarget target)
    {
        var rule = correlation.Rule;
        if (target is QueryTarget.Lucene or QueryTarget.Esql) return $"{(target == QueryTarget.Lucene ? "A Lucene query" : "ES|QL")} has no window that slides from event to event.";
        if (correlation.Inputs.Any(input => input.IsCorrelation)) return "A correlation of correlations has no exact form in one query.";
        if (rule.Bounds.Any(bound => bound.Comparison is not (Comparison.Gt or Comparison.Gte))) return "Upper bounds hold for a whole window only, which one event cannot tell.";
        if (correlation.Inputs.Any(input => !input.ValueFields.SequenceEqual(correlation.Inputs[0].ValueFields))) return "The rules name the measured fields differently.";
        if (!HasOneGroup(correlation) && (!IsTemporal(rule) || target is not (QueryTarget.Postgres or QueryTarget.DuckDb or QueryTarget.Sqlite)))
            return "The rules name the grouped fields differently, so that an event of two rules could be counted twice.";
        if (rule.Type == CorrelationType.TemporalOrdered)
        {
            if (target is not (QueryTarget.Postgres or QueryTarget.DuckDb or QueryTarget.Sqlite)) return $"{NameOf(target)} has no window that heeds the order of events.";
            // The bounds must say no less and no more than that all rules were seen.
            if (!Bounds(correlation).All(bound => Matching.ValueCheck.Compare(bound.Comparison, correlation.Inputs.Length, bound.Value))) return "The condition asks for more rules than there are.";
            if (Bounds(correlation).All(bound => Matching.ValueCheck.Compare(bound.Comparison, correlation.Inputs.Length - 1, bound.Value))) return "A part of the rules in their order has no exact form in one query.";
        }

        return rule.Type is CorrelationType.ValuePercentile or CorrelationType.ValueMedian && target is (QueryTarget.Splunk or QueryTarget.Kql or QueryTarget.Sqlite)
            ? $"{NameOf(target)} has no percentile that interpolates between neighbours in a sliding window."
            : null;
    }

    private static string NameOf(QueryTarget target) => target == QueryTarget.Kql ? "Kusto" : target.ToString();
}
