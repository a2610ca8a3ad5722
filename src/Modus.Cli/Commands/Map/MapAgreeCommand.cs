using System.CommandLine;
using Modus.Casework;
using Modus.Casework.Agreement;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Map;

/// <summary><c>modus map agree A B [C…]</c>: how well analysts, teams or tools agree on the techniques of the same evidence.</summary>
internal sealed class MapAgreeCommand : ModusCommand
{
    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Mappings, a file a coder: Navigator layer, STIX, CSV, TRAM JSON, lines of JSON. One file will do where it names several annotators.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> by = new("--by") { Description = "What to compare: evidence (sentences, spans, events) or technique (named or not). Default: evidence where every mapping tells what it rests on.", HelpName = "BASIS" };
    private readonly Option<int> resamples = new("--resamples") { Description = "Draws for the 95 % intervals; 0 makes none.", DefaultValueFactory = _ => 1000, HelpName = "N" };
    private readonly Option<int> seed = new("--seed") { Description = "Where the draws begin: the same seed gives the same intervals.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int> top = new("--top") { Description = "Disagreements to list.", DefaultValueFactory = _ => 10, HelpName = "N" };
    private readonly Option<double?> failUnder = new("--fail-under") { Description = "End with 1 where alpha at sub-technique level is below this, for example 0.667.", HelpName = "ALPHA" };

    public MapAgreeCommand() : base("agree", "Measures how well coders agree on the techniques of the same evidence, and what disagreement costs most.", Format.Text, Format.Json, Format.Markdown)
    {
        by.AcceptOnlyFromAmong("evidence", "technique");
        Add(files);
        foreach (var option in new Option[] { by, resamples, seed, top, failUnder }) Add(option);
        Example("modus map agree samples/agreement/ann.csv samples/agreement/bob.ndjson");
        Example("modus map agree samples/agreement/ann.csv samples/agreement/bob.ndjson samples/agreement/tool.tram.json -o json");
        Example("modus map agree samples/agreement/ann.csv samples/first-case/hunt-plan.layer.json --by technique --resamples 200");
        Example("modus map agree samples/agreement/ann.csv samples/agreement/bob.ndjson --fail-under 0.99", ExitCode.Finding);
    }

    public override int Run(Invocation run)
    {
        if (run.Get(resamples) is < 0 or (> 0 and < 40) or > 100_000) throw CommandFailure.Usage("MD9411", "--resamples takes 0, or 40 to 100000.");
        if (run.Get(top) is < 0 or > 1000) throw CommandFailure.Usage("MD9412", "--top takes 0 to 1000.");
        var sources = MappingSources.Read(run, run.Get(files) ?? [], out var skipped);
        var coders = Coder.Of(sources.Select(source => (source.Name, source.Mappings)));
        if (coders.Count < 2)
        {
            run.Report(new CliProblem("MD5660", "agreement needs at least two coders", Fix: "give another file, or one file whose rows name their annotator"));
            return ExitCode.NoUsableInput;
        }
        var problems = new List<CaseProblem>();
        var report = AgreementMeter.Measure(coders, CaseKnowledge.Of(run), new AgreementOptions
        {
            Basis = run.Get(by) switch { "evidence" => AgreementBasis.Evidence, "technique" => AgreementBasis.Technique, _ => null },
            Resamples = run.Get(resamples),
            Seed = run.Get(seed),
            Top = run.Get(top),
        }, problems, run.Stop);
        foreach (var problem in problems) MappingSources.Report(run, problem);
        if (report.Units == 0)
        {
            run.Report(new CliProblem("MD5661", "the coders have no evidence in common", Fix: "give both the same document names, units, spans or sentences; or compare what they named: --by technique"));
            return ExitCode.NoUsableInput;
        }
        switch (run.Format)
        {
            case Format.Json: AgreementJson.Write(run.Out, report); break;
            case Format.Markdown: new AgreementText(run.Out, 0, Style.None, Format.Markdown).Write(report); break;
            default: new AgreementText(run.Out, run.Width, run.OutStyle, Format.Table).Write(report); break;
        }
        if (run.Get(failUnder) is { } least && !(report.Levels.First(level => level.Level == AgreementLevel.SubTechnique).Alpha >= least)) return ExitCode.Finding;
        return Invocation.Accounted(1, skipped);
    }
}
