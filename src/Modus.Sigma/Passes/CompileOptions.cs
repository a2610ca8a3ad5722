using System.Collections.Immutable;

namespace Modus.Sigma;

/// <summary>How rules are translated.</summary>
public sealed record CompileOptions
{
    /// <summary>Placeholders of the modifier <c>expand</c> by name without percent signs, each with its values. Default: none.</summary>
    /// <remarks>Values may hold wildcards. A rule with a placeholder that is missing here is refused.</remarks>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Placeholders { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Other names of fields: the rule's field → the fields to look into instead, any of which may match. Default: none.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> FieldNames { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The longest regular expression of a rule, in characters. Default 4,000.</summary>
    public int MaxRegexLength { get; init; } = 4_000;
}
