using System.CommandLine;
using Modus.Analysis.Coverage;
using Modus.Analysis.Planning.Choices;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>What is chosen among: log sources, rules or controls.</summary>
internal abstract class PlanChoice(string name)
{
    /// <summary>The word for it on the command line.</summary>
    public string Name => name;

    /// <summary>What to say where there is nothing to choose from.</summary>
    public abstract string Nothing { get; }

    /// <summary>What to do then.</summary>
    public abstract string NothingFix { get; }

    /// <summary>Adds the options that only this choice has.</summary>
    public abstract void AddTo(Command command);

    /// <summary>Rules to read with the defence; null where rules do not matter.</summary>
    public virtual IReadOnlyList<string>? Rules(Invocation run) => null;

    /// <summary>The problem of choice.</summary>
    public abstract PlanQuestion Ask(Invocation run, PlanScene scene, out int skipped);
}

/// <summary>Log sources.</summary>
internal sealed class SourcesChoice() : PlanChoice("sources")
{
    public override string Nothing => "no analytic of this release names its logs: there is nothing to choose from";

    public override string NothingFix => "use release 18 or later: --attack-version 18";

    public override void AddTo(Command command)
    {
    }

    public override PlanQuestion Ask(Invocation run, PlanScene scene, out int skipped)
    {
        skipped = 0;
        return DefenceQuestions.Sources(scene.Asked);
    }
}

/// <summary>Rules.</summary>
/// <param name="whatIf">True where rules are an option, and log sources are items as soon as the inventory names any.</param>
internal sealed class DetectionsChoice(bool whatIf = false) : PlanChoice("detections")
{
    private readonly Argument<string[]> rules = new("RULES") { Description = "Sigma rules to choose from: files and folders; those that the inventory names without it.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> level = new("--level") { Description = "Choose no rule below this level; what is deployed counts at any level.", HelpName = "LEVEL", DefaultValueFactory = _ => "medium" };
    private readonly Option<string[]> ruleOption = new("--rules", "-r") { Description = "detections: Sigma rules that could be deployed, beside those that the inventory names.", HelpName = "DIR" };
    private readonly Option<bool> withSources = new("--with-sources") { Description = "Log sources are items too: a rule counts only when its log source is there or bought." };

    public override string Nothing => "there is no rule to choose from";

    public override string NothingFix => "name a folder of Sigma rules, or a lower --level";

    public override void AddTo(Command command)
    {
        if (whatIf) command.Add(ruleOption);
        else
        {
            command.Add(rules);
            command.Add(withSources);
        }
        command.Add(level);
    }

    public override IReadOnlyList<string> Rules(Invocation run) => (whatIf ? run.Get(ruleOption) : run.Get(rules)) ?? [];

    public override PlanQuestion Ask(Invocation run, PlanScene scene, out int skipped)
    {
        skipped = 0;
        var least = RuleMeasure.LevelOf(run.Get(level)!);
        var read = scene.Start.Inventory.Rules;
        // Where nobody says which logs are collected, rules are taken to be fed: switching one then shows what it is worth.
        var sources = whatIf ? scene.Start.Inventory.LogSources.Count > 0 : run.Get(withSources);
        var question = DefenceQuestions.Detections(scene.Asked, word => RuleMeasure.TryLevel(word) is { } known && known >= least, sources);
        run.Say($"{read.Count} rules: {read.Count(rule => rule.IsDeployed)} deployed, {read.Count(rule => !rule.IsDeployed && !(RuleMeasure.TryLevel(rule.Level) >= least))} below {run.Get(level)}, "
            + $"{read.Count(rule => rule.Techniques.All(item => item.Id is null))} without a living technique, {read.GroupBy(rule => rule.Id, StringComparer.OrdinalIgnoreCase).Sum(same => same.Count() - 1)} of an id already seen, "
            + $"{read.Count(rule => rule.Refusal is not null || rule.Fire.Verdict == FireVerdict.Cannot)} that cannot fire");
        if (question.Stale > 0)
            run.Say($"what exercises and hits once showed of {question.Stale} techniques on a platform is too old to count: 'modus coverage stale' lists it, 'modus plan exercise' plans to try it again");
        if (question.Useless > 0 && !sources && scene.Start.Inventory.LogSources.Count > 0)
            run.Say($"{question.Useless} rules cover nothing here, mostly because their log is not collected: --with-sources plans the logs too");
        return question;
    }
}

/// <summary>Mitigations or controls.</summary>
internal sealed class ControlsChoice() : PlanChoice("controls")
{
    private readonly Option<string[]> mapping = new("--mapping") { Description = "Control mappings in the JSON of Mappings Explorer; ATT&CK's own mitigations without it. May be repeated.", HelpName = "FILE" };

    public override string Nothing => "there is no control to choose from";

    public override string NothingFix => "give another mapping, or leave --mapping out for ATT&CK's mitigations";

    public override void AddTo(Command command) => command.Add(mapping);

    public override PlanQuestion Ask(Invocation run, PlanScene scene, out int skipped)
    {
        skipped = 0;
        var measures = PlanFacts.Mitigations(scene.Release);
        if (run.Get(mapping) is { Length: > 0 } files) (measures, skipped) = ControlMeasures.Read(run, files, new IdCarrier(scene.Releases, scene.Release));
        var question = DefenceQuestions.Controls(scene.Asked, measures);
        var idle = scene.Start.Inventory.Controls.Where(control => control.State is ControlState.InPlace or ControlState.Partial && !question.Owned.Any(item => question.Problem.Items[item].Id.Equals(control.Id, StringComparison.OrdinalIgnoreCase)))
            .Select(control => control.Id).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        idle.RemoveAll(id => DefenceQuestions.SameControl(id, question.Owned.Select(item => question.Problem.Items[item].Id)));
        if (idle.Count > 0)
            run.Say($"{idle.Count} controls that are in place answer nothing here ({string.Join(", ", idle.Take(5))}{(idle.Count > 5 ? " …" : "")}): give the mapping of their catalogue with --mapping, or name their techniques in the inventory");
        return question;
    }
}
