using System.Text.RegularExpressions;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>Kusto query language. Its text comparisons ignore case unless they end in _cs; a missing text is an empty one.</summary>
internal sealed partial class KqlWriter(ConvertOptions options) : QueryWriter(options)
{
    protected override string AndWord => " and ";

    protected override string OrWord => " or ";

    public override string Query(string condition) => $"{Options.Table ?? "events"}\n| where {condition}";

    protected override string Constant(bool value) => value ? "true" : "false";

    protected override string Negation(Expression part) => part is NullTest isNull ? $"isnotempty({Column(isNull.Field!)})" : $"not({Write(part)})";

    protected override string? OneOf(string field, IReadOnlyList<string> literals, bool isCased) =>
        $"{Column(field)} {(isCased ? "in" : "in~")} ({string.Join(", ", literals.Select(Text).Distinct(StringComparer.Ordinal))})";

    protected override string Test(Test test)
    {
        var field = test.Field is null ? "*" : Column(test.Field);
        switch (test)
        {
            case PatternTest pattern when test.Field is null && pattern.Pattern.Shape != PatternShape.Contains:
                return Refuse("Kusto searches all columns for a contained text only.");
            case PatternTest pattern: return Match(field, pattern);
            case NullTest:
                Note("Kusto does not tell a missing text from an empty one.");
                return $"isempty({field})";
            case ExistsTest:
                Note("Kusto does not tell a missing text from an empty one.");
                return $"isnotempty({field})";
            case NetworkTest network:
                // A text that is no address gives null, which must become false before a not.
                return $"coalesce({(network.Network.IsV6 ? "ipv6_is_in_range" : "ipv4_is_in_range")}({(network.Network.IsV6 ? field : $"replace_regex({field}, @\"(?i)^::ffff:\", @\"\")")}, {Text(network.Network.ToString())}), false)";
            case NumberTest number:
                return $"coalesce(todouble({field}) {NumberTest.Sign(number.Comparison)} {number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}, false)";
            case RegexTest when test.Field is null: return Refuse("Kusto has no regular expression over all columns.");
            case RegexTest regex:
                return RegexText.Translate(regex, RegexKind.Re2, out var reason) is { } translated
                    ? $"{field} matches regex {Verbatim(translated)}"
                    : Refuse($"Kusto reads {reason} of the expression '{regex.Regex}' in another way.");
            case FieldTest other:
                var second = Column(other.Other);
                var word = (other.OpenStart, other.OpenEnd) switch { (true, true) => "contains", (true, false) => "endswith", (false, true) => "startswith", _ => "=~" };
                if (other.IsCased) word = word == "=~" ? "==" : word + "_cs";
                return $"(isnotempty({field}) and isnotempty({second}) and {field} {word} {second})";
            default: return Refuse("Parts of a time cannot be asked for: the form of the time in the column is not known.");
        }
    }

    private string Match(string field, PatternTest test)
    {
        var cased = test.IsCased ? "_cs" : "";
        var pattern = test.Pattern;
        switch (pattern.Shape)
        {
            case PatternShape.Anything: return $"isnotempty({field})";
            case PatternShape.Equal when pattern.Literal.Length == 0:
                return Refuse("Kusto does not tell an empty text from a missing one.");
            case PatternShape.Equal: return $"{field} {(test.IsCased ? "==" : "=~")} {Text(pattern.Literal)}";
            case PatternShape.Contains: return $"{field} contains{cased} {Text(pattern.Literal)}";
            case PatternShape.StartsWith: return $"{field} startswith{cased} {Text(pattern.Literal)}";
            case PatternShape.EndsWith: return $"{field} endswith{cased} {Text(pattern.Literal)}";
            default: return $"{field} matches regex {Verbatim(RegexText.Of(pattern, test.IsCased))}";
        }
    }

    internal static string Column(string field)
    {
        if (Plain().IsMatch(field)) return field;
        return Path().IsMatch(field) ? $"tostring({field})" : $"['{field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
    }

    private static string Text(string text) => text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0
        ? Verbatim(text)
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";

    private static string Verbatim(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$")]
    private static partial Regex Path();
}
