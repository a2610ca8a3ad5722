namespace Modus.Casework.Practice;

/// <summary>How much a finding matters, ascending.</summary>
public enum PracticeSeverity
{
    /// <summary>Could be better.</summary>
    Hint,

    /// <summary>Should be looked at: the mapping may say more, or less, than the evidence.</summary>
    Warning,

    /// <summary>Has to be mended: the evidence does not say it, or the release does not know it.</summary>
    Error,
}

/// <summary>A check of the mapping practice.</summary>
/// <param name="Code">A stable code, <c>MD5601</c> to <c>MD5649</c>.</param>
/// <param name="Name">A short name in lower case with hyphens.</param>
/// <param name="Severity">How much its findings matter.</param>
/// <param name="Summary">What it looks for, one sentence.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record PracticeCheck(string Code, string Name, PracticeSeverity Severity, string Summary, string Remedy);

/// <summary>Something about a mapping that good practice does otherwise.</summary>
/// <param name="Check">The check that found it.</param>
/// <param name="Severity">How much it matters here.</param>
/// <param name="Message">What was seen, and why that is no good.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="File">The file or case.</param>
/// <param name="Place">Where in it.</param>
/// <param name="Line">The line, from 1; 0 where lines say nothing.</param>
/// <param name="Technique">The technique as written; empty where the file as a whole is meant.</param>
/// <param name="Evidence">The words of the evidence; null where there are none.</param>
public sealed record PracticeFinding(
    PracticeCheck Check, PracticeSeverity Severity, string Message, string Remedy, string File, string Place, int Line, string Technique, string? Evidence);

/// <summary>What a check of mappings found.</summary>
/// <param name="Findings">All findings, by file, place and code.</param>
/// <param name="Checked">Mappings that were checked.</param>
public sealed record PracticeResult(IReadOnlyList<PracticeFinding> Findings, int Checked);

/// <summary>How mappings are checked.</summary>
public sealed record PracticeOptions
{
    /// <summary>The least severity to report.</summary>
    public PracticeSeverity Least { get; init; }

    /// <summary>Codes or names of checks to leave out.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();
}
