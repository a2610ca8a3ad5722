using System.CommandLine;
using Modus.Casework;
using Modus.Casework.Investigation;
using Modus.Cli.Commands.Hunt;
using Modus.Cli.Commands.Logs;
using Modus.Cli.Commands.Rules;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Web.Reports;

namespace Modus.Cli.Commands.Investigate;

/// <summary><c>modus investigate PATH…</c>: evidence in, answers out.</summary>
internal sealed class InvestigateCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH")
    {
        Description = "Files and folders: reports, Navigator layers, STIX bundles, logs. Told apart by content; - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> rules = new("--rules")
    {
        Description = "Sigma rule files or folders to run over logs; the starter set of Modus where none is given.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();

    private readonly Option<bool> dayFirst = LogChoices.DayFirst();

    private readonly Option<double?> least = new("--min")
    {
        Description = "Least probability of a sentence's suggestion by the text mapper, 0 to 1; by default its verdict on the document as a whole decides.",
        HelpName = "P",
    };

    private readonly Option<bool> none = new("--no-suggestions") { Description = "Take only what texts name outright; ask the text mapper for nothing." };

    public InvestigateCommand() : base(
        "investigate", "Says which techniques the evidence speaks of, who shares them, and what could not be read.",
        Format.Table, Format.Json, Format.Ndjson, Format.Markdown, Format.Html, Format.Navigator)
    {
        Add(paths);
        Add(rules);
        Add(placeholders);
        Add(dayFirst);
        Add(least);
        Add(none);
        Example("modus investigate samples/first-case");
        Example("modus investigate samples/first-case/vendor-report.html -o json");
        Example("modus investigate samples/first-case -o case.html");
        Example("modus investigate samples/first-case -o case.layer.json --attack-version 18.1");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(least) is < 0 or > 1) throw CommandFailure.Usage("MD9402", "--min takes a probability from 0 to 1", "for example --min 0.5");
        var knowledge = CaseKnowledge.Of(run);
        var (rulePaths, pack) = RuleFiles.ForLogs(run, run.Get(rules) ?? []);
        using var input = new StandardInput(run, run.Get(paths) ?? []);
        InvestigationResult result;
        using (var progress = run.Progress("inputs"))
        {
            result = Investigator.Run(
                input.Paths, knowledge,
                new InvestigationOptions { Logs = new LogReadOptions { DayFirst = run.Get(dayFirst) ? true : null }, Rules = rulePaths, RulePack = pack, Compile = PlaceholderChoice.Read(run, placeholders), LeastProbability = run.Get(none) ? 2 : run.Get(least), Progress = progress.Report }, run.Stop);
        }

        result = result.Named(input.NameOf);
        foreach (var problem in result.Problems) run.Report(Form(problem));
        Write(run, result);
        if (result.Skipped > 0) run.Say($"{result.Used} of {result.Inputs.Count} inputs used, {result.Skipped} skipped");
        return Invocation.Accounted(result.Used, result.Skipped);
    }

    private static void Write(Invocation run, InvestigationResult result)
    {
        switch (run.Format)
        {
            case Format.Json: InvestigationJson.Write(run.Out, result); break;
            case Format.Ndjson: InvestigationJson.WriteLines(run.Out, result); break;
            case Format.Html: run.Out.Write(HtmlReports.Investigation(result, made: null)); break;
            case Format.Navigator: InvestigationLayer.Write(run.Out, result); break;
            default: InvestigationText.Write(run.Out, run.Format, run.Width, run.OutStyle, result); break;
        }
    }

    private static CliProblem Form(CaseProblem problem) => new(
        problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File} {problem.Place}", problem.Fix, problem.Lost);
}
