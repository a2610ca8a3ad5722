using System.CommandLine;
using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Mappings;
using Modus.Casework.Practice;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Map;

/// <summary><c>modus map lint FILE…</c>: mappings against the practice that makes them worth trusting.</summary>
internal sealed class MapLintCommand : ModusCommand
{
    private readonly CaseOptions options;
    private readonly Argument<string[]> files = new("FILE") { Description = "Mappings: Navigator layers, STIX, CSV, TRAM JSON, lines of JSON. Without a file the case of the workspace is checked.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> failOn = new("--fail-on") { Description = "End with 1 when there is a finding of this severity or above: hint, warning, error.", HelpName = "SEVERITY" };
    private readonly Option<string?> least = new("--least") { Description = "The least severity to report: hint (default), warning, error.", HelpName = "SEVERITY" };
    private readonly Option<string[]> without = new("--without") { Description = "Codes or names of checks to leave out.", HelpName = "CHECK", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> checks = new("--checks") { Description = "List the checks instead." };

    public MapLintCommand() : base("lint", "Says which mappings claim more, or less, than their evidence, and what to do about it.", [.. Listing.All, Format.Sarif])
    {
        failOn.AcceptOnlyFromAmong("hint", "warning", "error");
        least.AcceptOnlyFromAmong("hint", "warning", "error");
        Add(files);
        foreach (var option in new Option[] { failOn, least, without, checks }) Add(option);
        options = new CaseOptions().AddTo(this);
        Example("modus map lint samples/agreement/ann.csv samples/agreement/bob.ndjson");
        Example("modus map lint samples/first-case/hunt-plan.layer.json --least warning");
        Example("modus map lint samples/agreement/ann.csv --fail-on error -o sarif", ExitCode.Finding);
        Example("modus map lint --checks");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(checks)) return List(run);
        foreach (var name in run.Get(without) ?? [])
            if (!PracticeChecks.All.Any(check => check.Code.Equals(name, StringComparison.OrdinalIgnoreCase) || check.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw CommandFailure.Usage("MD9414", $"there is no check '{name}'", "list them with: modus map lint --checks");
        var sources = MappingSources.Read(run, run.Get(files) ?? [], out var skipped);
        var (mappings, shown) = run.Get(files) is null or [] ? OfCase(run) : ([.. sources.SelectMany(source => source.Mappings)], null);
        PracticeResult result;
        using (var progress = run.Progress("mappings"))
        {
            result = PracticeLint.Run(mappings, CaseKnowledge.Of(run), new PracticeOptions
            {
                Least = Severity(run.Get(least)) ?? PracticeSeverity.Hint,
                Without = (run.Get(without) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase),
            }, (done, all) => progress.Report(done, all, ""), run.Stop);
        }
        // Other cases are there to be compared with; their own findings are theirs.
        if (shown is not null) result = new PracticeResult([.. result.Findings.Where(finding => finding.File == shown)], mappings.Count(mapping => mapping.File == shown));
        Write(run, result);
        var counts = result.Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key).Select(group => FormattableString.Invariant($"{group.Count()} {Word(group.Key, group.Count())}"));
        run.Say(FormattableString.Invariant($"{result.Checked} mappings checked: {(result.Findings.Count == 0 ? "nothing to mend" : string.Join(", ", counts))}"));
        if (Severity(run.Get(failOn)) is { } gate && result.Findings.Any(finding => finding.Severity >= gate)) return ExitCode.Finding;
        return shown is not null ? ExitCode.Done : Invocation.Accounted(result.Checked, skipped);
    }

    /// <summary>The mappings of every case in the workspace, and the case that was asked for.</summary>
    private (IReadOnlyList<StatedMapping> Mappings, string? Case) OfCase(Invocation run)
    {
        List<StatedMapping> mappings = [];
        string? shown = null;
        CaseSession.Run(run, options, session =>
        {
            shown = session.Case(run.Get(options.Case)).Id;
            foreach (var item in session.Book.List<CaseRecord>())
                mappings.AddRange(CaseMappings.Of(item.Id, session.Book.List<ProcedureRecord>(item.Id), session.Book.List<ReviewRecord>(item.Id), session.Book.List<EvidenceRecord>(item.Id)));
            return ExitCode.Done;
        });
        return (mappings, shown);
    }

    private static void Write(Invocation run, PracticeResult result)
    {
        if (run.Format == Format.Sarif)
        {
            using var stream = new MemoryStream();
            PracticeSarif.Write(result, stream, VersionText.Line.Split(' ').ElementAtOrDefault(1) ?? "");
            run.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
            return;
        }
        run.Write(result.Findings,
            new Column<PracticeFinding>("severity", "Severity", finding => finding.Severity.ToString().ToLowerInvariant()),
            new Column<PracticeFinding>("code", "Code", finding => finding.Check.Code),
            new Column<PracticeFinding>("name", "Check", finding => finding.Check.Name),
            new Column<PracticeFinding>("place", "Place", finding => finding.Place.Length > 0 ? $"{finding.File} {finding.Place}" : finding.File) { Gives = true },
            new Column<PracticeFinding>("technique", "Technique", finding => finding.Technique),
            new Column<PracticeFinding>("message", "Message", finding => finding.Message) { Gives = true },
            new Column<PracticeFinding>("remedy", "Remedy", finding => finding.Remedy) { Gives = true },
            new Column<PracticeFinding>("file", null, finding => finding.File),
            new Column<PracticeFinding>("line", null, finding => finding.Line),
            new Column<PracticeFinding>("evidence", null, finding => finding.Evidence));
    }

    private static int List(Invocation run)
    {
        if (run.Format == Format.Sarif) throw CommandFailure.Usage("MD9415", "the list of checks is not written as SARIF", "use table, json, csv or markdown");
        run.Write(PracticeChecks.All,
            new Column<PracticeCheck>("code", "Code", check => check.Code),
            new Column<PracticeCheck>("name", "Check", check => check.Name),
            new Column<PracticeCheck>("severity", "Severity", check => check.Severity.ToString().ToLowerInvariant()),
            new Column<PracticeCheck>("summary", "What it looks for", check => check.Summary) { Gives = true },
            new Column<PracticeCheck>("remedy", "Remedy", check => check.Remedy) { Gives = true });
        return ExitCode.Done;
    }

    private static PracticeSeverity? Severity(string? word) => word switch { "hint" => PracticeSeverity.Hint, "warning" => PracticeSeverity.Warning, "error" => PracticeSeverity.Error, _ => null };

    private static string Word(PracticeSeverity severity, int count) => severity.ToString().ToLowerInvariant() + (count == 1 ? "" : "s");
}
