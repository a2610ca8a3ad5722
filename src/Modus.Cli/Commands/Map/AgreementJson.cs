using System.Text.Json;
using Modus.Casework.Agreement;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Map;

/// <summary>Agreement as one JSON object.</summary>
internal static class AgreementJson
{
    public static void Write(TextWriter to, AgreementReport report) => to.WriteLine(Json.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("basis", report.Basis.ToString().ToLowerInvariant());
        json.WriteString("release", report.Release);
        json.WriteNumber("units", report.Units);
        json.WriteNumber("documents", report.Documents);
        json.WriteString("drawn", report.Drawn);
        List(json, "coders", report.Coders, coder => Members(json, ("name", coder.Name), ("mappings", coder.Mappings), ("techniques", coder.Techniques), ("documents", coder.Documents)));
        List(json, "levels", report.Levels, level =>
        {
            Members(json, ("level", AgreementText.NameOf(level.Level).Replace(' ', '-')), ("alpha", level.Alpha), ("alpha_low", level.AlphaInterval?.Low), ("alpha_high", level.AlphaInterval?.High));
            List(json, "pairs", level.Pairs, pair => Members(json,
                ("one", pair.One), ("other", pair.Other), ("units", pair.Kappa?.Units), ("kappa", pair.Kappa?.Value), ("kappa_low", pair.KappaInterval?.Low), ("kappa_high", pair.KappaInterval?.High),
                ("observed", pair.Kappa?.Observed), ("expected", pair.Kappa?.Expected), ("f1", pair.F1)));
        });
        List(json, "disagreements", report.Disagreements, row =>
        {
            Members(json, ("gain", row.Gain), ("units", row.Units), ("where", row.Where), ("example", row.Example));
            json.WriteStartArray("given");
            foreach (var given in row.Given) Json.WriteValue(json, given);
            json.WriteEndArray();
        });
        List(json, "techniques", report.Techniques, row =>
        {
            Members(json, ("technique", row.Technique), ("name", row.Name), ("agreed", row.Agreed), ("units", row.Units));
            json.WriteStartArray("named");
            foreach (var count in row.Named) json.WriteNumberValue(count);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }));

    private static void List<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Members(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        foreach (var (key, value) in members) Json.WriteMember(json, key, value);
    }
}
