using Modus.Casework.Cases;

namespace Modus.Casework.Review;

/// <summary>Why an item waits for a person, the most pressing first.</summary>
public enum ReviewKind
{
    /// <summary>Evidence speaks for it and against it.</summary>
    Contradicted,

    /// <summary>A document tells it, while events show a relative of it: its parent, its sub-technique, its sister.</summary>
    Differs,

    /// <summary>A document tells it in another release of ATT&amp;CK, and what became of the id is no plain matter.</summary>
    OtherRelease,

    /// <summary>A document tells it and no event shows it.</summary>
    NotSeen,

    /// <summary>Events show it, but weakly.</summary>
    Weak,

    /// <summary>Somebody asserts it without saying what was seen.</summary>
    Claimed,

    /// <summary>The text mapper suggests it.</summary>
    Suggested,

    /// <summary>Events show it, or documents and events agree.</summary>
    Seen,
}

/// <summary>One thing to decide.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Kind">Why it waits.</param>
/// <param name="Why">The same in words, with what it is held against.</param>
/// <param name="Alternatives">Techniques to take instead, likeliest first.</param>
/// <param name="Identical">Other open procedures with the same technique resting on the same words or rules: one decision can serve all.</param>
public sealed record ReviewItem(
    ProcedureRecord Procedure, ReviewKind Kind, string Why, IReadOnlyList<RunnerUp> Alternatives, IReadOnlyList<ProcedureRecord> Identical)
{
    /// <summary>True where reports and logs disagree, or nothing can check what is told.</summary>
    public bool IsDisputed => Kind <= ReviewKind.Weak;
}
