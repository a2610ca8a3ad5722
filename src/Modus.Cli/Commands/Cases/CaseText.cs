using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary>A case as a page of text or Markdown.</summary>
internal static class CaseText
{
    public static void Write(Invocation run, CaseView view)
    {
        var markdown = run.Format == Format.Markdown;
        void Heading(string text) => run.Out.WriteLine(markdown ? $"\n## {text}\n" : $"\n{run.OutStyle.Bold(text)}");
        var (item, findings) = (view.Case, view.Findings);
        var title = SafeText.ForTerminal($"{item.Name} ({item.Id})");
        run.Out.WriteLine(markdown ? $"# {title}\n" : run.OutStyle.Bold(title));
        if (item.Summary.Length > 0) run.Out.WriteLine(SafeText.ForTerminal(item.Summary));
        var told = findings.Both.Count(procedure => procedure.IsTold) + findings.ToldNotSeen.Count;
        run.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{item.Status.ToString().ToLowerInvariant()}{(item.Tlp is { } tlp ? $" · TLP:{tlp.ToUpperInvariant()}" : "")}{(item.Release is { } release ? $" · ATT&CK {release}" : "")} · {view.Evidence.Count} pieces of evidence · {view.Procedures.Count} procedures ({string.Join(", ", view.Procedures.GroupBy(procedure => procedure.Status).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")))})"));
        run.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{findings.Both.Count} told and seen · {findings.ToldNotSeen.Count} of {told} told not seen · {findings.SeenNotTold.Count} seen not told · {findings.Unsupported.Count} only claimed or suggested · {findings.Contradictions.Count} contradictions · {view.Gaps.Count(gap => gap.State == GapState.Open)} open gaps"));

        AtOdds(run, Heading, "Contradicted", findings.Contradictions);
        AtOdds(run, Heading, "To look at", findings.Doubts);
        OneSidedRows(run, Heading, "Told, not seen in logs", findings.ToldNotSeen);
        OneSidedRows(run, Heading, "Seen in logs, not told", findings.SeenNotTold);
        Procedures(run, Heading, "Told and seen", findings.Both);
        Procedures(run, Heading, "Only claimed or suggested", findings.Unsupported);
        if (view.Gaps.Count > 0)
        {
            Heading("Intelligence gaps");
            GapRows.Write(run, view.Gaps.OrderBy(gap => gap.State).ThenBy(gap => gap.From ?? DateTimeOffset.MaxValue).ThenBy(gap => gap.Id, StringComparer.Ordinal));
        }
        if (view.Hypotheses.Count > 0)
        {
            Heading("Hypotheses");
            run.Write(view.Hypotheses,
                new Column<HypothesisRecord>("id", "Id", row => row.Id),
                new Column<HypothesisRecord>("state", "State", row => row.State.ToString().ToLowerInvariant()),
                new Column<HypothesisRecord>("text", "Hypothesis", row => row.Text) { Gives = true });
        }
        if (view.Notes.Count + view.Decisions.Count > 0)
        {
            Heading("Notes and decisions");
            WritingRows.Write(run, WritingRows.Of(view.Notes, view.Decisions, []));
        }
    }

    private static void AtOdds(Invocation run, Action<string> heading, string title, IReadOnlyList<Contradiction> rows)
    {
        if (rows.Count == 0) return;
        heading(title);
        run.Write(rows,
            new Column<Contradiction>("kind", "Kind", row => row.Kind),
            new Column<Contradiction>("technique", "Technique", row => row.Technique),
            new Column<Contradiction>("against", "Against", row => row.Against == row.Technique ? "" : row.Against),
            new Column<Contradiction>("says", "What is at odds", row => row.Says) { Gives = true });
    }

    private static void OneSidedRows(Invocation run, Action<string> heading, string title, IReadOnlyList<OneSided> rows)
    {
        if (rows.Count == 0) return;
        heading(title);
        run.Write(rows,
            new Column<OneSided>("id", "Id", row => row.Procedure.Id),
            new Column<OneSided>("technique", "Technique", row => row.Procedure.Technique),
            new Column<OneSided>("name", "Name", row => row.Procedure.Name) { Gives = true },
            new Column<OneSided>("status", "Status", row => row.Procedure.Status.ToString().ToLowerInvariant()),
            new Column<OneSided>("hosts", "Hosts", row => row.Procedure.Hosts),
            new Column<OneSided>("why", "Why", row => row.Why) { Gives = true });
    }

    private static void Procedures(Invocation run, Action<string> heading, string title, IReadOnlyList<ProcedureRecord> rows)
    {
        if (rows.Count == 0) return;
        heading(title);
        run.Write(rows,
            new Column<ProcedureRecord>("id", "Id", row => row.Id),
            new Column<ProcedureRecord>("technique", "Technique", row => row.Technique),
            new Column<ProcedureRecord>("name", "Name", row => row.Name) { Gives = true },
            new Column<ProcedureRecord>("status", "Status", row => row.Status.ToString().ToLowerInvariant()),
            new Column<ProcedureRecord>("confidence", "Confidence", row => row.Confidence.ToString().ToLowerInvariant()),
            new Column<ProcedureRecord>("hosts", "Hosts", row => row.Hosts),
            new Column<ProcedureRecord>("why", "Why", row => row.Why) { Gives = true });
    }
}
