using System.CommandLine;
using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Casework.Cases;
using Modus.Casework.Upgrades;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus upgrade</c>: carries a workspace to another release of ATT&amp;CK.</summary>
internal sealed class UpgradeCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Files and folders of the workspace; the whole of it by default.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> from = new("--from") { Description = "The release of rules, and of layers that state none; worked out from their ids by default.", HelpName = "VERSION" };
    private readonly Option<string?> to = new("--to") { Description = "The release to go to; the newest by default.", HelpName = "VERSION" };
    private readonly Option<string?> domain = new("--domain") { Description = "enterprise, mobile or ics; enterprise by default.", HelpName = "DOMAIN" };
    private readonly Option<bool> write = new("--write") { Description = "Carry it out; without it nothing is written." };
    private readonly Option<bool> undo = new("--undo") { Description = "Take the last upgrade back, every byte of it." };
    private readonly Option<bool> check = new("--check") { Description = "End with 1 where something changes or a person has to decide." };
    private readonly CaseOptions options;

    public UpgradeCommand() : base("upgrade", "Carries a workspace to another ATT&CK release: procedures, rule tags, layers; with a list of what a person has to decide.", Listing.All)
    {
        Add(paths);
        foreach (var option in new Option[] { from, to, domain, write, undo, check }) Add(option);
        options = new CaseOptions().AddTo(this, forCase: false);
        Example("modus init -q && modus ingest -q samples/first-case && modus upgrade --to 18.1");
        Example("modus init -q && modus ingest -q samples/first-case && modus upgrade --to 18.1 --write -o json && modus upgrade --undo");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session => run.Get(undo) ? Undo(run, session) : Upgrade(run, session));

    private static int Undo(Invocation run, CaseSession session)
    {
        var (files, procedures) = new UpgradeJournal(session.Workspace, session.Book).Undo();
        run.Say($"{files} files and {procedures} procedures are as they were before the upgrade.");
        return ExitCode.Done;
    }

    private int Upgrade(Invocation run, CaseSession session)
    {
        var knowledge = Attack.Knowledge.Open(run);
        var one = Attack.Knowledge.Domain(run.Get(domain)) is not Domains.None and var asked ? asked : Domains.Enterprise;
        var version = run.Get(to) ?? run.AttackVersion;
        var target = version is null ? knowledge.Newest(one) : knowledge.Get(version, one);
        if (target is null)
        {
            var problem = knowledge.NoSuch(version ?? "(newest)", one);
            throw CommandFailure.Usage(problem.Code, problem.Message, problem.Fix);
        }
        var plan = new WorkspaceUpgrade(knowledge, one, target.Version)
            .Plan(session.Workspace.Folder, run.Get(paths) is { Length: > 0 } named ? named.Select(session.Workspace.Relative) : ["."], session.Book.List<ProcedureRecord>(), run.Get(from));
        foreach (var problem in plan.Problems) run.Report(new CliProblem(problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File}:{problem.Place}", problem.Fix));
        run.Write(plan.Items,
            new Column<UpgradeItem>("what", "What", item => item.What),
            new Column<UpgradeItem>("place", "Where", item => item.Place) { Gives = true },
            new Column<UpgradeItem>("before", "Before", item => item.Before),
            new Column<UpgradeItem>("after", "After", item => item.After),
            new Column<UpgradeItem>("verdict", "Verdict", item => item.Verdict.Words()),
            new Column<UpgradeItem>("settled", "Settled", item => item.IsSettled),
            new Column<UpgradeItem>("reason", "Why", item => item.Reason) { Gives = true });
        var open = plan.Items.Count(item => !item.IsSettled);
        run.Say($"To ATT&CK {target.Version}: {plan.Looked} rules, layer entries and procedures looked at; {plan.Items.Count - open} mappings change, {open} wait for a person; {plan.Files.Count} files and {plan.Procedures.Count} procedures {(run.Get(write) ? "written" : "would be written (--write)")}.");
        if (run.Get(write) && plan.Files.Count + plan.Procedures.Count > 0)
        {
            var number = new UpgradeJournal(session.Workspace, session.Book).Apply(plan);
            run.Say($"Upgrade {number}. Take it back with: modus upgrade --undo");
        }
        if (run.Get(check) && plan.Items.Count > 0) return ExitCode.Finding;
        return plan.Looked == 0 && plan.Problems.Count == 0 ? ExitCode.Done : Invocation.Accounted(plan.Looked, plan.Problems.Count);
    }
}
