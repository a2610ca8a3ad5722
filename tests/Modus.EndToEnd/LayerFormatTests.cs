using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Every layer that Modus writes keeps to format 4.5 of the Navigator: its keys, types and ranges, and no entry twice.</summary>
public sealed partial class LayerFormatTests
{
    private static readonly HashSet<string> layerKeys = ["versions", "name", "domain", "description", "customDataURL", "filters", "sorting", "layout", "hideDisabled", "techniques", "gradient", "legendItems",
        "showTacticRowBackground", "tacticRowBackground", "selectTechniquesAcrossTactics", "selectSubtechniquesWithParent", "selectVisibleTechniques", "metadata", "links"];
    private static readonly HashSet<string> techniqueKeys = ["techniqueID", "tactic", "comment", "enabled", "score", "color", "metadata", "links", "showSubtechniques"];

    [Theory]
    [InlineData("coverage", "show", "--rules", "rules", "--logs", "samples/first-case/hosts.jsonl")]
    [InlineData("gap", "--actor", "G0016", "--actor", "FIN7", "--rules", "rules")]
    [InlineData("gap", "--profile", "old.layer.json", "--rules", "rules")]
    [InlineData("investigate", "samples/first-case/hosts.jsonl", "--rules", "rules")]
    [InlineData("actor", "profile", "APT28")]
    [InlineData("actor", "compare", "APT28", "APT29")]
    [InlineData("layer", "upgrade", "known.layer.json")]
    public void A_layer_that_is_written_keeps_to_the_format(params string[] args)
    {
        using var modus = new ModusProgram();
        modus.Bring("rules");
        modus.Bring("samples");
        modus.Write("old.layer.json", """
            {"version":"2.2","name":"old \"quoted\" ☃","domain":"mitre-enterprise","filters":{"stages":["act"],"platforms":["windows"]},"viewMode":1,"hideDisable":true,
             "techniques":[{"techniqueID":"T1086","score":3,"comment":"line\nline","color":"#ff0000"},{"techniqueID":"T1562.001","tactic":"defense-evasion","score":null},{"techniqueID":"t1059","enabled":false,"metadata":[{"name":"a","value":"b"}]},{"techniqueID":"T0000"}]}
            """);
        // What an upgrade finds beside the format, or cannot carry, it keeps in the file on purpose; here is none.
        modus.Write("known.layer.json", """
            {"version":"3.0","name":"known","domain":"mitre-enterprise","filters":{"platforms":["windows"]},"viewMode":2,"gradient":{"colors":["#ffffff","#ff0000"],"minValue":0,"maxValue":9},
             "techniques":[{"techniqueID":"T1086","score":3,"color":"#ff0000"},{"techniqueID":"T1562.001","tactic":"defense-evasion","score":2,"metadata":[{"name":"a","value":"b"}]}]}
            """);
        var ended = modus.Run([.. args, "-o", "out.layer.json"]);
        if (!File.Exists(Path.Combine(modus.Folder, "out.layer.json"))) Assert.Fail($"no layer was written ({ended.Code}): {ended.Error}");

        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(modus.Folder, "out.layer.json")));
        foreach (var layer in document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToList() : [document.RootElement]) Check(layer);
    }

    private static void Check(JsonElement layer)
    {
        Assert.Subset(layerKeys, Keys(layer));
        Assert.False(string.IsNullOrWhiteSpace(layer.GetProperty("name").GetString()));
        Assert.Contains(layer.GetProperty("domain").GetString(), new[] { "enterprise-attack", "mobile-attack", "ics-attack" });
        var versions = layer.GetProperty("versions");
        Assert.Subset(new HashSet<string> { "attack", "navigator", "layer" }, Keys(versions));
        Assert.All(versions.EnumerateObject(), item => Assert.Equal(JsonValueKind.String, item.Value.ValueKind));
        Assert.Equal("4.5", versions.GetProperty("layer").GetString());
        Assert.Matches(@"^\d+(\.\d+)?$", versions.GetProperty("attack").GetString()!);
        if (layer.TryGetProperty("filters", out var filters)) Assert.Equal(["platforms"], filters.EnumerateObject().Select(item => item.Name));
        if (layer.TryGetProperty("sorting", out var sorting)) Assert.InRange(sorting.GetInt32(), 0, 3);
        if (layer.TryGetProperty("layout", out var layout))
        {
            Assert.Subset(new HashSet<string> { "layout", "showID", "showName", "showAggregateScores", "countUnscored", "aggregateFunction", "expandedSubtechniques" }, Keys(layout));
            if (layout.TryGetProperty("layout", out var kind)) Assert.Contains(kind.GetString(), new[] { "side", "flat", "mini" });
            if (layout.TryGetProperty("aggregateFunction", out var function)) Assert.Contains(function.GetString(), new[] { "average", "min", "max", "sum" });
            if (layout.TryGetProperty("expandedSubtechniques", out var expanded)) Assert.Contains(expanded.GetString(), new[] { "none", "annotated", "all" });
        }
        if (layer.TryGetProperty("gradient", out var gradient))
        {
            Assert.Equal(["colors", "maxValue", "minValue"], gradient.EnumerateObject().Select(item => item.Name).Order(StringComparer.Ordinal));
            Assert.True(gradient.GetProperty("colors").GetArrayLength() >= 2);
            Assert.All(gradient.GetProperty("colors").EnumerateArray(), color => Assert.Matches(Colour(), color.GetString()!));
            Assert.True(gradient.GetProperty("minValue").GetDouble() <= gradient.GetProperty("maxValue").GetDouble());
        }
        foreach (var item in Items(layer, "legendItems"))
        {
            Assert.Equal(["color", "label"], item.EnumerateObject().Select(part => part.Name).Order(StringComparer.Ordinal));
            Assert.Matches(Colour(), item.GetProperty("color").GetString()!);
        }
        foreach (var name in new[] { "hideDisabled", "showTacticRowBackground", "selectTechniquesAcrossTactics", "selectSubtechniquesWithParent", "selectVisibleTechniques" })
            if (layer.TryGetProperty(name, out var flag)) Assert.True(flag.ValueKind is JsonValueKind.True or JsonValueKind.False, name);
        Notes(layer);
        var seen = new HashSet<(string, string?)>();
        foreach (var technique in Items(layer, "techniques"))
        {
            Assert.Subset(techniqueKeys, Keys(technique));
            var id = technique.GetProperty("techniqueID").GetString()!;
            Assert.Matches(@"^T\d{4}(\.\d{3})?$", id);
            Assert.True(seen.Add((id, technique.TryGetProperty("tactic", out var tactic) ? tactic.GetString() : null)), $"{id} comes twice");
            if (tactic.ValueKind != JsonValueKind.Undefined) Assert.False(string.IsNullOrEmpty(tactic.GetString()));
            if (technique.TryGetProperty("score", out var score)) Assert.Equal(JsonValueKind.Number, score.ValueKind);
            if (technique.TryGetProperty("enabled", out var enabled)) Assert.True(enabled.ValueKind is JsonValueKind.True or JsonValueKind.False);
            if (technique.TryGetProperty("comment", out var comment)) Assert.Equal(JsonValueKind.String, comment.ValueKind);
            if (technique.TryGetProperty("color", out var colour) && colour.GetString()!.Length > 0) Assert.Matches(Colour(), colour.GetString()!);
            Notes(technique);
        }
    }

    private static void Notes(JsonElement holder)
    {
        foreach (var (list, second) in new[] { ("metadata", "value"), ("links", "url") })
            foreach (var item in Items(holder, list))
            {
                var keys = item.EnumerateObject().Select(part => part.Name).ToHashSet();
                if (keys.SetEquals(["divider"])) continue;
                Assert.True(keys.SetEquals([list == "metadata" ? "name" : "label", second]), $"{list}: {string.Join(", ", keys)}");
                Assert.All(item.EnumerateObject(), part => Assert.Equal(JsonValueKind.String, part.Value.ValueKind));
            }
    }

    private static HashSet<string> Keys(JsonElement element) => [.. element.EnumerateObject().Select(item => item.Name)];

    private static IEnumerable<JsonElement> Items(JsonElement holder, string name) => holder.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    [GeneratedRegex("^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$")]
    private static partial Regex Colour();
}
