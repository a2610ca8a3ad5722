using System.CommandLine;
using Modus.Attack;
using Modus.Casework.Investigation;
using Modus.Cli.Shell;
using Modus.Reports.Documents;
using Modus.Reports.Mapping;
using Knowledge = Modus.Cli.Commands.Attack.Knowledge;

namespace Modus.Cli.Commands.Map;

/// <summary><c>modus map suggest</c>: techniques that the sentences of a text may speak of.</summary>
internal sealed class MapSuggestCommand : ModusCommand
{
    private readonly Argument<string?> file = new("FILE") { Description = "A text; - or nothing for standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> batch = new("--batch") { Description = "A file of JSON objects, one a line, with id and text (and doc, if wanted); - for standard input.", HelpName = "FILE" };
    private readonly Option<string?> model = new("--model") { Description = "A model written by 'modus mapper train' in place of the shipped one.", HelpName = "FILE" };
    private readonly Option<int> top = new("--top") { Description = "Suggestions a sentence.", DefaultValueFactory = _ => 5, HelpName = "N" };
    private readonly Option<double?> least = new("--min") { Description = "Least probability, 0 to 1. For a text the default is the model's own threshold, for a batch 0.", HelpName = "P" };
    private readonly Option<bool> explain = new("--explain") { Description = "Name deciding words and the nearest procedure examples." };

    private readonly Option<bool> documents = new("--documents") { Description = "With --batch: one line a document, its techniques by the verdict on the document as a whole, with the ids of the lines that speak for each." };
    private readonly Option<bool> all = new("--all") { Description = "Show what is denied, supposed, advised or background too, hidden text, and sentences in a language that the mapper does not know." };

    public MapSuggestCommand()
        : base("suggest", "Suggests techniques for the sentences of a text, with probabilities and what decided.", Listing.All)
    {
        Add(file);
        Add(batch);
        Add(model);
        Add(top);
        Add(least);
        Add(explain);
        Add(documents);
        Add(all);
        Example("modus map suggest samples/first-case/responder-notes.txt --explain");
        Example("modus map suggest samples/first-case/vendor-report.html -o json --top 3");
        Example("modus map suggest --batch samples/mapper/sentences.jsonl -o ndjson");
        Example("modus map suggest --batch samples/mapper/sentences.jsonl --documents -o ndjson");
        Example("echo 'The loader created a scheduled task.' | modus map suggest -");
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

        if (run.Get(documents)) throw CommandFailure.Usage("MD9406", "--documents goes with --batch.", "A text is one document: leave it out.");
        var loaded = MapperModels.Load(run, run.Get(model));
        var path = run.Get(file) ?? "-";
        if (MapperInput.Document(run, path) is not { } document) return ExitCode.NoUsableInput;
        foreach (var warning in ReportWarnings.Of(document, MapperInput.Name(path))) MappingSources.Report(run, warning);
        var threshold = run.Get(least) ?? loaded.SentenceThreshold;
        var mapping = new ReportMapper(loaded).Map(document, threshold, run.Get(top), run.Stop);
        var foreign = ReportWarnings.IsForeign(document);
        var shown = mapping.Candidates.Where(candidate => run.Get(all) || IsShown(document, candidate, foreign)).ToList();
        run.Write(shown, SuggestionColumns.Of(run.Get(explain), run.Get(all), Knowledge.Open(run).Newest(Domains.Enterprise)));
        run.Say(FormattableString.Invariant(
            $"{shown.Count} suggestions in {mapping.Sentences} sentences at p ≥ {threshold:0.00}, {mapping.Candidates.Count - shown.Count} more set aside (denied, supposed, advised, background, hidden, in another language); {loaded.Card.Release}"));
        return ExitCode.Done;
    }

    /// <summary>In a language that the mapper does not know, an id is all that can be trusted.</summary>
    private static bool IsShown(Document document, ReportCandidate candidate, bool foreign) =>
        !candidate.IsSetAside && document.BlockAt(candidate.Quote.Start) is not { IsBody: false } && (!foreign || candidate.Suggestion.Printed);

    private int Batch(Invocation run, string path)
    {
        var loaded = MapperModels.Load(run, run.Get(model));
        var mapper = new TechniqueMapper(loaded);
        var threshold = run.Get(least) ?? 0;
        int used = 0, skipped = 0;
        using var reader = MapperInput.Lines(run, path);
        var name = MapperInput.Name(path);
        foreach (var document in MapBatch.Documents(reader, name, problem =>
        {
            skipped++;
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix));
        }))
        {
            var mapped = mapper.MapDocument([.. document.Select(line => line.Text)], run.Stop);
            if (run.Get(documents)) run.Out.WriteLine(Json.Of(json => BatchWriter.WriteDocument(json, document, mapped, run.Get(top), threshold, loaded.DocumentThreshold)));
            for (var i = 0; i < document.Count && !run.Get(documents); i++)
                run.Out.WriteLine(Json.Of(json => BatchWriter.Write(json, document[i], mapped.Sentences[i], run.Get(top), threshold, loaded.SentenceThreshold,
                    run.Get(explain) ? technique => mapper.Explain(document[i].Text, technique) : null)));
            used += document.Count;
        }

        run.Say($"{used} sentences mapped, {skipped} lines skipped");
        return Invocation.Accounted(used, skipped);
    }
}
