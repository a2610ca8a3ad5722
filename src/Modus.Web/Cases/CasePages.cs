using Modus.Casework.Reporting;
using Modus.Web.Reports;

namespace Modus.Web.Cases;

/// <summary>Self-contained pages about a case: one file each, no script, nothing fetched. Texts of evidence are untrusted and are escaped.</summary>
public static class CasePages
{
    /// <summary>The case report.</summary>
    /// <returns>The whole page, beginning with its document type.</returns>
    public static string Report(CaseReport report) => Clean(HtmlReports.Render<CasePage>(new() { [nameof(CasePage.Report)] = report }));

    /// <summary>The brief: two sheets of A4.</summary>
    /// <returns>The whole page, beginning with its document type.</returns>
    public static string Brief(Brief brief) => Clean(HtmlReports.Render<BriefPage>(new() { [nameof(BriefPage.Brief)] = brief }));

    // Control characters of logs have no place in HTML, and none on the terminal of somebody who looks into the file.
    private static string Clean(string html) => html.Any(IsControl) ? new string([.. html.Select(character => IsControl(character) ? '\uFFFD' : character)]) : html;

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\r' or '\t');
}
