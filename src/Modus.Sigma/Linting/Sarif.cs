using System.Text.Encodings.Web;
using System.Text.Json;

namespace Modus.Sigma.Linting;

/// <summary>A check that findings name.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it looks for.</param>
/// <param name="Help">What to do about it; null where nothing general can be said.</param>
public sealed record SarifCheck(string Id, string Name, string Summary, string? Help = null);

/// <summary>One finding.</summary>
/// <param name="Check">The number of its check among those of the run, from 0.</param>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Message">What was found.</param>
/// <param name="File">The file it is in.</param>
/// <param name="Line">The line, from 1; 0 where it is about the whole file.</param>
/// <param name="Column">The column, from 1; 0 where it is about the whole line.</param>
/// <param name="Place">Where in the file, in its own words; empty for none.</param>
public sealed record SarifFinding(int Check, string Level, string Message, string File, int Line = 0, int Column = 0, string Place = "");

/// <summary>Writes SARIF 2.1.0, the form that build servers and code hosts read findings in.</summary>
public static class Sarif
{
    /// <summary>Writes one run.</summary>
    /// <param name="to">Where the UTF-8 text goes; stays open.</param>
    /// <param name="tool">The name of the tool.</param>
    /// <param name="version">Its version.</param>
    /// <param name="checks">The checks that were met.</param>
    /// <param name="findings">The findings, in their order.</param>
    public static void Write(Stream to, string tool, string version, IReadOnlyList<SarifCheck> checks, IEnumerable<SarifFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(findings);
        using var json = new Utf8JsonWriter(to, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", tool);
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("id", check.Id);
            json.WriteString("name", check.Name);
            Text(json, "shortDescription", check.Summary);
            if (check.Help is { } help) Text(json, "help", help);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in findings) Write(json, finding, checks[finding.Check].Id);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SarifFinding finding, string check)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", check);
        json.WriteNumber("ruleIndex", finding.Check);
        json.WriteString("level", finding.Level);
        Text(json, "message", finding.Message);
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
