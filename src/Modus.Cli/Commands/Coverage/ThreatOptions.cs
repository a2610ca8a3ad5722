using System.CommandLine;
using System.Data.Common;
using Modus.Analysis.Coverage;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Profiles;
using Modus.Casework.Cases;
using Modus.Casework.Defence;
using Modus.Casework.Workspaces;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Coverage;

/// <summary>The options that say what a defence is held against.</summary>
internal sealed class ThreatOptions
{
    private readonly Option<string[]> actors = new("--actor", "-a") { Description = "A group by id, name or alias; several add up.", HelpName = "ACTOR" };
    private readonly Option<string[]> profiles = new("--profile", "-p") { Description = "A threat profile: YAML with actors and techniques, a DeTT&CT group file, a layer, a STIX bundle, an investigation (-o json), a list of ids.", HelpName = "FILE" };
    private readonly Option<string?> caseId = new("--case") { Description = "A case of the workspace: its techniques are the threat, and its hits count as fired and seen.", HelpName = "CASE" };
    private readonly Option<string?> store = new("--store") { Description = "Another store than modus.yaml names.", HelpName = "STORE" };
    private readonly Option<string[]> sectors = new("--sector") { Description = "Groups told to have targeted this sector (energy, finance, government …), and with a full release those whose description names the word; says whether they are more alike than chance.", HelpName = "WORD" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { actors, profiles, caseId, store, sectors }) command.Add(option);
    }

    /// <summary>Ends the call where no threat is named, before anything is read.</summary>
    public void Check(Invocation run)
    {
        if (run.Get(actors) is not { Length: > 0 } && run.Get(profiles) is not { Length: > 0 } && run.Get(sectors) is not { Length: > 0 } && run.Get(caseId) is null)
            throw CommandFailure.Usage("MD6126", "no threat is named", "use --actor G0016, --profile FILE, --case CASE or --sector WORD");
    }

    /// <summary>Reads the threat, and what a case shows of the defence.</summary>
    public (ThreatProfile Threat, DefenceInventory? Seen) Read(Invocation run, LoadedDefence loaded)
    {
        var parts = new List<ThreatProfile>();
        DefenceInventory? seen = null;
        var profiler = new Lazy<Profiler>(() => new(ReleaseAdapter.Read(loaded.Release, EmbeddedFacts.SourceDates, EmbeddedFacts.SuspectedNations, loaded.Knowledge.Domain), Lens.All));
        foreach (var word in run.Get(actors) ?? []) parts.Add(ThreatProfile.Of(ActorLookup.Profile(profiler.Value, word), loaded.Today));
        foreach (var path in run.Get(profiles) ?? []) parts.AddRange(Profile(run, loaded, path, profiler));
        foreach (var word in run.Get(sectors) ?? []) parts.Add(Sector(run, loaded, word, profiler.Value));
        if (run.Get(caseId) is { } named)
        {
            var read = Case(run, loaded, named);
            parts.Add(read.Threat);
            seen = read.Seen;
        }
        var threat = parts.Count == 1 ? parts[0] : ThreatProfile.Join(string.Join(" + ", parts.Select(part => part.Name)), parts);
        if (threat.Techniques.Count == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6127", $"{threat.Name} has no technique in ATT&CK {loaded.Knowledge.Release}", Fix: "choose another threat, or another release with --attack-version"));
        return (threat, seen);
    }

    private static IEnumerable<ThreatProfile> Profile(Invocation run, LoadedDefence loaded, string path, Lazy<Profiler> profiler)
    {
        var before = loaded.Context.Problems.Count;
        var read = ThreatReader.Read(run.PathOf(path), path, loaded.Context);
        foreach (var problem in loaded.Context.Problems.Skip(before)) run.Report(new CliProblem(problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File}:{problem.Place}", problem.Fix, problem.Lost));
        if (read is null) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6128", "the threat profile cannot be used", path));
        var parts = new List<ThreatProfile> { read.Profile };
        foreach (var (actor, weight) in read.Actors)
        {
            var profile = ThreatProfile.Of(ActorLookup.Profile(profiler.Value, actor), loaded.Today);
            parts.Add(profile with { Techniques = [.. profile.Techniques.Select(item => item with { Weight = item.Weight * weight })] });
        }
        if (read.Actors.Count == 0) return parts;
        return [ThreatProfile.Join(read.Profile.Name, read.Profile.Techniques.Count > 0 ? parts : [.. parts.Skip(1)])];
    }

    private static ThreatProfile Sector(Invocation run, LoadedDefence loaded, string word, Profiler profiler)
    {
        var sectors = TargetedSectors.Shipped;
        var sector = sectors.Find(word);
        var told = sector is null ? [] : sectors.Groups(sector).ToHashSet(StringComparer.Ordinal);
        var ids = loaded.Release.Groups.Where(group => told.Contains(group.Id) || group.Description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true).Select(group => group.Id).ToList();
        if (ids.Count == 0)
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6129", loaded.Release.HasText ? $"'{word}' is no sector and no group's description names it" : $"'{word}' is no sector, and the facts inside Modus have no descriptions to look for it in",
                Fix: $"use one of {string.Join(", ", sectors.Names)}; or name the actors yourself with --actor"));
        var threat = ThreatProfile.Join(sector is null ? $"groups that name '{word}'" : $"groups that target {sector}", [.. ids.Select(id => ThreatProfile.Of(profiler.Profile(id)!, loaded.Today))]);
        var check = ChoiceCheck.Of(ids, [.. loaded.Release.Groups.Select(group => (group.Id, (IReadOnlyList<string>)[.. profiler.Profile(group.Id)!.Procedures.Where(item => item.IndependentSources > 0).Select(item => item.Id)]))]);
        run.Say($"{ids.Count} groups: {string.Join(", ", ids.Take(12))}{(ids.Count > 12 ? " …" : "")}");
        run.Say(check.Sentence);
        return threat;
    }

    private CaseDefence Case(Invocation run, LoadedDefence loaded, string named)
    {
        try
        {
            var workspace = Workspace.Find(run.PathOf(".")) ?? throw new CommandFailure(ExitCode.Usage, new CliProblem("MD6130", "there is no workspace here or above", Fix: "make one: modus init; or give the findings with --profile FILE"));
            using var book = new CaseBook(workspace.OpenStore(run.Time, run.Get(store) ?? run.Setting("MODUS_STORE")), "gap", run.Time, workspace.FourEyes);
            var record = book.Case(named);
            return CaseDefence.Of(record.Id, book.List<ProcedureRecord>(record.Id), loaded.Context, loaded.Inventory.Rules.Count > 0 ? loaded.Inventory.Rules : null);
        }
        catch (CaseRuleException problem)
        {
            throw new CommandFailure(ExitCode.Usage, new CliProblem(problem.Code, problem.Message, Fix: problem.Fix));
        }
        catch (DbException problem)
        {
            throw new CommandFailure(ExitCode.NetworkOrPermission, new CliProblem("MD6130", $"the store failed: {problem.Message}"));
        }
    }
}
