using System.Globalization;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>What the SQL engines have in common. Columns hold texts (or numbers); a missing field is NULL.</summary>
/// <remarks>A comparison with NULL is neither true nor false in SQL, so the part behind each NOT is made false first.</remarks>
internal abstract class SqlWriter(ConvertOptions options) : QueryWriter(options)
{
    /// <summary>What counts as a number, as an expression that all engines read alike.</summary>
    protected const string NumberForm = @"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$";

    public override string Query(string condition) => $"SELECT * FROM {Name(Options.Table ?? "events")} WHERE {condition}";

    public virtual string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public virtual string Text(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return Refuse("A text of the rule holds the character 0, which SQL texts cannot.");
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>A column as text without regard to case, as groups and distinct values are compared.</summary>
    public string Folded(string field) => Lower(Column(field));

    /// <summary>The texts of several columns as one, NULL where one of them is.</summary>
    public string Tuple(IReadOnlyList<string> fields) => string.Join($" || {Separator} || ", fields.Select(Folded));

    /// <summary>The number in a column; NULL where its text is none.</summary>
    public abstract string NumberOf(string field);

    /// <summary>A further column with the time as a number, where the engine's windows ask for one.</summary>
    public virtual string Instant(string time) => "";

    /// <summary>What stands between the texts of a tuple.</summary>
    protected virtual string Separator => "chr(1)";

    /// <summary>A column as text.</summary>
    protected abstract string Column(string field);

    protected virtual string Lower(string text) => $"lower({text})";

    protected virtual string Fold(string text) => text.ToLowerInvariant();

    protected abstract string Contains(string text, string part);

    protected abstract string StartsWith(string text, string part, int length);

    protected abstract string EndsWith(string text, string part, int length);

    /// <summary>A pattern with several parts.</summary>
    protected virtual string Like(string text, Pattern pattern, bool isCased) =>
        $"{text} LIKE {Text(LikePattern(pattern, isCased, '!'))} ESCAPE '!'";

    protected abstract string Regex(string field, RegexTest test);

    protected abstract string InNetwork(string field, Network network);

    protected abstract string Number(string field, NumberTest test);

    protected override string Constant(bool value) => value ? "1=1" : "1=0";

    protected override string Negation(Expression part) => part is NullTest isNull ? $"{Name(isNull.Field!)} IS NOT NULL" : $"NOT COALESCE({Write(part)}, {False})";

    protected virtual string False => "FALSE";

    protected override string? OneOf(string field, IReadOnlyList<string> literals, bool isCased)
    {
        var texts = literals.Select(literal => Text(isCased ? literal : Check(Fold(literal)))).Distinct(StringComparer.Ordinal);
        return $"{(isCased ? Column(field) : Lower(Column(field)))} IN ({string.Join(", ", texts)})";
    }

    protected override string Test(Test test)
    {
        if (test.Field is not { } field)
        {
            if (Options.KeywordField is not { } whole) return Refuse("Keywords search every value of the event; name a column that holds the whole event.");
            Note($"Keywords are searched in the column {whole}, which must hold the values of the event as text.");
            field = whole;
        }

        switch (test)
        {
            case PatternTest pattern: return Match(field, pattern);
            case NullTest: return $"{Name(field)} IS NULL";
            case ExistsTest: return $"{Name(field)} IS NOT NULL";
            case NetworkTest network: return InNetwork(field, network.Network);
            case NumberTest number: return Number(field, number);
            case RegexTest regex: return Regex(field, regex);
            case FieldTest other: return Pair(field, other);
            default: return Refuse("Parts of a time cannot be asked for: the form of the time in the column is not known.");
        }
    }

    /// <summary>Gives the engine a chance to refuse a text that it cannot compare without case.</summary>
    protected virtual string Check(string folded) => folded;

    protected static string LikePattern(Pattern pattern, bool isCased, char escape) => string.Concat(pattern.Parts.Select(part => part.Kind switch
    {
        PatternPartKind.AnyText => "%",
        PatternPartKind.AnyCharacter => "_",
        _ => string.Concat((isCased ? part.Text : part.Text.ToLowerInvariant()).Select(c => c == '%' || c == '_' || c == escape ? $"{escape}{c}" : c.ToString())),
    }));

    protected static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private string Match(string field, PatternTest test)
    {
        var pattern = test.Pattern;
        if (pattern.Shape == PatternShape.Anything) return $"{Name(field)} IS NOT NULL";
        var text = test.IsCased ? Column(field) : Lower(Column(field));
        var folded = test.IsCased ? pattern.Literal : Check(Fold(pattern.Literal));
        var length = folded.EnumerateRunes().Count();
        if (!test.IsCased && pattern.Shape == PatternShape.General) Check(Fold(string.Concat(pattern.Parts.Select(part => part.Text))));
        return pattern.Shape switch
        {
            PatternShape.Equal => $"{text} = {Text(folded)}",
            PatternShape.Contains => Contains(text, Text(folded)),
            PatternShape.StartsWith => StartsWith(text, Text(folded), length),
            PatternShape.EndsWith => EndsWith(text, Text(folded), length),
            _ => Like(text, pattern, test.IsCased),
        };
    }

    private string Pair(string field, FieldTest test)
    {
        var one = test.IsCased ? Column(field) : Lower(Column(field));
        var other = test.IsCased ? Column(test.Other) : Lower(Column(test.Other));
        return (test.OpenStart, test.OpenEnd) switch
        {
            (false, false) => $"{one} = {other}",
            (true, true) => Contains(one, other),
            (false, true) => $"substr({one}, 1, length({other})) = {other}",
            _ => $"length({one}) >= length({other}) AND substr({one}, length({one}) - length({other}) + 1) = {other}",
        };
    }
}
