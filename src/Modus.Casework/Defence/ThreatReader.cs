using System.Globalization;
using System.Text;
using System.Text.Json;
using Modus.Analysis.Coverage;
using Modus.Attack.Layers;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Defence;

/// <summary>A threat profile as a file states it: techniques of its own, and actors to be looked up.</summary>
/// <param name="Profile">The techniques that it states.</param>
/// <param name="Actors">Actors that it names, each with a weight.</param>
public sealed record StatedThreat(ThreatProfile Profile, IReadOnlyList<(string Actor, double Weight)> Actors);

/// <summary>Reads threat profiles: a profile's own YAML, DeTT&amp;CT groups, layers, STIX bundles, investigations, tables and lists of ids.</summary>
public static class ThreatReader
{
    private const long MaxBytes = 256L << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What problems call it.</param>
    /// <param name="context">The release; collects the problems.</param>
    /// <returns>The threat; null where the file cannot be read.</returns>
    public static StatedThreat? Read(string path, string name, DefenceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string text;
        try
        {
            if (new FileInfo(path).Length > MaxBytes) { context.Report(DefenceCodes.TooMuch, $"larger than {MaxBytes >> 20} MiB", name); return null; }
            text = File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.Report(DefenceCodes.Unreadable, $"cannot be read: {error.Message}", name);
            return null;
        }
        var gathering = new Gathering(name, context);
        var start = text.AsSpan().TrimStart('\uFEFF').TrimStart();
        if (start.StartsWith("{") || start.StartsWith("["))
        {
            if (!gathering.Json(text)) return null;
        }
        else if (path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))
        {
            if (!gathering.Yaml(text)) return null;
        }
        else
        {
            foreach (var id in TableReaders.Ids(text)) gathering.Add(id, 1, null, name, null);
        }
        return gathering.Result();
    }

    private sealed class Gathering(string file, DefenceContext context)
    {
        private readonly Dictionary<string, ThreatTechnique> techniques = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<(string, double)> actors = [];
        private readonly List<Unplaced> unplaced = [];
        private string title = Path.GetFileName(file);

        public void Add(string id, double weight, DateOnly? seen, string source, string? version)
        {
            var mapped = context.Map(id, version);
            if (mapped.Id is null) { unplaced.Add(new(id, source, mapped.Verdict)); return; }
            var said = mapped.IsCarried ? $"{source} ({id}, {mapped.Verdict})" : source;
            techniques[mapped.Id] = techniques.TryGetValue(mapped.Id, out var known)
                ? known with { Weight = Math.Max(known.Weight, weight), LastSeen = known.LastSeen > seen || seen is null ? known.LastSeen : seen, Sources = [.. known.Sources.Append(said).Distinct()] }
                : new(mapped.Id, weight, seen, [said]);
        }

        public bool Json(string text)
        {
            try
            {
                using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
                var root = document.RootElement;
                if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("objects", out var objects) && objects.ValueKind == JsonValueKind.Array) return Stix(objects);
                if (root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Any(LayerReader.IsLayer) : LayerReader.IsLayer(root)) return Layers(text);
                if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("techniques", out var list) && list.ValueKind == JsonValueKind.Array) return Investigation(list);
            }
            catch (JsonException error)
            {
                context.Report(DefenceCodes.Unreadable, $"not JSON: {error.Message}", file);
                return false;
            }
            return Unknown();
        }

        public bool Yaml(string text)
        {
            var problems = new List<Sigma.Problem>();
            var documents = YamlReader.Read(text, file, problems);
            foreach (var problem in problems) context.Report(problem.Code, problem.Message, file, problem.Line > 0 ? FormattableString.Invariant($"{problem.Line}:{problem.Column}") : null, problem.Fix);
            if (documents.Length == 0 || documents[0] is not YamlMapping root) return problems.Count == 0 && Unknown();
            var form = new YamlForm(file, context);
            if (form.Text(root, "file_type") == "group-administration") return Groups(root, form);
            if (root.Find("techniques") is null && root.Find("actors") is null) return Unknown();
            form.Only(root, "a threat profile", "name", "attack", "attack_version", "as_of", "actors", "techniques", "comment", "sector", "region");
            title = form.Text(root, "name") ?? title;
            var version = form.Text(root, "attack") ?? form.Text(root, "attack_version");
            Each(root, "actors", (id, map) => actors.Add((id, map is null ? 1 : form.Number(map, "weight", 0) ?? 1)), form, "id", "weight", "comment");
            Each(root, "techniques", (id, map) => Add(id, map is null ? 1 : form.Number(map, "weight", 0) ?? 1, map is null ? null : form.Date(map, "seen"), map is null ? title : form.Text(map, "source") ?? title, version), form, "id", "weight", "seen", "source", "comment");
            return true;
        }

        public StatedThreat Result() => new(new(title, "weights as stated, 1 where none is", [.. techniques.Values.OrderBy(item => item.Id, StringComparer.Ordinal)]) { Unplaced = unplaced }, actors);

        private bool Unknown()
        {
            context.Report(DefenceCodes.UnknownKind, "no threat profile: neither techniques nor actors", file, fix: "give a profile (YAML with techniques: or actors:), a layer, a STIX bundle, an investigation, or a list of ids");
            return false;
        }

        private static void Each(YamlMapping root, string key, Action<string, YamlMapping?> take, YamlForm form, params string[] keys)
        {
            if (root.Find(key) is not { } node) return;
            if (node is not YamlSequence list) { form.Bad(node, $"'{key}' is no list"); return; }
            foreach (var item in list.Items)
            {
                if (item is YamlScalar { IsNull: false } scalar) take(scalar.Text.Trim(), null);
                else if (item is YamlMapping map)
                {
                    form.Only(map, $"an entry of {key}", keys);
                    if (form.Needed(map, "id", $"an entry of {key}") is { } id) take(id, map);
                }
                else form.Bad(item, $"an entry of '{key}' is no id");
            }
        }

        // A group's technique_id is a list, or a map of ids to weights.
        private bool Groups(YamlMapping root, YamlForm form)
        {
            foreach (var group in form.Maps(root, "groups"))
            {
                var name = string.Join(", ", new[] { form.Text(group, "group_name"), form.Text(group, "campaign") }.OfType<string>());
                if (form.Flag(group, "enabled") == false) continue;
                switch (group.Find("technique_id"))
                {
                    case YamlMapping weights:
                        foreach (var entry in weights.Entries) Add(entry.Key.Text, form.Number(weights, entry.Key.Text, 0) ?? 1, null, name, null);
                        break;
                    case YamlSequence list:
                        foreach (var item in list.Items) if (item is YamlScalar scalar) Add(scalar.Text, 1, null, name, null);
                        break;
                    case YamlScalar { IsNull: false } single: Add(single.Text, 1, null, name, null); break;
                }
            }
            return true;
        }

        private bool Layers(string text)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            foreach (var layer in LayerReader.Read(stream, file).Layers)
            {
                title = layer.Name.Length > 0 ? layer.Name : title;
                var scored = layer.Techniques.Any(entry => entry.Score is not null);
                foreach (var entry in layer.Techniques)
                    if (entry.Enabled != false && (!scored || entry.Score > 0)) Add(entry.TechniqueId, entry.Score ?? 1, null, layer.Name, layer.Versions.Attack);
            }
            return true;
        }

        private bool Stix(JsonElement objects)
        {
            foreach (var item in objects.EnumerateArray())
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out var type) && type.ValueEquals("attack-pattern") && item.TryGetProperty("external_references", out var references) && references.ValueKind == JsonValueKind.Array)
                    foreach (var reference in references.EnumerateArray())
                        if (reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("external_id", out var id) && id.ValueKind == JsonValueKind.String && TableReaders.Ids(id.GetString()!) is [var technique])
                            Add(technique, 1, null, title, null);
            return true;
        }

        // What was only mentioned or suggested did not happen, as far as anybody knows.
        private bool Investigation(JsonElement list)
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String) continue;
                var standing = item.TryGetProperty("standing", out var word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
                if (standing is "mentioned" or "suggested") continue;
                Add(id.GetString()!, 1, null, standing.Length > 0 ? $"{title}: {standing}" : title, null);
            }
            return true;
        }
    }
}
