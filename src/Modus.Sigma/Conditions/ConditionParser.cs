using System.Collections.Immutable;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conditions;

/// <summary>Reads the condition of a rule: and, or, not, parentheses, <c>1 of</c>, <c>all of</c> (Sigma 2.1, condition).</summary>
/// <remarks>Words of the language may be written in upper or lower case. <c>not</c> binds closer than <c>and</c>, <c>and</c> closer than <c>or</c>.</remarks>
public static class ConditionParser
{
    /// <summary>Parentheses and <c>not</c> that may be nested: 100.</summary>
    public const int MaxDepth = 100;

    /// <summary>Characters of one condition: 20,000.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition as the rule writes it.</param>
    /// <param name="error">Why it could not be read; null when it could.</param>
    /// <returns>The condition with <see cref="Name"/> and <see cref="Quantifier"/> as leaves, or null.</returns>
    public static Expression? Parse(string text, out ConditionError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        error = null;
        try
        {
            if (text.Length > MaxLength) throw new ConditionException(new("MD2100", 0, $"The condition has more than {MaxLength} characters."));
            return new Reader(text).Whole();
        }
        catch (ConditionException exception)
        {
            error = exception.Error;
            return null;
        }
    }

    private sealed class ConditionException(ConditionError error) : Exception(error.Message)
    {
        public ConditionError Error => error;
    }

    private ref struct Reader(string text)
    {
        private int at;
        private int depth;

        public Expression Whole()
        {
            var condition = Or();
            if (Peek() is not { Length: > 0 } rest) return condition;
            throw rest == "|" ? Legacy() : Fail("MD2101", $"'{rest}' does not fit here.", "Put 'and' or 'or' between two search identifiers.");
        }

        private Expression Or() => Chain("or", static parts => new Any(parts), inner: 1);

        private Expression And() => Chain("and", static parts => new All(parts), inner: 0);

        private Expression Chain(string word, Func<ImmutableArray<Expression>, Expression> join, int inner)
        {
            var first = inner == 1 ? And() : Unary();
            if (!Is(Peek(), word)) return first;
            var parts = ImmutableArray.CreateBuilder<Expression>();
            parts.Add(first);
            while (Is(Peek(), word))
            {
                Take();
                parts.Add(inner == 1 ? And() : Unary());
            }

            return join(parts.ToImmutable());
        }

        private Expression Unary()
        {
            if (++depth > MaxDepth) throw Fail("MD2100", $"More than {MaxDepth} parentheses and 'not' are nested.", null);
            var word = Peek();
            Expression result;
            if (Is(word, "not"))
            {
                Take();
                result = new Not(Unary());
            }
            else if (word == "(")
            {
                Take();
                result = Or();
                if (Peek() == "|") throw Legacy();
                if (Peek() != ")") throw Fail("MD2101", "A closing parenthesis is missing.", null);
                Take();
            }
            else
            {
                result = Leaf();
            }

            depth--;
            return result;
        }

        private Expression Leaf()
        {
            var start = at;
            var word = Peek();
            if (word.Length == 0) throw Fail("MD2101", "The condition ends where a search identifier is expected.", null);
            if (word is ")" or "|" || Is(word, "and") || Is(word, "or"))
                throw word == "|" ? Legacy() : Fail("MD2101", $"'{word}' stands where a search identifier is expected.", null);
            Take();
            if (Is(Peek(), "of")) return Of(word, start);
            if (word.Contains('*', StringComparison.Ordinal))
                throw Fail("MD2101", $"'{word}' is a pattern, which only stands after 'of'.", $"Write '1 of {word}' or 'all of {word}'.");
            if (Peek() == "(") throw Legacy();
            return new Name(word);
        }

        private Quantifier Of(string count, int start)
        {
            Take();
            var all = Is(count, "all");
            if (!all && !Is(count, "1") && !Is(count, "any"))
            {
                at = start;
                throw Fail("MD2102", $"'{count} of' is no part of the language; it has '1 of', 'any of' and 'all of'.", "Write the combinations out with 'and' and 'or'.");
            }

            var pattern = Peek();
            if (pattern.Length == 0 || pattern is "(" or ")" or "|") throw Fail("MD2101", "After 'of' a pattern or 'them' is expected.", null);
            Take();
            return new(all, Is(pattern, "them") ? null : pattern);
        }

        private ConditionException Legacy() => Fail("MD2103",
            "Aggregations in a condition (| count() …, | near …) belong to Sigma 1 and are not evaluated.",
            "Keep this rule without the part behind '|', give it a 'name:', and add a second document with 'correlation:' "
            + "(type event_count or value_count with group-by, timespan and condition; temporal instead of near).");

        private static bool Is(string word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

        private ConditionException Fail(string code, string message, string? fix) => new(new(code, at, message, fix));

        private string Peek()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) return "";
            return text[at] is '(' or ')' or '|' ? text[at].ToString() : text[at..WordEnd()];
        }

        private void Take() => at += text[at] is '(' or ')' or '|' ? 1 : WordEnd() - at;

        private readonly int WordEnd()
        {
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')' or '|')) end++;
            return end;
        }
    }
}

/// <summary>Why a condition could not be read.</summary>
/// <param name="Code">MD2100 to MD2103.</param>
/// <param name="Offset">Characters from the start of the condition.</param>
/// <param name="Message">What was seen and expected.</param>
/// <param name="Fix">What to write instead, when known.</param>
public sealed record ConditionError(string Code, int Offset, string Message, string? Fix = null);
