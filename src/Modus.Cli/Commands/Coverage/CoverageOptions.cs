using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Casework;
using Modus.Casework.Defence;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Shell;
using Modus.Logs;

namespace Modus.Cli.Commands.Coverage;

/// <summary>A defence as a command was given it, with the release that it speaks.</summary>
internal sealed record LoadedDefence(CoverageKnowledge Knowledge, KnowledgeBase Releases, Release Release, DefenceContext Context, DefenceLoad Load, DateOnly Today)
{
    public DefenceInventory Inventory => Load.Inventory;

    /// <summary>The platforms of the estate, where the inventory has hosts, the one with most first; else empty.</summary>
    public IReadOnlyList<string> Estate => [.. Inventory.Hosts.GroupBy(group => group.Platform, StringComparer.Ordinal).OrderByDescending(group => group.Sum(one => (long)one.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
}

/// <summary>The options that say what a defence is read from: the same for every command about coverage.</summary>
internal sealed class CoverageOptions
{
    private readonly Option<string[]> defence = new("--defence", "-d") { Description = "Inventories, scoring files, layers, exercises, control mappings, indexes of tests, hits: files and folders, told apart by content. Default: the folder 'defence' and what was taken into the workspace's cases.", HelpName = "PATH" };
    private readonly Option<string[]> rules = new("--rules", "-r") { Description = "Sigma rules: files and folders. Claimed; the inventory says which are deployed.", HelpName = "DIR" };
    private readonly Option<string[]> layers = new("--layer") { Description = "Navigator layers: claims.", HelpName = "FILE" };
    private readonly Option<string[]> exercises = new("--exercise") { Description = "Outcomes of exercises as a table (as VECTR exports them, or with technique, outcome and date).", HelpName = "FILE" };
    private readonly Option<string[]> hits = new("--hits") { Description = "Hits that 'modus hunt -o json' (or ndjson, csv) wrote.", HelpName = "FILE" };
    private readonly Option<string[]> logs = new("--logs") { Description = "Logs to look into: their fields say which rules can fire, and the rules hunt through them.", HelpName = "PATH" };
    private readonly Option<string?> domain = new("--domain") { Description = "The domain: enterprise, mobile or ics. Default: enterprise.", HelpName = "DOMAIN" };
    private readonly Option<string[]> platforms = new("--platform") { Description = "Only these platforms.", HelpName = "NAME" };
    private readonly Option<string?> minLevel = new("--min-level") { Description = "Leave out rules below this level.", HelpName = "LEVEL" };
    private readonly Option<string[]> maxAge = new("--max-age") { Description = "Days after which a rung's evidence is stale, as tested=180; 'never' for no limit.", HelpName = "RUNG=DAYS" };
    private readonly Option<string?> asOf = new("--as-of") { Description = "The day for which it is judged; today by default.", HelpName = "DATE" };
    private readonly Option<bool> check = new("--check-rules") { Description = "Compile every rule and run its fixtures, so that rules that do not load are seen. Done without asking where logs or an inventory's rules are given." };

    public void AddTo(Command command)
    {
        minLevel.AcceptOnlyFromAmong("informational", "low", "medium", "high", "critical");
        foreach (var option in new Option[] { defence, rules, layers, exercises, hits, logs, domain, platforms, minLevel, maxAge, asOf, check }) command.Add(option);
    }

    public LoadedDefence Load(Invocation run, IReadOnlyList<string>? instead = null)
    {
        var releases = Attack.Knowledge.Open(run);
        var asked = Attack.Knowledge.Domain(run.Get(domain)) is Domains.None ? Domains.Enterprise : Attack.Knowledge.Domain(run.Get(domain));
        if (asked.Each().Count != 1) throw CommandFailure.Usage("MD6120", "coverage is of one domain", "use --domain enterprise, mobile or ics");
        var release = Attack.Knowledge.Release(run, releases, asked);
        var knowledge = CoverageKnowledge.Read(release, asked);
        var context = new DefenceContext(knowledge, release, () => [.. releases.Entries.Select(releases.Load).OfType<Release>()]);
        var request = Request(run, instead);
        var load = DefenceLoader.Load(context, request, run.Stop);
        foreach (var problem in context.Problems) run.Report(new CliProblem(problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File}:{problem.Place}", problem.Fix, problem.Lost));
        if (load.Used == 0 && request.Logs.Count == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6121", request.Paths.Count + request.Rules.Count == 0 ? "no defence was given" : "nothing of what was given says anything of a defence", Fix: "name rules with --rules DIR, or an inventory with --defence PATH; see docs/coverage.md"));
        return new(knowledge, releases, release, context, load, LensOptions.Day(run.Get(asOf)) ?? DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime));
    }

    public LadderOptions Ladder(Invocation run, CoverageKnowledge knowledge, IReadOnlyCollection<string>? techniques = null) => new()
    {
        MaxAge = Ages(run),
        Platforms = Platforms(run, knowledge),
        Techniques = techniques,
    };

    public IReadOnlyList<string> Platforms(Invocation run, CoverageKnowledge knowledge) => [.. (run.Get(platforms) ?? []).Select(name => knowledge.Platform(name)
        ?? throw CommandFailure.Usage("MD6122", $"ATT&CK {knowledge.Release} has no platform '{name}'", $"use of {string.Join(", ", knowledge.Platforms)}"))];

    public static int Exit(LoadedDefence loaded) => loaded.Load.Skipped > 0 || loaded.Context.Problems.Any(problem => problem.Lost) ? ExitCode.Partial : ExitCode.Done;

    private DefenceRequest Request(Invocation run, IReadOnlyList<string>? instead)
    {
        var folder = Path.GetFullPath(run.PathOf("."));
        var given = (run.Get(defence) ?? []).Concat(run.Get(layers) ?? []).Concat(run.Get(exercises) ?? []).Concat(run.Get(hits) ?? []).ToList();
        var ruled = run.Get(rules) ?? [];
        var logged = run.Get(logs) ?? [];
        if (instead is not null) given = [.. instead];
        else if (run.Get(defence) is not { Length: > 0 })
        {
            var known = DefaultDefence.Of(run);
            given.InsertRange(0, known.Paths);
            if (ruled.Length == 0) ruled = [.. known.Rules];
        }
        return new()
        {
            Paths = [.. given.Select(run.PathOf)],
            Rules = [.. (instead is null ? ruled : []).Select(run.PathOf)],
            Logs = [.. (instead is null ? logged : []).Select(run.PathOf)],
            Read = new LogReadOptions(),
            MinLevel = run.Get(minLevel),
            WholeRules = run.Get(check),
            // Evidence names files as the user would: from the folder that the command runs in.
            NameOf = path => Path.GetRelativePath(folder, path) is var name && !name.StartsWith("..", StringComparison.Ordinal) ? name.Replace('\\', '/') : path,
        };
    }

    private Dictionary<Rung, int?> Ages(Invocation run)
    {
        var ages = new Dictionary<Rung, int?>(LadderOptions.DefaultMaxAge);
        foreach (var word in run.Get(maxAge) ?? [])
        {
            var cells = word.Split('=', 2);
            if (cells.Length != 2 || !Enum.TryParse<Rung>(cells[0], ignoreCase: true, out var rung) || rung == Rung.None
                || (cells[1] != "never" && !(int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read <= 36_500)))
                throw CommandFailure.Usage("MD6123", $"'{word}' is no limit", "write tested=180 or claimed=never; rungs are claimed, deployed, telemetry, tested, fired");
            ages[rung] = cells[1] == "never" ? null : int.Parse(cells[1], CultureInfo.InvariantCulture);
        }
        return ages;
    }
}
