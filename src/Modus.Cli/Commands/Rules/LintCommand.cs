using System.CommandLine;
using System.Text;
using Modus.Cli.Shell;
using Modus.Sigma.Fixtures;
using Modus.Sigma.Linting;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule lint PATH…</c>: everything that can be known about rules without running them.</summary>
internal sealed class LintCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Rule files and folders.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> failOn = new("--fail-on") { Description = "End with 1 when there is a finding of this severity or above: hint, warning, error.", HelpName = "SEVERITY" };
    private readonly Option<string?> least = new("--least") { Description = "The least severity to report: hint (default), warning, error.", HelpName = "SEVERITY" };
    private readonly Option<string[]> without = new("--without") { Description = "Codes or names of checks to leave out.", HelpName = "CHECK", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> fixtures = new("--need-fixtures") { Description = "Report rules without a fixture file beside them." };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<bool> checks = new("--checks") { Description = "List the checks instead." };

    public LintCommand() : base("lint", "Says what is wrong with rules, where, and what to write instead.", [.. Listing.All, Format.Sarif, Format.Junit])
    {
        failOn.AcceptOnlyFromAmong("hint", "warning", "error");
        least.AcceptOnlyFromAmong("hint", "warning", "error");
        Add(paths);
        foreach (var option in new Option[] { failOn, least, without, fixtures, placeholders, checks }) Add(option);
        Example("modus rule lint rules");
        Example("modus rule lint rules --least warning --fail-on warning -o sarif");
        Example("modus rule lint --checks");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(checks)) return List(run);
        var given = run.Get(paths) ?? [];
        if (given.Length == 0) throw CommandFailure.Usage("MD9020", "no rules were given", "name rule files or folders, for example: modus rule lint rules");
        var names = RuleFiles.Find(run, given);
        var texts = names.Select(name => (Name: name, Text: RuleFiles.Read(run, name))).Where(file => file.Text is not null).Select(file => new LintFile(file.Name, file.Text!)).ToList();
        var result = RuleLint.Run(texts, new()
        {
            Attack = RuleVocabulary.Of(run),
            Today = DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime),
            Compile = PlaceholderChoice.Read(run, placeholders),
            Least = Severity(run.Get(least)) ?? LintSeverity.Hint,
            Without = (run.Get(without) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase),
            HasFixtures = run.Get(fixtures) ? file => File.Exists(FixtureSet.NameFor(file)) : null,
        });
        Write(run, result, texts);
        var counts = result.Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key, group.Count())}");
        run.Say($"{result.Given} rules in {texts.Count} files: {(result.Findings.IsEmpty ? "nothing to mend" : string.Join(", ", counts))}");
        if (Severity(run.Get(failOn)) is { } gate && result.Findings.Any(finding => finding.Severity >= gate)) return ExitCode.Finding;
        return Invocation.Accounted(result.Used, result.Given - result.Used + run.Problems.Count(problem => problem.Code == "MD2007"));
    }

    private static void Write(Invocation run, LintResult result, IEnumerable<LintFile> files)
    {
        switch (run.Format)
        {
            case Format.Sarif:
                using (var stream = new MemoryStream())
                {
                    LintReports.WriteSarif(result, stream, VersionText.Line.Split(' ').ElementAtOrDefault(1) ?? "");
                    run.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
                }

                break;
            case Format.Junit:
                LintReports.WriteJunit(result, files.Select(file => file.File), run.Out);
                run.Out.WriteLine();
                break;
            default:
                run.Write(result.Findings,
                    new Column<LintFinding>("severity", "Severity", finding => finding.Severity.ToString().ToLowerInvariant()),
                    new Column<LintFinding>("code", "Code", finding => finding.Code),
                    new Column<LintFinding>("name", "Check", finding => finding.Name),
                    new Column<LintFinding>("place", "Place", finding => CliProblem.Place(finding.File, finding.Line, finding.Column)) { Gives = true },
                    new Column<LintFinding>("message", "Message", finding => finding.Message),
                    new Column<LintFinding>("fix", "Fix", finding => finding.Fix) { Gives = true },
                    new Column<LintFinding>("file", null, finding => finding.File),
                    new Column<LintFinding>("line", null, finding => finding.Line),
                    new Column<LintFinding>("column", null, finding => finding.Column),
                    new Column<LintFinding>("rule", null, finding => finding.Rule));
                break;
        }
    }

    private static int List(Invocation run)
    {
        if (run.Format is Format.Sarif or Format.Junit) throw CommandFailure.Usage("MD9021", "the list of checks is not written as SARIF or JUnit", "use table, json, csv or markdown");
        run.Write(RuleLint.Checks,
            new Column<LintCheck>("code", "Code", check => check.Code),
            new Column<LintCheck>("name", "Check", check => check.Name),
            new Column<LintCheck>("severity", "Severity", check => check.Severity.ToString().ToLowerInvariant()),
            new Column<LintCheck>("summary", "What it looks for", check => check.Summary) { Gives = true });
        return ExitCode.Done;
    }

    private static LintSeverity? Severity(string? word) => word switch { "hint" => LintSeverity.Hint, "warning" => LintSeverity.Warning, "error" => LintSeverity.Error, _ => null };

    private static string Word(LintSeverity severity, int count) => severity.ToString().ToLowerInvariant() + (count == 1 ? "" : "s");
}
