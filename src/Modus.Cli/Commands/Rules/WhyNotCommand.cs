using System.CommandLine;
using Modus.Cli.Commands.Hunt;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma.Explanation;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule why-not RULE EVENT|LOGS</c>: what kept a rule from matching.</summary>
internal sealed class WhyNotCommand : ModusCommand
{
    private readonly Argument<string> rule = new("RULE") { Description = "A rule file, or the id, name or title of a rule." };
    private readonly Argument<string[]> logs = new("EVENT|LOGS") { Description = "A file with one event, or logs; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> rules = new("--rules", "-r") { Description = "Where rules are looked up by id or name. Default: MODUS_RULES, else the folder 'rules'.", HelpName = "DIR" };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<long?> record = new("--record") { Description = "Only this event, from 1.", HelpName = "N" };

    public WhyNotCommand() : base("why-not", "Says what kept a rule from matching: a predicate, a field that is not there, a log source nobody collects.", Format.Text, Format.Json)
    {
        Add(rule);
        Add(logs);
        Add(rules);
        Add(record);
        Add(placeholders);
        Example("modus rule why-not rules/windows/process/shadow-copies-deleted.yml samples/first-case/hosts.jsonl");
        Example("modus rule why-not rules/linux/auditd/shadow-file-read.yml samples/first-case/hosts.jsonl -o json");
        Example("modus rule why-not rules/windows/process/shadow-copies-deleted.yml samples/first-case/hosts.jsonl --record 2");
    }

    public override int Run(Invocation run)
    {
        var compile = PlaceholderChoice.Read(run, placeholders);
        var chosen = RuleChoice.Find(run, run.Get(rule)!, run.Get(rules) ?? [], compile);
        using var input = new StandardInput(run, run.Get(logs) ?? []);
        var reader = new LogReader(new() { Threads = 1 });
        RuleExplanation? single = null;
        var place = "";
        IEnumerable<LogEvent> Chosen()
        {
            var number = 0L;
            foreach (var logEvent in reader.Read(input.Paths))
            {
                number++;
                if (run.Get(record) is { } wanted && wanted != number) continue;
                if (number == 1 || run.Get(record) is not null)
                {
                    single = RuleExplainer.Explain(chosen.Rule, chosen.Written, logEvent, compile);
                    place = CliProblem.Place(input.NameOf(logEvent.File), (int)Math.Min(logEvent.Line, int.MaxValue)) ?? "";
                }

                yield return logEvent;
            }
        }

        var explanation = LogExplainer.Explain(chosen.Rule, chosen.Written, Chosen(), run.Stop);
        foreach (var problem in reader.Report.Problems) run.Report(new CliProblem(problem.Code, problem.Message, input.NameOf(problem.File), problem.Fix, IsError: false));
        if (explanation.Events == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9027", "no event could be read", string.Join(", ", run.Get(logs) ?? [])));
        if (explanation.Events == 1 && single is not null) ExplanationText.Write(run, single, place);
        else ExplanationText.Write(run, explanation);
        return ExitCode.Done;
    }
}
