using System.Globalization;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Passes;

/// <summary>Applies the modifiers of an item to its values, one after another in the order they are written.</summary>
internal static class ModifierChain
{
    /// <summary>Checks what holds for the chain as a whole, before any value is looked at.</summary>
    public static bool IsSound(FieldItem item, RuleContext context)
    {
        var modifiers = item.Modifiers;
        var doubled = modifiers.GroupBy(modifier => modifier).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (doubled is not null)
        {
            context.Refuse("MD2124", item.Position, $"'{doubled}' stands twice in '{item.Key}'.", "Write it once.");
            return false;
        }

        for (var at = 0; at < modifiers.Length; at++)
        {
            var before = modifiers.Take(at).Where(modifier => modifier is not ("all" or "neq")).ToArray();
            var modifier = modifiers[at];
            var message = (modifier, ModifierTable.Kinds[modifier]) switch
            {
                ("re" or "cidr" or "exists", _) when before.Length > 0 => $"'{modifier}' takes the value as it is written, so '{before[^1]}' cannot stand before it.",
                ("fieldref", _) when before.Any(word => word is not ("startswith" or "endswith" or "contains" or "cased")) => $"'fieldref' cannot follow '{before[^1]}'.",
                (_, ModifierKind.RegexFlag) when !before.Contains("re") => $"'{modifier}' is a flag of regular expressions and must follow 're'.",
                _ => null,
            };
            if (message is null) continue;
            context.Refuse("MD2124", item.Position, message);
            return false;
        }

        return true;
    }

    /// <summary>The values that a value becomes: several when placeholders are expanded.</summary>
    public static List<ItemValue> Apply(FieldItem item, RuleValue written, RuleContext context)
    {
        ItemValue first = written.Kind == RuleValueKind.Null
            ? new NullValue(written.Position)
            : new PatternValue(written.Position, Pattern.Parse(written.Text), written.Text, written.Kind);
        List<ItemValue> values = [first];
        foreach (var modifier in item.Modifiers)
        {
            if (modifier is "all" or "neq") continue;
            var next = new List<ItemValue>(values.Count);
            foreach (var value in values) next.AddRange(Each(value, modifier, item, context));
            values = next;
        }

        return values;
    }

    private static IEnumerable<ItemValue> Each(ItemValue value, string modifier, FieldItem item, RuleContext context)
    {
        if (value is AlternativeValues several)
            return [several with { Values = [.. several.Values.SelectMany(one => Each(one, modifier, item, context))] }];
        if (modifier == "expand") return Placeholders.Expand(value, item, context);
        var result = value switch
        {
            PatternValue text => Text(text, modifier, context),
            TestValue test => Question(test, modifier),
            _ => null,
        };
        if (result is not null) return [result];
        context.Refuse("MD2125", value.Position, $"'{modifier}' in '{item.Key}' cannot be applied to {value.Kind}.");
        return [];
    }

    private static ItemValue? Text(PatternValue value, string modifier, RuleContext context)
    {
        var at = value.Position;
        switch (modifier)
        {
            case "contains": return value with { Pattern = value.Pattern.Open(true, true) };
            case "startswith": return value with { Pattern = value.Pattern.Open(false, true) };
            case "endswith": return value with { Pattern = value.Pattern.Open(true, false) };
            case "cased": return value with { IsCased = true };
            case "windash": return value with { Pattern = WindowsDash.Mark(value.Pattern) };
            case "wide" or "utf16le": return value with { Encoding = TextEncoding.Utf16Le };
            case "utf16be": return value with { Encoding = TextEncoding.Utf16Be };
            case "utf16": return value with { Encoding = TextEncoding.Utf16 };
            case "base64" or "base64offset": return Base64.Encode(value, modifier == "base64offset", context);
            case "re": return Regexes.Check(value, context);
            case "fieldref" when value.Source == RuleValueKind.Text: return Reference(value, context);
            case "exists" when value.Written is "true" or "false":
                return new TestValue(at, new ExistsTest(""), "true or false") { IsNegated = value.Written == "false" };
            case "cidr":
                if (Network.Parse(value.Written) is { } network) return new TestValue(at, new NetworkTest("", network), "a network");
                context.Refuse("MD2126", at, $"'{value.Written}' is no network.", "Write it as 10.0.0.0/8 or 2001:db8::/32, without bits behind the length.");
                return value;
        }

        if (!decimal.TryParse(value.Written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        if (ModifierTable.ComparisonOf(modifier) is { } comparison) return new TestValue(at, new NumberTest("", comparison, number), "a comparison");
        return ModifierTable.TimePartOf(modifier) is { } part ? new TestValue(at, new TimeTest("", part, Comparison.Eq, number), "a part of a time") : null;
    }

    private static TestValue? Question(TestValue value, string modifier) => (value.Ask, modifier) switch
    {
        (RegexTest regex, "i" or "ignorecase") => value with { Ask = regex with { IgnoreCase = true } },
        (RegexTest regex, "m" or "multiline") => value with { Ask = regex with { MultiLine = true } },
        (RegexTest regex, "s" or "dotall") => value with { Ask = regex with { DotAll = true } },
        // A regular expression is searched anywhere in the value already.
        (RegexTest, "contains") => value,
        (FieldTest field, "contains") => value with { Ask = field with { OpenStart = true, OpenEnd = true } },
        (FieldTest field, "startswith") => value with { Ask = field with { OpenEnd = true } },
        (FieldTest field, "endswith") => value with { Ask = field with { OpenStart = true } },
        (FieldTest field, "cased") => value with { Ask = field with { IsCased = true } },
        (TimeTest time, "lt" or "lte" or "gt" or "gte") => value with { Ask = time with { Comparison = ModifierTable.ComparisonOf(modifier)!.Value } },
        (NumberTest number, _) when ModifierTable.TimePartOf(modifier) is { } part => value with { Ask = new TimeTest("", part, number.Comparison, number.Value) },
        _ => null,
    };

    private static ItemValue Reference(PatternValue value, RuleContext context)
    {
        var parts = value.Pattern.Parts;
        var open = value.Pattern.Shape is PatternShape.StartsWith or PatternShape.EndsWith or PatternShape.Contains;
        if ((value.Pattern.IsLiteral || open) && value.Pattern.Literal.Length > 0 && !value.Written.Contains('*', StringComparison.Ordinal))
        {
            var name = value.Pattern.Literal.Replace(" ", "", StringComparison.Ordinal);
            return new TestValue(value.Position, new FieldTest("", name, parts[0].Kind == PatternPartKind.AnyText, parts[^1].Kind == PatternPartKind.AnyText, value.IsCased), "a field");
        }

        context.Refuse("MD2125", value.Position, $"'{value.Written}' is no name of a field: a reference has no wildcards.");
        return value;
    }
}
