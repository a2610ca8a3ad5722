namespace Modus.Cli.Shell;

/// <summary>Prints problems in one form: level, code, place, cause, then the way to mend it.</summary>
internal static class ProblemPrinter
{
    public static void Print(TextWriter error, Style style, CliProblem problem)
    {
        var level = problem.IsError ? style.Red($"error[{problem.Code}]") : style.Yellow($"warning[{problem.Code}]");
        var where = problem.Where is null ? "" : $" {SafeText.ForTerminal(problem.Where)}:";
        error.WriteLine($"{level}{where} {SafeText.ForTerminal(problem.Message)}");
        if (problem.Fix is not null) error.WriteLine($"  {style.Bold("help:")} {SafeText.ForTerminal(problem.Fix)}");
    }
}
