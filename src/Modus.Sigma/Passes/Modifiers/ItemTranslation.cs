using System.Collections.Immutable;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Passes;

/// <summary>Second pass: a field with modifiers and values becomes tests, joined by or, and, not.</summary>
internal static class ItemTranslation
{
    public static Expression Expand(Expression expression, RuleContext context) =>
        expression is Item item ? Expand(item.Source, context) : expression.Rewrite(part => Expand(part, context));

    private static Expression Expand(FieldItem item, RuleContext context)
    {
        var field = item.Field?.Replace(" ", "", StringComparison.Ordinal);
        foreach (var modifier in item.Modifiers)
        {
            if (ModifierTable.Kinds.ContainsKey(modifier)) continue;
            var near = ModifierTable.Kinds.Keys.MinBy(known => Distance(known, modifier))!;
            context.Refuse("MD2120", item.Position, $"'{modifier}' is no modifier of Sigma 2.1.",
                Distance(near, modifier) <= 2 ? $"Write '{near}'." : $"The modifiers are: {string.Join(", ", ModifierTable.Kinds.Keys)}.");
            return Expression.False;
        }

        if (!ModifierChain.IsSound(item, context)) return Expression.False;
        if (item.Modifiers.Contains("all") && item.Values.Length == 1 && !item.Modifiers.Contains("expand"))
            context.Warn("MD2127", item.Position, $"'all' does nothing on the single value of '{item.Key}'.", "Remove '|all'.");

        var texts = item.Values.Any(value => value is { Kind: RuleValueKind.Text, Text.Length: 0 });
        if (texts && item.Values.Any(value => value.Kind == RuleValueKind.Null))
            context.Warn("MD2128", item.Position, "null and '' stand in one list; Sigma keeps them apart: null is no value, '' an empty one.", "Put them into two search identifiers.");

        var parts = ImmutableArray.CreateBuilder<Expression>(item.Values.Length);
        foreach (var value in item.Values)
            foreach (var translated in ModifierChain.Apply(item, value, context))
                parts.Add(Question(field, translated, item, context));

        Expression joined = item.Modifiers.Contains("all") ? new All(parts.ToImmutable()) : new Any(parts.ToImmutable());
        return item.Modifiers.Contains("neq") ? new Not(joined) : joined;
    }

    private static Expression Question(string? field, ItemValue value, FieldItem item, RuleContext context)
    {
        switch (value)
        {
            case AlternativeValues several:
                return new Any([.. several.Values.Select(one => Question(field, one, item, context))]);
            case NullValue when field is not null:
                return new NullTest(field);
            case NullValue:
                context.Refuse("MD2121", value.Position, "A keyword cannot be null.");
                return Expression.False;
            case TestValue { Ask: RegexTest regex }:
                return regex with { Field = field };
            case TestValue test when field is not null:
                return test.IsNegated ? new Not(Placed(test.Ask, field)) : Placed(test.Ask, field);
            case TestValue:
                context.Refuse("MD2122", value.Position, $"'{string.Join('|', item.Modifiers)}' needs a field; keywords have none.");
                return Expression.False;
            case PatternValue pattern:
                return Text(field, pattern, item, context);
            default:
                throw new InvalidOperationException($"unknown value: {value.GetType().Name}");
        }
    }

    private static Expression Text(string? field, PatternValue value, FieldItem item, RuleContext context)
    {
        if (value.Widened() is not { } pattern)
        {
            context.Refuse("MD2123", value.Position, $"'{value.Written}' has letters beyond ASCII, which UTF-16 bytes read as text cannot show.",
                "Follow the UTF-16 modifier with base64 or base64offset.");
            return Expression.False;
        }

        // A keyword is looked for inside the values, unless the rule says where it stands.
        var placed = item.Modifiers.Contains("contains") || item.Modifiers.Contains("startswith") || item.Modifiers.Contains("endswith");
        if (field is null && !placed) pattern = pattern.Open(start: true, end: true);
        return new PatternTest(field, pattern, value.IsCased);
    }

    private static Test Placed(Test test, string field) => test switch
    {
        NumberTest number => number with { Field = field },
        TimeTest time => time with { Field = field },
        NetworkTest network => network with { Field = field },
        FieldTest other => other with { Field = field },
        ExistsTest => new ExistsTest(field),
        _ => throw new InvalidOperationException($"unknown test: {test.GetType().Name}"),
    };

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
