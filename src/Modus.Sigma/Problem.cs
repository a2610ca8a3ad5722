namespace Modus.Sigma;

/// <summary>How much a <see cref="Problem"/> costs.</summary>
public enum ProblemSeverity
{
    /// <summary>The input is used, and something about it should be mended.</summary>
    Warning,

    /// <summary>The input, or the named part of it, is not used.</summary>
    Error,
}

/// <summary>Something wrong with a rule, a placeholder file or a pack: a value that is collected, never thrown.</summary>
/// <param name="Code">A stable code, <c>MD2001</c> to <c>MD2999</c>.</param>
/// <param name="Severity">Whether the input was used all the same.</param>
/// <param name="Message">What was seen and what was expected, one sentence.</param>
/// <param name="File">The file as it was named by the caller; empty when the text came from memory.</param>
/// <param name="Line">Line in the file, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column in the line, from 1; 0 when the whole line is meant.</param>
/// <param name="Fix">What to write instead, when that is known.</param>
public sealed record Problem(
    string Code,
    ProblemSeverity Severity,
    string Message,
    string File,
    int Line = 0,
    int Column = 0,
    string? Fix = null)
{
    /// <summary>The problem on one line: place, severity, code, message and fix.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {(Severity == ProblemSeverity.Error ? "error" : "warning")} {Code}: {Message}{(Fix is null ? "" : $" Fix: {Fix}")}";
}
