using System.Text.Json;
using Modus.Analysis.Coverage;
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
        Defence(json, report);
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
        Actions(json, "watched", brief.Watched);
        Json.WriteMember(json, "missing", brief.Missing);
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

    private static void Defence(Utf8JsonWriter json, CaseReport report)
    {
        if (report.Defence.Gap is { } gap)
        {
            json.WriteStartObject("coverage");
            Members(json, ("as_of", gap.AsOf), ("attack", gap.Release), ("inputs", report.Defence.Inputs), ("rules", report.Defence.Rules));
            if (report.Defence.First is { } first)
            {
                json.WriteStartObject("first_alert");
                Members(json, ("time", first.Time), ("rule", first.Rule), ("level", first.Level), ("procedure", first.ProcedureId));
                json.WriteEndObject();
            }
            json.WriteStartObject("counts");
            foreach (var (state, count) in gap.Counts) json.WriteNumber(CoverageWords.Of(state), count);
            json.WriteEndObject();
            List(json, "techniques", gap.Rows, row => Members(json,
                ("id", row.Technique.Id), ("name", row.Technique.Name), ("state", CoverageWords.Of(row.State)), ("platform", row.Best?.Platform), ("gap", row.IsGap), ("next_step", row.IsGap ? row.NextStep : null), ("procedures", report.Defence.Procedures[row.Technique.Id])));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("coverage");
        }
        List(json, "response", report.Defence.Response.SelectMany(stage => stage.Plan.Steps.Select(step => (stage.Stage, Step: step))), row => Members(json,
            ("stage", row.Stage), ("id", row.Step.Id), ("name", row.Step.Name), ("weight", Math.Round(row.Step.Weight, 6)), ("total", Math.Round(row.Step.Total, 6)), ("adds", row.Step.Adds), ("cuts", row.Step.Cuts)));
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
