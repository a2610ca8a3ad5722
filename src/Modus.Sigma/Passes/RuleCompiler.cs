using System.Collections.Immutable;
using Modus.Sigma.Conditions;
using Modus.Sigma.Expressions;
using Modus.Sigma.Passes;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma;

/// <summary>A rule in the form that can be evaluated, converted and explained.</summary>
/// <param name="Header">What the rule states about itself.</param>
/// <param name="LogSource">Which logs it reads.</param>
/// <param name="Expression">True for the events the rule means: only tests, and, or, not.</param>
public sealed record CompiledRule(RuleHeader Header, RuleLogSource LogSource, Expression Expression)
{
    /// <summary>The filters that were laid over the rule, by their key.</summary>
    public ImmutableArray<string> Filters { get; init; } = [];

    /// <summary>False when the rule only feeds a correlation that does not ask for its own hits (Sigma 2.1, attribute <c>generate</c>).</summary>
    public bool IsReported { get; init; } = true;
}

/// <summary>Translates rules: conditions, modifiers and values become one expression of plain tests.</summary>
/// <remarks>The passes run in this order: selections, modifiers, field names, proof of regular expressions, simplification.</remarks>
public static class RuleCompiler
{
    /// <summary>Tests one rule may have before simplification: 500,000.</summary>
    public const int MaxTests = 500_000;

    /// <summary>Translates a rule. Several conditions are joined by or.</summary>
    /// <returns>The rule, or null with at least one error in <paramref name="problems"/>.</returns>
    public static CompiledRule? Compile(SigmaRule rule, CompileOptions options, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var expression = Translate(rule.Header.File, rule.Selections, rule.Conditions, options, problems);
        return expression is null ? null : new(rule.Header, rule.LogSource, expression);
    }

    /// <summary>Translates the condition of a filter: true for the events it takes away.</summary>
    /// <remarks>
    /// Filters are written in two ways: <c>condition: selection</c> names the events to take away, as in the specification,
    /// <c>condition: not selection</c> names the events that stay. Where every part of the condition starts with <c>not</c>, the second is meant.
    /// </remarks>
    public static Expression? Compile(SigmaFilter filter, CompileOptions options, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var expression = Translate(filter.Header.File, filter.Selections, [filter.Condition], options, problems);
        if (expression is null) return null;
        var condition = ConditionParser.Parse(filter.Condition.Text, out _);
        var namesWhatStays = condition is Not || (condition is All all && all.Parts.All(part => part is Not));
        return namesWhatStays ? Simplification.Simplify(new Not(expression)) : expression;
    }

    /// <summary>Translates one search identifier alone, for explanations.</summary>
    public static Expression? Compile(Selection selection, string file, CompileOptions options, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return Translate(file, [selection], [new(selection.Name, selection.Position)], options, problems);
    }

    private static Expression? Translate(
        string file, ImmutableArray<Selection> selections, ImmutableArray<ConditionText> conditions, CompileOptions options, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(problems);
        var bodies = new Dictionary<string, DetectionNode>(StringComparer.Ordinal);
        foreach (var selection in selections) bodies[selection.Name] = selection.Body;
        var context = new RuleContext(file, bodies, options, problems);
        var parts = ImmutableArray.CreateBuilder<Expression>(conditions.Length);
        foreach (var condition in conditions)
        {
            var at = condition.Position;
            if (ConditionParser.Parse(condition.Text, out var error) is { } parsed) parts.Add(Run(parsed, at, context));
            else context.Refuse(error!.Code, at with { Column = at.Column + error.Offset }, error.Message, error.Fix);
        }

        return context.Failed ? null : Simplification.Simplify(new Any(parts.ToImmutable()));
    }

    // The order is the design: each pass may rely on the ones above it.
    private static Expression Run(Expression condition, SourcePosition at, RuleContext context)
    {
        var expression = Selections.Resolve(condition, at, context);
        if (context.Failed) return expression;
        expression = ItemTranslation.Expand(expression, context);
        if (context.Failed) return expression;
        expression = FieldNames.Map(expression, context);
        return Regexes.Prove(expression, at, context);
    }
}
