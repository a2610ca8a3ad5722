using System.Globalization;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Conversion;

/// <summary>Converts counting correlations where the engine has a window that slides from event to event.</summary>
internal static class CorrelationConverter
{
    public static Conversion Convert(RuleSet rules, CompiledCorrelation correlation, QueryTarget target, ConvertOptions options)
    {
        var rule = correlation.Rule;
        string? refusal = null;
        if (rule.Type is not (CorrelationType.EventCount or CorrelationType.ValueCount)) refusal = $"A correlation of the type {CorrelationReader.NameOf(rule.Type)} has no exact form in one query.";
        else if (correlation.Inputs.Any(input => input.IsCorrelation)) refusal = "A correlation of correlations has no exact form in one query.";
        else if (correlation.Inputs.Any(input => !input.GroupFields.SequenceEqual(correlation.Inputs[0].GroupFields) || !input.ValueFields.SequenceEqual(correlation.Inputs[0].ValueFields))) refusal = "The rules name the grouped fields differently.";
        else if (rule.Bounds.Any(bound => bound.Comparison is Comparison.Lt or Comparison.Lte or Comparison.Eq or Comparison.Neq)) refusal = "Upper bounds hold for a whole window only, which one event cannot tell.";
        else if (rule.Fields.Length > 1) refusal = "Several counted fields have no exact form in one query.";
        else if (target is not (QueryTarget.Splunk or QueryTarget.Sqlite or QueryTarget.Postgres or QueryTarget.DuckDb)) refusal = $"{NameOf(target)} has no window that slides from event to event.";
        if (refusal is not null) return new(rule.Header.Key, target, null, [refusal], []);

        // Rules that feed the same count are joined by or: an event that matches two of them counts once in SQL as it does in one stream.
        Expression any = correlation.Inputs.Length == 1 ? rules.Rules[correlation.Inputs[0].Index].Expression : new Any([.. correlation.Inputs.Select(input => rules.Rules[input.Index].Expression)]);
        if (correlation.Inputs.Length > 1) return new(rule.Header.Key, target, null, ["An event that matches two of the rules counts twice, which one scan cannot do."], []);
        var writer = RuleConverter.Writer(target, any, options);
        var condition = writer.Condition(any);
        var query = writer is SqlWriter sql ? Sql(sql, target, condition, correlation) : Splunk(writer.Query(condition), correlation);
        writer.Note($"The query does not choose the log source {rules.Rules[correlation.Inputs[0].Index].LogSource}: ask a table that holds it alone, or add its condition.");
        writer.Note(target switch
        {
            QueryTarget.Splunk => "Events must carry _time; whether an event at the very edge of the window counts is up to Splunk; each line of the result is an event at which the condition held.",
            QueryTarget.Sqlite => $"The column {options.TimeField} must hold seconds since 1970; each row of the result is an event at which the condition held.",
            _ => $"The column {options.TimeField} must be a timestamp; each row of the result is an event at which the condition held.",
        });
        return new(rule.Header.Key, target, writer.Refusals.Count == 0 ? query : null, [.. writer.Refusals], [.. writer.Notes]);
    }

    private static string NameOf(QueryTarget target) => target switch
    {
        QueryTarget.Lucene => "A Lucene query",
        QueryTarget.Esql => "ES|QL",
        QueryTarget.Kql => "Kusto",
        _ => target.ToString(),
    };

    private static string Sql(SqlWriter sql, QueryTarget target, string condition, CompiledCorrelation correlation)
    {
        var rule = correlation.Rule;
        var time = sql.Name(sql.Options.TimeField);
        var seconds = ((long)rule.Timespan.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var earliest = target == QueryTarget.Sqlite ? $"e.{time} - {seconds}" : $"e.{time} - INTERVAL '{seconds} seconds'";
        var groups = correlation.Inputs[0].GroupFields.Select(sql.Name).ToList();
        // Events without a grouped field take no part.
        var grouped = string.Concat(groups.Select(name => $" AND {name} IS NOT NULL"));
        var same = string.Concat(groups.Select(name => $" AND o.{name} = e.{name}"));
        var measure = rule.Type == CorrelationType.EventCount ? "count(*)" : $"count(DISTINCT o.{sql.Name(correlation.Inputs[0].ValueFields[0])})";
        var bounds = string.Join(" AND ", rule.Bounds.Select(bound => $"measured {NumberTest.Sign(bound.Comparison)} {bound.Value.ToString(CultureInfo.InvariantCulture)}"));
        return $"WITH base AS (SELECT * FROM {sql.Name(sql.Options.Table ?? "events")} WHERE ({condition}){grouped} AND {time} IS NOT NULL)\n"
            + $"SELECT * FROM (SELECT e.*, (SELECT {measure} FROM base o WHERE o.{time} BETWEEN {earliest} AND e.{time}{same}) AS measured FROM base e) w\n"
            + $"WHERE {bounds}";
    }

    private static string Splunk(string search, CompiledCorrelation correlation)
    {
        var rule = correlation.Rule;
        var by = correlation.Inputs[0].GroupFields.Length == 0 ? "" : " by " + string.Join(", ", correlation.Inputs[0].GroupFields.Select(SplunkSearchWriter.Name));
        var measure = rule.Type == CorrelationType.EventCount ? "count" : $"dc({SplunkSearchWriter.Name(correlation.Inputs[0].ValueFields[0])})";
        var bounds = string.Join(" AND ", rule.Bounds.Select(bound => $"measured{NumberTest.Sign(bound.Comparison)}{bound.Value.ToString(CultureInfo.InvariantCulture)}"));
        return $"{search}\n| sort 0 _time\n| streamstats time_window={(long)rule.Timespan.TotalSeconds}s {measure} AS measured{by}\n| where {bounds}";
    }
}
