using System.IO.Enumeration;
using Modus.Sigma.Conditions;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks of the condition and of how it uses the search identifiers.</summary>
internal static class ConditionChecks
{
    public static void Run(SigmaRule rule, CompiledRule? compiled, LintContext lint)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var condition in rule.Conditions)
        {
            if (ConditionParser.Parse(condition.Text, out _) is not { } parsed) return;
            Walk(parsed, rule, condition, negated: false, used, lint);
            Spelled(rule, condition, lint);
        }

        foreach (var selection in rule.Selections)
        {
            if (!used.Contains(selection.Name))
                lint.Report(Catalogue.SelectionUnused, rule.Header, selection.Position, $"The condition does not use '{selection.Name}'.", "Use it in the condition, or remove it.");
        }

        Twins(rule, lint);
        if (compiled is null) return;
        var at = rule.Conditions[0].Position;
        if (Known(compiled.Expression) is { } answer)
            lint.Report(Catalogue.ConditionConstant, rule.Header, at, $"The rule is {(answer ? "true for every event" : "never true")}.", "Look for parts that cancel each other.");
        else if (!CanBePositive(compiled.Expression, wanted: true))
            lint.Report(Catalogue.NegativeOnly, rule.Header, at, "The rule has no part that an event must show.", "Add a selection of what is looked for.");
        Contained(rule, compiled.Expression, lint);
    }

    private static void Walk(Expression expression, SigmaRule rule, ConditionText condition, bool negated, HashSet<string> used, LintContext lint)
    {
        switch (expression)
        {
            case Name name:
                used.Add(name.Identifier);
                Positive(name.Identifier, name.ToString());
                break;
            case Quantifier quantifier:
                var names = rule.Selections.Select(selection => selection.Name)
                    .Where(name => quantifier.Pattern is null ? !name.StartsWith('_') : FileSystemName.MatchesSimpleExpression(quantifier.Pattern, name, ignoreCase: false))
                    .ToList();
                used.UnionWith(names);
                if (quantifier.Pattern is null)
                    lint.Report(Catalogue.OfThem, rule.Header, condition.Position, $"'{quantifier}' takes in every search identifier.", "Name them with a pattern such as 'selection_*'.");
                if (names.Count == 1)
                    lint.Report(Catalogue.OfOne, rule.Header, condition.Position, $"'{quantifier}' names '{names[0]}' alone.", $"Write '{names[0]}', or keep it for search identifiers to come.");
                if (names.Find(name => name.StartsWith("filter", StringComparison.OrdinalIgnoreCase)) is { } filter) Positive(filter, quantifier.ToString());
                break;
            case Not { Part: Not }:
                lint.Report(Catalogue.DoubleNot, rule.Header, condition.Position, "The condition has 'not not'.", "Remove both.");
                Walk(((Not)((Not)expression).Part).Part, rule, condition, negated, used, lint);
                break;
            case Not not:
                Walk(not.Part, rule, condition, !negated, used, lint);
                break;
            case All all:
                foreach (var part in all.Parts) Walk(part, rule, condition, negated, used, lint);
                break;
            case Any any:
                foreach (var part in any.Parts) Walk(part, rule, condition, negated, used, lint);
                break;
        }

        void Positive(string name, string written)
        {
            if (!negated && name.StartsWith("filter", StringComparison.OrdinalIgnoreCase))
                lint.Report(Catalogue.FilterPositive, rule.Header, condition.Position, $"'{written}' asks for the filter '{name}' instead of taking it away.", "Write 'not' before it, or give it another name.");
        }
    }

    private static void Spelled(SigmaRule rule, ConditionText condition, LintContext lint)
    {
        var words = condition.Text.Split([' ', '(', ')', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(words, word => word is "AND" or "OR" or "NOT" or "And" or "Or" or "Not") is { } odd)
            lint.Report(Catalogue.ConditionCase, rule.Header, condition.Position, $"The condition has '{odd}'.", $"Write '{odd.ToLowerInvariant()}'.");
    }

    private static void Twins(SigmaRule rule, LintContext lint)
    {
        var bodies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var selection in rule.Selections)
        {
            var body = DetectionText.Write(selection.Body);
            if (!bodies.TryAdd(body, selection.Name))
                lint.Report(Catalogue.SelectionTwin, rule.Header, selection.Position, $"'{selection.Name}' asks for the same as '{bodies[body]}'.", "Keep one of them.");
        }
    }

    // Of an or, a part that holds another part of it as one of its conjuncts adds nothing; of an and likewise.
    private static void Contained(SigmaRule rule, Expression expression, LintContext lint)
    {
        if (expression is Not not) Contained(rule, not.Part, lint);
        if (expression is not (All or Any)) return;
        var parts = expression is All all ? all.Parts : ((Any)expression).Parts;
        var alone = parts.ToHashSet();
        foreach (var part in parts)
        {
            var inner = (expression, part) switch
            {
                (Any, All conjunction) => conjunction.Parts,
                (All, Any disjunction) => disjunction.Parts,
                _ => [],
            };
            if (inner.FirstOrDefault(alone.Contains) is { } deciding)
                lint.Report(Catalogue.SelectionContained, rule.Header, rule.Conditions[0].Position, $"A part of the rule never decides, because '{Cut(deciding.ToString()!)}' stands beside it alone.", "Remove the longer part.");
            Contained(rule, part, lint);
        }
    }

    // The answer that the expression always has, as far as parts that stand beside their own opposite tell; else null.
    private static bool? Known(Expression expression)
    {
        switch (expression)
        {
            case Constant constant:
                return constant.Value;
            case Not not:
                return !Known(not.Part);
            case All or Any:
                var isAll = expression is All;
                var parts = isAll ? ((All)expression).Parts : ((Any)expression).Parts;
                var asked = parts.Where(part => part is not Not).ToHashSet();
                var denied = parts.OfType<Not>().SelectMany(not => not.Part switch
                {
                    Any any when isAll => any.Parts.Add(any),
                    All all when !isAll => all.Parts.Add(all),
                    _ => [not.Part],
                });
                if (denied.Any(asked.Contains)) return !isAll;
                var answers = parts.Select(Known).ToList();
                if (answers.Contains(!isAll)) return !isAll;
                return answers.TrueForAll(answer => answer is not null) ? isAll : null;
            default:
                return null;
        }
    }

    // Can the expression have the wanted answer because of something the event shows?
    private static bool CanBePositive(Expression expression, bool wanted) => expression switch
    {
        Not not => CanBePositive(not.Part, !wanted),
        All all => wanted ? all.Parts.Any(part => CanBePositive(part, wanted)) : all.Parts.All(part => CanBePositive(part, wanted)),
        Any any => wanted ? any.Parts.All(part => CanBePositive(part, wanted)) : any.Parts.Any(part => CanBePositive(part, wanted)),
        NullTest => !wanted,
        _ => wanted,
    };

    private static string Cut(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
