using System.Text.Json;
using Modus.Reports.Mapping;

namespace Modus.Cli.Commands.Map;

/// <summary>Writes a batch's answers, one JSON object a line.</summary>
internal static class BatchWriter
{
    /// <summary>One line of a batch's output.</summary>
    public static void Write(
        Utf8JsonWriter json, BatchLine line, MappedSentence mapped, int top, double least, float threshold, Func<string, MapExplanation>? explain)
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
            if (suggestion.Probability >= threshold) json.WriteBoolean("taken", true);
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

    /// <summary>One line a document: its techniques by the verdict on the whole.</summary>
    public static void WriteDocument(Utf8JsonWriter json, IReadOnlyList<BatchLine> lines, MappedDocument mapped, int top, double least, float threshold)
    {
        json.WriteStartObject();
        json.WriteString("doc", lines[0].Name);
        json.WriteNumber("lines", lines.Count);
        json.WriteStartArray("candidates");
        foreach (var suggestion in mapped.Techniques.Where((one, place) => one.Probability >= least && (place < top || one.Probability >= threshold)))
        {
            json.WriteStartObject();
            json.WriteString("technique", suggestion.Technique);
            json.WriteNumber("probability", Rounded(suggestion.Probability));
            if (suggestion.Probability >= threshold) json.WriteBoolean("taken", true);
            json.WriteStartArray("ids");
            foreach (var place in suggestion.Sentences) json.WriteStringValue(lines[place].Id);
            json.WriteEndArray();
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
