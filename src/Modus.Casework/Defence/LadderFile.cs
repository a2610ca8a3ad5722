using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>Ladders as JSON: what <c>modus coverage show -o json</c> writes, and <c>modus coverage diff</c> reads again.</summary>
public static class LadderFile
{
    /// <summary>Writes a ladder.</summary>
    public static void Write(Utf8JsonWriter json, Ladder ladder, CoverageKnowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(knowledge);
        json.WriteStartObject();
        json.WriteString("attack", ladder.Release);
        json.WriteString("domain", Attack.DomainNames.Name(knowledge.Domain));
        json.WriteString("as_of", Day(ladder.AsOf));
        json.WriteStartObject("counts");
        foreach (var state in Enum.GetValues<CellState>()) json.WriteNumber(CoverageWords.Of(state), ladder.Cells.Count(cell => cell.State == state));
        json.WriteEndObject();
        json.WriteStartArray("cells");
        foreach (var cell in ladder.Cells) WriteCell(json, cell, knowledge.Find(cell.TechniqueId)?.Name);
        json.WriteEndArray();
        WriteUnplaced(json, ladder.Unplaced);
        json.WriteEndObject();
    }

    /// <summary>Writes one cell.</summary>
    public static void WriteCell(Utf8JsonWriter json, Cell cell, string? name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(cell);
        json.WriteStartObject();
        json.WriteString("technique", cell.TechniqueId);
        if (name is not null) json.WriteString("name", name);
        json.WriteString("platform", cell.Platform);
        json.WriteString("state", CoverageWords.Of(cell.State));
        json.WriteString("highest", CoverageWords.Of(cell.Highest));
        json.WriteBoolean("stale", cell.IsStale);
        json.WriteBoolean("regression", cell.IsRegression);
        if (cell.IsBeyondRelease) json.WriteBoolean("beyond_release", true);
        if (cell.HostShare is { } share) json.WriteNumber("host_share", Math.Round(share, 4));
        if (cell.Missing != Rung.None) json.WriteString("missing", CoverageWords.Of(cell.Missing));
        if (cell.MissingSources.Count > 0)
        {
            json.WriteStartArray("missing_sources");
            foreach (var source in cell.MissingSources) json.WriteStringValue(source);
            json.WriteEndArray();
        }
        if (cell.NextStep.Length > 0) json.WriteString("next_step", cell.NextStep);
        json.WriteStartArray("rungs");
        foreach (var rung in cell.Rungs.Where(rung => rung.IsReached || rung.Against.Count > 0))
        {
            json.WriteStartObject();
            json.WriteString("rung", CoverageWords.Of(rung.Rung));
            json.WriteBoolean("reached", rung.IsReached);
            if (rung.Date is { } date) json.WriteString("date", Day(date));
            if (rung.IsStale) json.WriteBoolean("stale", true);
            WriteEvidence(json, "evidence", rung.For);
            WriteEvidence(json, "against", rung.Against);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteEvidence(json, "controls", cell.Controls);
        json.WriteEndObject();
    }

    /// <summary>Writes what has no place.</summary>
    public static void WriteUnplaced(Utf8JsonWriter json, IReadOnlyList<Unplaced> unplaced)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(unplaced);
        json.WriteStartArray("unplaced");
        foreach (var item in unplaced)
        {
            json.WriteStartObject();
            json.WriteString("what", item.What);
            json.WriteString("place", item.Place);
            json.WriteString("reason", item.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Reads a ladder.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>The ladder; null where the text is none.</returns>
    public static Ladder? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cells", out var cells) || cells.ValueKind != JsonValueKind.Array) return null;
            return new(Text(root, "attack") ?? "", Date(root, "as_of") ?? DateOnly.MinValue, [.. cells.EnumerateArray().Select(ReadCell).OfType<Cell>()], []);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Cell? ReadCell(JsonElement item)
    {
        if (Text(item, "technique") is not { } technique || Text(item, "platform") is not { } platform || CoverageWords.State(Text(item, "state")) is not { } state) return null;
        var rungs = new RungState[5];
        for (var rung = 1; rung <= 5; rung++) rungs[rung - 1] = new((Rung)rung, [], []);
        foreach (var entry in List(item, "rungs"))
            if (Enum.TryParse<Rung>(Text(entry, "rung"), ignoreCase: true, out var rung) && rung is > Rung.None and <= Rung.Fired)
                rungs[(int)rung - 1] = new(rung, [.. List(entry, "evidence").Select(ReadEvidence)], [.. List(entry, "against").Select(ReadEvidence)]) { IsStale = Flag(entry, "stale") };
        return new(technique, platform, rungs, state) { IsStale = Flag(item, "stale"), IsRegression = Flag(item, "regression"), NextStep = Text(item, "next_step") ?? "" };
    }

    private static RungEvidence ReadEvidence(JsonElement item) => new(Enum.TryParse<RungEvidenceKind>(Text(item, "kind")?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind) ? kind : RungEvidenceKind.Rule, Text(item, "what") ?? "", Text(item, "place") ?? "")
    {
        Id = Text(item, "id"),
        Date = Date(item, "date"),
        Host = Text(item, "host"),
        Detail = Text(item, "detail"),
    };

    private static void WriteEvidence(Utf8JsonWriter json, string name, IReadOnlyList<RungEvidence> list)
    {
        if (list.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var item in list)
        {
            json.WriteStartObject();
            json.WriteString("kind", item.Kind == RungEvidenceKind.LogSource ? "log_source" : item.Kind.ToString().ToLowerInvariant());
            json.WriteString("what", item.What);
            json.WriteString("place", item.Place);
            if (item.Id is not null) json.WriteString("id", item.Id);
            if (item.Date is { } date) json.WriteString("date", Day(date));
            if (item.Host is not null) json.WriteString("host", item.Host);
            if (item.Detail is not null) json.WriteString("detail", item.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static DateOnly? Date(JsonElement item, string name) => Text(item, name) is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<JsonElement> List(JsonElement item, string name) => item.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
