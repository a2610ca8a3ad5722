using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>What a correlation counts or watches for (Sigma 2.1 correlations, attribute <c>type</c>).</summary>
public enum CorrelationType
{
    /// <summary>The number of events.</summary>
    EventCount,

    /// <summary>The number of distinct values (or tuples) of the named fields.</summary>
    ValueCount,

    /// <summary>Events of all named rules, in any order.</summary>
    Temporal,

    /// <summary>Events of all named rules, in the order they are named.</summary>
    TemporalOrdered,

    /// <summary>The sum of a numeric field.</summary>
    ValueSum,

    /// <summary>The mean of a numeric field.</summary>
    ValueAvg,

    /// <summary>A percentile of a numeric field.</summary>
    ValuePercentile,

    /// <summary>The median of a numeric field.</summary>
    ValueMedian,
}

/// <summary>A comparison in a condition.</summary>
public enum Comparison
{
    /// <summary>Equal.</summary>
    Eq,

    /// <summary>Not equal.</summary>
    Neq,

    /// <summary>Greater.</summary>
    Gt,

    /// <summary>Greater or equal.</summary>
    Gte,

    /// <summary>Less.</summary>
    Lt,

    /// <summary>Less or equal.</summary>
    Lte,
}

/// <summary>One bound of a correlation's condition; several bounds must all hold.</summary>
/// <param name="Comparison">How the measured number is compared.</param>
/// <param name="Value">With what.</param>
/// <param name="Position">Where it stands.</param>
public sealed record CorrelationBound(Comparison Comparison, decimal Value, SourcePosition Position);

/// <summary>A group field that has another name in each rule (attribute <c>aliases</c>).</summary>
/// <param name="Name">The alias, as <c>group-by</c> uses it.</param>
/// <param name="Fields">Rule reference → field of that rule.</param>
/// <param name="Position">Where it stands.</param>
public sealed record CorrelationAlias(string Name, ImmutableArray<(RuleReference Rule, string Field)> Fields, SourcePosition Position);

/// <summary>A correlation over the matches of rules or of other correlations.</summary>
/// <param name="Header">What the correlation states about itself.</param>
/// <param name="Source">The document as written.</param>
/// <param name="Type">What is counted or watched for.</param>
/// <param name="Rules">The rules it reads, by id or name.</param>
/// <param name="GroupBy">Fields or aliases; events are counted apart for each combination of values.</param>
/// <param name="Timespan">The length of the sliding window.</param>
/// <param name="Bounds">The condition; for the temporal types by default "all rules seen".</param>
/// <param name="Fields">The measured field or fields (<c>condition.field</c>), for the value types.</param>
/// <param name="Percentile">0 to 100, for <see cref="CorrelationType.ValuePercentile"/>.</param>
/// <param name="Aliases">Group fields that differ between the rules.</param>
/// <param name="Generate">True when the named rules still report their own matches.</param>
public sealed record SigmaCorrelation(
    RuleHeader Header,
    YamlMapping Source,
    CorrelationType Type,
    ImmutableArray<RuleReference> Rules,
    ImmutableArray<string> GroupBy,
    TimeSpan Timespan,
    ImmutableArray<CorrelationBound> Bounds,
    ImmutableArray<string> Fields,
    decimal? Percentile,
    ImmutableArray<CorrelationAlias> Aliases,
    bool Generate) : RuleDocument(Header, Source);
