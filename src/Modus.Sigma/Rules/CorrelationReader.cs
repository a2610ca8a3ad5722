using System.Collections.Immutable;
using System.Globalization;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>Reads correlation documents (Sigma 2.1 correlation rules).</summary>
internal static class CorrelationReader
{
    /// <summary>Rules one correlation may name: 64.</summary>
    public const int MaxRules = 64;

    private static readonly Dictionary<string, CorrelationType> types = new(StringComparer.Ordinal)
    {
        ["event_count"] = CorrelationType.EventCount,
        ["value_count"] = CorrelationType.ValueCount,
        ["temporal"] = CorrelationType.Temporal,
        ["temporal_ordered"] = CorrelationType.TemporalOrdered,
        ["value_sum"] = CorrelationType.ValueSum,
        ["value_avg"] = CorrelationType.ValueAvg,
        ["value_percentile"] = CorrelationType.ValuePercentile,
        ["value_median"] = CorrelationType.ValueMedian,
    };

    /// <summary>A type as rules write it.</summary>
    public static string NameOf(CorrelationType type) => types.First(pair => pair.Value == type).Key;

    public static SigmaCorrelation? Read(RuleHeader header, YamlMapping document, DocumentContext context)
    {
        if (document.Find("correlation") is not YamlMapping map)
        {
            context.Error("MD2040", document.Position, "'correlation' must be a map.");
            return null;
        }

        var typeText = map.Text("type") ?? "";
        if (!types.TryGetValue(typeText, out var type))
        {
            context.Error("MD2041", map.Find("type")?.Position ?? map.Position, $"'{typeText}' is no type of correlation that can be evaluated.",
                "Write one of: " + string.Join(", ", types.Keys) + ".");
        }

        var rules = References(map, "rules", context);
        if (rules.IsEmpty) context.Error("MD2042", map.Position, "The correlation names no rules.", "Add 'rules:' with ids or names.");
        if (rules.Length > MaxRules) context.Error("MD2042", map.Position, $"The correlation names {rules.Length} rules; {MaxRules} are the most.");
        var span = Timespan(map, context);
        var bounds = ImmutableArray.CreateBuilder<CorrelationBound>();
        ImmutableArray<string> fields = [];
        decimal? percentile = null;
        if (map.Find("condition") is YamlMapping condition)
            (fields, percentile) = Condition(condition, bounds, context);
        else if (map.Find("condition") is { } odd and not YamlScalar { IsNull: true })
            context.Error("MD2044", odd.Position, "The condition of a correlation must be a map such as 'gte: 10'.");
        Check(type, map, bounds, fields, percentile, context);

        ImmutableArray<string> groupBy = [.. context.Scalars(map.Find("group-by"), "group-by", "MD2045").Select(field => field.Text)];
        var generate = (map.Find("generate") ?? document.Find("generate")) is YamlScalar yes && yes.Text.Equals("true", StringComparison.OrdinalIgnoreCase);
        var correlation = new SigmaCorrelation(header, document, type, rules, groupBy, span, bounds.ToImmutable(), fields, percentile, Aliases(map, context), generate);
        return context.Failed ? null : correlation;
    }

    public static ImmutableArray<RuleReference> References(YamlMapping map, string key, DocumentContext context) =>
        [.. context.Scalars(map.Find(key), key, "MD2042").Select(rule => new RuleReference(rule.Text.Trim(), rule.Position))];

    private static (ImmutableArray<string> Fields, decimal? Percentile) Condition(
        YamlMapping condition, ImmutableArray<CorrelationBound>.Builder bounds, DocumentContext context)
    {
        ImmutableArray<string> fields = [];
        decimal? percentile = null;
        foreach (var entry in condition.Entries)
        {
            var key = entry.Key.Text;
            if (key == "field")
            {
                fields = [.. context.Scalars(entry.Value, "field", "MD2044").Select(field => field.Text)];
                continue;
            }

            var isNumber = decimal.TryParse((entry.Value as YamlScalar)?.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            if (key == "percentile")
            {
                if (isNumber && number is >= 0 and <= 100) percentile = number;
                else context.Error("MD2044", entry.Value.Position, "'percentile' must be a number from 0 to 100.");
            }
            else if (!Enum.TryParse<Comparison>(key, ignoreCase: true, out var comparison) || int.TryParse(key, out _))
            {
                context.Error("MD2044", entry.Key.Position, $"'{key}' is no comparison.", "Write one of: eq, neq, gt, gte, lt, lte, field, percentile.");
            }
            else if (!isNumber)
            {
                context.Error("MD2044", entry.Value.Position, $"'{key}' must be followed by a number.");
            }
            else
            {
                bounds.Add(new(comparison, number, entry.Key.Position));
            }
        }

        return (fields, percentile);
    }

    private static void Check(CorrelationType type, YamlMapping map, ImmutableArray<CorrelationBound>.Builder bounds,
        ImmutableArray<string> fields, decimal? percentile, DocumentContext context)
    {
        var temporal = type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        if (bounds.Count == 0 && !temporal)
            context.Error("MD2044", map.Position, "The correlation has no condition.", "Add 'condition:' with for example 'gte: 10'.");
        if (temporal || type == CorrelationType.EventCount) return;
        if (fields.IsEmpty)
            context.Error("MD2044", map.Position, "This type of correlation measures a field, and its condition names none.", "Add 'field: NAME' to the condition.");
        else if (fields.Length > 1 && type != CorrelationType.ValueCount)
            context.Error("MD2044", map.Position, "Only value_count takes several fields.");
        if (type == CorrelationType.ValuePercentile && percentile is null)
            context.Error("MD2044", map.Position, "value_percentile needs 'percentile: 0 … 100' in its condition.");
    }

    private static TimeSpan Timespan(YamlMapping map, DocumentContext context)
    {
        var node = map.Find("timespan");
        if (node is null && (node = map.Find("timeframe")) is not null)
            context.Warn("MD2046", node.Position, "'timeframe' is the old name of 'timespan'.", "Write 'timespan:'.");
        var text = (node as YamlScalar)?.Text.Trim() ?? "";
        if (text.Length > 1 && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 100_000_000)
        {
            long seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
            if (seconds > 0 && count * seconds <= TimeSpan.MaxValue.TotalSeconds) return TimeSpan.FromSeconds(count * seconds);
        }

        context.Error("MD2043", node?.Position ?? map.Position, $"'{text}' is no time span.", "Write a whole number and one of s, m, h, d: '5m'.");
        return default;
    }

    private static ImmutableArray<CorrelationAlias> Aliases(YamlMapping map, DocumentContext context)
    {
        if (map.Find("aliases") is not { } node || node is YamlScalar { IsNull: true }) return [];
        var aliases = ImmutableArray.CreateBuilder<CorrelationAlias>();
        foreach (var entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (entry.Value is YamlMapping fields && fields.Entries.All(field => field.Value is YamlScalar))
            {
                aliases.Add(new(entry.Key.Text,
                    [.. fields.Entries.Select(field => (new RuleReference(field.Key.Text.Trim(), field.Key.Position), ((YamlScalar)field.Value).Text))],
                    entry.Key.Position));
            }
            else
            {
                context.Error("MD2047", entry.Value.Position, $"The alias '{entry.Key.Text}' must be a map of rule: field.");
            }
        }

        if (node is not YamlMapping) context.Error("MD2047", node.Position, "'aliases' must be a map of alias: {rule: field}.");
        return aliases.ToImmutable();
    }
}
