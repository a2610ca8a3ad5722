using System.CommandLine;
using Modus.Cli.Commands.Map;
using Modus.Cli.Shell;
using Modus.Reports.Training;

namespace Modus.Cli.Commands.Mapper;

/// <summary><c>modus mapper train</c>: fits a model from a release's texts and labelled reports.</summary>
internal sealed class MapperTrainCommand : ModusCommand
{
    private const int MostLeastWeight = 30;

    private readonly TrainingInputs inputs = new();
    private readonly Option<string> model = new("--to") { Description = "File to write the model to.", HelpName = "FILE", Required = true };

    private readonly Option<int?> leastWeight = new("--least-weight") { Description = "Drop weights below so many parts of 127 of a technique's largest (2 by default): higher makes a smaller and faster model.", HelpName = "N" };

    public MapperTrainCommand()
        : base("train", "Fits a mapper from the texts of an ATT&CK bundle and from labelled reports.", Format.Text, Format.Json)
    {
        inputs.AddTo(this);
        Add(model);
        Add(leastWeight);
        Example("modus mapper train --attack enterprise-attack.json --reports sentences.jsonl --to team.model", ExitCode.NoUsableInput);
        Example("modus mapper train --attack enterprise-attack.json --also enterprise-attack-14.1.json --reports sentences.jsonl --to team.model", ExitCode.NoUsableInput);
        Example("modus mapper train --attack enterprise-attack.json --reports tram2.jsonl --second-reading samples/mapper/tram2-second-reading.jsonl --practice samples/mapper/practice-reports.jsonl --to team.model", ExitCode.NoUsableInput);
        Example("modus mapper train --attack enterprise-attack.json.gz --reports sentences.jsonl --folds documents.jsonl --to team.model -o json", ExitCode.NoUsableInput);
    }

    public override int Run(Invocation run)
    {
        var options = new MapperOptions();
        if (run.Get(leastWeight) is { } least)
        {
            if (least is < 1 or > MostLeastWeight) throw CommandFailure.Usage("MD9404", $"--least-weight must lie between 1 and {MostLeastWeight}.", "Give a small number, such as 3.");
            options = options with { LeastWeight = least };
        }

        var (texts, corpus) = inputs.Read(run);
        run.Say($"learning from {texts.Procedures.Count} procedures of {texts.Release}, {texts.Further.Count} further texts and {corpus.Reports.Count} reports");
        var trained = TrainingInputs.Guard(() => MapperTrainer.Train(texts, corpus.Reports, options, run.Stop));
        using var bytes = new MemoryStream();
        trained.Save(bytes);
        TrainingInputs.WriteWhole(run, run.Get(model)!, bytes.ToArray());
        MapperInfoCommand.Write(run, trained, bytes.Length);
        return Invocation.Accounted(corpus.Used, corpus.Problems.Count);
    }
}
