namespace Modus.SampleCase.Defence;

/// <summary>The layer that the board was shown a year ago: an old format, an old release, written by a script.</summary>
internal static class OldLayer
{
    private static readonly (string Id, string? Tactic, int Score, string Comment)[] entries =
    [
        ("T1566.002", "initial-access", 60, "mail filter"),
        ("T1204", "execution", 20, "awareness training"),
        ("T1059.001", "execution", 80, "rule R02"),
        ("T1053.005", "persistence", 70, "rule R03"),
        ("T1053.005", "execution", 70, "rule R03"),
        ("T1078.002", "defense-evasion", 10, ""),
        ("T1078.004", "defense-evasion", 10, ""),
        ("T1562.001", "defense-evasion", 90, "rule R09"),
        ("T1562.008", "defense-evasion", 90, "rule R14"),
        ("T1562.012", "defense-evasion", 0, "nothing yet"),
        ("T1070.001", "defense-evasion", 90, "rule R18"),
        ("T1070.002", "defense-evasion", 0, "nothing yet"),
        ("T1656", "defense-evasion", 0, "callers at the helpdesk"),
        ("T1218.011", "defense-evasion", 0, "nothing yet"),
        ("T1003.001", "credential-access", 90, "rule R10"),
        ("T1003.003", "credential-access", 90, "rule R12"),
        ("T1558.003", "credential-access", 80, "rule R06"),
        ("T1021.001", "lateral-movement", 70, "rule R21"),
        ("T1219", "command-and-control", 70, "rule R07"),
        ("T1560.001", "collection", 70, "rule R20"),
        ("T1567.002", "exfiltration", 70, "rule R22"),
        ("T1490", "impact", 95, "rule R17"),
        ("T1489", null, 0, ""),
        ("T1486", null, 95, "rule R19"),
    ];

    public static string Text { get; } = System.Text.Encoding.UTF8.GetString(CaseFile.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", "Coverage for the board");
        json.WriteStartObject("versions");
        json.WriteString("attack", "16");
        json.WriteString("navigator", "4.8.2");
        json.WriteString("layer", "4.3");
        json.WriteEndObject();
        json.WriteString("domain", "enterprise-attack");
        json.WriteString("description", "Written by coverage.py on 2025-03-03");
        json.WriteNumber("sorting", 3);
        json.WriteStartObject("layout");
        json.WriteString("layout", "side");
        json.WriteBoolean("showID", true);
        json.WriteBoolean("showName", true);
        json.WriteEndObject();
        json.WriteStartArray("techniques");
        foreach (var (id, tactic, score, comment) in entries)
        {
            json.WriteStartObject();
            json.WriteString("techniqueID", id);
            if (tactic is not null) json.WriteString("tactic", tactic);
            json.WriteNumber("score", score);
            json.WriteString("color", "");
            json.WriteString("comment", comment);
            json.WriteBoolean("enabled", true);
            json.WriteStartArray("metadata");
            json.WriteEndArray();
            json.WriteBoolean("showSubtechniques", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("gradient");
        json.WriteStartArray("colors");
        foreach (var color in new[] { "#ff6666", "#ffe766", "#8ec843" }) json.WriteStringValue(color);
        json.WriteEndArray();
        json.WriteNumber("minValue", 0);
        json.WriteNumber("maxValue", 100);
        json.WriteEndObject();
        json.WriteStartArray("legendItems");
        json.WriteEndArray();
        json.WriteBoolean("showTacticRowBackground", false);
        json.WriteString("tacticRowBackground", "#dddddd");
        json.WriteBoolean("selectTechniquesAcrossTactics", true);
        json.WriteEndObject();
    }));
}
