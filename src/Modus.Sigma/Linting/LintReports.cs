using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
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
        using var json = new Utf8JsonWriter(to, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "modus rule lint");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var (code, name) in met)
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            json.WriteString("name", name);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", RuleLint.Checks.FirstOrDefault(check => check.Code == code)?.Summary ?? "The rule cannot be read or compiled as written.");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in result.Findings) WriteResult(json, finding, met.FindIndex(check => check.Code == finding.Code && check.Name == finding.Name));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
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

    private static void WriteResult(Utf8JsonWriter json, LintFinding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", finding.Severity switch { LintSeverity.Error => "error", LintSeverity.Warning => "warning", _ => "note" });
        json.WriteStartObject("message");
        json.WriteString("text", finding.Fix is null ? finding.Message : $"{finding.Message} {finding.Fix}");
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri.EscapeDataString(finding.File.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        if (finding.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", finding.Line);
            if (finding.Column > 0) json.WriteNumber("startColumn", finding.Column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // XML 1.0 has no place for most control characters, not even as references.
    private static string Clean(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
}
