using System.Text.Encodings.Web;
using System.Text.Json;

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
        ArgumentNullException.ThrowIfNull(to);
        var met = PracticeChecks.All.Where(check => result.Findings.Any(finding => finding.Check == check)).ToList();
        using var json = new Utf8JsonWriter(to, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "modus map lint");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var check in met) WriteCheck(json, check);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in result.Findings) WriteFinding(json, finding, met.IndexOf(finding.Check));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, PracticeCheck check)
    {
        json.WriteStartObject();
        json.WriteString("id", check.Code);
        json.WriteString("name", check.Name);
        Text(json, "shortDescription", check.Summary);
        Text(json, "help", check.Remedy);
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, PracticeFinding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Check.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", finding.Severity switch { PracticeSeverity.Error => "error", PracticeSeverity.Warning => "warning", _ => "note" });
        Text(json, "message", $"{finding.Message} Remedy: {finding.Remedy}.");
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
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (finding.Place.Length > 0)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", finding.Place);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string member, string text)
    {
        json.WriteStartObject(member);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
