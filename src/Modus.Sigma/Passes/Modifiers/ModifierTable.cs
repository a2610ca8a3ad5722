using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Passes;

/// <summary>What a modifier does, so that a chain can be checked before it is applied.</summary>
internal enum ModifierKind
{
    /// <summary>Joins the values by and.</summary>
    All,

    /// <summary>Turns the answer round.</summary>
    Negate,

    /// <summary>Changes a text.</summary>
    Text,

    /// <summary>Turns the value into another kind of question.</summary>
    Question,

    /// <summary>Changes a regular expression.</summary>
    RegexFlag,
}

/// <summary>The modifiers of Sigma 2.1 and the longer names in use for some of them.</summary>
internal static class ModifierTable
{
    public static readonly IReadOnlyDictionary<string, ModifierKind> Kinds = new Dictionary<string, ModifierKind>(StringComparer.Ordinal)
    {
        ["all"] = ModifierKind.All,
        ["neq"] = ModifierKind.Negate,
        ["contains"] = ModifierKind.Text,
        ["startswith"] = ModifierKind.Text,
        ["endswith"] = ModifierKind.Text,
        ["cased"] = ModifierKind.Text,
        ["windash"] = ModifierKind.Text,
        ["expand"] = ModifierKind.Text,
        ["base64"] = ModifierKind.Text,
        ["base64offset"] = ModifierKind.Text,
        ["utf16le"] = ModifierKind.Text,
        ["utf16be"] = ModifierKind.Text,
        ["utf16"] = ModifierKind.Text,
        ["wide"] = ModifierKind.Text,
        ["re"] = ModifierKind.Question,
        ["cidr"] = ModifierKind.Question,
        ["exists"] = ModifierKind.Question,
        ["fieldref"] = ModifierKind.Question,
        ["lt"] = ModifierKind.Question,
        ["lte"] = ModifierKind.Question,
        ["gt"] = ModifierKind.Question,
        ["gte"] = ModifierKind.Question,
        ["minute"] = ModifierKind.Question,
        ["hour"] = ModifierKind.Question,
        ["day"] = ModifierKind.Question,
        ["week"] = ModifierKind.Question,
        ["month"] = ModifierKind.Question,
        ["year"] = ModifierKind.Question,
        ["i"] = ModifierKind.RegexFlag,
        ["ignorecase"] = ModifierKind.RegexFlag,
        ["m"] = ModifierKind.RegexFlag,
        ["multiline"] = ModifierKind.RegexFlag,
        ["s"] = ModifierKind.RegexFlag,
        ["dotall"] = ModifierKind.RegexFlag,
    };

    public static Comparison? ComparisonOf(string modifier) => modifier switch
    {
        "lt" => Comparison.Lt,
        "lte" => Comparison.Lte,
        "gt" => Comparison.Gt,
        "gte" => Comparison.Gte,
        _ => null,
    };

    public static TimePart? TimePartOf(string modifier) => modifier switch
    {
        "minute" => TimePart.Minute,
        "hour" => TimePart.Hour,
        "day" => TimePart.Day,
        "week" => TimePart.Week,
        "month" => TimePart.Month,
        "year" => TimePart.Year,
        _ => null,
    };
}
