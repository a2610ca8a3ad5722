using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>The documents of a rule text, and what was wrong with it.</summary>
/// <param name="Documents">Rules, correlations and filters that could be read, in the order of the file.</param>
/// <param name="Given">How many documents the text holds, read or refused (parts that only set defaults are not counted).</param>
/// <param name="Problems">All problems; each refused document has at least one error.</param>
public sealed record ParsedRules(ImmutableArray<RuleDocument> Documents, int Given, ImmutableArray<Problem> Problems);

/// <summary>Reads Sigma documents from YAML without interpreting conditions, modifiers or values.</summary>
public static class RuleParser
{
    /// <summary>Reads the documents of a text.</summary>
    /// <param name="text">YAML with one or several documents.</param>
    /// <param name="file">The name that problems and headers carry.</param>
    public static ParsedRules Parse(string text, string file)
    {
        var problems = new List<Problem>();
        var yaml = YamlReader.Read(text, file, problems);
        var broken = problems.Any(problem => problem.Severity == ProblemSeverity.Error);
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        var given = broken ? 1 : 0;
        YamlMapping? global = null;
        YamlMapping? previous = null;
        for (var index = 0; index < yaml.Length && !broken; index++)
        {
            var context = new DocumentContext(file, problems);
            if (yaml[index] is not YamlMapping map)
            {
                given++;
                context.Error("MD2005", yaml[index].Position, "A rule is a map of attributes; this document is something else.");
                continue;
            }

            var action = map.Text("action");
            if (action is not null) Legacy(action, map, context);
            if (action == "reset") global = null;
            if (action == "global")
            {
                global = global is null ? map : YamlMerge.Merge(global, map);
                continue;
            }

            var whole = action == "repeat" && previous is not null ? YamlMerge.Merge(previous, map) : global is null ? map : YamlMerge.Merge(global, map);
            previous = whole;
            if (action == "reset" && map.Entries.Length == 1) continue;
            given++;
            if (!context.Failed && Document(whole, index, context) is { } document) documents.Add(document);
        }

        return new(documents.ToImmutable(), given, [.. problems]);
    }

    private static void Legacy(string action, YamlMapping map, DocumentContext context)
    {
        var at = map.Entry("action")!.Key.Position;
        if (action is "global" or "repeat" or "reset")
            context.Warn("MD2006", at, $"'action: {action}' is an old form that later versions of Sigma dropped.", "Write each rule out in full.");
        else if (action != "correlation")
            context.Error("MD2006", at, $"'action: {action}' is unknown.", "Remove it; only the old actions global, repeat and reset are read.");
    }

    private static RuleDocument? Document(YamlMapping map, int index, DocumentContext context)
    {
        var header = HeaderReader.Read(map, index, context);
        RuleDocument? document =
            map.Find("correlation") is not null ? CorrelationReader.Read(header, map, context)
            : map.Find("filter") is not null ? Filter(header, map, context)
            : Rule(header, map, context);
        return context.Failed ? null : document;
    }

    private static SigmaRule? Rule(RuleHeader header, YamlMapping map, DocumentContext context)
    {
        var source = HeaderReader.LogSource(map, context);
        if (map.Find("detection") is not YamlMapping detection)
        {
            context.Error("MD2030", map.Position, "There is no 'detection' map.", "Add 'detection:' with search identifiers and a condition.");
            return null;
        }

        var selections = DetectionReader.Selections(detection, context);
        var conditions = DetectionReader.Conditions(detection, context);
        if (selections.IsEmpty && !context.Failed) context.Error("MD2030", detection.Position, "The detection has no search identifier.");
        if (detection.Entry("timeframe") is { } timeframe)
        {
            context.Error("MD2034", timeframe.Key.Position, "'timeframe' belongs to the old aggregations, which Sigma 2 no longer has.",
                "Write a second document with 'correlation:' that names this rule, with 'timespan:'.");
        }

        return source is null ? null : new(header, map, source, selections, conditions);
    }

    private static SigmaFilter? Filter(RuleHeader header, YamlMapping map, DocumentContext context)
    {
        var source = HeaderReader.LogSource(map, context);
        if (map.Find("filter") is not YamlMapping filter)
        {
            context.Error("MD2050", map.Position, "'filter' must be a map with rules, search identifiers and a condition.");
            return null;
        }

        var any = filter.Find("rules") is YamlScalar { Text: "any" };
        var rules = any ? [] : CorrelationReader.References(filter, "rules", context);
        if (!any && rules.IsEmpty) context.Error("MD2051", filter.Position, "The filter names no rules.", "Add 'rules:' with ids or names, or 'rules: any'.");
        var selections = DetectionReader.Selections(filter, context, "rules");
        var conditions = DetectionReader.Conditions(filter, context);
        if (conditions.Length > 1) context.Error("MD2052", filter.Position, "A filter has one condition.", "Join the conditions with 'or'.");
        return source is null || conditions.Length != 1 ? null : new(header, map, source, rules, any, selections, conditions[0]);
    }
}
