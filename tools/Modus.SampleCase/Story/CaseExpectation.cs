using System.Text.Json;

namespace Modus.SampleCase.Story;

/// <summary>The findings that the whole case must give.</summary>
internal static class CaseExpectation
{
    public static CaseFile ToFile() => new("expected/case.json", CaseFile.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", "Tidewrack");
        json.WriteString("attack", "18.1");
        Numbers(json, "totals", ("reports", 2), ("log_sources", 8), ("events", 61_204), ("malicious", 2_932), ("rules", 23), ("duplicates", 421), ("damaged_records", 100));
        Numbers(json, "techniques", ("all", 48), ("seen", 46), ("told", 20), ("only_told", 2), ("tactics", 13), ("rare_traits", 14));
        Numbers(json, "coverage", ("fired", 20), ("cannot_fire", 1), ("no_rule", 25), ("not_collected", 1), ("outside_telemetry", 1), ("also_tested", 8));
        json.WriteStartObject("latency");
        json.WriteString("entry", "2026-03-09T08:43:52Z");
        json.WriteString("first_alert", "2026-03-09T08:43:52Z");
        json.WriteString("first_high", "2026-03-10T02:24:45Z");
        json.WriteEndObject();
        json.WriteStartArray("holes");
        Hole(json, "G1", "WKS-0417", Clock.SensorStop, Clock.SensorStart);
        Hole(json, "G2", "LNX-APP03", Clock.AuditEnd, null);
        Hole(json, "G3", "111122223333", Clock.TrailStop, Clock.TrailStart);
        json.WriteEndArray();
        json.WriteStartObject("attribution");
        json.WriteString("verdict", "inconclusive");
        json.WriteString("first", "Scattered Spider");
        json.WriteString("second", "Storm-0501");
        Texts(json, "deciding", ["T1564.008", "T1621"]);
        json.WriteEndObject();
        json.WriteStartObject("upgrade");
        json.WriteString("to", "19.0");
        foreach (var technique in TechniqueTable.All.Where(technique => technique.Later != technique.Id)) json.WriteString(technique.Id, technique.Later);
        json.WriteEndObject();
        json.WriteStartArray("review");
        foreach (var (kind, technique, about) in review)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            if (technique is not null) json.WriteString("technique", technique);
            json.WriteString("about", about);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("story");
        foreach (var entry in Storyline.All)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("time", entry.Time);
            json.WriteString("host", entry.Host);
            Texts(json, "techniques", entry.Techniques);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("list");
        foreach (var technique in TechniqueTable.All)
        {
            json.WriteStartObject();
            json.WriteString("id", technique.Id);
            json.WriteString("v19", technique.Later);
            json.WriteBoolean("told", technique.Told);
            json.WriteBoolean("seen", technique.Seen);
            json.WriteString("state", technique.State);
            if (technique.Rule is not null) json.WriteString("rule", technique.Rule);
            json.WriteBoolean("tested", technique.Tested);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private static readonly (string Kind, string? Technique, string About)[] review =
    [
        ("contradicted", "T1003.006", "the vendor tells DCSync, the logs show ntdsutil (T1003.003)"),
        ("disagreement", "T1566.002", "the advisory tells a plain phishing mail, the vendor and the logs a pasted line (T1204.004)"),
        ("granularity", "T1204", "told by the advisory, where the logs show T1204.004"),
        ("granularity", "T1219", "told by the advisory, where the logs show T1219.002"),
        ("old-release", "T1562.001", "told in version 16; T1685 in version 19"),
        ("clock", null, "the advisory's times are one hour ahead of the logs"),
        ("unverified", "T1530", "told, and access to objects is not logged"),
        ("unverified", "T1583.001", "told, and outside of any log"),
        ("weak", "T1572", "one long session of the firewall is all there is"),
    ];

    private static void Numbers(Utf8JsonWriter json, string key, params (string Name, int Value)[] numbers)
    {
        json.WriteStartObject(key);
        foreach (var (name, value) in numbers) json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static void Hole(Utf8JsonWriter json, string id, string host, DateTime from, DateTime? to)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("host", host);
        json.WriteString("from", Clock.Iso(from));
        if (to is { } end) json.WriteString("to", Clock.Iso(end));
        else json.WriteNull("to");
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
