using System.CommandLine;
using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack project</c>: what became of technique ids in another release.</summary>
internal sealed class ProjectCommand : ModusCommand
{
    private readonly Argument<string[]> ids = new("ID") { Description = "Technique ids; with a tactic as T1574.001:persistence.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> from = new("--from") { Description = "The release of the ids; guessed from them by default.", HelpName = "VERSION" };
    private readonly Option<string?> to = new("--to") { Description = "The release to carry them to; the newest by default.", HelpName = "VERSION" };
    private readonly Option<string?> domain = new("--domain") { Description = "enterprise, mobile or ics; enterprise by default.", HelpName = "DOMAIN" };
    private readonly Option<string[]> platform = new("--platform") { Description = "A platform that the mapping is about; may be given again.", HelpName = "NAME" };
    private readonly Option<bool> check = new("--check") { Description = "End with 1 where a person has to decide." };

    public ProjectCommand() : base("project", "Carries technique ids to another release, each with a verdict and its reason.", Listing.All)
    {
        Add(ids);
        foreach (var option in new Option[] { from, to, domain, platform, check }) Add(option);
        Example("modus attack project T1562.001 T1070.001 --from 18.1 --to 19.0");
        Example("modus attack project T1562.004 --to 19.0 --platform Windows");
        Example("modus attack project T1685 --from 19.0 --to 18.1 -o json");
        Example("modus attack project T1027.018 --from 19.0 --to 18.1 --check", ExitCode.Finding);
    }

    public override int Run(Invocation run)
    {
        var knowledge = Knowledge.Open(run);
        var one = Knowledge.Domain(run.Get(domain)) is not Domains.None and var asked ? asked : Domains.Enterprise;
        var questions = run.Get(ids)!.Select(Question).ToList();
        var setup = ProjectionSetup.Choose(knowledge, one, run.Get(from), run.Get(to) ?? run.AttackVersion, questions.Select(question => question.TechniqueId), out var problem);
        if (setup is null) throw CommandFailure.Usage(problem!.Code, problem.Message, problem.Fix);
        run.Say($"From {setup.Source}, to {setup.Projector.Target.Version} ({setup.Projector.Target.Provenance}).");
        var hints = run.Get(platform) ?? [];
        var answers = questions.Select(question => setup.Projector.Project(question with { Platforms = hints })).ToList();
        run.Write(answers,
            new Column<ProjectionAnswer>("id", "Id", answer => answer.Question.TechniqueId),
            new Column<ProjectionAnswer>("tactic", answers.Any(answer => answer.Question.Tactic is not null) ? "Tactic" : null, answer => answer.Question.Tactic),
            new Column<ProjectionAnswer>("verdict", "Verdict", answer => answer.Verdict.Words()),
            new Column<ProjectionAnswer>("result", "Now", answer => answer.TechniqueId),
            new Column<ProjectionAnswer>("result_name", "Name", answer => answer.Name) { Gives = true },
            new Column<ProjectionAnswer>("result_tactic", answers.Any(answer => answer.Question.Tactic is not null) ? "Under" : null, answer => answer.Tactic),
            new Column<ProjectionAnswer>("tactic_candidates", null, answer => answer.TacticCandidates),
            new Column<ProjectionAnswer>("candidates", "Or", answer => answer.Candidates.Select(candidate => candidate.Id)),
            new Column<ProjectionAnswer>("route", null, answer => answer.Route.Select(step => step.Id)),
            new Column<ProjectionAnswer>("flags", null, answer => answer.Flags.Words()),
            new Column<ProjectionAnswer>("settled", null, answer => answer.IsSettled),
            new Column<ProjectionAnswer>("reason", "Why", answer => answer.Reason) { Gives = true });
        var open = answers.Count(answer => !answer.IsSettled);
        if (open > 0) run.Say($"{open} of {answers.Count} need a person's decision.");
        return open > 0 && run.Get(check) ? ExitCode.Finding : ExitCode.Done;
    }

    private static ProjectionQuestion Question(string given) =>
        given.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? new ProjectionQuestion(given[..at], given[(at + 1)..]) : new ProjectionQuestion(given);
}
