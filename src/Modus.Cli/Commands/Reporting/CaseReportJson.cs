using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Reporting;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Reporting;

/// <summary>The report and the brief of a case as one JSON object.</summary>
internal static class CaseReportJson
{
    public static void Write(TextWriter to, CaseReport report) => to.WriteLine(Json.Indented(json =>
    {
        json.WriteStartObject();
        Head(json, report);
        List(json, "techniques", report.Techniques, technique =>
        {
            Members(json, ("id", technique.Id), ("name", technique.Name), ("tactics", technique.Tactics), ("standing", technique.Standing.ToString().ToLowerInvariant()), ("told", technique.IsTold),
                ("established", technique.IsEstablished), ("procedures", technique.Procedures.Select(procedure => procedure.Id)));
        });
        List(json, "timeline", report.Timeline, row => Members(json,
            ("time", row.Time), ("until", row.Until), ("host", row.Host), ("kind", row.Kind), ("technique", row.Technique), ("name", row.Name), ("what", row.What), ("count", row.Count), ("record", row.RecordId), ("place", row.Place)));
        List(json, "contradictions", report.Findings.Contradictions, one => Members(json, ("kind", one.Kind), ("technique", one.Technique), ("against", one.Against), ("says", one.Says), ("ids", one.Ids)));
        List(json, "doubts", report.Findings.Doubts, one => Members(json, ("kind", one.Kind), ("technique", one.Technique), ("against", one.Against), ("says", one.Says), ("ids", one.Ids)));
        List(json, "told_not_seen", report.Findings.ToldNotSeen, one => Members(json, ("procedure", one.Procedure.Id), ("technique", one.Procedure.Technique), ("why", one.Why)));
        List(json, "seen_not_told", report.Findings.SeenNotTold, one => Members(json, ("procedure", one.Procedure.Id), ("technique", one.Procedure.Technique), ("why", one.Why)));
        Records(json, "procedures", report.Procedures);
        Records(json, "rejected", report.Rejected);
        Records(json, "reviews", report.Reviews.SelectMany(group => group));
        Records(json, "gaps", report.Gaps);
        Records(json, "hypotheses", report.Hypotheses);
        Records(json, "decisions", report.Decisions);
        Records(json, "notes", report.Notes);
        Records(json, "evidence", report.Evidence);
        json.WriteString("coverage", "not yet: a case holds no coverage figures");
        json.WriteEndObject();
    }));

    public static void Write(TextWriter to, Brief brief) => to.WriteLine(Json.Indented(json =>
    {
        json.WriteStartObject();
        Head(json, brief.Report);
        json.WriteString("what_happened", brief.WhatHappened);
        List(json, "days", brief.Days, day => Members(json,
            ("date", day.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("from", day.From), ("to", day.To), ("hosts", day.Hosts), ("tactics", day.Tactics), ("techniques", day.Techniques), ("ids", day.Ids)));
        Actions(json, "not_known", brief.NotKnown);
        Actions(json, "how_sure", brief.HowSure);
        Actions(json, "what_to_do", brief.WhatToDo);
        Json.WriteMember(json, "not_yet", brief.NotYet);
        json.WriteEndObject();
    }));

    private static void Head(Utf8JsonWriter json, CaseReport report)
    {
        json.WriteStartObject("case");
        json.WriteString("id", report.Case.Id);
        report.Case.Write(json);
        json.WriteEndObject();
        json.WriteStartObject("release");
        Members(json, ("version", report.Release.Version), ("domains", report.Release.Domains), ("label", report.Release.Label));
        json.WriteEndObject();
        Members(json, ("first", report.First), ("last", report.Last), ("as_of", report.AsOf));
        List(json, "figures", report.Figures.Values, figure => Members(json, ("key", figure.Key), ("count", figure.Count), ("of", figure.Of), ("unit", figure.Unit), ("says", figure.Says), ("ids", figure.Ids)));
    }

    private static void Actions(Utf8JsonWriter json, string key, IEnumerable<BriefAction> actions) =>
        List(json, key, actions, action => Members(json, ("what", action.What), ("why", action.Why), ("ids", action.Ids)));

    private static void Records(Utf8JsonWriter json, string key, IEnumerable<ICaseRecord> records) => List(json, key, records, record =>
    {
        json.WriteString("id", record.Id);
        record.Write(json);
    });

    private static void List<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Members(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        foreach (var (key, value) in members) Json.WriteMember(json, key, value);
    }
}
