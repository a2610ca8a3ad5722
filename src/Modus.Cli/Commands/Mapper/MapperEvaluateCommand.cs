using System.CommandLine;
using Modus.Cli.Commands.Map;
using Modus.Cli.Shell;
using Modus.Reports.Evaluation;

namespace Modus.Cli.Commands.Mapper;

/// <summary><c>modus mapper evaluate</c>: measures the mapper on labelled reports by cross-validation.</summary>
internal sealed class MapperEvaluateCommand : ModusCommand
{
    private readonly TrainingInputs inputs = new();
    private readonly Option<bool> alone = new("--no-baselines") { Description = "Measure the mapper alone." };
    private readonly Option<double?> gate = new("--fail-under") { Description = "End with 1 when the mean document F1 is lower.", HelpName = "F1" };

    private readonly Option<string?> model = new("--model") { Description = "Measure this model as it is, without fitting: a file, or 'shipped'. The reports must not be those it was fitted on.", HelpName = "FILE" };
    private readonly Option<bool> openSet = new("--open-set") { Description = "With --model: count techniques too that no report is labelled with." };

    public MapperEvaluateCommand()
        : base("evaluate", "Measures the mapper on labelled reports, each scored by a mapper that never saw it.", Format.Markdown, Format.Json)
    {
        inputs.AddTo(this);
        Add(alone);
        Add(gate);
        Add(model);
        Add(openSet);
        Example("modus mapper evaluate --model shipped --reports samples/mapper/labelled.jsonl");
        Example("modus mapper evaluate --attack enterprise-attack.json --reports sentences.jsonl", ExitCode.NoUsableInput);
    }

    public override int Run(Invocation run)
    {
        if (run.Get(model) is { } given) return Fixed(run, given);
        var (texts, corpus) = inputs.Read(run);
        var result = TrainingInputs.Guard(() => MapperEvaluation.CrossValidate(
            texts, corpus.Reports, baselines: !run.Get(alone), progress: run.Say, stop: run.Stop));
        if (run.Format == Format.Json) EvaluationWriter.WriteJson(run.Out, result);
        else EvaluationWriter.WriteMarkdown(run.Out, result);
        if (run.Get(gate) is { } least && result.Methods[0].DocumentF1.Value < least) return ExitCode.Finding;
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }

    private int Fixed(Invocation run, string path)
    {
        var loaded = MapperModels.Load(run, path == "shipped" ? null : path);
        var corpus = inputs.ReadReports(run);
        if (corpus.Used == 0) return ExitCode.NoUsableInput;
        var result = FixedEvaluation.Measure(loaded, corpus.Reports, run.Get(openSet), stop: run.Stop);
        if (result.UnknownLabels.Count > 0) run.Say($"labels left out, unknown to {loaded.Card.Release}: {string.Join(", ", result.UnknownLabels)}");
        EvaluationWriter.Write(run, result);
        if (run.Get(gate) is { } least && result.Exact.DocumentF1.Value < least) return ExitCode.Finding;
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }
}
