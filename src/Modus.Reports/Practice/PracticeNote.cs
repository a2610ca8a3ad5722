namespace Modus.Reports.Practice;

/// <summary>How much a note on a mapping weighs.</summary>
public enum PracticeLevel
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Look again before the mapping is confirmed.</summary>
    Warning,

    /// <summary>The quote does not carry the mapping as it stands.</summary>
    Error,
}

/// <summary>What a check of mapping practice says about a candidate.</summary>
/// <param name="Check">The check, C1 to C13, as the documentation lists them.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="Says">What was found, in words.</param>
public sealed record PracticeNote(string Check, PracticeLevel Level, string Says)
{
    /// <summary>The note on one line.</summary>
    public override string ToString() => $"{Check} {Level.ToString().ToLowerInvariant()}: {Says}";
}
