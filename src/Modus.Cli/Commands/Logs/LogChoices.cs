using System.CommandLine;
using System.Globalization;
using Modus.Casework.Ingest;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Shell;
using Modus.Logs;

namespace Modus.Cli.Commands.Logs;

/// <summary>The options of commands that read logs, and what they say about the reading.</summary>
internal sealed class LogChoices
{
    private readonly Option<string[]> zone = new("--zone") { Description = "The zone of times that state none: ZONE for all files, FILE=ZONE for one; an IANA name, UTC, or +01:00.", HelpName = "ZONE" };
    private readonly Option<int?> year = new("--year") { Description = "The year of times that state none (syslog). Default: the year the file was written in.", HelpName = "YEAR" };
    private readonly Option<bool> dayFirst = DayFirst();
    private readonly Option<string[]> mappings = new("--mapping") { Description = "Mapping files that come before the shipped ones.", HelpName = "FILE" };
    private readonly Option<bool> carve = new("--carve") { Description = "Also read remnants in the slack of EVTX files." };

    /// <summary>The option that says how dates such as 3/4/2025 are meant.</summary>
    public static Option<bool> DayFirst() => new("--day-first") { Description = "In dates such as 3/4/2025 the day stands first. Default: what the file's other dates show." };

    public IEnumerable<Option> All => [zone, year, dayFirst, mappings, carve];

    /// <summary>The options as given; a mapping file that cannot be used ends the command.</summary>
    public LogReadOptions Read(Invocation run)
    {
        var options = new LogReadOptions { Carve = run.Get(carve), AssumedYear = run.Get(year) };
        if (run.Get(dayFirst)) options = options with { DayFirst = true };
        if (run.Get(year) is < 1970 or > 9999) throw CommandFailure.Usage("MD9026", $"{run.Get(year)} is no year", "write it with four digits, for example 2025");
        if (run.Get(zone) is { Length: > 0 } zones) options = options with { ZoneOf = Zones.Reader(new ZoneAnswers(run, null, zones).Of) };
        foreach (var path in run.Get(mappings) ?? []) options = options with { Mappings = With(options.Mappings, run.PathOf(path)) };
        return options;
    }

    /// <summary>Reports what was wrong with the logs, and ends the command accordingly.</summary>
    public static int Finish(Invocation run, LogReadReport report)
    {
        foreach (var problem in report.Problems)
            run.Report(new CliProblem(
                problem.Code,
                problem.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{problem.Message} ({problem.Count:N0} times)") : problem.Message,
                CliProblem.Place(problem.File, (int)Math.Min(problem.Line, int.MaxValue)),
                problem.Fix,
                IsError: false));
        var skipped = report.Files.Sum(file => file.Skipped.Values.Sum());
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{report.Records:N0} records in {report.Files.Count} files: {report.Events:N0} read, {skipped:N0} skipped"));
        if (report.Events == 0) return ExitCode.NoUsableInput;
        return skipped > 0 || report.Problems.Any(Lost) ? ExitCode.Partial : ExitCode.Done;
    }

    private static bool Lost(LogProblem problem) =>
        problem.Code is LogProblemCodes.Unreadable or LogProblemCodes.UnknownFormat or LogProblemCodes.Archive or LogProblemCodes.TooLarge or LogProblemCodes.Damaged;

    private static LogMappings With(LogMappings mappings, string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage(LogProblemCodes.Mapping, $"{path}: {e.Message}", "check the path and the permissions");
        }

        var with = mappings.With(bytes, path, out var problem);
        return problem is null ? with : throw CommandFailure.Usage(problem.Code, $"{problem.File}: {problem.Message}", problem.Fix);
    }
}
