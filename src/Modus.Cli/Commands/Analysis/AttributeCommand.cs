using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Attribution;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary><c>modus attribute</c>: who does this look like, how sure, and why.</summary>
internal sealed class AttributeCommand : ModusCommand
{
    private readonly Argument<string[]> seen = new("SEEN") { Description = "Technique ids, a layer, a STIX bundle, a list of ids, or - for standard input.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> software = new("--software") { Description = "Software that was seen: id or name; may be repeated.", HelpName = "NAME" };
    private readonly Option<string[]> absent = new("--absent") { Description = "A technique that was looked for with telemetry that would have shown it, and was not there.", HelpName = "ID" };
    private readonly Option<string[]> absentSoftware = new("--absent-software") { Description = "Software that was looked for and was not there.", HelpName = "NAME" };
    private readonly Option<string?> prior = new("--prior") { Description = "uniform, reports (the default: how much and how recently an actor is written about), or a file of actor id and weight.", HelpName = "WHICH|FILE" };
    private readonly Option<double?> unknown = new("--unknown-share") { Description = "Share of cases by actors that nobody knows, 0 to 1; the default is the share in training.", HelpName = "P" };
    private readonly Option<double> precision = new("--precision") { Description = "Assert an actor only where this share of like answers was right.", HelpName = "P", DefaultValueFactory = _ => 0.9 };
    private readonly Option<int> top = new("--top") { Description = "How many candidates to show.", HelpName = "N", DefaultValueFactory = _ => 5 };
    private readonly Option<bool> contest = new("--contest") { Description = "Also test the verdict: competing hypotheses, what would change it, false flags." };
    private readonly Option<string?> batch = new("--batch") { Description = "Answer a file of questions, one JSON object a line.", HelpName = "FILE" };
    private readonly Option<string?> model = new("--model") { Description = "Figures made by 'modus model train'.", HelpName = "FILE" };
    private readonly LensOptions lens = new();
    private readonly OwnCaseOptions cases = new(asks: true);

    public AttributeCommand() : base("attribute", "Says who the evidence looks like, with calibrated probability, or that it cannot be said.",
        Format.Text, Format.Json, Format.Ndjson, Format.Markdown)
    {
        Add(seen);
        foreach (var option in new Option[] { software, absent, absentSoftware, prior, unknown, precision, top, contest, batch, model }) Add(option);
        lens.AddTo(this);
        cases.AddTo(this);
        Example("modus attribute T1566.001 T1059.001 T1003.001 T1071.001 --software Mimikatz");
        Example("modus attribute T1566.001 T1059.001 T1003.001 --as-of 2020-01-01 --contest -o json");
    }

    public override int Run(Invocation run)
    {
        var own = cases.Read(run);
        var library = lens.Library(run, own);
        var figures = ModelFiles.Attribution(run, run.Get(model));
        if (run.Get(batch) is { } file) return AttributeBatch.Run(run, file, library, lens.Lens(run), figures, run.Get(precision));
        var words = run.Get(seen) ?? [];
        if (words.Length == 0 && (run.Get(software) ?? []).Length == 0 && own.Asked is null)
            throw CommandFailure.Usage("MD6016", "nothing was seen", "name techniques, a file, a case with --case, or - for standard input");
        var observed = own.With(Observed.Read(run, words));
        if (run.Get(precision) is < 0.5 or > 0.99) throw CommandFailure.Usage("MD6017", "--precision lies between 0.5 and 0.99");
        if (run.Get(unknown) is < 0 or > 1) throw CommandFailure.Usage("MD6017", "--unknown-share lies between 0 and 1");
        var question = new AttributionQuestion
        {
            Techniques = observed.Techniques,
            Software = [.. observed.Software, .. run.Get(software) ?? []],
            AbsentTechniques = run.Get(absent) ?? [],
            AbsentSoftware = run.Get(absentSoftware) ?? [],
            Lens = lens.Lens(run),
            UsePrior = run.Get(prior) != "uniform",
            Prior = ReadPrior(run, run.Get(prior)),
            UnknownShare = run.Get(unknown),
            Precision = run.Get(precision),
            Explained = Math.Clamp(run.Get(top), 1, 10),
        };
        var knowledge = lens.Knowledge(run, library);
        var attributor = new Attributor(knowledge, figures);
        var answer = attributor.Answer(question);
        var skipped = Observed.Report(run, answer.Problems);
        var tested = run.Get(contest) ? Contester.Test(attributor, question) : null;
        switch (run.Format)
        {
            case Format.Json: run.Out.WriteLine(Json.Indented(json => AttributionJson.Write(json, answer, tested, run.Get(top)))); break;
            case Format.Ndjson: run.Out.WriteLine(Json.Of(json => AttributionJson.Write(json, answer, tested, run.Get(top)))); break;
            default: AttributionText.Write(run.Out, knowledge, answer, tested, run.Get(top)); break;
        }
        return Invocation.Accounted(answer.Techniques.Count + answer.Software.Count, skipped);
    }

    private static Dictionary<string, double>? ReadPrior(Invocation run, string? which)
    {
        if (which is null or "uniform" or "reports") return null;
        var path = run.PathOf(which);
        try
        {
            var weights = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var line in File.ReadLines(path))
            {
                if (line.Length == 0 || line[0] == '#') continue;
                var words = line.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
                if (words.Length != 2 || !double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(weight > 0) || !double.IsFinite(weight))
                    throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6018", $"no actor and weight: {line}", path, "write an actor id and a number above 0 on each line"));
                weights[words[0]] = weight;
            }
            return weights;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage("MD6018", $"the prior cannot be read: {error.Message}", "write uniform, reports, or the path of a file");
        }
    }
}
