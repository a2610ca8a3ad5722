using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>A search identifier of a rule.</summary>
/// <param name="Name">The identifier.</param>
/// <param name="Position">Where its name stands.</param>
/// <param name="Body">What it asks for.</param>
public sealed record Selection(string Name, SourcePosition Position, DetectionNode Body);

/// <summary>A part of a search identifier, as written: not yet interpreted.</summary>
/// <param name="Position">Where the part starts.</param>
public abstract record DetectionNode(SourcePosition Position);

/// <summary>A map: all items must match.</summary>
/// <param name="Position">Where the map starts.</param>
/// <param name="Items">The items in the order of the file.</param>
public sealed record AllOfItems(SourcePosition Position, ImmutableArray<DetectionNode> Items) : DetectionNode(Position);

/// <summary>A list: any item must match.</summary>
/// <param name="Position">Where the list starts.</param>
/// <param name="Items">The items in the order of the file.</param>
public sealed record AnyOfItems(SourcePosition Position, ImmutableArray<DetectionNode> Items) : DetectionNode(Position);

/// <summary>A field (or, without a name, the whole event) with modifiers and values.</summary>
/// <param name="Position">Where the field stands.</param>
/// <param name="Field">The field's name as written; null for keywords, which look into every value of the event.</param>
/// <param name="Modifiers">The modifiers in the order of the file, in lower case.</param>
/// <param name="Values">The values; any of them must match, or all with the modifier <c>all</c>.</param>
/// <param name="IsList">True when the values were written as a list.</param>
public sealed record FieldItem(
    SourcePosition Position,
    string? Field,
    ImmutableArray<string> Modifiers,
    ImmutableArray<RuleValue> Values,
    bool IsList) : DetectionNode(Position)
{
    /// <summary>The key as it would be written: field and modifiers.</summary>
    public string Key => string.Join('|', Modifiers.Prepend(Field ?? ""));
}

/// <summary>The kind of a value in a rule.</summary>
public enum RuleValueKind
{
    /// <summary>Text, with wildcards where its modifiers allow them.</summary>
    Text,

    /// <summary>A number written without quotes.</summary>
    Number,

    /// <summary>true or false written without quotes.</summary>
    Boolean,

    /// <summary>No value: the field is missing or without a value.</summary>
    Null,
}

/// <summary>A value of a rule.</summary>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Text">The value's text; booleans in lower case, null as an empty text.</param>
/// <param name="Position">Where it stands.</param>
public sealed record RuleValue(RuleValueKind Kind, string Text, SourcePosition Position);
