using System.Security.Cryptography;
using System.Text;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Rules;

/// <summary>Rule files as the user names them: files, and folders with everything below them.</summary>
internal static class RuleFiles
{
    /// <summary>Bytes of one rule file; larger ones are reported and left out.</summary>
    public const long MaxBytes = 8_000_000;

    // Below this many files a pack saves less than it costs.
    private const int PackedFrom = 500;

    /// <summary>The files of the given paths, in ordinal order, each once. What is missing is reported.</summary>
    public static List<string> Find(Invocation run, IEnumerable<string> paths)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            var full = run.PathOf(path);
            if (File.Exists(full))
            {
                found.Add(full);
            }
            else if (Directory.Exists(full))
            {
                found.AddRange(Directory.EnumerateFiles(full, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                    .Where(file => file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal));
            }
            else
            {
                run.Report(new CliProblem("MD2007", "There is no such file or folder.", path, "Give rule files (.yml) or folders that hold them."));
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Where the compiled form of rules is kept for the next start: one file for each choice of paths. Null for few rules, which are read at once.</summary>
    /// <remarks>It is used only while the rules are the same byte for byte, and never needed: where it cannot be written, the rules are read.</remarks>
    public static string? Pack(Invocation run, int files, IEnumerable<string> given)
    {
        if (files < PackedFrom || Modus.Attack.CacheFolder.Default(run.Setting, "rules") is not { } folder) return null;
        var paths = string.Join('\n', given.Select(run.PathOf));
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(paths)).AsSpan(0, 8)) + ".pack");
    }

    /// <summary>Rules that a command takes along for logs, as paths of the system, with the place of their compiled form: null for few.</summary>
    public static (IReadOnlyList<string> Paths, string? Pack) ForLogs(Invocation run, IReadOnlyList<string> given)
    {
        IReadOnlyList<string> paths = [.. given.Select(run.PathOf)];
        // What is missing is named by whoever loads them.
        var there = given.Where(path => File.Exists(run.PathOf(path)) || Directory.Exists(run.PathOf(path))).ToList();
        return (paths, there.Count == 0 ? null : Pack(run, Find(run, there).Count, given));
    }

    /// <summary>The text of a file, or null with the problem reported.</summary>
    public static string? Read(Invocation run, string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length <= MaxBytes) return File.ReadAllText(path, Encoding.UTF8);
            run.Report(new CliProblem("MD2007", $"The file has {length} bytes; more than {MaxBytes} are not read.", path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            run.Report(new CliProblem("MD2007", $"The file cannot be read: {exception.Message}", path));
        }

        return null;
    }

    /// <summary>Prints a problem of the rule library.</summary>
    public static void Report(Invocation run, Modus.Sigma.Problem problem) => run.Report(new CliProblem(
        problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line, problem.Column), problem.Fix, problem.Severity == Modus.Sigma.ProblemSeverity.Error));
}
