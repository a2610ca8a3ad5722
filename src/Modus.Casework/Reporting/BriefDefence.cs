using System.Globalization;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Reporting;

/// <summary>What a brief says of the defence: how far it saw the case, and what would answer it.</summary>
internal static class BriefDefence
{
    // The states of techniques in the order in which a reader asks for them.
    private static readonly CellState[] states = [CellState.Fired, CellState.Tested, CellState.Untested, CellState.CannotFire, CellState.ClaimOnly, CellState.NoRule, CellState.NotCollected, CellState.OutsideTelemetry];

    private const int Steps = 3, Measures = 2, Names = 4;

    /// <summary>How many techniques a rule of the defence fired for, how many nobody looked for, and when the first grave alert came.</summary>
    public static IReadOnlyList<BriefAction> Seen(CaseReport report)
    {
        if (report.Defence.Gap is not { } gap || gap.Rows.Count == 0) return [];
        var statements = new List<BriefAction>();
        var fired = gap.Rows.Where(row => row.State == CellState.Fired).ToList();
        statements.Add(new BriefAction(
            Number($"{fired.Count} of {gap.Rows.Count} techniques"),
            Number($"set off one of the defence's {report.Defence.Rules} rules; the others: ") + string.Join(", ", states.Skip(1).Select(state => (State: state, Count: gap.Rows.Count(row => row.State == state))).Where(pair => pair.Count > 0).Select(pair => Number($"{pair.Count} {Words(pair.State)}"))),
            Ids(report, fired)));
        var unwatched = gap.Rows.Where(row => row.State == CellState.NoRule).ToList();
        if (unwatched.Count > 0)
            statements.Add(new BriefAction(Number($"{unwatched.Count} of {gap.Rows.Count} techniques"), $"lay in collected logs, and no rule looked: {List(unwatched)}", Ids(report, unwatched)));
        if (report.Defence.First is { } alert && report.First is { } first)
            statements.Add(new BriefAction(Span(alert.Time - first), Number($"after the first act came the first alert of level {alert.Level}: {alert.Rule}, {alert.Time.UtcDateTime:d MMM HH:mm} UTC"), [alert.ProcedureId]));
        else if (report.Defence.Rules > 0)
            statements.Add(new BriefAction(Number($"0 of {report.Defence.Rules} rules"), "of the defence gave an alert of level high or above in this case", Ids(report, gap.Rows)));
        return statements;
    }

    /// <summary>The measures that cut most, and the cheapest steps that close gaps.</summary>
    public static IReadOnlyList<BriefAction> ToDo(CaseReport report)
    {
        var actions = new List<BriefAction>();
        var mitigations = report.Defence.Response.FirstOrDefault(stage => stage.Stage == ReportDefence.Mitigate)?.Plan;
        var all = report.Defence.Procedures.Count;
        foreach (var step in (mitigations?.Steps ?? []).Take(Measures))
            actions.Add(new BriefAction($"{step.Name} ({step.Id})", Number($"answers {step.Cuts.Count} of {all} techniques: {string.Join(", ", step.Adds.Take(Names))}{(step.Adds.Count > Names ? " …" : "")}"), Ids(report, step.Cuts)));
        if (report.Defence.Gap is { } gap)
            foreach (var group in gap.Rows.Where(row => row.IsGap && row.State != CellState.OutsideTelemetry).GroupBy(row => row.NextStep, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.First().State).ThenBy(group => group.Key, StringComparer.Ordinal).Take(Steps))
                actions.Add(new BriefAction(Upper(group.Key), Number($"closes a gap at {group.Count()} of {gap.Rows.Count} techniques: {List([.. group])}"), Ids(report, group)));
        return actions;
    }

    /// <summary>What cannot be said, with the reason; empty where all can be.</summary>
    public static IReadOnlyList<string> Missing(CaseReport report) => report.Defence.Gap is not null ? []
        : ["Which rules saw it, and how soon, is not said here: the workspace holds no inventory of its defence. Put one into its folder 'defence', or take it in with modus ingest."];

    private static string Words(CellState state) => state switch
    {
        CellState.Tested => "alerted only in an exercise",
        CellState.Untested => "with one that runs and was silent",
        CellState.CannotFire => "with one that cannot fire",
        CellState.ClaimOnly => "with one that is only claimed",
        CellState.NoRule => "in collected logs without a rule",
        CellState.NotCollected => "in no log that is collected",
        _ => "outside of any log",
    };

    private static string List(IReadOnlyList<GapRow> rows) => string.Join(", ", rows.Take(Names).Select(row => BriefStatements.OwnName(row.Technique.Name))) + (rows.Count > Names ? Number($" and {rows.Count - Names} more") : "");

    private static IReadOnlyList<string> Ids(CaseReport report, IEnumerable<GapRow> rows) => Ids(report, rows.Select(row => row.Technique.Id));

    private static IReadOnlyList<string> Ids(CaseReport report, IEnumerable<string> techniques) => [.. techniques.SelectMany(id => report.Defence.Procedures[id]).Distinct(StringComparer.Ordinal)];

    private static string Span(TimeSpan span) => span.TotalDays >= 2 ? Number($"{(int)span.TotalDays} days") : span.TotalHours >= 1 ? Number($"{(int)span.TotalHours} h {span.Minutes} min") : span.TotalMinutes >= 1 ? Number($"{(int)span.TotalMinutes} min") : Number($"{(int)span.TotalSeconds} s");

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
