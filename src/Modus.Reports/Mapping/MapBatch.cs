using System.Text.Json;
using Modus.Reports.Training;

namespace Modus.Reports.Mapping;

/// <summary>A line of a batch.</summary>
/// <param name="Id">The caller's name for the sentence.</param>
/// <param name="Document">The document it belongs to: sentences of one document that follow each other are judged together.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Line">The line in the input, from 1.</param>
public sealed record BatchLine(string Id, string Document, string Text, int Line)
{
    /// <summary>The name of the document for people: the caller's, or the id of a sentence that stands alone.</summary>
    public string Name => Document.StartsWith('\0') ? Id : Document;
}

/// <summary>
/// Reads a batch: one JSON object a line with <c>id</c>, <c>text</c> and, if wanted, <c>doc</c>. Without <c>doc</c> an id of the form
/// <c>document:number</c> names the document, and any other id stands alone.
/// </summary>
public static class MapBatch
{
    /// <summary>Characters of the longest line that is read.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Reads documents one after the other; a bad line is reported and passed over.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">Name of the input, for problems.</param>
    /// <param name="report">Takes each problem.</param>
    public static IEnumerable<IReadOnlyList<BatchLine>> Documents(TextReader reader, string name, Action<CorpusProblem> report)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(report);
        return Read(reader, name, report);
    }

    private static IEnumerable<IReadOnlyList<BatchLine>> Read(TextReader reader, string name, Action<CorpusProblem> report)
    {
        var document = new List<BatchLine>();
        var number = 0;
        while (reader.ReadLine() is { } text)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            var (line, wrong) = Parse(text, number);
            if (line is null)
            {
                report(new("MD4711", wrong!, name, number, "Give one JSON object a line: {\"id\":\"report:1\",\"text\":\"…\"}."));
                continue;
            }

            if (document.Count > 0 && (document[0].Document != line.Document || document.Count == TechniqueMapper.PartLength))
            {
                yield return document;
                document = [];
            }

            document.Add(line);
        }

        if (document.Count > 0) yield return document;
    }

    private static (BatchLine? Line, string? Wrong) Parse(string text, int number)
    {
        if (text.Length > LongestLine) return (null, $"The line is longer than {LongestLine} characters.");
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return (null, "The line is no JSON object.");
            if (!root.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) return (null, "There is no \"id\".");
            if (!root.TryGetProperty("text", out var words) || words.ValueKind != JsonValueKind.String) return (null, "There is no \"text\".");
            var name = id.ToString();
            var document = root.TryGetProperty("doc", out var doc) && doc.ValueKind == JsonValueKind.String ? doc.GetString()! : DocumentOf(name, number);
            return (new(name, document, words.GetString()!, number), null);
        }
        catch (JsonException)
        {
            return (null, "The line is no JSON.");
        }
        catch (InvalidOperationException)
        {
            return (null, "The line holds text that is no valid Unicode.");
        }
    }

    private static string DocumentOf(string id, int number)
    {
        var colon = id.LastIndexOf(':');
        return colon > 0 && colon + 1 < id.Length && !id.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? id[..colon] : $"\0{number}";
    }
}
