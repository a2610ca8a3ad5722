using System.Text;
using Modus.Cli.Shell;
using Modus.Reports.Documents;

namespace Modus.Cli.Commands.Map;

/// <summary>Opens what the mapper reads.</summary>
internal static class MapperInput
{
    /// <summary>Opens lines of a file or, for -, of standard input.</summary>
    public static TextReader Lines(Invocation run, string path) => new StreamReader(Open(run, path), Encoding.UTF8);

    /// <summary>Reads a document and reports what went wrong; null where it cannot be used.</summary>
    public static Document? Document(Invocation run, string path)
    {
        using var stream = Open(run, path);
        var reading = ReportReader.Read(stream, Name(path), cancellation: run.Stop);
        foreach (var problem in reading.Problems)
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line ?? 0), problem.Fix, problem.Level == ProblemLevel.Error));
        return reading.Document;
    }

    /// <summary>What an input is called in messages.</summary>
    public static string Name(string path) => path == "-" ? "(standard input)" : path;

    private static Stream Open(Invocation run, string path)
    {
        if (path == "-") return run.Terminal.In;
        try
        {
            return File.OpenRead(run.PathOf(path));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new("MD4722", wrong.Message, path));
        }
    }
}
