using System.Buffers;
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

    // What may be a construct that cannot be run without backtracking: groups with a meaning of their own, references, \G.
    private static readonly SearchValues<char> marks = SearchValues.Create(@"(\");

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
        if (Fault(test) is not { } error) return test;
        context.Refuse("MD2134", at, $"The regular expression '{test.Regex}' cannot be run without backtracking: {error}",
            "Use only . ^ $ * + ? {n,m} [] | () and escapes; look-around and back references have no form that is safe on long values.");
        return test;
    }

    // The runnable form of an expression takes milliseconds to make, and many a rule's is never asked for.
    // Where nothing in it can be refused, it is only parsed here.
    private static string? Fault(RegexTest test)
    {
        if (!IsPlain(test.Regex)) return Compile(test, out var error) is null ? error : null;
        if (ready.ContainsKey((test.Regex, Options(test)))) return null;
        try
        {
            _ = new Regex(test.Regex, Options(test) & ~RegexOptions.NonBacktracking);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether an expression has no look-around, no atomic group, no condition, no reference and no \G: all that cannot be run without backtracking. May be false without need.</summary>
    internal static bool IsPlain(ReadOnlySpan<char> regex)
    {
        for (var at = regex.IndexOfAny(marks); at >= 0; at = regex.IndexOfAny(marks))
        {
            var next = at + 1 < regex.Length ? regex[at + 1] : '\0';
            if (regex[at] == '\\')
            {
                if (char.IsDigit(next) || next is 'k' or 'G') return false;
                regex = regex[Math.Min(at + 2, regex.Length)..];
                continue;
            }
            // (?: and flags, as in (?i) and (?i:, are groups like any other.
            if (next == '?' && !(at + 2 < regex.Length && (regex[at + 2] is ':' or '-' || char.IsAsciiLetter(regex[at + 2])))) return false;
            regex = regex[(at + 1)..];
        }
        return true;
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
