using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>Lucene query strings. Whether case counts is decided by the mapping of a field, not by the query.</summary>
internal sealed class LuceneWriter(ConvertOptions options) : QueryWriter(options)
{
    public override string Query(string condition)
    {
        Note("Fields must be keywords with a lower-case normaliser, so that case does not count.");
        return condition;
    }

    protected override string Constant(bool value) => value ? "*:*" : "NOT *:*";

    // A clause of nothing but NOT finds no document, so everything is taken first.
    protected override string Negation(Expression part) => part is NullTest isNull ? $"_exists_:{Name(isNull.Field!)}" : $"(*:* AND NOT {Inside(part)})";

    protected override string? OneOf(string field, IReadOnlyList<string> literals, bool isCased) =>
        isCased || literals.Any(literal => literal.Length == 0) ? null : $"{Name(field)}:({string.Join(" OR ", literals.Select(Escape).Distinct(StringComparer.Ordinal))})";

    protected override string Test(Test test)
    {
        var name = test.Field is null ? "" : Name(test.Field) + ":";
        switch (test)
        {
            case PatternTest { IsCased: true }: return Refuse("Whether case counts is decided by the mapping of the field, not by a Lucene query.");
            case PatternTest pattern when pattern.Pattern.Shape == PatternShape.Anything: return $"_exists_:{name.TrimEnd(':')}";
            case PatternTest { Pattern: { IsLiteral: true, Literal.Length: 0 } }: return $"{name}\"\"";
            case PatternTest pattern:
                return name + string.Concat(pattern.Pattern.Parts.Select(part => part.Kind switch { PatternPartKind.AnyText => "*", PatternPartKind.AnyCharacter => "?", _ => Escape(part.Text) }));
            case NullTest: return $"(*:* AND NOT _exists_:{name.TrimEnd(':')})";
            case ExistsTest: return $"_exists_:{name.TrimEnd(':')}";
            case NetworkTest network:
                Note("Fields compared with networks must have the type ip.");
                return $"{name}\"{network.Network}\"";
            case NumberTest number:
                Note("Fields compared with numbers must have a numeric type.");
                return $"{name}{NumberTest.Sign(number.Comparison)}{number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            case RegexTest regex:
                if (RegexText.Translate(regex with { IgnoreCase = false, Regex = regex.Regex.StartsWith("(?i)", StringComparison.Ordinal) ? regex.Regex[4..] : regex.Regex }, RegexKind.Lucene, out var reason) is not { } translated)
                    return Refuse($"The regular expressions of Lucene lack {reason} of '{regex.Regex}'.");
                if (!regex.IgnoreCase && !regex.Regex.StartsWith("(?i)", StringComparison.Ordinal)) return Refuse($"'{regex.Regex}' heeds case, and whether case counts is decided by the mapping of the field.");
                return $"{name}/{translated.ToLowerInvariant()}/";
            case FieldTest: return Refuse("A Lucene query cannot compare two fields.");
            default: return Refuse("A Lucene query cannot ask for parts of a time.");
        }
    }

    private static string Name(string field) => Escape(field);

    private static string Escape(string text) => string.Concat(text.Select(c => "+-=&|!(){}[]^\"~*?:\\/ ".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c is '<' or '>' ? "?" : c.ToString()));
}
