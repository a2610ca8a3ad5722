namespace Modus.Attack;

/// <summary>How a search came to an object, the surest first.</summary>
public enum SearchMatch
{
    /// <summary>The id is what was asked for.</summary>
    Id,

    /// <summary>The name, or the full name of a sub-technique, is what was asked for.</summary>
    Name,

    /// <summary>An alias is what was asked for.</summary>
    Alias,

    /// <summary>The id begins with what was asked for.</summary>
    IdStart,

    /// <summary>The words asked for begin words of the name or an alias.</summary>
    Words,

    /// <summary>The name or an alias is what was asked for but for a few letters.</summary>
    Typo,

    /// <summary>The words asked for are in the description or the detection guidance.</summary>
    Text,
}

/// <summary>One answer of a search.</summary>
/// <param name="Object">What was found.</param>
/// <param name="Match">How it was found.</param>
/// <param name="Found">The id, name or alias that fits; for a match in the text a piece of it around the first word.</param>
public sealed record SearchHit(AttackObject Object, SearchMatch Match, string Found);
