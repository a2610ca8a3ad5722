using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary>A case as one JSON object: its records, and the lists that follow from them as ids with reasons.</summary>
internal static class CaseJson
{
    public static void Write(TextWriter to, CaseView view) => to.WriteLine(Json.Indented(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("case");
        Record(json, view.Case);
        Records(json, "evidence", view.Evidence);
        Records(json, "procedures", view.Procedures);
        Records(json, "gaps", view.Gaps);
        Records(json, "hypotheses", view.Hypotheses);
        Records(json, "decisions", view.Decisions);
        Records(json, "notes", view.Notes);
        Sides(json, "told_not_seen", view.Findings.ToldNotSeen);
        Sides(json, "seen_not_told", view.Findings.SeenNotTold);
        Json.WriteMember(json, "told_and_seen", view.Findings.Both.Select(procedure => procedure.Id));
        Json.WriteMember(json, "claimed_or_suggested", view.Findings.Unsupported.Select(procedure => procedure.Id));
        AtOdds(json, "contradictions", view.Findings.Contradictions);
        AtOdds(json, "doubts", view.Findings.Doubts);
        json.WriteEndObject();
    }));

    /// <summary>One record with its id in front.</summary>
    public static void Record(Utf8JsonWriter json, ICaseRecord record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        record.Write(json);
        json.WriteEndObject();
    }

    private static void Records(Utf8JsonWriter json, string name, IEnumerable<ICaseRecord> records)
    {
        json.WriteStartArray(name);
        foreach (var record in records) Record(json, record);
        json.WriteEndArray();
    }

    private static void AtOdds(Utf8JsonWriter json, string name, IEnumerable<Modus.Casework.Comparison.Contradiction> rows)
    {
        json.WriteStartArray(name);
        foreach (var item in rows)
        {
            json.WriteStartObject();
            json.WriteString("kind", item.Kind);
            json.WriteString("technique", item.Technique);
            json.WriteString("against", item.Against);
            json.WriteString("says", item.Says);
            Json.WriteMember(json, "ids", item.Ids);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Sides(Utf8JsonWriter json, string name, IEnumerable<Modus.Casework.Comparison.OneSided> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Procedure.Id);
            json.WriteString("technique", row.Procedure.Technique);
            json.WriteString("why", row.Why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
