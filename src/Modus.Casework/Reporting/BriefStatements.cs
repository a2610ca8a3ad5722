using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Review;

namespace Modus.Casework.Reporting;

/// <summary>The statements of a brief, each with its numbers and the records behind them.</summary>
internal static class BriefStatements
{
    // A page holds so many names; the link leads to all of them.
    private const int Names = 4;

    // How the comparison of the case begins where no collected log could show a technique, and where one could.
    private const string NotCollected = "not collected", NoRule = "no rule shows it";

    public static IReadOnlyList<BriefAction> HowSure(CaseReport report)
    {
        var statements = new List<BriefAction>
        {
            Of(report, ReportFigures.Seen),
            Of(report, ReportFigures.Told),
            Of(report, ReportFigures.HighConfidence),
            Of(report, ReportFigures.Decided),
        };
        if (report.Figures[ReportFigures.Decided].Count > 0) statements.Add(Of(report, ReportFigures.Second));
        var unseen = report.Established.Where(technique => technique.Standing != Investigation.Standing.Seen).ToList();
        if (unseen.Count > 0) statements.Add(Of(report, ReportFigures.Unseen, List(unseen.Select(technique => technique.Name))));
        if (report.Findings.Contradictions.Count > 0)
            statements.Add(new BriefAction(
                Plural(report.Findings.Contradictions.Count, "contradiction", "contradictions") + " between sources", report.Findings.Contradictions[0].Says, report.Figures[ReportFigures.Contradicted].Ids));
        if (report.Figures[ReportFigures.NotCounted].Count > 0) statements.Add(Of(report, ReportFigures.NotCounted));
        return statements;
    }

    public static IReadOnlyList<BriefAction> NotKnown(CaseReport report)
    {
        var open = report.Gaps.Where(gap => gap.State == GapState.Open).ToList();
        return
        [
            .. open.Where(gap => !ReportFigures.IsHole(gap)).Select(gap => new BriefAction(gap.Reason.TrimEnd('.') + ".", gap.Techniques.Count > 0 ? $"It bears on {string.Join(", ", gap.Techniques.Take(Names))}." : "", [gap.Id])),
            .. open.Where(ReportFigures.IsHole).Select(gap => new BriefAction(
                $"What happened {(gap.Host is null ? "" : $"on {gap.Host} ")}{Span(gap)}.", $"{gap.Reason.TrimEnd('.')}{(gap.Techniques.Count > 0 ? $"; {Plural(gap.Techniques.Count, "technique", "techniques")} could hide there" : "")}.", [gap.Id])),
            .. report.Findings.ToldNotSeen.Where(one => one.Why.StartsWith(NotCollected, StringComparison.Ordinal)).Select(one => new BriefAction($"Whether {OwnName(one.Procedure.Name)} ({one.Procedure.Technique}) happened.", $"A document tells it; {one.Why}.", [one.Procedure.Id])),
        ];
    }

    public static IReadOnlyList<BriefAction> WhatToDo(CaseReport report)
    {
        var actions = report.Decisions.Select(decision => new BriefAction(decision.Text, decision.Reason.Length > 0 ? decision.Reason : $"decided by {decision.Author}", [decision.Id])).ToList();
        if (report.Findings.Contradictions is { Count: > 0 } contradictions)
            actions.Add(new BriefAction($"Settle {Plural(contradictions.Count, "contradiction", "contradictions")} between sources", $"first: {contradictions[0].Says}", report.Figures[ReportFigures.Contradicted].Ids));
        foreach (var hole in report.Gaps.Where(gap => gap.State == GapState.Open && ReportFigures.IsHole(gap)))
            actions.Add(new BriefAction($"Find out what happened {(hole.Host is null ? "" : $"on {hole.Host} ")}{Span(hole)}",
                $"{hole.Reason}{(hole.Techniques.Count > 0 ? $"; {Plural(hole.Techniques.Count, "technique", "techniques")} could hide there" : "")}", [hole.Id]));
        var uncollected = report.Findings.ToldNotSeen.Where(one => one.Why.StartsWith(NotCollected, StringComparison.Ordinal)).ToList();
        if (uncollected.Count > 0)
            actions.Add(new BriefAction($"Collect the logs that would show {List(uncollected.Select(one => one.Procedure.Name))}", uncollected[0].Why, [.. uncollected.Select(one => one.Procedure.Id)]));
        var unshown = report.Findings.ToldNotSeen.Where(one => one.Why.StartsWith(NoRule, StringComparison.Ordinal)).ToList();
        if (unshown.Count > 0)
            actions.Add(new BriefAction($"Search the logs at hand for {Plural(unshown.Select(one => one.Procedure.Technique).Distinct().Count(), "technique", "techniques")} that only documents tell",
                $"{List(unshown.Select(one => one.Procedure.Name))}: {unshown[0].Why}", [.. unshown.Select(one => one.Procedure.Id)]));
        var questions = report.Gaps.Where(gap => gap.State == GapState.Open && !ReportFigures.IsHole(gap)).ToList();
        foreach (var question in questions.Take(Names))
            actions.Add(new BriefAction($"Answer: {question.Reason}", question.Techniques.Count > 0 ? $"it bears on {string.Join(", ", question.Techniques.Take(Names))}" : $"asked by {question.Author}", [question.Id]));
        var open = report.Procedures.Where(procedure => procedure.Status is ProcedureStatus.Candidate or ProcedureStatus.Contradicted).ToList();
        if (open.Count > 0)
        {
            var disputed = ReviewQueue.Of(report.Procedures, static _ => "", report.Findings).Count(item => item.IsDisputed);
            actions.Add(new BriefAction("Finish the review",
                string.Create(CultureInfo.InvariantCulture, $"{open.Count:#,0} of {report.Procedures.Count:#,0} procedures wait for a person; in {disputed:#,0} of them reports and logs disagree, or nothing can check them"), [.. open.Select(procedure => procedure.Id)]));
        }
        return actions;
    }

    private static BriefAction Of(CaseReport report, string key, string more = "")
    {
        var figure = report.Figures[key];
        return new BriefAction(string.Create(CultureInfo.InvariantCulture, $"{figure.Count:#,0} of {figure.Of:#,0} {figure.Unit}"), figure.Says + (more.Length > 0 ? $": {more}" : ""), figure.Ids);
    }

    private static string Span(GapRecord gap)
    {
        var from = gap.From!.Value.UtcDateTime;
        if (gap.To is not { } end) return string.Create(CultureInfo.InvariantCulture, $"from {from:d MMM HH:mm} UTC on");
        var length = end - gap.From.Value;
        var words = length.TotalDays >= 2 ? $"{(int)length.TotalDays} days" : length.TotalHours >= 1 ? $"{(int)length.TotalHours} h {length.Minutes} min" : length.TotalMinutes >= 1 ? $"{(int)length.TotalMinutes} min" : $"{(int)length.TotalSeconds} s";
        return string.Create(CultureInfo.InvariantCulture, $"in the {words} from {from:d MMM HH:mm} UTC");
    }

    private static string List(IEnumerable<string> names)
    {
        var all = names.Select(OwnName).Distinct(StringComparer.Ordinal).ToList();
        return string.Join(", ", all.Take(Names)) + (all.Count > Names ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - Names} more") : "");
    }

    /// <summary>The own name of a technique: without its parent's.</summary>
    internal static string OwnName(string name) => name[(name.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];

    private static string Plural(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");
}
