using System.Globalization;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Conversion;

/// <summary>Correlations in Kusto: the events that match, joined with those of their group from the timespan before up to each of them.</summary>
internal static class KqlCorrelation
{
    public static string Write(KqlWriter kql, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation)
    {
        var rule = correlation.Rule;
        var any = inputs.Count == 1 ? inputs[0] : new Any([.. inputs]);
        var time = KqlWriter.Column(kql.Options.TimeField);
        var groups = correlation.Inputs[0].GroupFields;
        var fields = correlation.Inputs[0].ValueFields;
        var there = string.Concat(groups.Select(field => $" and isnotempty({KqlWriter.Column(field)})"));
        var extended = new List<string> { groups.Length == 0 ? "modus_g = \"\"" : $"modus_g = strcat_delim(\"\\u0001\", {string.Join(", ", groups.Select(field => $"tolower(tostring({KqlWriter.Column(field)}))"))})" };
        string measure;
        switch (rule.Type)
        {
            case CorrelationType.EventCount:
                measure = "count()";
                break;
            case CorrelationType.Temporal:
                extended.AddRange(inputs.Select((input, at) => $"modus_r{at} = iff({kql.Condition(input)}, 1, 0)"));
                measure = string.Join(" + ", inputs.Select((_, at) => $"max(modus_r{at})"));
                break;
            case CorrelationType.ValueCount:
                extended.Add($"modus_v = iff({string.Join(" and ", fields.Select(field => $"isnotempty({KqlWriter.Column(field)})"))}, strcat_delim(\"\\u0001\", {string.Join(", ", fields.Select(field => $"tolower(tostring({KqlWriter.Column(field)}))"))}), \"\")");
                measure = "count_distinctif(modus_v, isnotempty(modus_v))";
                kql.Note("Kusto does not tell a missing text from an empty one.");
                break;
            default:
                extended.Add($"modus_v = todouble({KqlWriter.Column(fields[0])})");
                measure = $"{(rule.Type == CorrelationType.ValueSum ? "sumif" : "avgif")}(modus_v, isnotnull(modus_v))";
                break;
        }

        var kept = string.Concat(extended.Skip(1).Select(one => ", " + one[..one.IndexOf(' ', StringComparison.Ordinal)]));
        var bounds = string.Join(" and ", CorrelationConverter.Bounds(correlation).Select(bound => $"measured {NumberTest.Sign(bound.Comparison)} {bound.Value.ToString(CultureInfo.InvariantCulture)}"));
        if (rule.Type == CorrelationType.ValueSum) bounds = $"modus_n0 > 0 and {bounds}";
        return $"let base = materialize({kql.Options.Table ?? "events"}\n| where ({kql.Condition(any)}){there} and isnotnull({time})\n| extend {string.Join(", ", extended)}\n| serialize modus_n = row_number());\n"
            + $"let held = base\n| project modus_n, modus_g, modus_e = {time}\n| join kind=inner (base | project modus_g, modus_t = {time}{kept}) on modus_g\n"
            + $"| where modus_t between (modus_e - {((long)rule.Timespan.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s .. modus_e)\n"
            + $"| summarize measured = {measure}{(rule.Type == CorrelationType.ValueSum ? ", modus_n0 = countif(isnotnull(modus_v))" : "")} by modus_n\n| where {bounds};\n"
            + "base\n| join kind=inner held on modus_n";
    }
}
