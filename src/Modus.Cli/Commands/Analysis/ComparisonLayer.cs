using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Scores by technique as a layer of the ATT&amp;CK Navigator.</summary>
internal static class ComparisonLayer
{
    public static void Write(TextWriter to, string name, string release, IEnumerable<(string Id, double Score, string Comment)> rows)
    {
        var all = rows.OrderBy(row => row.Id, StringComparer.Ordinal).ToList();
        to.WriteLine(Json.Indented(json =>
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartObject("versions");
            json.WriteString("attack", release.Split('.')[0]);
            json.WriteString("navigator", "5.1.0");
            json.WriteString("layer", "4.5");
            json.WriteEndObject();
            json.WriteString("domain", "enterprise-attack");
            json.WriteStartArray("techniques");
            foreach (var (id, score, comment) in all)
            {
                json.WriteStartObject();
                json.WriteString("techniqueID", id);
                Json.WriteMember(json, "score", score);
                json.WriteString("comment", comment);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartObject("gradient");
            Json.WriteMember(json, "colors", (string[])["#ffffff", "#2f6db5"]);
            json.WriteNumber("minValue", 0);
            json.WriteNumber("maxValue", all.Count == 0 ? 1 : (int)Math.Ceiling(all.Max(row => row.Score)));
            json.WriteEndObject();
            json.WriteEndObject();
        }));
    }
}
