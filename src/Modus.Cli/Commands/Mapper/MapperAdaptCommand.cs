using System.CommandLine;
using Modus.Cli.Commands.Map;
using Modus.Cli.Shell;
using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Cli.Commands.Mapper;

/// <summary><c>modus mapper adapt</c>: moves a model by a team's own decisions.</summary>
internal sealed class MapperAdaptCommand : ModusCommand
{
    private readonly Option<string> decisions = new("--decisions") { Description = "JSON lines with doc, text, technique and accepted (true or false).", HelpName = "FILE", Required = true };
    private readonly Option<string?> batch = new("--batch") { Description = "The batch whose suggestions were decided on (JSON lines with id, text and doc): a sentence is judged among its neighbours.", HelpName = "FILE" };
    private readonly Option<string?> model = new("--model") { Description = "The model to start from; the shipped one without it.", HelpName = "FILE" };
    private readonly Option<string> to = new("--to") { Description = "File to write the model to.", HelpName = "FILE", Required = true };

    public MapperAdaptCommand()
        : base("adapt", "Adapts a mapper to what a team confirmed and rejected.", Format.Text, Format.Json)
    {
        Add(decisions);
        Add(batch);
        Add(model);
        Add(to);
        Example("modus mapper adapt --decisions samples/mapper/decisions.jsonl --to team.model");
        Example("modus mapper adapt --decisions samples/mapper/decisions.jsonl --batch samples/mapper/sentences.jsonl --to team.model -o json");
    }

    public override int Run(Invocation run)
    {
        var path = run.Get(decisions)!;
        var problems = new List<CorpusProblem>();
        using var lines = TrainingInputs.Reader(run, path);
        var read = TeamDecisions.Read(lines, path, problems.Add);
        foreach (var problem in problems)
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix));
        if (read.Count == 0) return ExitCode.NoUsableInput;
        var documents = run.Get(batch) is { } sentences ? Documents(run, sentences, problems) : null;
        var adapted = MapperAdapter.Adapt(MapperModels.Load(run, run.Get(model)), read, documents, run.Stop);
        using var bytes = new MemoryStream();
        adapted.Save(bytes);
        TrainingInputs.WriteWhole(run, run.Get(to)!, bytes.ToArray());
        MapperInfoCommand.Write(run, adapted, bytes.Length);
        return Invocation.Accounted(read.Count, problems.Count);
    }

    private static Dictionary<string, IReadOnlyList<string>> Documents(Invocation run, string path, List<CorpusProblem> problems)
    {
        using var lines = TrainingInputs.Reader(run, path);
        var documents = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var part in MapBatch.Documents(lines, path, problem =>
        {
            problems.Add(problem);
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix));
        }))
            documents[part[0].Name] = [.. documents.GetValueOrDefault(part[0].Name) ?? [], .. part.Select(line => line.Text)];
        return documents;
    }
}
