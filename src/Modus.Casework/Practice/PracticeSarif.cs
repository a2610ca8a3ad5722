using Modus.Sigma.Linting;

namespace Modus.Casework.Practice;

/// <summary>Writes findings as SARIF 2.1.0, for build servers and code hosts.</summary>
public static class PracticeSarif
{
    /// <summary>Writes one run: every check that was met as a rule, every finding as a result.</summary>
    /// <param name="result">The findings.</param>
    /// <param name="to">Where the UTF-8 text goes; stays open.</param>
    /// <param name="version">The version of the program that is named as the tool.</param>
    public static void Write(PracticeResult result, Stream to, string version)
    {
        ArgumentNullException.ThrowIfNull(result);
        var met = PracticeChecks.All.Where(check => result.Findings.Any(finding => finding.Check == check)).ToList();
        Sarif.Write(to, "modus map lint", version, [.. met.Select(check => new SarifCheck(check.Code, check.Name, check.Summary, check.Remedy))], result.Findings.Select(finding => new SarifFinding(
            met.IndexOf(finding.Check), finding.Severity switch { PracticeSeverity.Error => "error", PracticeSeverity.Warning => "warning", _ => "note" },
            $"{finding.Message} Remedy: {finding.Remedy}.", finding.File, finding.Line, Place: finding.Place)));
    }
}
