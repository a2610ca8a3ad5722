namespace Modus.Sigma.Linting;

/// <summary>How much a finding matters, ascending.</summary>
public enum LintSeverity
{
    /// <summary>Could be written better.</summary>
    Hint,

    /// <summary>Should be mended: the rule may not mean what it says.</summary>
    Warning,

    /// <summary>Must be mended: the rule cannot be used or cannot match.</summary>
    Error,
}

/// <summary>A check that the linter makes.</summary>
/// <param name="Code">A stable code, <c>MD2200</c> to <c>MD2499</c>.</param>
/// <param name="Name">A short name in lower case with hyphens.</param>
/// <param name="Severity">How much its findings matter.</param>
/// <param name="Summary">What it looks for, one sentence.</param>
public sealed record LintCheck(string Code, string Name, LintSeverity Severity, string Summary);

/// <summary>Something the linter found.</summary>
/// <param name="Code">The check's code, or the code of the problem that reading or compiling the rule gave.</param>
/// <param name="Name">The check's short name.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was seen, one sentence.</param>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1; 0 when the whole line is meant.</param>
/// <param name="Fix">What to write instead; null when unknown.</param>
/// <param name="Rule">The rule's id, name or place; empty when no rule could be read.</param>
public sealed record LintFinding(
    string Code,
    string Name,
    LintSeverity Severity,
    string Message,
    string File,
    int Line,
    int Column,
    string? Fix,
    string Rule)
{
    /// <summary>The finding on one line.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Severity.ToString().ToLowerInvariant()} {Code} {Name}: {Message}{(Fix is null ? "" : $" Fix: {Fix}")}";
}

/// <summary>A rule file to be checked.</summary>
/// <param name="File">The name that findings carry.</param>
/// <param name="Text">The file's text.</param>
public sealed record LintFile(string File, string Text);

/// <summary>The result of checking rule files: every file is counted once.</summary>
/// <param name="Findings">All findings, by file, line, column and code.</param>
/// <param name="Given">Documents in the files.</param>
/// <param name="Used">Documents that can be compiled or, for correlations and filters, read.</param>
public sealed record LintResult(System.Collections.Immutable.ImmutableArray<LintFinding> Findings, int Given, int Used);
