using Modus.Casework;
using Modus.Casework.Mappings;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Map;

/// <summary>Reads files of mappings that a command was given, and accounts for them.</summary>
internal static class MappingSources
{
    /// <summary>A file's mappings.</summary>
    /// <param name="Name">The file as given.</param>
    /// <param name="Mappings">Its mappings.</param>
    public sealed record Source(string Name, IReadOnlyList<StatedMapping> Mappings);

    /// <summary>Reads every file; problems are reported as they come. Files without a mapping are left out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="paths">The files as given.</param>
    /// <param name="skipped">Files without a mapping, and statements that could not be used.</param>
    public static List<Source> Read(Invocation run, IEnumerable<string> paths, out int skipped)
    {
        var sources = new List<Source>();
        skipped = 0;
        foreach (var path in paths)
        {
            var reading = MappingFile.Read(run.PathOf(path), path);
            foreach (var problem in reading.Problems) Report(run, problem);
            skipped += reading.Skipped + (reading.Mappings.Count == 0 ? 1 : 0);
            if (reading.Mappings.Count > 0) sources.Add(new Source(path, reading.Mappings));
            run.Say(FormattableString.Invariant($"{path}: {reading.Mappings.Count(mapping => mapping.Technique is not null)} mappings{(reading.Format.Length > 0 ? $" ({reading.Format})" : "")}"));
        }
        return sources;
    }

    public static void Report(Invocation run, CaseProblem problem) =>
        run.Report(new CliProblem(problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File} {problem.Place}", problem.Fix, problem.Lost));
}
