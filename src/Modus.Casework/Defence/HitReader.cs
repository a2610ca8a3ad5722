using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>Reads the hits that <c>modus hunt</c> wrote, as JSON, JSON lines or a table.</summary>
internal sealed class HitReader(string file, DefenceContext context)
{
    private readonly Dictionary<(string Rule, string Host), RuleHits> hits = [];

    /// <summary>True where a JSON object is a line of hits.</summary>
    public static bool IsLine(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("rule", out _) && item.TryGetProperty("techniques", out _) && item.TryGetProperty("source", out _);

    /// <summary>True where a JSON document is a hunt.</summary>
    public static bool IsHunt(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("hits", out var list) && list.ValueKind == JsonValueKind.Array && root.TryGetProperty("accounting", out _);

    public IReadOnlyList<RuleHits> Results => [.. hits.OrderBy(pair => pair.Key.Rule, StringComparer.Ordinal).ThenBy(pair => pair.Key.Host, StringComparer.Ordinal).Select(pair => pair.Value)];

    public void Add(JsonElement item)
    {
        string Text(string name) => item.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";
        var techniques = item.TryGetProperty("techniques", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(one => one.ToString()).ToList() : TableReaders.Ids(Text("techniques"));
        Add(Text("rule_id"), Text("rule"), Text("time"), Text("host"), Text("file"), Text("record"), Text("line"), Text("source"), techniques);
    }

    /// <summary>Reads a table; false where its columns are not those of hits.</summary>
    public bool AddTable(string text)
    {
        var (header, rows) = CsvRows.Read(text);
        int Column(string name) => header.ToList().FindIndex(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (Column("rule") < 0 || Column("techniques") < 0 || Column("source") < 0) return false;
        foreach (var (_, cells) in rows)
        {
            string Cell(string name) => Column(name) is >= 0 and var at && at < cells.Length ? cells[at] : "";
            Add(Cell("rule_id"), Cell("rule"), Cell("time"), Cell("host"), Cell("file"), Cell("record"), Cell("line"), Cell("source"), TableReaders.Ids(Cell("techniques")));
        }
        return true;
    }

    private void Add(string id, string title, string time, string host, string log, string record, string line, string source, IReadOnlyList<string> techniques)
    {
        var rule = id.Length > 0 ? id : title;
        if (rule.Length == 0) return;
        DateOnly? day = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? DateOnly.FromDateTime(at.UtcDateTime) : null;
        var place = record.Length > 0 && record != "0" ? $"{log} record {record}" : line.Length > 0 && line != "0" ? $"{log}:{line}" : log;
        var words = source.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = hits.GetValueOrDefault((rule, host));
        var newer = known is null || day > known.Evidence.Date;
        hits[(rule, host)] = new(rule, (known?.Count ?? 0) + 1, newer ? new(RungEvidenceKind.Hit, title, place.Length > 0 ? place : file) { Id = rule, Host = host.Length > 0 ? host : null, Date = day ?? known?.Evidence.Date } : known!.Evidence)
        {
            First = known?.First is { } first && !(day < first) ? first : day ?? known?.First,
            Techniques = known?.Techniques ?? [.. techniques.Select(one => context.Map(one))],
            Platforms = known?.Platforms ?? (words.Length == 0 ? [] : context.Products.Of(words[0], words.Length > 1 ? words[1] : null)),
        };
    }
}
