using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Casework.Cases;
using Modus.Casework.Investigation;
using Modus.Casework.Reporting;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Reporting;

/// <summary>The report and the brief of a case as Markdown. Texts of evidence are escaped.</summary>
internal sealed class CaseReportMarkdown(TextWriter to)
{
    public void Write(Brief brief)
    {
        Title(brief.Report, "Brief");
        Line("## What happened\n");
        Line($"{Safe(brief.Report.Case.Summary.Length > 0 ? brief.Report.Case.Summary + " " : "")}{Safe(brief.WhatHappened)}\n");
        Table(["Day (UTC)", "From", "To", "What the adversary was after", "How", "Where"], brief.Days.Select(day => new[]
        {
            day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Clock(day.From), Clock(day.To), string.Join(", ", day.Tactics), string.Join(", ", day.Techniques), string.Join(", ", day.Hosts),
        }));
        Line("## What is not known\n");
        if (brief.NotKnown.Count == 0) Line("No gap was logged.");
        foreach (var unknown in brief.NotKnown) Line($"- **{Safe(unknown.What)}** {Safe(unknown.Why)}{Ids(unknown.Ids)}");
        Line("\n## How sure that is\n");
        foreach (var statement in brief.HowSure) Line($"- **{Safe(statement.What)}** {Safe(statement.Why)}{Ids(statement.Ids)}");
        if (brief.Watched.Count > 0) Line("\n## How far the defence saw it\n");
        foreach (var statement in brief.Watched) Line($"- **{Safe(statement.What)}** {Safe(statement.Why)}{Ids(statement.Ids)}");
        Line("\n## What to do\n");
        if (brief.WhatToDo.Count == 0) Line("Nothing is left open in the case.");
        foreach (var (action, at) in brief.WhatToDo.Select((action, at) => (action, at))) Line(string.Create(CultureInfo.InvariantCulture, $"{at + 1}. **{Safe(action.What)}**: {Safe(action.Why)}{Ids(action.Ids)}"));
        Line("");
        foreach (var line in brief.Missing) Line(Safe(line));
    }

    public void Write(CaseReport report)
    {
        Title(report, "Case report");
        if (report.Case.Summary.Length > 0) Line($"{Safe(report.Case.Summary)}\n");
        Line($"{Safe(Brief.Of(report).WhatHappened)}\n");
        foreach (var figure in report.Figures.Values.Where(figure => figure.Of > 0)) Line(string.Create(CultureInfo.InvariantCulture, $"- **{figure.Count:#,0} of {figure.Of:#,0}** {figure.Unit} {figure.Says}"));
        Line("\n## Techniques by tactic\n");
        Table(["Tactic", "Technique", "Name", "Standing", "Procedures"], report.Tactics.SelectMany(tactic => report.Techniques.Where(technique => technique.Tactics.Contains(tactic.ShortName))
            .Select(technique => new[] { tactic.Name, technique.Id, technique.Name, Standing(technique), string.Join(", ", technique.Procedures.Select(procedure => procedure.Id)) })));
        Line("## Timeline (UTC)\n");
        Table(["Time", "Host", "Technique", "What", "Evidence", "Record"], report.Timeline.Select(row => new[] { Values.Time(row.Time), row.Host, row.Technique ?? $"log hole ({row.Name})", row.What, row.Place, row.RecordId }));
        Line("## Where the evidence parts\n");
        Table(["Kind", "Technique", "What is at odds", "Records"], report.Findings.Contradictions.Concat(report.Findings.Doubts).Select(one => new[] { one.Kind, $"{one.Technique} {one.Name}", one.Says, string.Join(", ", one.Ids) })
            .Concat(report.Findings.ToldNotSeen.Select(one => new[] { "told, not seen", $"{one.Procedure.Technique} {one.Procedure.Name}", one.Why, one.Procedure.Id })));
        Line("## Procedures\n");
        foreach (var procedure in report.Procedures) Procedure(report, procedure);
        Asides(report);
        Line("## Intelligence gaps\n");
        Table(["Gap", "Type", "What is not known", "Host", "From", "To", "Could hide there", "State"], report.Gaps.Select(gap => new[]
        {
            gap.Id, gap.Type, gap.Reason, gap.Host ?? "", Time(gap.From), Time(gap.To), string.Join(", ", gap.Techniques), gap.State.ToString().ToLowerInvariant(),
        }));
        Defence(report);
        Line("## Hypotheses, decisions, notes\n");
        Table(["What", "Words", "By", "Rests on"], report.Hypotheses.Select(one => new[] { $"hypothesis, {one.State.ToString().ToLowerInvariant()}", one.Text, one.Author, string.Join(", ", one.For.Concat(one.Against)) })
            .Concat(report.Decisions.Select(one => new[] { "decision", $"{one.Text} {one.Reason}".Trim(), one.Author, string.Join(", ", one.About) }))
            .Concat(report.Notes.Select(one => new[] { "note", one.Text, one.Author, string.Join(", ", one.About) })));
        Line("## Method and evidence\n");
        Line($"ATT&CK {Safe(report.Release.Version)} ({Safe(string.Join(", ", report.Release.Domains))}){(report.Release.Label is { } label ? $", {Safe(label)}" : "")}. A technique counts where events show it, a document states that it happened, or a person confirmed it.\n");
        Table(["Evidence", "Format", "TLP", "Used", "Skipped", "SHA-256"], report.Evidence.Select(item => new[] { item.Path, item.Format, item.Tlp ?? "", item.Used.ToString(CultureInfo.InvariantCulture), item.Skipped.ToString(CultureInfo.InvariantCulture), item.Sha256 }));
    }

    private void Procedure(CaseReport report, ProcedureRecord procedure)
    {
        Line($"### {procedure.Id} {Safe(procedure.Technique)} {Safe(procedure.Name)}\n");
        Line($"{procedure.Status.ToString().ToLowerInvariant()} · {procedure.Confidence.ToString().ToLowerInvariant()} confidence · {Safe(procedure.Why)}{(procedure.First is { } first ? $" · {Values.Time(first)}" : "")}{(procedure.Hosts.Count > 0 ? $" · {Safe(string.Join(", ", procedure.Hosts))}" : "")}\n");
        foreach (var quote in procedure.Quotes) Line($"- told: “{Safe(quote.Text)}” ({Safe(report.NameOf(quote.EvidenceId))}{(quote.Page is { } page ? string.Create(CultureInfo.InvariantCulture, $", page {page}") : "")}, {Safe(quote.Statement)})");
        foreach (var hit in procedure.Hits) Line(string.Create(CultureInfo.InvariantCulture, $"- seen: {Time(hit.First)} {Safe(hit.Host)} rule “{Safe(hit.Rule)}”{(hit.RuleAuthor is { } author ? $" by {Safe(author)}" : "")}, {hit.Count:#,0} events, first {Safe(hit.File)} {Safe(hit.Record)}: {Safe(hit.Details)}"));
        foreach (var claim in procedure.Claims) Line($"- claimed: {Safe(claim.Says)} ({Safe(report.NameOf(claim.EvidenceId))} {Safe(claim.Place)})");
        foreach (var review in report.Reviews[procedure.Id]) Line($"- {Time(review.Time)} {Safe(review.Reviewer)}: {review.Verdict.ToString().ToLowerInvariant()}{(review.Reason.Length > 0 ? $", {Safe(review.Reason)}" : "")}");
        Line("");
    }

    private void Defence(CaseReport report)
    {
        Line("## How far the defence saw it\n");
        foreach (var line in BriefOf(report).Missing) Line($"{Safe(line)}\n");
        if (report.Defence.Gap is { } gap)
        {
            foreach (var statement in BriefOf(report).Watched) Line($"- **{Safe(statement.What)}** {Safe(statement.Why)}{Ids(statement.Ids)}");
            Line($"\nRead from {Safe(string.Join(", ", report.Defence.Inputs))}, judged for {gap.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.\n");
            Table(["Technique", "Name", "State", "On", "Cheapest next step", "Procedures"], gap.Rows.Select(row => new[]
            {
                row.Technique.Id, row.Technique.Name, CoverageWords.Of(row.State), row.Best?.Platform ?? "", row.IsGap ? row.NextStep : "", string.Join(", ", report.Defence.Procedures[row.Technique.Id]),
            }));
        }
        Line("## What would answer it\n");
        Table(["Stage", "Measure", "Name", "Cuts more", "In all", "Of what was seen"], report.Defence.Response.SelectMany(stage => stage.Plan.Steps.Take(MostMeasures).Select(step => new[]
        {
            stage.Stage, step.Id, step.Name, Share(step.Weight), Share(step.Total), string.Join(", ", step.Adds),
        })));
    }

    private const int MostMeasures = 6;

    private Brief? brief;

    private Brief BriefOf(CaseReport report) => brief ??= Brief.Of(report);

    private static string Share(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private void Asides(CaseReport report)
    {
        var asides = report.Evidence.SelectMany(item => item.Asides.Select(aside => (item, aside))).ToList();
        if (asides.Count == 0) return;
        Line("## Named, but not as something that happened\n");
        Table(["Technique", "Meant as", "Words", "Document"], asides.Select(pair => new[] { $"{pair.aside.Technique} {pair.aside.Name}", pair.aside.Quote.Statement, pair.aside.Quote.Text, Path.GetFileName(pair.item.Path) }));
    }

    private void Title(CaseReport report, string what)
    {
        Line($"# {Safe(report.Case.Name)}\n");
        Line($"{what} · {report.Case.Id}{(report.Case.Tlp is { Length: > 0 } tlp ? $" · TLP:{Safe(tlp.ToUpperInvariant())}" : "")} · {report.Case.Status.ToString().ToLowerInvariant()}{(report.AsOf is { } asOf ? $" · as of {Values.Time(asOf)}" : "")}\n");
    }

    private void Table(string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            Line("None.\n");
            return;
        }
        Line($"| {string.Join(" | ", heads)} |");
        Line($"|{string.Concat(heads.Select(_ => " --- |"))}");
        foreach (var row in all) Line($"| {string.Join(" | ", row.Select(Safe))} |");
        Line("");
    }

    private static string Standing(ReportTechnique technique) => technique is { Standing: Modus.Casework.Investigation.Standing.Seen, IsTold: true } ? "seen, told" : technique.Standing.ToString().ToLowerInvariant();

    private static string Ids(IReadOnlyList<string> ids) => ids.Count == 0 ? "" : $" ({string.Join(", ", ids.Take(6))}{(ids.Count > 6 ? string.Create(CultureInfo.InvariantCulture, $" and {ids.Count - 6} more") : "")})";

    private static string Time(DateTimeOffset? time) => time is { } at ? Values.Time(at) : "";

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Safe(string text) => SafeText.ForMarkdown(text);

    private void Line(string text) => to.Write(text + "\n");
}
