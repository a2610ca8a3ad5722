using System.Text.Json;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>What a catalogue of controls says of techniques.</summary>
/// <param name="Framework">The catalogue's name.</param>
/// <param name="Controls">Its controls by id, each with name and effects.</param>
internal sealed record ControlCatalogue(string Framework, IReadOnlyDictionary<string, (string Name, IReadOnlyList<ControlEffect> Effects)> Controls);

/// <summary>Reads mappings of controls in the form of Mappings Explorer.</summary>
internal static class ControlMappings
{
    public static bool Is(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("mapping_objects", out var list) && list.ValueKind == JsonValueKind.Array;

    public static ControlCatalogue Read(JsonElement root, string file, DefenceContext context, List<Unplaced> unplaced)
    {
        var metadata = root.TryGetProperty("metadata", out var found) ? found : default;
        var framework = Text(metadata, "mapping_framework") ?? Path.GetFileNameWithoutExtension(file);
        var stated = Text(metadata, "attack_version");
        var controls = new SortedDictionary<string, (string Name, List<ControlEffect> Effects)>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        foreach (var row in root.GetProperty("mapping_objects").EnumerateArray())
        {
            var place = FormattableString.Invariant($"{file} mapping_objects[{at++}]");
            if (Text(row, "attack_object_id") is not { Length: > 0 } technique) { unplaced.Add(new("(no id)", place, "the mapping names no technique")); continue; }
            var type = Text(row, "mapping_type");
            if (Text(row, "capability_id") is not { Length: > 0 } capability || type is null || type == "non_mappable" || Text(row, "status") == "non_mappable")
            {
                unplaced.Add(new(technique, place, "the catalogue says that no control answers it"));
                continue;
            }
            var mapped = context.Map(technique, Text(row, "attack_version") ?? stated);
            if (mapped.Id is null) { unplaced.Add(new(technique, place, mapped.Verdict)); continue; }
            if (!controls.TryGetValue(capability, out var control)) controls[capability] = control = (Text(row, "capability_description") ?? "", []);
            control.Effects.Add(new(mapped.Id, Text(row, "score_category") ?? "mitigates", Text(row, "score_value")));
        }
        return new(framework, controls.ToDictionary(pair => pair.Key, pair => (pair.Value.Name, (IReadOnlyList<ControlEffect>)[.. pair.Value.Effects.Distinct()]), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Gives controls of an inventory what the catalogues say of them; a control of no catalogue keeps what it states itself.</summary>
    public static IReadOnlyList<Control> Join(IReadOnlyList<Control> controls, IReadOnlyList<ControlCatalogue> catalogues) =>
        catalogues.Count == 0 ? controls : [.. controls.Select(control =>
        {
            var effects = catalogues.Where(one => control.Framework is null || Plain(one.Framework).Contains(Plain(control.Framework), StringComparison.Ordinal) || Plain(control.Framework).Contains(Plain(one.Framework), StringComparison.Ordinal))
                .Select(one => one.Controls.TryGetValue(control.Id, out var known) || one.Controls.TryGetValue(Padded(control.Id), out known) ? known : (Name: "", Effects: [])).Where(known => known.Effects.Count > 0).ToList();
            return effects.Count == 0 ? control : control with
            {
                Name = control.Name.Length > 0 ? control.Name : effects[0].Name,
                Effects = [.. control.Effects.Concat(effects.SelectMany(known => known.Effects)).Distinct()],
            };
        })];

    // AC-2 is AC-02 in some catalogues.
    private static string Padded(string id) => id.LastIndexOf('-') is var dash and > 0 && id.Length - dash == 2 ? $"{id[..(dash + 1)]}0{id[^1]}" : id;

    // NIST 800-53 rev5 and nist_800_53 are one catalogue.
    private static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null } : null;
}
