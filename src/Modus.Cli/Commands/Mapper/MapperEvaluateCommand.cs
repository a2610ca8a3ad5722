using System.CommandLine;
using Modus.Cli.Commands.Map;
using Modus.Cli.Shell;
using Modus.Reports.Evaluation;
using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Cli.Commands.Mapper;

/// <summary><c>modus mapper evaluate</c>: measures the mapper on labelled reports, by cross-validation or as a model is.</summary>
internal sealed class MapperEvaluateCommand : ModusCommand
{
    private const string ShippedName = "shipped";

    private readonly TrainingInputs inputs = new();
    private readonly Option<bool> alone = new("--no-baselines") { Description = "Measure the mapper alone." };
    private readonly Option<double?> gate = new("--fail-under") { Description = "End with 1 when the mean document F1 is lower.", HelpName = "F1" };

    private readonly Option<string?> model = new("--model") { Description = "Measure this model as it is, without fitting: a file, or 'shipped'. The reports must not be those it was fitted on.", HelpName = "FILE" };
    private readonly Option<bool> openSet = new("--open-set") { Description = "With --model: count techniques too that no report is labelled with." };
    private readonly Option<bool> parents = new("--parents") { Description = "Learn and count sub-techniques as their techniques, for reports whose people hardly mark any." };
    private readonly Option<int?> most = new("--labels") { Description = "Learn and count only the N techniques that most sentences carry.", HelpName = "N" };
    private readonly Option<int?> confirmations = new("--after-confirmations") { Description = "Measure a model before and after a team's first N decisions on other reports of the same file; the shipped model, or the one of --model.", HelpName = "N" };

    private readonly Option<bool> withoutReports = new("--without-reports") { Description = "Rank all techniques by what the bundle alone teaches; the reports only ask." };
    private readonly Option<bool> unseen = new("--unseen") { Description = "Measure techniques whose labels were kept from the mapper, part by part." };

    private readonly Option<bool> asLabels = new("--reading-as-labels") { Description = "Learn and count what the second reading found, in place of the reports' labels." };

    public MapperEvaluateCommand()
        : base("evaluate", "Measures the mapper on labelled reports, each scored by a mapper that never saw it.", Format.Markdown, Format.Json)
    {
        inputs.AddTo(this);
        Add(alone);
        Add(gate);
        Add(model);
        Add(openSet);
        Add(parents);
        Add(most);
        Add(confirmations);
        Add(withoutReports);
        Add(unseen);
        Add(asLabels);
        Example("modus mapper evaluate --model shipped --reports samples/mapper/labelled.jsonl");
        Example("modus mapper evaluate --reports samples/mapper/labelled.jsonl --after-confirmations 4");
        Example("modus mapper evaluate --attack enterprise-attack.json --reports sentences.jsonl", ExitCode.NoUsableInput);
        Example("modus mapper evaluate --without-reports --attack enterprise-attack.json --reports sentences.jsonl", ExitCode.NoUsableInput);
        Example("modus mapper evaluate --unseen --attack enterprise-attack.json --reports sentences.jsonl", ExitCode.NoUsableInput);
    }

    public override int Run(Invocation run)
    {
        if (run.Get(most) is < 1) throw CommandFailure.Usage("MD9404", "--labels must be 1 or more.", "Give a number of techniques.");
        if (run.Get(confirmations) is { } decisions) return Confirmed(run, decisions);
        if (run.Get(model) is { } given) return Fixed(run, given);
        var (texts, corpus) = inputs.Read(run, run.Get(asLabels));
        var reports = Scope(run).Of(corpus.Reports, LabelScope.ParentsOf(texts));
        if (run.Get(withoutReports)) return OpenSet(run, texts, corpus, reports);
        if (run.Get(unseen)) return Unseen(run, texts, corpus, reports);
        var result = TrainingInputs.Guard(() => MapperEvaluation.CrossValidate(texts, reports, HowToFit(run), baselines: !run.Get(alone), progress: run.Say, stop: run.Stop));
        if (run.Format == Format.Json) EvaluationWriter.WriteJson(run.Out, result);
        else EvaluationWriter.WriteMarkdown(run.Out, result);
        if (run.Get(gate) is { } least && result.Methods[0].DocumentF1.Value < least) return ExitCode.Finding;
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }

    /// <summary>A reading of every technique finds many of them in a few sentences only: too few to learn from.</summary>
    private MapperOptions HowToFit(Invocation run)
    {
        var options = new MapperOptions();
        return run.Get(asLabels) ? options with { LeastLabelled = options.LeastFurther } : options;
    }

    private static int OpenSet(Invocation run, AttackTexts texts, CorpusRead corpus, IReadOnlyList<LabelledReport> reports)
    {
        EvaluationWriter.Write(run, TrainingInputs.Guard(() => OpenSetEvaluation.Measure(texts, reports, stop: run.Stop)));
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }

    private int Unseen(Invocation run, AttackTexts texts, CorpusRead corpus, IReadOnlyList<LabelledReport> reports)
    {
        var result = TrainingInputs.Guard(() => UnseenEvaluation.Measure(texts, reports, progress: run.Say, stop: run.Stop));
        EvaluationWriter.Write(run, result);
        if (run.Get(gate) is { } least && result.Exact.DocumentF1.Value < least) return ExitCode.Finding;
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }

    private int Fixed(Invocation run, string path)
    {
        var (loaded, corpus, reports) = Given(run, path);
        if (corpus.Used == 0) return ExitCode.NoUsableInput;
        var result = FixedEvaluation.Measure(loaded, reports, run.Get(openSet), stop: run.Stop);
        SayUnknown(run, loaded, result.UnknownLabels);
        EvaluationWriter.Write(run, result);
        if (run.Get(gate) is { } least && result.Exact.DocumentF1.Value < least) return ExitCode.Finding;
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }

    private int Confirmed(Invocation run, int decisions)
    {
        if (decisions < 1) throw CommandFailure.Usage("MD9404", "--after-confirmations must be 1 or more.", "Give a number of decisions.");
        var (loaded, corpus, reports) = Given(run, run.Get(model) ?? ShippedName);
        if (corpus.Used == 0) return ExitCode.NoUsableInput;
        var result = TrainingInputs.Guard(() => ConfirmationEvaluation.Measure(loaded, reports, decisions, progress: run.Say, stop: run.Stop));
        SayUnknown(run, loaded, result.UnknownLabels);
        EvaluationWriter.Write(run, result);
        if (run.Get(gate) is { } least && result.Methods[1].DocumentF1.Value < least) return ExitCode.Finding;
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }

    private (MapperModel Model, CorpusRead Corpus, IReadOnlyList<LabelledReport> Reports) Given(Invocation run, string path)
    {
        var loaded = MapperModels.Load(run, path == ShippedName ? null : path);
        var corpus = inputs.ReadReports(run, run.Get(asLabels));
        return (loaded, corpus, Scope(run).Of(corpus.Reports, loaded.ParentOf));
    }

    private LabelScope Scope(Invocation run) => new(run.Get(parents), run.Get(most));

    private static void SayUnknown(Invocation run, MapperModel model, IReadOnlyList<string> labels)
    {
        if (labels.Count > 0) run.Say($"labels left out, unknown to {model.Card.Release}: {string.Join(", ", labels)}");
    }
}
