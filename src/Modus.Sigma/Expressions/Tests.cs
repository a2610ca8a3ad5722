using System.Globalization;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Expressions;

/// <summary>A question about one field, or about every value of the event.</summary>
/// <param name="Field">The field without spaces; null when every value of the event is searched.</param>
/// <remarks>A field with several values answers true when any of them does.</remarks>
public abstract record Test(string? Field) : Expression
{
    private protected string Subject => Field ?? "any value";

    /// <summary>Text in quotes, so that the written expression stays unambiguous.</summary>
    private protected static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}

/// <summary>Does the value look like a pattern? Numbers and booleans are compared as text; a missing or null field is false.</summary>
/// <param name="Field">The field, or null.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="IsCased">True when upper and lower case differ.</param>
public sealed record PatternTest(string? Field, Pattern Pattern, bool IsCased) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject} {(IsCased ? "==" : "=")} {Quote(Pattern.ToString())}";
}

/// <summary>Is the field missing or without a value (null)? An empty text is a value.</summary>
/// <param name="Field">The field.</param>
public sealed record NullTest(string Field) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject} is null";
}

/// <summary>Is the field in the event, whatever its value?</summary>
/// <param name="Field">The field.</param>
public sealed record ExistsTest(string Field) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject} exists";
}

/// <summary>Is the value a number that compares so? A value that is no number answers false.</summary>
/// <param name="Field">The field.</param>
/// <param name="Comparison">Gt, Gte, Lt or Lte.</param>
/// <param name="Value">The number of the rule.</param>
public sealed record NumberTest(string Field, Comparison Comparison, decimal Value) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject} {Sign(Comparison)} {Value.ToString(CultureInfo.InvariantCulture)}";

    internal static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Gt => ">",
        Comparison.Gte => ">=",
        Comparison.Lt => "<",
        Comparison.Lte => "<=",
        Comparison.Neq => "!=",
        _ => "=",
    };
}

/// <summary>A part of a point in time.</summary>
public enum TimePart
{
    /// <summary>0 to 59.</summary>
    Minute,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>Day of the month, 1 to 31.</summary>
    Day,

    /// <summary>ISO 8601 week of the year, 1 to 53.</summary>
    Week,

    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>The year of the calendar.</summary>
    Year,
}

/// <summary>Does a part of the time in the field compare so? A time with a zone is taken in UTC, one without as it stands.</summary>
/// <param name="Field">The field.</param>
/// <param name="Part">Which part.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">The number of the rule.</param>
public sealed record TimeTest(string Field, TimePart Part, Comparison Comparison, decimal Value) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Part.ToString().ToLowerInvariant()} of {Subject} {NumberTest.Sign(Comparison)} {Value.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Is the value an address inside a network? What is no address answers false.</summary>
/// <param name="Field">The field.</param>
/// <param name="Network">The network.</param>
public sealed record NetworkTest(string Field, Network Network) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject} in {Network}";
}

/// <summary>Does a regular expression match anywhere in the value?</summary>
/// <param name="Field">The field, or null.</param>
/// <param name="Regex">The expression as the rule writes it.</param>
/// <param name="IgnoreCase">Flag <c>i</c>.</param>
/// <param name="MultiLine">Flag <c>m</c>.</param>
/// <param name="DotAll">Flag <c>s</c>.</param>
public sealed record RegexTest(string? Field, string Regex, bool IgnoreCase, bool MultiLine, bool DotAll) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Subject} matches {Quote(Regex)}{(IgnoreCase ? " i" : "")}{(MultiLine ? " m" : "")}{(DotAll ? " s" : "")}";
}

/// <summary>Does the field compare with another field of the same event? False where either is missing or null.</summary>
/// <param name="Field">The field.</param>
/// <param name="Other">The other field.</param>
/// <param name="OpenStart">True when anything may stand before the other field's value.</param>
/// <param name="OpenEnd">True when anything may stand after it.</param>
/// <param name="IsCased">True when upper and lower case differ.</param>
public sealed record FieldTest(string Field, string Other, bool OpenStart, bool OpenEnd, bool IsCased) : Test(Field)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Subject} {(IsCased ? "==" : "=")} {(OpenStart ? "*" : "")}field({Other}){(OpenEnd ? "*" : "")}";
}
