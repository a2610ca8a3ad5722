using System.Text.Json;
using Modus.Reports.Documents;

namespace Modus.Reports.Stix;

/// <summary>Reads the text of STIX report, note and opinion objects: names, descriptions, contents, and their links.</summary>
internal static class StixReader
{
    private const int MaxDepth = 64;
    private const int MaxObjects = 200_000;

    /// <summary>Reads a bundle or a single object; null with a problem where it holds no report text.</summary>
    public static Document? Read(string text, ReportSource source, ReportLimits limits, List<ReportProblem> problems)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var builder = new DocumentBuilder(limits);
            var cursor = new JsonCursor(text);
            int used = 0, other = 0;
            foreach (var item in Objects(json.RootElement).Take(MaxObjects))
            {
                if (item.ValueKind == JsonValueKind.Object && Text(item, "type") is "report" or "note" or "opinion") used += Write(builder, cursor, item) ? 1 : 0;
                else other++;
            }

            if (used == 0)
            {
                problems.Add(new ReportProblem("MD4030", ProblemLevel.Error, $"The STIX content holds no report text ({other} other objects).", source.Name, Fix: "Its other objects are read as STIX, not as a report."));
                return null;
            }

            if (other > 0) problems.Add(new ReportProblem("MD4031", ProblemLevel.Note, $"Read {used} report, note or opinion objects; {other} other objects are no report text.", source.Name));
            return builder.Build(source, null);
        }
        catch (JsonException exception)
        {
            problems.Add(new ReportProblem("MD4032", ProblemLevel.Error, "The JSON is damaged or nested too deep.", source.Name, (int?)exception.LineNumber + 1, "Export the bundle anew."));
            return null;
        }
    }

    private static IEnumerable<JsonElement> Objects(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array) return root.EnumerateArray();
        if (root.ValueKind != JsonValueKind.Object) return [];
        return root.TryGetProperty("objects", out var objects) && objects.ValueKind == JsonValueKind.Array ? objects.EnumerateArray() : [root];
    }

    private static bool Write(DocumentBuilder builder, JsonCursor cursor, JsonElement item)
    {
        var before = builder.Position;
        cursor.Enter(item);
        foreach (var (property, kind) in (ReadOnlySpan<(string, BlockKind)>)[("name", BlockKind.Heading), ("abstract", BlockKind.Heading), ("description", BlockKind.Paragraph), ("content", BlockKind.Paragraph), ("explanation", BlockKind.Paragraph)])
        {
            if (!item.TryGetProperty(property, out var value) || value.ValueKind != JsonValueKind.String) continue;
            cursor.Write(builder, value, kind);
        }

        if (item.TryGetProperty("external_references", out var references) && references.ValueKind == JsonValueKind.Array)
        {
            foreach (var reference in references.EnumerateArray())
            {
                if (reference.ValueKind != JsonValueKind.Object || Text(reference, "url") is not { } url) continue;
                builder.Begin(BlockKind.Footnote);
                var start = builder.Position;
                foreach (var c in Text(reference, "source_name") is { } name ? $"{name}: {url}" : url) builder.Append(c, cursor.At);
                builder.AddLink(start, url);
                builder.End();
            }
        }

        return builder.Position > before;
    }

    private static string? Text(JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
