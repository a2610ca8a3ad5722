using System.CommandLine;
using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Casework.Defence;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;
using Modus.Logs;

namespace Modus.Cli.Commands.Planning;

/// <summary>The options that say what a plan starts from.</summary>
internal sealed class PlanDefence
{
    private const string Folder = "defence";
    private readonly Option<string[]> defence = new("--defence", "-d") { Description = "What is there: inventories and what else a defence is read from. Default: the folder 'defence' here or of the workspace.", HelpName = "PATH" };
    private readonly Option<string[]> logs = new("--logs") { Description = "Logs to look into: what they hold counts as collected.", HelpName = "PATH" };
    private readonly Option<bool> none = new("--from-nothing") { Description = "Start from nothing, whatever the folder 'defence' says." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { defence, logs, none }) command.Add(option);
    }

    /// <summary>Reads the defence; problems are reported. Null inventory parts are empty ones.</summary>
    /// <param name="run">The call.</param>
    /// <param name="releases">The releases at hand.</param>
    /// <param name="release">The release in use.</param>
    /// <param name="rules">Rules to choose from.</param>
    /// <param name="withRules">True where the rules of the defence matter too.</param>
    public PlanStart Read(Invocation run, KnowledgeBase releases, Release release, IReadOnlyList<string> rules, bool withRules)
    {
        var knowledge = CoverageKnowledge.Read(release, Domains.Enterprise);
        var given = (run.Get(defence) ?? []).ToList();
        var looked = run.Get(logs) ?? [];
        if (run.Get(none) && (given.Count > 0 || looked.Length > 0)) throw CommandFailure.Usage("MD6214", "--from-nothing and --defence or --logs exclude each other");
        if (given.Count == 0 && !run.Get(none) && Usual(run) is { } usual) given.Add(usual);
        if (given.Count == 0 && rules.Count == 0 && looked.Length == 0) return new(knowledge, DefenceInventory.Empty, false, 0);
        foreach (var path in given.Concat(looked))
            if (!Path.Exists(run.PathOf(path))) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6011", "there is no such file or folder", path));
        var context = new DefenceContext(knowledge, release, () => [.. releases.Entries.Select(releases.Load).OfType<Release>()]);
        var here = Path.GetFullPath(run.PathOf("."));
        var load = DefenceLoader.Load(context, new()
        {
            Paths = [.. given.Select(run.PathOf)],
            Rules = [.. rules.Select(run.PathOf)],
            Logs = [.. looked.Select(run.PathOf)],
            Read = new LogReadOptions(),
            // A rule that does not load is no choice: rules are read whole.
            WholeRules = withRules,
            WithRules = withRules,
            WithFixtures = false,
            NameOf = path => Path.GetRelativePath(here, path) is var name && !name.StartsWith("..", StringComparison.Ordinal) ? name.Replace('\\', '/') : path,
        }, run.Stop);
        foreach (var problem in context.Problems) run.Report(new CliProblem(problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File}:{problem.Place}", problem.Fix, problem.Lost));
        return new(knowledge, load.Inventory, given.Count > 0 || looked.Length > 0, load.Skipped + context.Problems.Count(problem => problem.Lost));
    }

    private static string? Usual(Invocation run)
    {
        if (Directory.Exists(run.PathOf(Folder))) return Folder;
        return Workspace.Find(run.PathOf(".")) is { } workspace && Path.Combine(workspace.Folder, Folder) is var path && Directory.Exists(path) ? path : null;
    }
}

/// <summary>What a plan starts from.</summary>
/// <param name="Knowledge">The release.</param>
/// <param name="Inventory">What is there; empty where nobody says.</param>
/// <param name="IsGiven">True where a defence was read, and not only rules to choose from.</param>
/// <param name="Lost">How many things given were not used; each has been reported.</param>
internal sealed record PlanStart(CoverageKnowledge Knowledge, DefenceInventory Inventory, bool IsGiven, int Lost);
