using System.Collections.Immutable;
using System.Globalization;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>Reads search identifiers and conditions as they are written (Sigma 2.1, attribute <c>detection</c>).</summary>
internal static class DetectionReader
{
    /// <summary>Keys of a detection that name no search identifier.</summary>
    public static readonly string[] Reserved = ["condition", "timeframe"];

    public static ImmutableArray<Selection> Selections(YamlMapping detection, DocumentContext context, params string[] alsoReserved)
    {
        var selections = ImmutableArray.CreateBuilder<Selection>();
        foreach (var entry in detection.Entries)
        {
            if (Reserved.Contains(entry.Key.Text) || alsoReserved.Contains(entry.Key.Text)) continue;
            if (Body(entry.Value, context) is { } body) selections.Add(new(entry.Key.Text, entry.Key.Position, body));
        }

        return selections.ToImmutable();
    }

    public static ImmutableArray<ConditionText> Conditions(YamlMapping detection, DocumentContext context)
    {
        var conditions = context.Scalars(detection.Find("condition"), "condition", "MD2033");
        if (conditions.IsEmpty)
        {
            context.Error("MD2032", detection.Position, "The detection has no 'condition'.",
                "Add 'condition:' with the search identifiers that must match.");
        }

        return [.. conditions.Select(text => new ConditionText(text.Text, text.Position))];
    }

    private static DetectionNode? Body(YamlNode node, DocumentContext context)
    {
        switch (node)
        {
            case YamlMapping map:
                return Map(map, context);
            case YamlSequence list:
                return List(list, context);
            case YamlScalar { IsNull: false } scalar:
                return new FieldItem(scalar.Position, null, [], [Value(scalar)], IsList: false);
            default:
                context.Error("MD2030", node.Position, "A search identifier is empty.", "Give it a map of fields or a list of keywords.");
                return null;
        }
    }

    private static DetectionNode? Map(YamlMapping map, DocumentContext context)
    {
        if (map.Entries.IsEmpty)
        {
            context.Error("MD2030", map.Position, "A search identifier is empty.", "Give it a map of fields or a list of keywords.");
            return null;
        }

        var items = ImmutableArray.CreateBuilder<DetectionNode>(map.Entries.Length);
        foreach (var entry in map.Entries)
            if (Field(entry, context) is { } item) items.Add(item);
        return items.Count == 1 ? items[0] : new AllOfItems(map.Position, items.ToImmutable());
    }

    private static DetectionNode? List(YamlSequence list, DocumentContext context)
    {
        var items = ImmutableArray.CreateBuilder<DetectionNode>();
        var words = ImmutableArray.CreateBuilder<RuleValue>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar scalar) words.Add(Value(scalar));
            else if (Body(item, context) is { } body) items.Add(body);
        }

        if (words.Count > 0) items.Insert(0, new FieldItem(list.Position, null, [], words.ToImmutable(), IsList: true));
        if (items.Count > 0) return items.Count == 1 ? items[0] : new AnyOfItems(list.Position, items.ToImmutable());
        if (list.Items.IsEmpty) context.Error("MD2030", list.Position, "A search identifier is an empty list.", "Give it maps of fields or keywords.");
        return null;
    }

    private static FieldItem? Field(YamlEntry entry, DocumentContext context)
    {
        var parts = entry.Key.Text.Split('|');
        var field = parts[0].Trim();
        ImmutableArray<string> modifiers = [.. parts.Skip(1).Select(part => part.Trim().ToLowerInvariant())];
        switch (entry.Value)
        {
            case YamlScalar scalar:
                return new FieldItem(entry.Key.Position, Named(field), modifiers, [Value(scalar)], IsList: false);
            case YamlSequence list:
                var values = ImmutableArray.CreateBuilder<RuleValue>(list.Items.Length);
                foreach (var item in list.Items)
                {
                    if (item is YamlScalar value) values.Add(Value(value));
                    else context.Error("MD2031", item.Position, $"A value of '{field}' is a map or a list; only plain values can be compared.");
                }

                if (values.Count == 0 && list.Items.IsEmpty) context.Error("MD2031", list.Position, $"The list of '{field}' is empty, so nothing can match.");
                return new FieldItem(entry.Key.Position, Named(field), modifiers, values.ToImmutable(), IsList: true);
            default:
                context.Error("MD2031", entry.Value.Position, $"The value of '{field}' is a map; nested fields are written with dots.",
                    $"Write '{field}.name: value'.");
                return null;
        }
    }

    private static string? Named(string field) => field.Length == 0 ? null : field;

    private static RuleValue Value(YamlScalar scalar)
    {
        if (!scalar.IsPlain) return new(RuleValueKind.Text, scalar.Text, scalar.Position);
        if (scalar.IsNull) return new(RuleValueKind.Null, "", scalar.Position);
        if (scalar.Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
            return new(RuleValueKind.Boolean, scalar.Text.ToLowerInvariant(), scalar.Position);
        return IsNumber(scalar.Text)
            ? new(RuleValueKind.Number, scalar.Text.TrimStart('+'), scalar.Position)
            : new(RuleValueKind.Text, scalar.Text, scalar.Position);
    }

    // YAML's core numbers in base ten; 0x… and 0o… stay texts, since logs write them so.
    private static bool IsNumber(string text) =>
        (char.IsAsciiDigit(text[^1]) || text[^1] == '.')
        && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
}
