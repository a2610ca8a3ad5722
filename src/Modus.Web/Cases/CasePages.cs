using Modus.Casework.Reporting;
using Modus.Web.Reports;

namespace Modus.Web.Cases;

/// <summary>Self-contained pages about a case: one file each, no script, nothing fetched. Texts of evidence are untrusted and are escaped.</summary>
public static class CasePages
{
    /// <summary>The case report.</summary>
    /// <returns>The whole page, beginning with its document type.</returns>
    public static string Report(CaseReport report) => HtmlReports.Render<CasePage>(new() { [nameof(CasePage.Report)] = report });

    /// <summary>The brief: two sheets of A4.</summary>
    /// <returns>The whole page, beginning with its document type.</returns>
    public static string Brief(Brief brief) => HtmlReports.Render<BriefPage>(new() { [nameof(BriefPage.Brief)] = brief });
}
