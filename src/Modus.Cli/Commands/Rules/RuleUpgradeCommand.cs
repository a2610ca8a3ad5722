using System.CommandLine;
using System.Text;
using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Casework;
using Modus.Casework.Upgrades;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule upgrade PATH…</c>: carries the ATT&amp;CK tags of rules to another release.</summary>
internal sealed class RuleUpgradeCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Rule files and folders.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> from = new("--from") { Description = "The release of the tags; worked out from all of them by default.", HelpName = "VERSION" };
    private readonly Option<string?> to = new("--to") { Description = "The release to carry them to; the newest by default.", HelpName = "VERSION" };
    private readonly Option<string?> domain = new("--domain") { Description = "enterprise, mobile or ics; enterprise by default.", HelpName = "DOMAIN" };
    private readonly Option<bool> write = new("--write") { Description = "Change the files; without it nothing is written." };
    private readonly Option<string?> into = new("--into") { Description = "Write the changed files below this folder instead.", HelpName = "FOLDER" };
    private readonly Option<bool> check = new("--check") { Description = "End with 1 where a tag changes or a person has to decide." };

    public RuleUpgradeCommand() : base("upgrade", "Carries the ATT&CK tags of rules to another release; every other byte stays.", Listing.All)
    {
        Add(paths);
        foreach (var option in new Option[] { from, to, domain, write, into, check }) Add(option);
        Example("modus rule upgrade rules --to 18.1");
        Example("modus rule upgrade rules --from 19.0 --to 18.1 --into older-rules");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(write) && run.Get(into) is not null) throw CommandFailure.Usage("MD9022", "--write and --into exclude each other", "give one of them");
        var names = RuleFiles.Find(run, run.Get(paths)!);
        var texts = names.Select(name => (Name: name, Text: RuleFiles.Read(run, name))).Where(file => file.Text is not null).ToList();
        var setup = Choose(run, texts.Select(file => file.Text!));
        run.Say($"From {setup.Source}, to {setup.Projector.Target.Version} ({setup.Projector.Target.Provenance}).");

        var upgrade = new RuleUpgrade(setup.Projector);
        var changes = new List<TagChange>();
        var (rules, changed, lost) = (0, 0, 0);
        foreach (var (name, text) in texts)
        {
            var result = upgrade.Upgrade(text!, name);
            if (result.Problem is { } problem)
            {
                run.Report(new CliProblem(problem.Code, problem.Message, $"{problem.File}:{problem.Place}", problem.Fix));
                lost++;
            }
            rules += result.Rules;
            changes.AddRange(result.Tags);
            if (result.Text == text) continue;
            changed++;
            Put(run, name, result.Text);
        }
        Write(run, changes);
        var open = changes.Count(change => !change.IsSettled);
        run.Say($"{rules} rules in {texts.Count} files: {changes.Count(change => change.IsChanged)} tags change in {changed} files{(run.Get(write) ? ", written" : run.Get(into) is { } folder ? $", written below {folder}" : ", nothing written")}; {open} need a person's decision");
        if (run.Get(check) && changes.Count > 0) return ExitCode.Finding;
        return Invocation.Accounted(texts.Count - lost, lost + names.Count - texts.Count + run.Problems.Count(problem => problem.Code == "MD2007"));
    }

    private ProjectionSetup Choose(Invocation run, IEnumerable<string> texts)
    {
        var knowledge = Attack.Knowledge.Open(run);
        var one = Attack.Knowledge.Domain(run.Get(domain)) is not Domains.None and var asked ? asked : Domains.Enterprise;
        return ProjectionSetup.Choose(knowledge, one, run.Get(from), run.Get(to) ?? run.AttackVersion, texts.SelectMany(RuleUpgrade.TechniqueIds), out var problem)
            ?? throw CommandFailure.Usage(problem!.Code, problem.Message, problem.Fix);
    }

    private void Put(Invocation run, string name, string text)
    {
        var target = run.Get(write) ? name : run.Get(into) is { } folder ? Path.Combine(run.PathOf(folder), Below(run, name)) : null;
        if (target is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var bytes = File.ReadAllBytes(name).AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.GetPreamble() : [];
        // Written beside and moved, so that a crash leaves the old file or the new one.
        var part = target + ".part";
        File.WriteAllBytes(part, [.. bytes, .. new UTF8Encoding(false).GetBytes(text)]);
        File.Move(part, target, overwrite: true);
    }

    /// <summary>A file's place below the folder that was named, or its name where it was named itself.</summary>
    private string Below(Invocation run, string name)
    {
        var root = run.Get(paths)!.Select(run.PathOf).FirstOrDefault(path => Directory.Exists(path) && name.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
        return root is null ? Path.GetFileName(name) : Path.GetRelativePath(root, name);
    }

    private static void Write(Invocation run, List<TagChange> changes) => run.Write(changes,
        new Column<TagChange>("file", null, change => change.File),
        new Column<TagChange>("line", null, change => change.Line),
        new Column<TagChange>("place", "Place", change => $"{change.File}:{change.Line}") { Gives = true },
        new Column<TagChange>("rule", null, change => change.Rule),
        new Column<TagChange>("before", "Tag", change => change.Before),
        new Column<TagChange>("after", "Now", change => change.After),
        new Column<TagChange>("verdict", "Verdict", change => change.Verdict.Words()),
        new Column<TagChange>("settled", "Settled", change => change.IsSettled),
        new Column<TagChange>("reason", "Why", change => change.Reason) { Gives = true });
}
