using System.Collections.Immutable;
using System.Text;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Passes;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Matching;

/// <summary>Fits a rule to one log source: fields get the names they have there, and tests on fields that never vary are answered at once.</summary>
internal static class SourceBinding
{
    public static Expression Bind(CompiledRule rule, LogSource source)
    {
        var expression = FieldNames.Map(rule.Expression, field => ImmutableArray.Create(source.FieldFor(field, rule.LogSource.Service, rule.LogSource.Category)));
        return source.Constants.Count == 0 ? expression : Simplification.Simplify(Answer(expression, source.Constants));
    }

    /// <summary>False when the constants of the source alone already rule the rule out. Makes nothing anew, unlike <see cref="Bind"/>.</summary>
    public static bool CanMatch(CompiledRule rule, LogSource source) => source.Constants.Count == 0 || Truth(rule.Expression, rule.LogSource, source) != false;

    // Three answers: true, false, and null for "depends on the event".
    private static bool? Truth(Expression expression, RuleLogSource asked, LogSource source)
    {
        switch (expression)
        {
            case Constant constant: return constant.Value;
            case Not not: return !Truth(not.Part, asked, source);
            case All all:
                bool? every = true;
                foreach (var part in all.Parts)
                {
                    var truth = Truth(part, asked, source);
                    if (truth == false) return false;
                    if (truth is null) every = null;
                }

                return every;
            case Any any:
                bool? some = false;
                foreach (var part in any.Parts)
                {
                    var truth = Truth(part, asked, source);
                    if (truth == true) return true;
                    if (truth is null) some = null;
                }

                return some;
            case Test { Field: { } field } test:
                field = source.FieldFor(field, asked.Service, asked.Category);
                foreach (var (name, value) in source.Constants)
                {
                    if (name != field) continue;
                    return test switch
                    {
                        NullTest => false,
                        ExistsTest => true,
                        _ => ValueCheck.Known(test) is { } check ? Matches(check, value) : null,
                    };
                }

                return null;
            default: return null;
        }
    }

    private static Expression Answer(Expression expression, IReadOnlyList<KeyValuePair<string, string>> constants)
    {
        if (expression is not Test { Field: { } field } test) return expression.Rewrite(part => Answer(part, constants));
        foreach (var (name, value) in constants)
        {
            if (name != field) continue;
            return test switch
            {
                NullTest => Expression.False,
                ExistsTest => Expression.True,
                _ => ValueCheck.Known(test) is { } check ? new Constant(Matches(check, value)) : test,
            };
        }

        return test;
    }

    private static bool Matches(ValueCheck check, string value) =>
        check.Matches(check.ReadsFolded ? Folding.Fold(value) : Encoding.UTF8.GetBytes(value));
}
