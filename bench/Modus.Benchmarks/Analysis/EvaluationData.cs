using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;

namespace Modus.Benchmarks.Analysis;

/// <summary>Reads the development split of attribution and prediction from a data folder.</summary>
internal sealed class EvaluationData(string folder)
{
    private readonly Dictionary<string, KnowledgeIndex> releases = [];
    private Dictionary<string, DateOnly>? dates;

    public string Folder => folder;

    public KnowledgeIndex Release(string name)
    {
        if (releases.TryGetValue(name, out var index)) return index;
        using var file = File.OpenRead(Path.Combine(folder, "attribution", "kb", $"kb-{name}.json.gz"));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        return releases[name] = new(KnowledgeText.Read(memory.ToArray(), Dates(), Nations()));
    }

    public IReadOnlyList<AttributionCase> Cases(string name, string? partial = null) => AttributionCase.Read(
        File.ReadLines(Path.Combine(folder, "attribution", partial is null ? $"{name}.queries.jsonl" : $"partial/{name}-{partial}.queries.jsonl")),
        File.ReadLines(Path.Combine(folder, "attribution", $"{name}.truth.jsonl")));

    private Dictionary<string, DateOnly> Dates()
    {
        if (dates is not null) return dates;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "attribution", "citation-dates.json")));
        dates = document.RootElement.EnumerateObject().Where(item => item.Value.TryGetProperty("date", out var date) && date.ValueKind == JsonValueKind.String)
            .ToDictionary(item => item.Name, item => DateOnly.ParseExact(item.Value.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return dates;
    }

    public Dictionary<string, string> Nations()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "attribution", "group-country.json")));
        return document.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!);
    }
}
