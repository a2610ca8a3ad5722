using System.CommandLine;
using Modus.Cli.Commands.Hunt;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma.Explanation;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule why RULE EVENT</c>: which predicates made a rule match.</summary>
internal sealed class WhyCommand : ModusCommand
{
    private readonly Argument<string> rule = new("RULE") { Description = "A rule file, or the id, name or title of a rule." };
    private readonly Argument<string> events = new("EVENT") { Description = "A file with the event; - for standard input." };
    private readonly Option<string[]> rules = new("--rules", "-r") { Description = "Where rules are looked up by id or name. Default: MODUS_RULES, else the folder 'rules'.", HelpName = "DIR" };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<long?> record = new("--record") { Description = "Which event of the file, from 1. Default: the first that matches.", HelpName = "N" };

    public WhyCommand() : base("why", "Says which predicates made a rule match an event.", Format.Text, Format.Json)
    {
        Add(rule);
        Add(events);
        Add(rules);
        Add(record);
        Add(placeholders);
        Example("modus rule why rules/windows/process/lsass-dump-comsvcs.yml samples/first-case/hosts.jsonl");
        Example("modus rule why \"Event log cleared\" samples/first-case/hosts.jsonl --rules rules -o json");
    }

    public override int Run(Invocation run)
    {
        var compile = PlaceholderChoice.Read(run, placeholders);
        var chosen = RuleChoice.Find(run, run.Get(rule)!, run.Get(rules) ?? [], compile);
        using var input = new StandardInput(run, [run.Get(events)!]);
        var reader = new LogReader(new() { Threads = 1 });
        var number = 0L;
        foreach (var logEvent in reader.Read(input.Paths))
        {
            number++;
            if (run.Get(record) is { } wanted && wanted != number) continue;
            var explanation = RuleExplainer.Explain(chosen.Rule, chosen.Written, logEvent, compile);
            if (run.Get(record) is null && !explanation.Matched) continue;
            ExplanationText.Write(run, explanation, CliProblem.Place(input.NameOf(logEvent.File), (int)Math.Min(logEvent.Line, int.MaxValue)) ?? "");
            return ExitCode.Done;
        }

        foreach (var problem in reader.Report.Problems) run.Report(new CliProblem(problem.Code, problem.Message, input.NameOf(problem.File), problem.Fix));
        if (number == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9027", "the file holds no event that can be read", run.Get(events)));
        throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9028", run.Get(record) is null ? $"the rule matches none of the {number} events" : $"there are only {number} events", run.Get(events), "ask why not: modus rule why-not RULE EVENT"));
    }
}
