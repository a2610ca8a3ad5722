using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Reporting;

namespace Modus.Web.Cases;

/// <summary>One line of words for any record of a case.</summary>
internal static class BriefLines
{
    private const int Longest = 160;

    /// <summary>What a record says, with where it stands; empty where the case has no such record.</summary>
    public static string Of(CaseReport report, string id)
    {
        if (report.Procedures.FirstOrDefault(procedure => procedure.Id == id) is { } found) return Of(report, found);
        if (report.Gaps.FirstOrDefault(gap => gap.Id == id) is { } gap) return Cut($"{gap.Type.Replace('-', ' ')}: {gap.Reason}");
        if (report.Evidence.FirstOrDefault(item => item.Id == id) is { } item) return Cut(string.Create(CultureInfo.InvariantCulture, $"{item.Path}: {item.Used:#,0} used, {item.Skipped:#,0} skipped, SHA-256 {item.Sha256}"));
        if (report.Decisions.FirstOrDefault(decision => decision.Id == id) is { } decision) return Cut(decision.Text);
        return "";
    }

    private static string Of(CaseReport report, ProcedureRecord procedure)
    {
        var evidence = procedure.Hits.Count > 0
            ? $"{Forms.Time(procedure.Hits[0].First)} {procedure.Hits[0].Host} {report.NameOf(procedure.Hits[0].EvidenceId)} {procedure.Hits[0].Record}"
            : procedure.Quotes.Count > 0 ? $"“{procedure.Quotes[0].Text}” ({report.NameOf(procedure.Quotes[0].EvidenceId)}, {Forms.Place(procedure.Quotes[0])})"
            : procedure.Claims.Count > 0 ? $"{report.NameOf(procedure.Claims[0].EvidenceId)} {procedure.Claims[0].Place}" : "no evidence";
        return Cut($"{procedure.Technique} {procedure.Name}: {evidence.Trim()}");
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
}
