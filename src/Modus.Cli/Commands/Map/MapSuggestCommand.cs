using System.CommandLine;
using System.Text;
using Modus.Cli.Shell;
using Modus.Reports.Mapping;

namespace Modus.Cli.Commands.Map;

/// <summary><c>modus map suggest</c>: techniques that the sentences of a text may speak of.</summary>
internal sealed class MapSuggestCommand : ModusCommand
{
    private const int MostText = 64 << 20;

    private readonly Argument<string?> file = new("FILE") { Description = "A text; - or nothing for standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> batch = new("--batch") { Description = "A file of JSON objects, one a line, with id and text (and doc, if wanted); - for standard input.", HelpName = "FILE" };
    private readonly Option<string?> model = new("--model") { Description = "A model written by 'modus mapper train' in place of the shipped one.", HelpName = "FILE" };
    private readonly Option<int> top = new("--top") { Description = "Suggestions a sentence.", DefaultValueFactory = _ => 5, HelpName = "N" };
    private readonly Option<double?> least = new("--min") { Description = "Least probability, 0 to 1. For a text the default is the model's own threshold, for a batch 0.", HelpName = "P" };
    private readonly Option<bool> explain = new("--explain") { Description = "Name deciding words and the nearest procedure examples." };

    public MapSuggestCommand()
        : base("suggest", "Suggests techniques for the sentences of a text, with probabilities and what decided.", Listing.All)
    {
        Add(file);
        Add(batch);
        Add(model);
        Add(top);
        Add(least);
        Add(explain);
        Example("modus map suggest incident/report.md --explain");
        Example("modus map suggest incident/report.md -o json --top 3");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(top) is < 1 or > 50) throw CommandFailure.Usage("MD9401", "--top takes 1 to 50.");
        if (run.Get(least) is < 0 or > 1) throw CommandFailure.Usage("MD9402", "--min takes a probability from 0 to 1.");
        if (run.Get(batch) is { } lines)
        {
            if (run.Get(file) is not null) throw CommandFailure.Usage("MD9403", "Give a text or --batch, not both.");
            return Batch(run, lines);
        }

        var loaded = MapperModels.Load(run, run.Get(model));
        var mapper = new TechniqueMapper(loaded);
        var sentences = MapperInput.Sentences(run, run.Get(file) ?? "-", MostText);
        if (sentences.Count == 0) return ExitCode.NoUsableInput;
        var mapped = mapper.Map([.. sentences.Select(sentence => sentence.Text)], run.Stop);
        var threshold = run.Get(least) ?? loaded.SentenceThreshold;
        var rows = sentences.Zip(mapped).SelectMany(pair => pair.Second.Suggestions
            .Where(suggestion => suggestion.Probability >= threshold).Take(run.Get(top))
            .Select((suggestion, rank) => new SuggestionRow(pair.First, rank + 1, suggestion, Why(run, mapper, pair.First.Text, suggestion.Technique)))).ToList();
        run.Write(rows, SuggestionRow.Columns(run.Get(explain)));
        run.Say($"{rows.Count} suggestions in {sentences.Count} sentences at p ≥ {threshold:0.00} ({loaded.Card.Release})");
        return ExitCode.Done;
    }

    private MapExplanation? Why(Invocation run, TechniqueMapper mapper, string sentence, string technique) =>
        run.Get(explain) ? mapper.Explain(sentence, technique) : null;

    private int Batch(Invocation run, string path)
    {
        var mapper = new TechniqueMapper(MapperModels.Load(run, run.Get(model)));
        var threshold = run.Get(least) ?? 0;
        int used = 0, skipped = 0;
        using var reader = MapperInput.Open(run, path);
        var name = path == "-" ? "(standard input)" : path;
        foreach (var document in MapBatch.Documents(reader, name, problem =>
        {
            skipped++;
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix));
        }))
        {
            var mapped = mapper.Map([.. document.Select(line => line.Text)], run.Stop);
            for (var i = 0; i < document.Count; i++)
                run.Out.WriteLine(Json.Of(json => SuggestionRow.WriteBatch(json, document[i], mapped[i], run.Get(top), threshold,
                    run.Get(explain) ? technique => mapper.Explain(document[i].Text, technique) : null)));
            used += document.Count;
        }

        run.Say($"{used} sentences mapped, {skipped} lines skipped");
        return Invocation.Accounted(used, skipped);
    }
}
