using System.Collections.Immutable;

namespace Modus.Sigma.Linting;

/// <summary>What a release of ATT&amp;CK says about the ids and names that rules carry as tags. All keys in lower case.</summary>
public sealed record AttackVocabulary
{
    /// <summary>The release, for messages: <c>enterprise 19.0</c>.</summary>
    public required string Release { get; init; }

    /// <summary>Short names of the live tactics.</summary>
    public required IReadOnlySet<string> Tactics { get; init; }

    /// <summary>Live technique ids, each with the short names of its tactics.</summary>
    public required IReadOnlyDictionary<string, ImmutableArray<string>> Techniques { get; init; }

    /// <summary>Ids of groups, software, campaigns, mitigations and other objects that may be tagged.</summary>
    public IReadOnlySet<string> OtherIds { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Retired ids: the id that took over, or an empty text where none did.</summary>
    public IReadOnlyDictionary<string, string> Retired { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Short names of tactics of older releases: the names that took over.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> RetiredTactics { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
