using System.Text.Json;
using System.Text.RegularExpressions;
using Modus.Attack;

namespace Modus.EndToEnd;

/// <summary>Reads a layer as the ATT&amp;CK Navigator does when it opens a file, and keeps account of what it would drop without a word.</summary>
/// <remarks>
/// The Navigator takes the release from the first number of <c>versions.attack</c>, files an annotation under "technique^tactic" with the
/// tactic as written (every tactic of the technique where none is), lets a later annotation replace an earlier one of the same cell, and
/// draws only cells that its release has: an annotation of any other cell is held and never shown. Notes and links without both texts are
/// dropped, scores that are no numbers and colours that are none are ignored, a gradient of fewer than two colours stops the page.
/// </remarks>
internal sealed partial class NavigatorReading
{
    private NavigatorReading(IReadOnlyDictionary<string, JsonElement> cells, IReadOnlyList<string> losses) => (Cells, Losses) = (cells, losses);

    /// <summary>What each drawn cell shows.</summary>
    public IReadOnlyDictionary<string, JsonElement> Cells { get; }

    /// <summary>What would not be shown as written; empty for a layer that loses nothing.</summary>
    public IReadOnlyList<string> Losses { get; }

    public static NavigatorReading Of(JsonElement layer, KnowledgeBase knowledge)
    {
        var losses = new List<string>();
        var attack = layer.GetProperty("versions").GetProperty("attack").GetString()!;
        var release = knowledge.Get(FirstNumber().Match(attack) is { Success: true } number ? number.Value : throw new FormatException($"no release in '{attack}'"),
            DomainNames.Parse(layer.GetProperty("domain").GetString()!))
            ?? throw new InvalidDataException($"no release {attack} to draw the layer in");
        if (layer.GetProperty("versions").GetProperty("layer").GetString() != "4.5") losses.Add("another format than 4.5 asks the user first");
        var real = release.Techniques.Where(technique => technique.IsAlive)
            .ToDictionary(technique => technique.Id, technique => technique.Tactics.Select(tactic => tactic.Shortname).ToList(), StringComparer.Ordinal);

        var cells = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var entry in layer.GetProperty("techniques").EnumerateArray())
        {
            var id = entry.GetProperty("techniqueID").GetString()!;
            if (!real.TryGetValue(id, out var tactics)) losses.Add($"{id} is in no column of {release.Version}");
            var tactic = entry.TryGetProperty("tactic", out var named) ? named.GetString() : null;
            if (tactic is "") losses.Add($"{id} has an empty tactic");
            foreach (var column in tactic is null ? tactics ?? [] : [tactic])
            {
                if (tactics?.Contains(column) == false) losses.Add($"{id} is not under {column}");
                var cell = $"{id}^{column}";
                if (cells.TryGetValue(cell, out var first) && first.TryGetProperty("tactic", out _) != tactic is not null) cells[cell] = entry; // one cell apart from the others of the technique
                else if (!cells.TryAdd(cell, entry)) losses.Add($"{id} under {column} is annotated twice, and the second replaces the first");
            }
            if (entry.TryGetProperty("score", out var score) && score.ValueKind != JsonValueKind.Number) losses.Add($"{id} has a score that is no number");
            Color(entry, "color", id, losses);
            Pairs(entry, "metadata", "name", "value", id, losses);
            Pairs(entry, "links", "label", "url", id, losses);
        }
        Pairs(layer, "metadata", "name", "value", "the layer", losses);
        Pairs(layer, "links", "label", "url", "the layer", losses);
        if (layer.TryGetProperty("gradient", out var gradient))
        {
            if (gradient.GetProperty("colors").GetArrayLength() < 2) losses.Add("a gradient needs two colours");
            if (gradient.GetProperty("minValue").GetDouble() >= gradient.GetProperty("maxValue").GetDouble()) losses.Add("a gradient from a value to the same value");
            foreach (var color in gradient.GetProperty("colors").EnumerateArray())
                if (!HexColor().IsMatch(color.GetString()!.Trim())) losses.Add($"{color} is no colour");
        }
        if (layer.TryGetProperty("legendItems", out var legend))
            foreach (var item in legend.EnumerateArray())
            {
                if (string.IsNullOrEmpty(item.GetProperty("label").GetString())) losses.Add("a legend item without a label");
                Color(item, "color", "the legend", losses);
            }
        if (layer.TryGetProperty("filters", out var filters) && filters.TryGetProperty("platforms", out var shown))
        {
            var known = release.Techniques.SelectMany(technique => technique.Platforms).ToHashSet(StringComparer.Ordinal);
            losses.AddRange(shown.EnumerateArray().Select(platform => platform.GetString()!).Where(platform => !known.Contains(platform)).Select(platform => $"no platform {platform}"));
        }
        return new(cells, losses);
    }

    private static void Pairs(JsonElement owner, string list, string first, string second, string place, List<string> losses)
    {
        if (!owner.TryGetProperty(list, out var items)) return;
        foreach (var item in items.EnumerateArray())
        {
            if (item.TryGetProperty(first, out var left) && item.TryGetProperty(second, out var right))
            {
                if (string.IsNullOrEmpty(left.GetString()) || string.IsNullOrEmpty(right.GetString())) losses.Add($"{place}: {list} with an empty {first} or {second}");
            }
            else if (!item.TryGetProperty("divider", out _)) losses.Add($"{place}: {list} with half a pair");
        }
    }

    private static void Color(JsonElement owner, string name, string place, List<string> losses)
    {
        if (owner.TryGetProperty(name, out var color) && color.GetString() is { Length: > 0 } text && !HexColor().IsMatch(text.Trim())) losses.Add($"{place}: {text} is no colour");
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex FirstNumber();

    [GeneratedRegex("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")]
    private static partial Regex HexColor();
}
