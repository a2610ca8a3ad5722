using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>A document of a rule file: a rule, a correlation or a filter.</summary>
/// <param name="Header">What the document states about itself.</param>
/// <param name="Source">The whole document as it was written, for attributes that are not in the model and for places.</param>
public abstract record RuleDocument(RuleHeader Header, YamlMapping Source)
{
    /// <summary>Where an attribute stands, or the start of the document when it is absent.</summary>
    public SourcePosition PositionOf(string attribute) => Source.Entry(attribute)?.Key.Position ?? Header.Position;
}

/// <summary>Which logs a rule reads (Sigma 2.1, attribute <c>logsource</c>). Parts in lower case; null = any.</summary>
/// <param name="Product">For example windows, linux, aws.</param>
/// <param name="Category">For example process_creation.</param>
/// <param name="Service">For example sysmon, cloudtrail.</param>
/// <param name="Definition">What must be configured for the log to exist, in prose.</param>
/// <param name="Position">Where the log source is stated.</param>
public sealed record RuleLogSource(string? Product, string? Category, string? Service, string? Definition, SourcePosition Position)
{
    /// <summary>Written as <c>product/category/service</c> with <c>*</c> for any.</summary>
    public override string ToString() => $"{Product ?? "*"}/{Category ?? "*"}/{Service ?? "*"}";
}

/// <summary>A condition as written, with the place where it starts.</summary>
/// <param name="Text">The condition's text.</param>
/// <param name="Position">Where it stands.</param>
public sealed record ConditionText(string Text, SourcePosition Position);

/// <summary>A rule over single events.</summary>
/// <param name="Header">What the rule states about itself.</param>
/// <param name="Source">The document as written.</param>
/// <param name="LogSource">Which logs it reads.</param>
/// <param name="Selections">The named search identifiers of <c>detection</c>, in the order of the file.</param>
/// <param name="Conditions">One condition, or several of which any matches.</param>
public sealed record SigmaRule(
    RuleHeader Header,
    YamlMapping Source,
    RuleLogSource LogSource,
    ImmutableArray<Selection> Selections,
    ImmutableArray<ConditionText> Conditions) : RuleDocument(Header, Source);

/// <summary>A filter: what matches it is taken away from the rules it names.</summary>
/// <param name="Header">What the filter states about itself.</param>
/// <param name="Source">The document as written.</param>
/// <param name="LogSource">Which rules may be meant: a filter touches only rules whose log source agrees.</param>
/// <param name="Rules">Ids or names of rules; empty with <paramref name="AnyRule"/>.</param>
/// <param name="AnyRule">True for <c>rules: any</c>.</param>
/// <param name="Selections">The filter's own search identifiers.</param>
/// <param name="Condition">The condition that takes an event away.</param>
public sealed record SigmaFilter(
    RuleHeader Header,
    YamlMapping Source,
    RuleLogSource LogSource,
    ImmutableArray<RuleReference> Rules,
    bool AnyRule,
    ImmutableArray<Selection> Selections,
    ConditionText Condition) : RuleDocument(Header, Source);

/// <summary>The name or id by which one document refers to another.</summary>
/// <param name="Text">Id or name as written.</param>
/// <param name="Position">Where it stands.</param>
public sealed record RuleReference(string Text, SourcePosition Position);
