namespace Modus.Cli.Shell;

/// <summary>Something about the input that the user should know, in the form that every command prints.</summary>
/// <param name="Code">For example <c>MD2104</c>; <c>modus explain</c> tells more.</param>
/// <param name="Message">What was seen and what was expected.</param>
/// <param name="Where">File, or file:line:column; null where there is no place.</param>
/// <param name="Fix">What to do about it; null where nothing can be done.</param>
/// <param name="IsError">False for a warning: the input was used all the same.</param>
internal sealed record CliProblem(string Code, string Message, string? Where = null, string? Fix = null, bool IsError = true)
{
    /// <summary>Joins file, line and column the way compilers do; 0 means unknown.</summary>
    public static string? Place(string? file, int line = 0, int column = 0) =>
        string.IsNullOrEmpty(file) ? null : line <= 0 ? file : column <= 0 ? $"{file}:{line}" : $"{file}:{line}:{column}";
}

/// <summary>Ends a command at once with one problem and an exit code: for a wrong call, never for bad data among good.</summary>
internal sealed class CommandFailure(int exitCode, CliProblem problem) : Exception(problem.Message)
{
    public int ExitCode { get; } = exitCode;

    public CliProblem Problem { get; } = problem;

    public static CommandFailure Usage(string code, string message, string? fix = null) =>
        new(Shell.ExitCode.Usage, new CliProblem(code, message, Fix: fix));
}
