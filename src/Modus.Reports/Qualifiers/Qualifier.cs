namespace Modus.Reports.Qualifiers;

/// <summary>What a statement does with what it names.</summary>
public enum Qualifier
{
    /// <summary>It reports that it happened.</summary>
    Observed,

    /// <summary>It says what a program is able to do.</summary>
    Capability,

    /// <summary>It supposes that it may have happened or may happen.</summary>
    Hypothetical,

    /// <summary>It says that it did not happen or was not found.</summary>
    Negated,

    /// <summary>It advises what to do against it.</summary>
    Recommended,

    /// <summary>It tells of others, of the past, or in general.</summary>
    Background,

    /// <summary>It repeats somebody else's words: references, navigation.</summary>
    Quoted,
}

/// <summary>A qualifier with the words that decided it.</summary>
/// <param name="Qualifier">The qualifier.</param>
/// <param name="Cue">The words, in lower case; null for a plain report.</param>
public readonly record struct Qualified(Qualifier Qualifier, string? Cue);
