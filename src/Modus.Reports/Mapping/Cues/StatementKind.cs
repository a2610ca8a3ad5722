namespace Modus.Reports.Mapping.Cues;

/// <summary>What a sentence does with the behaviour it speaks of.</summary>
public enum StatementKind
{
    /// <summary>It was seen.</summary>
    Observed,

    /// <summary>The software can do it.</summary>
    Capability,

    /// <summary>It may have happened, or could.</summary>
    Hypothetical,

    /// <summary>It did not happen, or was looked for and not found.</summary>
    Negated,

    /// <summary>It is advice to the reader: prevent, monitor, enable.</summary>
    Recommended,

    /// <summary>It is about other times, other actors, or attackers in general.</summary>
    Background,
}
