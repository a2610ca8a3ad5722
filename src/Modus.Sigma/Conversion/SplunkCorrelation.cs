using System.Globalization;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Conversion;

/// <summary>Correlations in Splunk: <c>streamstats</c> over a window of time, by groups and values whose case was folded first.</summary>
internal static class SplunkCorrelation
{
    public static string Write(ref QueryWriter writer, Expression any, IReadOnlyList<Expression> inputs, CompiledCorrelation correlation)
    {
        var rule = correlation.Rule;
        var where = new SplunkWhereWriter(writer.Options);
        // Which rule an event matched is an expression of eval, which where's conditions are.
        if (CorrelationConverter.IsTemporal(rule) && writer is not SplunkWhereWriter) writer = where;
        var lines = new List<string> { writer.Query(writer.Condition(any)) };
        var groups = correlation.Inputs[0].GroupFields;
        lines.AddRange(groups.Select((field, at) => $"| eval modus_g{at}=lower({SplunkWhereWriter.Name(field)})"));
        var fields = correlation.Inputs[0].ValueFields;
        string measure;
        switch (rule.Type)
        {
            case CorrelationType.EventCount:
                measure = "count AS measured";
                break;
            case CorrelationType.Temporal:
                var current = writer;
                lines.AddRange(inputs.Select((input, at) => $"| eval modus_r{at}=if({current.Condition(input)}, 1, 0)"));
                measure = string.Join(" ", inputs.Select((_, at) => $"max(modus_r{at}) AS modus_m{at}"));
                break;
            case CorrelationType.ValueCount:
                // What has a null part is null, and counts for nothing.
                lines.Add($"| eval modus_v={string.Join(".\"\u0001\".", fields.Select(field => $"lower({SplunkWhereWriter.Name(field)})"))}");
                measure = "dc(modus_v) AS measured";
                break;
            default:
                lines.Add($"| eval modus_v=tonumber({SplunkWhereWriter.Name(fields[0])})");
                measure = $"{(rule.Type == CorrelationType.ValueSum ? "sum" : "avg")}(modus_v) AS measured";
                break;
        }

        var by = groups.Length == 0 ? "" : " by " + string.Join(", ", groups.Select((_, at) => $"modus_g{at}"));
        lines.Add("| sort 0 _time");
        lines.Add($"| streamstats time_window={((long)rule.Timespan.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s {measure}{by}");
        if (rule.Type == CorrelationType.Temporal) lines.Add($"| eval measured={string.Join("+", inputs.Select((_, at) => $"modus_m{at}"))}");
        lines.Add($"| where {string.Join(" AND ", CorrelationConverter.Bounds(correlation).Select(bound => $"measured{NumberTest.Sign(bound.Comparison)}{bound.Value.ToString(CultureInfo.InvariantCulture)}"))}");
        return string.Join('\n', lines);
    }
}
