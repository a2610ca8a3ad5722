using System.CommandLine;
using Modus.Cli.Shell;
using Modus.Sigma;
using Modus.Sigma.Fixtures;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule test PATH…</c>: rules on the events they must and must not match.</summary>
internal sealed class TestCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Rule files and folders; fixtures lie beside them, or in a folder tests there, as NAME.fixtures.json.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<bool> failed = new("--failed") { Description = "Show failed cases only." };

    public TestCommand() : base("test", "Runs rules on the events they must and must not match; ends with 1 when a case fails.", Listing.All)
    {
        Add(paths);
        Add(failed);
        Add(placeholders);
        Example("modus rule test rules/windows --failed");
        Example("modus rule test rules/windows/process/shadow-copies-deleted.yml -o json");
    }

    public override int Run(Invocation run)
    {
        var rows = new List<(string File, FixtureResult Result)>();
        int tested = 0, without = 0, unusable = 0;
        var files = RuleFiles.Find(run, run.Get(paths) ?? []);
        var compile = PlaceholderChoice.Read(run, placeholders);
        var all = new Lazy<RuleSet>(() => RuleSet.Load(files, new() { Compile = compile }));
        foreach (var file in files)
        {
            run.Stop.ThrowIfCancellationRequested();
            var beside = FixturesOf(file);
            if (beside is null)
            {
                without++;
                continue;
            }

            var problems = new List<Problem>();
            var fixtures = RuleFiles.Read(run, beside) is { } json ? FixtureReader.Read(json, beside, problems) : null;
            foreach (var problem in problems) RuleFiles.Report(run, problem);
            if (fixtures is null || RuleFiles.Read(run, file) is not { } text)
            {
                unusable++;
                continue;
            }

            tested++;
            rows.AddRange(FixtureRunner.Run(SetFor(run, file, text, fixtures, all, compile), fixtures).Select(result => (file, result)));
        }

        Write(run, run.Get(failed) ? rows.Where(row => !row.Result.Passed) : rows);
        var wrong = rows.Count(row => !row.Result.Passed);
        run.Say($"{tested} rules, {rows.Count} cases: {rows.Count - wrong} passed, {wrong} failed{(without > 0 ? $"; {without} files without fixtures" : "")}");
        if (wrong > 0) return ExitCode.Finding;
        return Invocation.Accounted(tested, unusable);
    }

    // Fixtures lie beside their rule, or in a folder "tests" there.
    private static string? FixturesOf(string rule)
    {
        var beside = FixtureSet.NameFor(rule);
        if (File.Exists(beside)) return beside;
        var below = Path.Combine(Path.GetDirectoryName(beside) ?? "", "tests", Path.GetFileName(beside));
        return File.Exists(below) ? below : null;
    }

    // A file alone, unless it refers to rules of other files.
    private static RuleSet SetFor(Invocation run, string file, string text, FixtureSet fixtures, Lazy<RuleSet> all, CompileOptions compile)
    {
        var alone = RuleSet.Parse([(file, text)], new() { Compile = compile });
        var found = alone.Find(fixtures.Rule) is not null || alone.Correlations.Any(one => string.Equals(one.Header.Id, fixtures.Rule, StringComparison.OrdinalIgnoreCase));
        if (found) return alone;
        foreach (var problem in alone.Problems.Where(problem => all.Value.Problems.Contains(problem))) RuleFiles.Report(run, problem);
        return all.Value;
    }

    private static void Write(Invocation run, IEnumerable<(string File, FixtureResult Result)> rows) => run.Write(rows,
        new Column<(string File, FixtureResult Result)>("passed", "Passed", row => row.Result.Passed),
        new Column<(string File, FixtureResult Result)>("rule", "Rule", row => row.File) { Gives = true },
        new Column<(string File, FixtureResult Result)>("must", "Must", row => row.Result.Case.MustMatch ? "match" : "not match"),
        new Column<(string File, FixtureResult Result)>("case", "Case", row => row.Result.Case.Says) { Gives = true },
        new Column<(string File, FixtureResult Result)>("events", "Events", row => row.Result.Events) { Right = true },
        new Column<(string File, FixtureResult Result)>("matches", "Matches", row => row.Result.Matches) { Right = true },
        new Column<(string File, FixtureResult Result)>("why", "Why", row => row.Result.Why) { Gives = true });
}
