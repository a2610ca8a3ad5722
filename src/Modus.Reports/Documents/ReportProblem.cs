namespace Modus.Reports.Documents;

/// <summary>How much a problem took away.</summary>
public enum ProblemLevel
{
    /// <summary>Nothing was lost, but the reader should know.</summary>
    Note,

    /// <summary>A part of the input could not be used.</summary>
    Warning,

    /// <summary>The input could not be used at all.</summary>
    Error,
}

/// <summary>Something wrong with an input, as a value.</summary>
/// <param name="Code">Code in the range MD4000 to MD4999.</param>
/// <param name="Level">How much was lost.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="File">Name of the input.</param>
/// <param name="Line">Line in the input, from 1, where known.</param>
/// <param name="Fix">What the user can do, where anything can be done.</param>
public sealed record ReportProblem(
    string Code, ProblemLevel Level, string Message, string File, int? Line = null, string? Fix = null);
