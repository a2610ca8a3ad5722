using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>ES|QL. Comparisons heed case, so values are folded; a missing field is null, which is neither true nor false.</summary>
internal sealed class EsqlWriter(ConvertOptions options) : QueryWriter(options)
{
    public override string Query(string condition) => $"FROM {Options.Table ?? "events"} | WHERE {condition}";

    protected override string Constant(bool value) => value ? "true" : "false";

    protected override string Negation(Expression part) => part is NullTest isNull ? $"{Name(isNull.Field!)} IS NOT NULL" : $"NOT COALESCE({Write(part)}, false)";

    protected override string? OneOf(string field, IReadOnlyList<string> literals, bool isCased) =>
        $"{Column(field, isCased)} IN ({string.Join(", ", literals.Select(literal => Text(isCased ? literal : literal.ToLowerInvariant())).Distinct(StringComparer.Ordinal))})";

    protected override string Test(Test test)
    {
        if (test.Field is not { } field) return Refuse("ES|QL has no search over all fields.");
        switch (test)
        {
            case PatternTest pattern: return Match(field, pattern);
            case NullTest: return $"{Name(field)} IS NULL";
            case ExistsTest: return $"{Name(field)} IS NOT NULL";
            case NetworkTest network:
                Note("Fields compared with networks must have the type ip.");
                return $"CIDR_MATCH({Name(field)}, {Text(network.Network.ToString())})";
            case NumberTest number: return $"TO_DOUBLE({Name(field)}) {NumberTest.Sign(number.Comparison)} {number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            case RegexTest regex:
                return RegexText.Translate(regex, RegexKind.Lucene, out var reason) is { } translated
                    ? $"TO_STRING({Name(field)}) RLIKE {Text(translated)}"
                    : Refuse($"The regular expressions of ES|QL lack {reason} of '{regex.Regex}'.");
            case FieldTest { OpenStart: false, OpenEnd: false } other: return $"{Column(field, other.IsCased)} == {Column(other.Other, other.IsCased)}";
            case FieldTest { OpenStart: false } other: return $"STARTS_WITH({Column(field, other.IsCased)}, {Column(other.Other, other.IsCased)})";
            case FieldTest { OpenEnd: false } other: return $"ENDS_WITH({Column(field, other.IsCased)}, {Column(other.Other, other.IsCased)})";
            case FieldTest other: return $"LOCATE({Column(field, other.IsCased)}, {Column(other.Other, other.IsCased)}) > 0";
            default: return Refuse("Parts of a time cannot be asked for: the form of the time in the field is not known.");
        }
    }

    private static string Match(string field, PatternTest test)
    {
        var pattern = test.Pattern;
        if (pattern.Shape == PatternShape.Anything) return $"{Name(field)} IS NOT NULL";
        var column = Column(field, test.IsCased);
        var literal = Text(test.IsCased ? pattern.Literal : pattern.Literal.ToLowerInvariant());
        return pattern.Shape switch
        {
            PatternShape.Equal => $"{column} == {literal}",
            PatternShape.StartsWith => $"STARTS_WITH({column}, {literal})",
            PatternShape.EndsWith => $"ENDS_WITH({column}, {literal})",
            _ => $"{column} LIKE {Text(string.Concat(pattern.Parts.Select(part => part.Kind switch { PatternPartKind.AnyText => "*", PatternPartKind.AnyCharacter => "?", _ => Wild(test.IsCased ? part.Text : part.Text.ToLowerInvariant()) })))}",
        };
    }

    private static string Wild(string text) => string.Concat(text.Select(c => c is '*' or '?' or '\\' ? $"\\{c}" : c.ToString()));

    private static string Column(string field, bool isCased) => isCased ? $"TO_STRING({Name(field)})" : $"TO_LOWER(TO_STRING({Name(field)}))";

    private static string Name(string field) => field.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') && !char.IsAsciiDigit(field[0]) ? field : $"`{field.Replace("`", "``", StringComparison.Ordinal)}`";

    private static string Text(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";
}
