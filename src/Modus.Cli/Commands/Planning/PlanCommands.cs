using System.CommandLine;
using Modus.Analysis.Planning.Choices;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus plan sources</c>: which logs to collect.</summary>
internal sealed class PlanSourcesCommand : PlanCommand
{
    public PlanSourcesCommand() : base("sources", "Chooses the logs to collect that let most threat be seen; an analytic needs all of its logs.")
    {
        Example("modus plan sources --budget 5 --platform Windows");
        Example("modus plan sources --budget 3 --platform Windows=0.8 --platform Linux=0.2 --have WinEventLog:Security -o json");
    }

    protected override PlanQuestion Question(Invocation run, KnowledgeBase knowledge, Release release, IReadOnlyList<WeighedTechnique> techniques,
        IReadOnlyDictionary<string, double> estate, Func<string, double> cost, out int skipped)
    {
        skipped = 0;
        var analytics = PlanFacts.Analytics(release);
        if (analytics.Count == 0)
            run.Report(new CliProblem("MD6209", $"{release.Name} has no analytics that name their logs", null, "use release 18 or later: --attack-version 18"));
        return PlanQuestions.Sources(techniques, analytics, estate, cost);
    }
}

/// <summary><c>modus plan controls</c>: which mitigations or controls to take.</summary>
internal sealed class PlanControlsCommand : PlanCommand
{
    private readonly Option<string[]> mapping = new("--mapping") { Description = "Control mappings in the JSON of Mappings Explorer; ATT&CK's own mitigations without it. May be repeated.", HelpName = "FILE" };

    public PlanControlsCommand() : base("controls", "Chooses the mitigations or controls that answer most threat.")
    {
        Add(mapping);
        Example("modus plan controls --budget 5");
        Example("modus plan controls --budget 3 --have M1032 -o csv");
    }

    protected override PlanQuestion Question(Invocation run, KnowledgeBase knowledge, Release release, IReadOnlyList<WeighedTechnique> techniques,
        IReadOnlyDictionary<string, double> estate, Func<string, double> cost, out int skipped)
    {
        skipped = 0;
        if (run.Get(mapping) is not { Length: > 0 } files) return PlanQuestions.Measures(WithoutPlatforms(techniques), PlanFacts.Mitigations(release), estate, cost);
        var (measures, left) = ControlMeasures.Read(run, files, new IdCarrier(knowledge, release));
        skipped = left;
        return PlanQuestions.Measures(WithoutPlatforms(techniques), measures, estate, cost);
    }

    /// <summary>Mitigations and rules are told by technique, not by platform: a technique counts whole.</summary>
    public static IReadOnlyList<WeighedTechnique> WithoutPlatforms(IReadOnlyList<WeighedTechnique> techniques) =>
        [.. techniques.Select(item => item with { Platforms = [] })];
}

/// <summary><c>modus plan detections</c>: which rules to deploy.</summary>
internal sealed class PlanDetectionsCommand : PlanCommand
{
    private readonly Argument<string[]> rules = new("RULES") { Description = "Sigma rules to choose from: files and folders.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> level = new("--level") { Description = "Leave out rules below this level.", HelpName = "LEVEL", DefaultValueFactory = _ => "medium" };
    private readonly Option<bool> withSources = new("--with-sources") { Description = "Log sources are items too: a rule counts only when its log source is there or bought." };

    public PlanDetectionsCommand() : base("detections", "Chooses the Sigma rules to deploy first, with the log sources they need.")
    {
        Add(rules);
        Add(level);
        Add(withSources);
        Example("modus plan detections rules --budget 5");
        Example("modus plan detections rules --budget 6 --with-sources --have windows/process_creation -o json");
    }

    protected override PlanQuestion Question(Invocation run, KnowledgeBase knowledge, Release release, IReadOnlyList<WeighedTechnique> techniques,
        IReadOnlyDictionary<string, double> estate, Func<string, double> cost, out int skipped)
    {
        var least = RuleMeasure.LevelOf(run.Get(level)!);
        (var read, skipped) = RuleMeasure.Read(run, run.Get(rules)!);
        var (measures, without) = RuleMeasure.Measures(read.Where(rule => rule.Level >= least), new IdCarrier(knowledge, release));
        run.Say($"{read.Count} rules read, {read.Count(rule => rule.Level < least)} below {run.Get(level)}, {without} without a living technique or of an id already seen, {skipped} refused");
        return PlanQuestions.Measures(PlanControlsCommand.WithoutPlatforms(techniques), measures, estate, cost, run.Get(withSources));
    }
}
