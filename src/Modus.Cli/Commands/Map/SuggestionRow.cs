using System.Text.Json;
using Modus.Cli.Shell;
using Modus.Reports.Mapping;

namespace Modus.Cli.Commands.Map;

/// <summary>A sentence of an input with its place.</summary>
internal sealed record InputSentence(int Number, string Text);

/// <summary>A suggestion as a row of a listing.</summary>
internal sealed record SuggestionRow(InputSentence Sentence, int Rank, MapSuggestion Suggestion, MapExplanation? Why)
{
    public static Column<SuggestionRow>[] Columns(bool explain)
    {
        List<Column<SuggestionRow>> columns =
        [
            new("sentence", "#", row => row.Sentence.Number) { Right = true },
            new("rank", "Rank", row => row.Rank) { Right = true },
            new("technique", "Technique", row => row.Suggestion.Technique),
            new("probability", "p", row => (double)row.Suggestion.Probability) { Right = true },
            new("instead", "Instead", row => row.Suggestion.Instead),
            new("printed", null, row => row.Suggestion.Printed),
        ];
        if (explain)
        {
            columns.Add(new("deciding_words", "Deciding words", row => row.Why!.Words.Select(word => $"{word.Words} {word.Weight:+0.00;-0.00}")));
            columns.Add(new("precedents", "Precedents", row => row.Why!.Precedents.Select(precedent => $"{precedent.Source} {precedent.Similarity:0.00}")));
        }

        columns.Add(new("text", "Sentence", row => row.Sentence.Text) { Gives = true });
        return [.. columns];
    }

    /// <summary>One line of a batch's output.</summary>
    public static void WriteBatch(
        Utf8JsonWriter json, BatchLine line, MappedSentence mapped, int top, double least, Func<string, MapExplanation>? explain)
    {
        json.WriteStartObject();
        json.WriteString("id", line.Id);
        json.WriteNumber("relevance", Rounded(mapped.Relevance));
        json.WriteStartArray("candidates");
        foreach (var suggestion in mapped.Suggestions.Where(suggestion => suggestion.Probability >= least).Take(top))
        {
            json.WriteStartObject();
            json.WriteString("technique", suggestion.Technique);
            json.WriteNumber("probability", Rounded(suggestion.Probability));
            if (suggestion.Printed) json.WriteBoolean("printed", true);
            if (suggestion.Instead is not null)
            {
                json.WriteString("instead", suggestion.Instead);
                json.WriteNumber("instead_probability", Rounded(suggestion.InsteadProbability));
            }

            if (explain is not null) WriteWhy(json, explain(suggestion.Technique));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWhy(Utf8JsonWriter json, MapExplanation why)
    {
        json.WriteStartArray("words");
        foreach (var word in why.Words)
        {
            json.WriteStartObject();
            json.WriteNumber("start", word.Start);
            json.WriteNumber("length", word.Length);
            json.WriteString("words", word.Words);
            json.WriteNumber("weight", Rounded(word.Weight));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("precedents");
        foreach (var precedent in why.Precedents)
        {
            json.WriteStartObject();
            json.WriteString("source", precedent.Source);
            json.WriteNumber("similarity", Rounded(precedent.Similarity));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static double Rounded(float value) => Math.Round(value, 4);
}
