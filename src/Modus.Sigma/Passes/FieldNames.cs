using System.Collections.Immutable;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Passes;

/// <summary>Third pass: fields get the names of the caller's mapping; a field with several names becomes an or.</summary>
internal static class FieldNames
{
    public static Expression Map(Expression expression, RuleContext context)
    {
        var names = context.Options.FieldNames;
        return names.Count == 0 ? expression : Map(expression, field => names.TryGetValue(field, out var mapped) ? mapped : [field]);
    }

    /// <summary>Replaces each field by its names. No name at all means that the field can never be there.</summary>
    public static Expression Map(Expression expression, Func<string, ImmutableArray<string>> names)
    {
        if (expression is not Test { Field: { } field } test) return expression.Rewrite(part => Map(part, names));
        var mapped = names(field);
        if (test is FieldTest pair)
        {
            ImmutableArray<Expression> pairs = [.. mapped.SelectMany(_ => names(pair.Other), (one, other) => (Expression)(pair with { Field = one, Other = other }))];
            return pairs.Length == 1 ? pairs[0] : new Any(pairs);
        }

        if (mapped.Length == 1) return mapped[0] == field ? test : Renamed(test, mapped[0]);
        // Null means that none of the names has a value, everything else that any of them does.
        ImmutableArray<Expression> tests = [.. mapped.Select(name => Renamed(test, name))];
        return test is NullTest ? new All(tests) : new Any(tests);
    }

    private static Expression Renamed(Test test, string field) => test switch
    {
        PatternTest pattern => pattern with { Field = field },
        NullTest => new NullTest(field),
        ExistsTest => new ExistsTest(field),
        NumberTest number => number with { Field = field },
        TimeTest time => time with { Field = field },
        NetworkTest network => network with { Field = field },
        RegexTest regex => regex with { Field = field },
        _ => throw new InvalidOperationException($"unknown test: {test.GetType().Name}"),
    };
}
