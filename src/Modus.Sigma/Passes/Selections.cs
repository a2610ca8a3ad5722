using System.Collections.Immutable;
using System.IO.Enumeration;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Passes;

/// <summary>First pass: search identifiers and <c>x of</c> become what they stand for.</summary>
internal static class Selections
{
    public static Expression Resolve(Expression expression, SourcePosition at, RuleContext context) => expression switch
    {
        Name name => Named(name, at, context),
        Quantifier quantifier => Of(quantifier, at, context),
        _ => expression.Rewrite(part => Resolve(part, at, context)),
    };

    /// <summary>A selection as an expression: maps are and, lists are or.</summary>
    public static Expression Of(DetectionNode node) => node switch
    {
        AllOfItems all => new All([.. all.Items.Select(Of)]),
        AnyOfItems any => new Any([.. any.Items.Select(Of)]),
        FieldItem item => new Item(item),
        _ => throw new InvalidOperationException($"unknown part of a detection: {node.GetType().Name}"),
    };

    private static Expression Counted(DetectionNode node, SourcePosition at, RuleContext context)
    {
        if (context.Take(Tests(node))) return Of(node);
        context.Refuse("MD2104", at, $"The condition repeats its search identifiers until the rule has more than {RuleCompiler.MaxTests} tests.");
        return Expression.False;
    }

    private static int Tests(DetectionNode node) => node switch
    {
        AllOfItems all => all.Items.Sum(Tests),
        AnyOfItems any => any.Items.Sum(Tests),
        FieldItem item => Math.Max(1, item.Values.Length),
        _ => 1,
    };

    private static Expression Named(Name name, SourcePosition at, RuleContext context)
    {
        if (context.Selections.TryGetValue(name.Identifier, out var body)) return Counted(body, at, context);
        var near = context.Selections.Keys.FirstOrDefault(key => key.Equals(name.Identifier, StringComparison.OrdinalIgnoreCase));
        context.Refuse("MD2110", at, $"The condition names '{name.Identifier}', and the detection has no such search identifier.",
            near is null ? $"The detection has: {string.Join(", ", context.Selections.Keys)}." : $"Write '{near}'.");
        return Expression.False;
    }

    private static Expression Of(Quantifier quantifier, SourcePosition at, RuleContext context)
    {
        ImmutableArray<Expression> parts =
        [
            .. context.Selections
                .Where(selection => quantifier.Pattern is null
                    ? !selection.Key.StartsWith('_')
                    : FileSystemName.MatchesSimpleExpression(quantifier.Pattern, selection.Key, ignoreCase: false))
                .Select(selection => Counted(selection.Value, at, context)),
        ];
        if (parts.IsEmpty)
            context.Refuse("MD2111", at, $"'{quantifier}' names no search identifier.", $"The detection has: {string.Join(", ", context.Selections.Keys)}.");
        return quantifier.IsAll ? new All(parts) : new Any(parts);
    }
}
