using System.Collections.Immutable;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>Writes an expression in a query language. What the language cannot say is collected as a refusal.</summary>
internal abstract class QueryWriter(ConvertOptions options)
{
    /// <summary>Alternatives that a dash pattern may become.</summary>
    private const int MaxDashes = 125;

    private readonly List<string> refusals = [];
    private readonly List<string> notes = [];

    public ConvertOptions Options => options;

    public IReadOnlyList<string> Refusals => refusals;

    public IReadOnlyList<string> Notes => notes;

    protected virtual string AndWord => " AND ";

    protected virtual string OrWord => " OR ";

    /// <summary>The whole query around a condition.</summary>
    public abstract string Query(string condition);

    /// <summary>An expression as a condition.</summary>
    public string Condition(Expression expression) => Write(expression);

    public void Note(string note)
    {
        if (!notes.Contains(note)) notes.Add(note);
    }

    protected string Refuse(string reason)
    {
        if (!refusals.Contains(reason)) refusals.Add(reason);
        return "";
    }

    protected abstract string Constant(bool value);

    /// <summary>The opposite of a condition that is true or false, never neither.</summary>
    protected abstract string Negation(Expression part);

    /// <summary>A test whose pattern has no dash part.</summary>
    protected abstract string Test(Test test);

    /// <summary>Several whole values of one field, any of which may be equal; null where the language has no list for that.</summary>
    protected virtual string? OneOf(string field, IReadOnlyList<string> literals, bool isCased) => null;

    protected string Write(Expression expression) => expression switch
    {
        Constant constant => Constant(constant.Value),
        Not not => Negation(not.Part),
        All all => string.Join(AndWord, all.Parts.Select(part => part is Any ? $"({Write(part)})" : Write(part))),
        Any any => string.Join(OrWord, Grouped(any).Select(part => part)),
        PatternTest { Pattern: var pattern } test when pattern.Parts.Any(part => part.Kind == PatternPartKind.Dash) => Dashes(test, pattern),
        Test test => Test(test),
        _ => throw new ArgumentException($"The expression is not translated: {expression}", nameof(expression)),
    };

    protected string Inside(Expression expression) => expression is All or Any ? $"({Write(expression)})" : Write(expression);

    private IEnumerable<string> Grouped(Any any)
    {
        var done = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        foreach (var part in any.Parts)
        {
            if (!done.Add(part)) continue;
            if (part is PatternTest { Field: { } field, Pattern.IsLiteral: true } test)
            {
                var same = any.Parts.OfType<PatternTest>().Where(other => other.Field == field && other.IsCased == test.IsCased && other.Pattern.IsLiteral).ToList();
                if (same.Count > 1 && OneOf(field, [.. same.Select(other => other.Pattern.Literal)], test.IsCased) is { } list)
                {
                    done.UnionWith(same);
                    yield return list;
                    continue;
                }
            }

            yield return part is All ? $"({Write(part)})" : Write(part);
        }
    }

    private string Dashes(PatternTest test, Pattern pattern)
    {
        var variants = pattern.ExpandDashes(MaxDashes);
        if (variants.IsEmpty) return Refuse($"'{pattern}' with windash stands for more than {MaxDashes} texts.");
        return $"({Write(new Any([.. variants.Select(variant => (Expression)(test with { Pattern = variant }))]))})";
    }
}
