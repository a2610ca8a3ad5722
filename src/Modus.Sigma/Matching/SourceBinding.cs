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

    /// <summary>The answer of a check for the one value that a field has in a source.</summary>
    public static bool Matches(ValueCheck check, string value) =>
        check.Matches(check.ReadsFolded ? Folding.Fold(value) : Encoding.UTF8.GetBytes(value));
}
