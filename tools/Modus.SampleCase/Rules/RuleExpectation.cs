namespace Modus.SampleCase.Rules;

/// <summary>What each rule does on the case.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Technique">The technique it is tagged with, or null.</param>
/// <param name="State">fires, filter, cannot-fire or does-not-load.</param>
/// <param name="Hits">Hits over all logs, each event counted once.</param>
/// <param name="Decoys">Of these, hits on harmless events.</param>
/// <param name="Story">The entries of the storyline it sees.</param>
internal sealed record RuleExpectation(string Name, string? Technique, string State, int Hits, int Decoys, string[] Story)
{
    public static readonly RuleExpectation[] All =
    [
        new("R01", "T1204.004", "fires", 1, 0, ["E02"]),
        new("R02", "T1059.001", "fires", 42, 41, ["E03"]),
        new("R03", "T1053.005", "fires", 1, 0, ["E08"]),
        new("R04", "T1482", "fires", 1, 0, ["E10"]),
        new("R05", "T1069.002", "fires", 1, 0, ["E10"]),
        new("R06", "T1558.003", "fires", 1, 0, ["E12"]),
        new("R07", "T1219.002", "fires", 1, 0, ["E14"]),
        new("R08", null, "filter", 0, 0, []),
        new("R09", "T1562.001", "fires", 1, 0, ["E15"]),
        new("R10", "T1003.001", "fires", 1, 0, ["E16"]),
        new("R11", "T1569.002", "fires", 1, 0, ["E17"]),
        new("R12", "T1003.003", "fires", 1, 0, ["E18"]),
        new("R13", "T1098.004", "fires", 1, 0, ["E23"]),
        new("R14", "T1562.008", "fires", 1, 0, ["E31"]),
        new("R15", "T1136.003", "fires", 1, 0, ["E30"]),
        new("R16", "T1621", "fires", 1, 0, ["E26"]),
        new("R17", "T1490", "fires", 2, 0, ["E34"]),
        new("R18", "T1070.001", "fires", 4, 0, ["E36"]),
        new("R19", "T1486", "fires", 1, 0, ["E37"]),
        new("R20", "T1560.001", "fires", 1, 0, ["E32"]),
        new("R21", "T1021.001", "cannot-fire", 0, 0, []),
        new("R22", "T1567.002", "fires", 1, 0, ["E33"]),
        new("R23", null, "does-not-load", 0, 0, []),
    ];

    public CaseFile ToFile() => new($"expected/rules/{Name}.yml.expected.json", CaseFile.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("rule", Name);
        json.WriteString("id", RuleTexts.IdOf(Name));
        if (Technique is null) json.WriteNull("technique");
        else json.WriteString("technique", Technique);
        json.WriteString("state", State);
        json.WriteNumber("hits", Hits);
        json.WriteNumber("decoys", Decoys);
        json.WriteStartArray("story");
        foreach (var entry in Story) json.WriteStringValue(entry);
        json.WriteEndArray();
        json.WriteEndObject();
    }));
}
