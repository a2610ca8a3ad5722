using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Passes;

/// <summary>The modifier <c>re</c>, and the one way in which rules' regular expressions are run: without backtracking.</summary>
internal static class Regexes
{
    // Rules share expressions, and a large one takes a millisecond to make.
    private const int MaxReady = 5_000;
    private static readonly ConcurrentDictionary<(string Regex, RegexOptions Options), Regex> ready = [];

    public static ItemValue Check(PatternValue value, RuleContext context)
    {
        if (value.Written.Length > context.Options.MaxRegexLength)
        {
            context.Refuse("MD2133", value.Position, $"The regular expression has {value.Written.Length} characters, more than {context.Options.MaxRegexLength} are not taken.");
            return value;
        }

        return new TestValue(value.Position, new RegexTest("", value.Written, false, false, false), "a regular expression");
    }

    /// <summary>The options of a test; a regular expression runs in time linear in the value.</summary>
    public static RegexOptions Options(RegexTest test) =>
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
        | (test.IgnoreCase ? RegexOptions.IgnoreCase : 0)
        | (test.MultiLine ? RegexOptions.Multiline : 0)
        | (test.DotAll ? RegexOptions.Singleline : 0);

    /// <summary>Refuses the rule when one of its regular expressions cannot be run.</summary>
    public static Expression Prove(Expression expression, Yaml.SourcePosition at, RuleContext context)
    {
        if (expression is not RegexTest test) return expression.Rewrite(part => Prove(part, at, context));
        if (Compile(test, out var error) is not null) return test;
        context.Refuse("MD2134", at, $"The regular expression '{test.Regex}' cannot be run without backtracking: {error}",
            "Use only . ^ $ * + ? {n,m} [] | () and escapes; look-around and back references have no form that is safe on long values.");
        return test;
    }

    /// <summary>The runnable form, or null and the reason.</summary>
    public static Regex? Compile(RegexTest test, out string? error)
    {
        var key = (test.Regex, Options(test));
        error = null;
        if (ready.TryGetValue(key, out var known)) return known;
        try
        {
            var made = new Regex(test.Regex, key.Item2);
            if (ready.Count < MaxReady) ready[key] = made;
            return made;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            error = exception.Message;
            return null;
        }
    }
}
