using System.CommandLine;
using Modus.Cli.Commands.Map;
using Modus.Cli.Shell;
using Modus.Reports.Mapping;

namespace Modus.Cli.Commands.Mapper;

/// <summary><c>modus mapper info</c>: what a model was fitted on.</summary>
internal sealed class MapperInfoCommand : ModusCommand
{
    private readonly Argument<string?> model = new("MODEL") { Description = "A model file; nothing for the shipped one.", Arity = ArgumentArity.ZeroOrOne };

    public MapperInfoCommand()
        : base("info", "Says what a mapper was fitted on and from which probabilities it takes a technique.", Format.Text, Format.Json)
    {
        Add(model);
        Example("modus mapper info");
        Example("modus mapper info -o json");
    }

    public override int Run(Invocation run)
    {
        Write(run, MapperModels.Load(run, run.Get(model)), null);
        return ExitCode.Done;
    }

    /// <summary>Writes the card of a model.</summary>
    public static void Write(Invocation run, MapperModel model, long? bytes)
    {
        var card = model.Card;
        List<(string Key, string Label, object Value)> lines =
        [
            ("release", "ATT&CK release", card.Release),
            ("techniques", "techniques it can name", model.Techniques.Count),
            ("procedures", "procedure examples learnt from", card.Procedures),
            ("reports", "labelled reports learnt from", card.Reports),
            ("sentences", "their sentences", card.Sentences),
            ("labelled_sentences", "of those with a technique", card.LabelledSentences),
            ("report_techniques", "techniques the reports carry", card.ReportTechniques),
            ("confirmations", "decisions of a team added", card.Confirmations),
            ("sentence_threshold", "takes a technique of a sentence from p", Math.Round(model.SentenceThreshold, 4)),
            ("document_threshold", "takes a technique of a report from p", Math.Round(model.DocumentThreshold, 4)),
        ];
        if (bytes is { } length) lines.Add(("bytes", "bytes", length));
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                foreach (var (key, _, value) in lines) Json.WriteMember(json, key, value);
                json.WriteEndObject();
            }));
            return;
        }

        foreach (var (_, label, value) in lines) run.Out.WriteLine(FormattableString.Invariant($"{label,-40} {value}"));
    }
}
