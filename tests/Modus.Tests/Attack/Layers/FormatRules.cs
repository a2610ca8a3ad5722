using System.Text.Json;

namespace Modus.Tests.Attack.Layers;

/// <summary>The rules of layer format 4.5, as a table of members and types: what a Navigator of version 5 accepts.</summary>
internal static class FormatRules
{
    private static readonly Dictionary<string, string> rules = new()
    {
        ["name"] = "text!",
        ["versions"] = "object!",
        ["versions.attack"] = "text",
        ["versions.navigator"] = "text!",
        ["versions.layer"] = "text!",
        ["domain"] = "text!",
        ["description"] = "text",
        ["customDataURL"] = "text",
        ["filters"] = "object",
        ["filters.platforms"] = "list",
        ["filters.platforms[]"] = "text",
        ["sorting"] = "number",
        ["layout"] = "object",
        ["layout.layout"] = "text",
        ["layout.aggregateFunction"] = "text",
        ["layout.showID"] = "flag",
        ["layout.showName"] = "flag",
        ["layout.showAggregateScores"] = "flag",
        ["layout.countUnscored"] = "flag",
        ["layout.expandedSubtechniques"] = "text",
        ["hideDisabled"] = "flag",
        ["techniques"] = "list!",
        ["techniques[]"] = "object",
        ["techniques[].techniqueID"] = "text!",
        ["techniques[].tactic"] = "text",
        ["techniques[].comment"] = "text",
        ["techniques[].color"] = "text",
        ["techniques[].score"] = "number",
        ["techniques[].enabled"] = "flag",
        ["techniques[].showSubtechniques"] = "flag",
        ["techniques[].metadata"] = "list",
        ["techniques[].metadata[]"] = "object",
        ["techniques[].links"] = "list",
        ["techniques[].links[]"] = "object",
        ["gradient"] = "object",
        ["gradient.colors"] = "list!",
        ["gradient.colors[]"] = "text",
        ["gradient.minValue"] = "number!",
        ["gradient.maxValue"] = "number!",
        ["legendItems"] = "list",
        ["legendItems[]"] = "object",
        ["legendItems[].label"] = "text!",
        ["legendItems[].color"] = "text!",
        ["metadata"] = "list",
        ["metadata[]"] = "object",
        ["links"] = "list",
        ["links[]"] = "object",
        ["showTacticRowBackground"] = "flag",
        ["tacticRowBackground"] = "text",
        ["selectTechniquesAcrossTactics"] = "flag",
        ["selectSubtechniquesWithParent"] = "flag",
        ["selectVisibleTechniques"] = "flag",
    };

    public static List<string> Broken(JsonElement layer)
    {
        var broken = new List<string>();
        Walk(layer, "", broken);
        if (layer.GetProperty("versions").GetProperty("layer").GetString() != "4.5") broken.Add("versions.layer");
        if (Version.Parse(layer.GetProperty("versions").GetProperty("navigator").GetString()!) < new Version(4, 9)) broken.Add("versions.navigator");
        return broken;
    }

    private static void Walk(JsonElement element, string path, List<string> broken)
    {
        if (path.Length > 0 && rules.TryGetValue(path, out var rule) && Kind(element) != rule.TrimEnd('!')) broken.Add($"{path} is {element.ValueKind}");
        if (element.ValueKind == JsonValueKind.Object)
        {
            var below = path.Length == 0 ? "" : path + ".";
            foreach (var (name, _) in rules.Where(rule => rule.Value.EndsWith('!') && rule.Key.StartsWith(below, StringComparison.Ordinal)))
            {
                var rest = name[below.Length..];
                if (!rest.Contains('.') && !rest.Contains('[') && !element.TryGetProperty(rest, out _)) broken.Add(name + " is missing");
            }
            if (path.EndsWith("metadata[]", StringComparison.Ordinal)) Pair(element, path, "name", "value", broken);
            if (path.EndsWith("links[]", StringComparison.Ordinal)) Pair(element, path, "label", "url", broken);
            foreach (var member in element.EnumerateObject()) Walk(member.Value, below + member.Name, broken);
        }
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var entry in element.EnumerateArray()) Walk(entry, path + "[]", broken);
    }

    private static void Pair(JsonElement element, string path, string first, string second, List<string> broken)
    {
        var whole = element.TryGetProperty(first, out var left) && left.ValueKind == JsonValueKind.String
            && element.TryGetProperty(second, out var right) && right.ValueKind == JsonValueKind.String;
        var divider = element.TryGetProperty("divider", out var line) && line.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (!whole && !divider) broken.Add(path);
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "flag",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "object",
        _ => "nothing",
    };
}
