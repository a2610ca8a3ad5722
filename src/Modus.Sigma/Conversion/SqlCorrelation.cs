using System.Globalization;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Conversion;

/// <summary>Correlations in SQL: a base of the events that match, with their group folded and their measure, and a look back from each of them.</summary>
internal static class SqlCorrelation
{
    public static string Write(SqlWriter sql, QueryTarget target, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation)
    {
        var rule = correlation.Rule;
        if (rule.Type == CorrelationType.TemporalOrdered) sql.Note("Events at the very same time have no order in a table: such ones do not follow each other.");
        return target == QueryTarget.ClickHouse ? Windows(sql, inputs, correlation) : LookBack(sql, target, inputs, correlation);
    }

    /// <summary>A subquery for each event, over the events of its group from the timespan before up to it.</summary>
    private static string LookBack(SqlWriter sql, QueryTarget target, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation)
    {
        var time = sql.Name(sql.Options.TimeField);
        var seconds = Seconds(correlation.Rule);
        var earliest = target == QueryTarget.Sqlite ? $"e.{time} - {seconds}" : $"e.{time} - INTERVAL '{seconds} seconds'";
        var groups = Enumerable.Range(0, correlation.Inputs[0].GroupFields.Length).Select(at => $"modus_g{at}").ToList();
        string Same(string other) => string.Concat(groups.Select(name => $" AND {other}.{name} = e.{name}"));
        string measured;
        if (correlation.Rule.Type == CorrelationType.TemporalOrdered)
        {
            var steps = string.Concat(inputs.Select((_, at) => at == 0 ? "base o0" : $" JOIN base o{at} ON o{at}.{time} > o{at - 1}.{time}"));
            var last = inputs.Count - 1;
            measured = $"CASE WHEN EXISTS (SELECT 1 FROM {steps} WHERE o0.{time} >= {earliest} AND o{last}.{time} <= e.{time}"
                + string.Concat(inputs.Select((_, at) => $" AND {Is($"o{at}.", at, correlation)}{Same($"o{at}")}")) + $") THEN {inputs.Count} ELSE 0 END";
        }
        else
        {
            measured = $"(SELECT {Measure("o.", target, inputs.Count, correlation)} FROM base o WHERE o.{time} BETWEEN {earliest} AND e.{time}{Same("o")})";
        }

        return $"WITH base AS ({Base(sql, inputs, correlation)})\nSELECT * FROM (SELECT e.*, {measured} AS measured FROM base e) w\nWHERE {Bounds(correlation)}";
    }

    /// <summary>Functions over a window, for an engine whose subqueries cannot look at the row around them.</summary>
    private static string Windows(SqlWriter sql, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation)
    {
        var groups = Enumerable.Range(0, correlation.Inputs[0].GroupFields.Length).Select(at => $"modus_g{at}").ToList();
        var by = groups.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", groups)} ";
        var span = $"{Seconds(correlation.Rule)}000000";
        var window = $"OVER ({by}ORDER BY modus_t RANGE BETWEEN {span} PRECEDING AND CURRENT ROW)";
        var rule = correlation.Rule;
        var measure = rule.Type switch
        {
            CorrelationType.EventCount => $"count() {window}",
            CorrelationType.ValueCount => $"uniqExact(modus_v) {window}",
            CorrelationType.Temporal => string.Join(" + ", inputs.Select((_, at) => $"max(modus_r{at}) {window}")),
            CorrelationType.ValueSum => $"sum(modus_v) {window}",
            CorrelationType.ValueAvg => $"avg(modus_v) {window}",
            _ => $"quantileExactInclusive({Share(rule)})(modus_v) {window}",
        };
        return $"SELECT * FROM (SELECT *, {measure} AS measured FROM ({Base(sql, inputs, correlation)}))\nWHERE {Bounds(correlation)}";
    }

    /// <summary>The events that match, with what the correlation asks of them.</summary>
    private static string Base(SqlWriter sql, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation)
    {
        if (!CorrelationConverter.HasOneGroup(correlation))
            // An event of two rules stands in the group of each.
            return string.Join(" UNION ALL ", inputs.Select((input, at) => Select(sql, [input], correlation, correlation.Inputs[at], $", {at} AS modus_rule")));
        return Select(sql, inputs, correlation, correlation.Inputs[0], CorrelationConverter.IsTemporal(correlation.Rule)
            ? string.Concat(inputs.Select((input, at) => $", CASE WHEN {sql.Condition(input)} THEN 1 ELSE 0 END AS modus_r{at}"))
            : "");
    }

    private static string Select(SqlWriter sql, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation, CorrelationInput names, string more)
    {
        var any = inputs.Count == 1 ? inputs[0] : new Any([.. inputs]);
        var columns = string.Concat(names.GroupFields.Select((field, at) => $", {sql.Folded(field)} AS modus_g{at}"));
        if (names.ValueFields.Length > 0)
        {
            var value = correlation.Rule.Type == CorrelationType.ValueCount ? sql.Tuple(names.ValueFields) : sql.NumberOf(names.ValueFields[0]);
            columns += $", {value} AS modus_v";
        }

        // Events without a grouped field take no part.
        var there = string.Concat(names.GroupFields.Select(field => $" AND {sql.Name(field)} IS NOT NULL"));
        var time = sql.Name(sql.Options.TimeField);
        return $"SELECT *{columns}{more}{sql.Instant(time)} FROM {sql.Name(sql.Options.Table ?? "events")} WHERE ({sql.Condition(any)}){there} AND {time} IS NOT NULL";
    }

    private static string Is(string of, int input, CompiledCorrelation correlation) =>
        CorrelationConverter.HasOneGroup(correlation) ? $"{of}modus_r{input} = 1" : $"{of}modus_rule = {input}";

    private static string Measure(string of, QueryTarget target, int inputs, CompiledCorrelation correlation) => correlation.Rule.Type switch
    {
        CorrelationType.EventCount => "count(*)",
        CorrelationType.ValueCount => $"count(DISTINCT {of}modus_v)",
        CorrelationType.Temporal when CorrelationConverter.HasOneGroup(correlation) => string.Join(" + ", Enumerable.Range(0, inputs).Select(at => $"max({of}modus_r{at})")),
        CorrelationType.Temporal => $"count(DISTINCT {of}modus_rule)",
        CorrelationType.ValueSum => $"sum({of}modus_v)",
        CorrelationType.ValueAvg => $"avg({of}modus_v)",
        _ when target == QueryTarget.Postgres => $"percentile_cont({Share(correlation.Rule)}) WITHIN GROUP (ORDER BY {of}modus_v)",
        _ => $"quantile_cont({of}modus_v, {Share(correlation.Rule)})",
    };

    private static string Share(SigmaCorrelation rule) => ((rule.Type == CorrelationType.ValueMedian ? 50 : rule.Percentile ?? 50) / 100).ToString(CultureInfo.InvariantCulture);

    private static string Seconds(SigmaCorrelation rule) => ((long)rule.Timespan.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Bounds(CompiledCorrelation correlation) =>
        string.Join(" AND ", CorrelationConverter.Bounds(correlation).Select(bound => $"measured {NumberTest.Sign(bound.Comparison)} {bound.Value.ToString(CultureInfo.InvariantCulture)}"));
}
