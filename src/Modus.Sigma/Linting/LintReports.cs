using System.Globalization;
using System.Xml;

namespace Modus.Sigma.Linting;

/// <summary>Writes findings in the forms that build servers and code hosts read.</summary>
public static class LintReports
{
    /// <summary>Writes SARIF 2.1.0: one run, every check that was met as a rule, every finding as a result.</summary>
    /// <param name="result">The findings.</param>
    /// <param name="to">Where the UTF-8 text goes; stays open.</param>
    /// <param name="version">The version of the program that is named as the tool.</param>
    public static void WriteSarif(LintResult result, Stream to, string version)
    {
        ArgumentNullException.ThrowIfNull(result);
        var met = result.Findings.Select(finding => (finding.Code, finding.Name)).Distinct().OrderBy(check => check.Code, StringComparer.Ordinal).ThenBy(check => check.Name, StringComparer.Ordinal).ToList();
        Sarif.Write(
            to, "modus rule lint", version,
            [.. met.Select(check => new SarifCheck(check.Code, check.Name, RuleLint.Checks.FirstOrDefault(known => known.Code == check.Code)?.Summary ?? "The rule cannot be read or compiled as written."))],
            result.Findings.Select(finding => new SarifFinding(
                met.FindIndex(check => check.Code == finding.Code && check.Name == finding.Name),
                finding.Severity switch { LintSeverity.Error => "error", LintSeverity.Warning => "warning", _ => "note" },
                finding.Fix is null ? finding.Message : $"{finding.Message} {finding.Fix}", finding.File, finding.Line, finding.Column)));
    }

    /// <summary>Writes JUnit XML: one suite, one test a file; errors and warnings fail it, hints are put into its output.</summary>
    /// <param name="result">The findings.</param>
    /// <param name="files">All files that were checked, so that those without findings pass.</param>
    /// <param name="to">Where the text goes; stays open.</param>
    public static void WriteJunit(LintResult result, IEnumerable<string> files, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(files);
        var byFile = result.Findings.ToLookup(finding => finding.File, StringComparer.Ordinal);
        var names = files.Concat(byFile.Select(group => group.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        using var xml = XmlWriter.Create(to, new() { Indent = true, NewLineChars = "\n", CloseOutput = false, OmitXmlDeclaration = true, CheckCharacters = false });
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "modus rule lint");
        xml.WriteAttributeString("tests", names.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", names.Count(name => byFile[name].Any(Fails)).ToString(CultureInfo.InvariantCulture));
        foreach (var name in names)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", "rules");
            xml.WriteAttributeString("name", Clean(name));
            var failing = byFile[name].Where(Fails).ToList();
            if (failing.Count > 0)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", string.Create(CultureInfo.InvariantCulture, $"{failing.Count} findings"));
                xml.WriteString(Clean(string.Join('\n', failing)));
                xml.WriteEndElement();
            }

            if (byFile[name].Any(finding => !Fails(finding))) xml.WriteElementString("system-out", Clean(string.Join('\n', byFile[name].Where(finding => !Fails(finding)))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static bool Fails(LintFinding finding) => finding.Severity != LintSeverity.Hint;

    // XML 1.0 has no place for most control characters, not even as references.
    private static string Clean(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
}
