using System.Globalization;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>Splunk's search command: wildcards, no case, a missing field answers false. Only for what it says exactly.</summary>
internal sealed class SplunkSearchWriter(ConvertOptions options) : QueryWriter(options)
{
    /// <summary>True when the search command can say all of an expression.</summary>
    public static bool CanSay(Expression expression) => expression switch
    {
        Expressions.Constant => false,
        Not not => CanSay(not.Part),
        All all => all.Parts.All(CanSay),
        Any any => any.Parts.All(CanSay),
        PatternTest pattern => !pattern.IsCased && !pattern.Pattern.IsEmpty() && pattern.Pattern.Parts.All(part => part.Kind is PatternPartKind.AnyText or PatternPartKind.Dash || (part.Kind == PatternPartKind.Literal && !part.Text.Contains('*', StringComparison.Ordinal))),
        NullTest or ExistsTest => true,
        _ => false,
    };

    public override string Query(string condition) => Options.Table is { } table ? $"index={table} {condition}" : condition;

    protected override string AndWord => " ";

    protected override string Constant(bool value) => throw new InvalidOperationException("constants are written by the where form");

    protected override string Negation(Expression part) => part is NullTest isNull ? $"{Name(isNull.Field!)}=*" : $"NOT {Inside(part)}";

    protected override string? OneOf(string field, IReadOnlyList<string> literals, bool isCased) => $"{Name(field)} IN ({string.Join(", ", literals.Select(Text).Distinct(StringComparer.OrdinalIgnoreCase))})";

    protected override string Test(Test test) => test switch
    {
        PatternTest { Field: null } pattern => Text(Glob(pattern.Pattern)),
        PatternTest pattern => $"{Name(pattern.Field!)}={Text(Glob(pattern.Pattern))}",
        NullTest isNull => $"NOT {Name(isNull.Field!)}=*",
        ExistsTest exists => $"{Name(exists.Field!)}=*",
        _ => throw new InvalidOperationException($"the search command cannot say: {test}"),
    };

    private static string Glob(Pattern pattern) => string.Concat(pattern.Parts.Select(part => part.Kind == PatternPartKind.AnyText ? "*" : part.Text));

    internal static string Name(string field) => field.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? field : $"\"{field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    internal static string Text(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>Splunk's where command: everything else, with expressions that are never null behind a not.</summary>
internal sealed class SplunkWhereWriter(ConvertOptions options) : QueryWriter(options)
{
    public override string Query(string condition) => $"{(Options.Table is { } table ? $"index={table}" : "*")}\n| where {condition}";

    protected override string Constant(bool value) => value ? "1=1" : "1=0";

    protected override string Negation(Expression part) => part is NullTest isNull ? $"isnotnull({Name(isNull.Field!)})" : $"if({Write(part)}, 1, 0)=0";

    protected override string Test(Test test)
    {
        var field = test.Field is null ? "_raw" : Name(test.Field);
        if (test.Field is null) Note("Keywords are searched in _raw, which also holds the names of fields.");
        switch (test)
        {
            case PatternTest { Pattern.Shape: PatternShape.Anything }: return $"isnotnull({field})";
            case PatternTest { Pattern: { IsLiteral: true } literal } equal: return equal.IsCased ? $"{field}={SplunkSearchWriter.Text(literal.Literal)}" : $"lower({field})={SplunkSearchWriter.Text(literal.Literal.ToLowerInvariant())}";
            case PatternTest pattern: return $"match({field}, {SplunkSearchWriter.Text(RegexText.Of(pattern.Pattern, pattern.IsCased))})";
            case NullTest: return $"isnull({field})";
            case ExistsTest: return $"isnotnull({field})";
            case NetworkTest { Network: { IsV6: false } network }: return $"cidrmatch(\"{network}\", replace({field}, \"(?i)^::ffff:\", \"\"))";
            case NetworkTest network: return $"cidrmatch(\"{network.Network}\", {field})";
            case NumberTest number: return $"tonumber({field}){NumberTest.Sign(number.Comparison)}{number.Value.ToString(CultureInfo.InvariantCulture)}";
            case RegexTest regex:
                return RegexText.Translate(regex, RegexKind.Re2, out var reason) is { } translated
                    ? $"match({field}, {SplunkSearchWriter.Text(translated)})"
                    : Refuse($"Splunk reads {reason} of the expression '{regex.Regex}' in another way.");
            case FieldTest { OpenStart: false, OpenEnd: false } other:
                return other.IsCased ? $"{field}={Name(other.Other)}" : $"lower({field})=lower({Name(other.Other)})";
            case FieldTest: return Refuse("Splunk compares two fields only as a whole without building an expression from data.");
            default: return Refuse("Parts of a time cannot be asked for: the form of the time in the field is not known.");
        }
    }

    internal static string Name(string field) => field.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? field : $"'{field.Replace("'", "\\'", StringComparison.Ordinal)}'";
}

/// <summary>Small questions about patterns.</summary>
internal static class PatternQuestions
{
    /// <summary>True for the pattern of an empty text.</summary>
    public static bool IsEmpty(this Pattern pattern) => pattern.Parts.IsEmpty;
}
