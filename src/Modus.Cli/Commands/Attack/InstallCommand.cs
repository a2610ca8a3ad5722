using System.CommandLine;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Install;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack install</c>: a release with its texts, converted once and kept in the user's cache.</summary>
internal sealed class InstallCommand : ModusCommand
{
    private readonly Argument<string[]> sources = new("FILE|FOLDER|URL") { Description = "Official bundles (JSON or gzip), a folder of them, or an address.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> release = new("--release") { Description = "The release, where the bundle does not name it (STIX 2.0 form).", HelpName = "VERSION" };

    public InstallCommand() : base("install", "Keeps a full release, with descriptions and procedures, for every later command.", Format.Table, Format.Json, Format.Ndjson)
    {
        Add(sources);
        Add(release);
        Example("modus attack install samples/attack/tiny.json");
        Example("modus attack install samples/attack/tiny.json --release 0.2 -o json");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(release) is { } named && !ReleaseVersion.IsValid(named))
            throw CommandFailure.Usage("MD9011", $"'{named}' is no release", "write it as 18.1");
        if (CacheFolder.Default(run.Setting) is not { } cache)
            throw CommandFailure.Usage("MD9012", "there is no folder to keep the release in", $"set {CacheFolder.Variable}");
        var given = run.Get(sources)!.Select(source => source.Contains("://", StringComparison.Ordinal) ? source : run.PathOf(source)).ToList();
        var result = Installer.InstallAsync(given, cache, new ReadOptions { Version = run.Get(release) }, null, run.Stop).GetAwaiter().GetResult();
        foreach (var problem in result.Problems) Knowledge.Report(run, problem, isError: result.Path is null);
        if (result.Release is null) return result.Problems.Any(problem => problem.Code == ProblemCodes.Download) ? ExitCode.NetworkOrPermission : ExitCode.NoUsableInput;
        if (result.Path is null) return ExitCode.NetworkOrPermission;

        run.Write(
            [result],
            new Column<InstallResult>("release", "Release", row => row.Release!.Version),
            new Column<InstallResult>("domain", "Domain", row => row.Release!.Domains.Name()),
            new Column<InstallResult>("techniques", "Techniques", row => row.Release!.Techniques.Count) { Right = true },
            new Column<InstallResult>("procedures", "Procedures", row => row.Release!.Relationships(RelationshipType.Uses).Count(use => use.Target is Technique)) { Right = true },
            new Column<InstallResult>("version_from", "Version from", row => Words(row.Release!.Determination)),
            new Column<InstallResult>("new", "New", row => row.IsNew),
            new Column<InstallResult>("snapshot", "Snapshot", row => row.Path) { Gives = true });
        foreach (var (repair, count) in result.Repairs) run.Say($"repaired: {repair}, {count:N0} times");
        run.Say(result.IsNew ? "installed" : "was installed already; nothing changed");
        return result.Problems.Any(problem => problem.Code is ProblemCodes.SkippedObject or ProblemCodes.NotAttack) ? ExitCode.Partial : ExitCode.Done;
    }

    private static string Words(ReleaseDetermination determination) => determination switch
    {
        ReleaseDetermination.Collection => "the bundle",
        ReleaseDetermination.Given => "--release",
        _ => "its newest change",
    };
}
