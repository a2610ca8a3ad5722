using System.CommandLine;
using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack project</c>: what became of techniques and tactics in another release.</summary>
internal sealed class ProjectCommand : ModusCommand
{
    private readonly Argument<string[]> ids = new("ID") { Description = "Technique ids, with a tactic as T1574.001:persistence; or tactics alone, by id or short name.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> from = new("--from") { Description = "The release of the ids; guessed from them by default.", HelpName = "VERSION" };
    private readonly Option<string?> to = new("--to") { Description = "The release to carry them to; the newest by default.", HelpName = "VERSION" };
    private readonly Option<string?> domain = new("--domain") { Description = "enterprise, mobile or ics; enterprise by default.", HelpName = "DOMAIN" };
    private readonly Option<string[]> platform = new("--platform") { Description = "A platform that the mapping is about; may be given again.", HelpName = "NAME" };
    private readonly Option<bool> check = new("--check") { Description = "End with 1 where a person has to decide." };

    public ProjectCommand() : base("project", "Carries techniques and tactics to another release, each with a verdict and its reason.", Listing.All)
    {
        Add(ids);
        foreach (var option in new Option[] { from, to, domain, platform, check }) Add(option);
        Example("modus attack project T1562.001 T1070.001 --from 18.1 --to 19.0");
        Example("modus attack project T1562.004 --to 19.0 --platform Windows");
        Example("modus attack project defense-evasion TA0003 --from 18.1 --to 19.0");
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
        var answers = questions.Select(question => Answer(setup.Projector, question with { Platforms = hints })).ToList();
        var hasTactics = answers.Any(answer => answer.Tactic is not null || answer.ResultTactic is not null);
        run.Write(answers,
            new Column<Row>("id", "Id", answer => answer.Id),
            new Column<Row>("tactic", hasTactics ? "Tactic" : null, answer => answer.Tactic),
            new Column<Row>("verdict", "Verdict", answer => answer.Verdict.Words()),
            new Column<Row>("result", "Now", answer => answer.Result),
            new Column<Row>("result_name", "Name", answer => answer.Name) { Gives = true },
            new Column<Row>("result_tactic", hasTactics ? "Under" : null, answer => answer.ResultTactic),
            new Column<Row>("tactic_candidates", null, answer => answer.TacticCandidates),
            new Column<Row>("candidates", "Or", answer => answer.Candidates),
            new Column<Row>("route", null, answer => answer.Route),
            new Column<Row>("flags", null, answer => answer.Flags),
            new Column<Row>("settled", null, answer => answer.IsSettled),
            new Column<Row>("reason", "Why", answer => answer.Reason) { Gives = true });
        var open = answers.Count(answer => !answer.IsSettled);
        if (open > 0) run.Say($"{open} of {answers.Count} need a person's decision.");
        return open > 0 && run.Get(check) ? ExitCode.Finding : ExitCode.Done;
    }

    private static Row Answer(Projector projector, ProjectionQuestion question)
    {
        if (question.Tactic is null && projector.ProjectTactic(question.TechniqueId) is { } tactic && (tactic.Before ?? tactic.Same) is { } known)
        {
            var places = new[] { tactic.Same }.OfType<Tactic>().Concat(tactic.Shares.Select(share => share.Tactic)).ToList();
            return new Row(known.Id, known.Shortname, tactic.Verdict, tactic.Same?.Id, tactic.Same?.Name, tactic.Same?.Shortname,
                tactic.IsSettled ? [] : [.. places.Select(place => place.Shortname)], tactic.IsSettled ? [] : [.. places.Select(place => place.Id)],
                [], [], tactic.IsSettled, tactic.Reason);
        }
        var answer = projector.Project(question);
        return new Row(answer.Question.TechniqueId, answer.Question.Tactic, answer.Verdict, answer.TechniqueId, answer.Name, answer.Tactic, answer.TacticCandidates,
            [.. answer.Candidates.Select(candidate => candidate.Id)], [.. answer.Route.Select(step => step.Id)], answer.Flags.Words(), answer.IsSettled, answer.Reason);
    }

    private static ProjectionQuestion Question(string given) =>
        given.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? new ProjectionQuestion(given[..at], given[(at + 1)..]) : new ProjectionQuestion(given);

    /// <summary>One line of the answer, for a technique or a tactic.</summary>
    private sealed record Row(
        string Id, string? Tactic, Verdict Verdict, string? Result, string? Name, string? ResultTactic, IReadOnlyList<string> TacticCandidates,
        IReadOnlyList<string> Candidates, IReadOnlyList<string> Route, IReadOnlyList<string> Flags, bool IsSettled, string Reason);
}
