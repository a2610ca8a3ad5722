using System.Text.Json;
using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Evaluation;

/// <summary>Reads a compact knowledge base of actors from JSON text.</summary>
/// <remarks>Shape: <c>release</c>; <c>techniques</c>, <c>groups</c>, <c>software</c>, <c>campaigns</c> as id to facts;
/// <c>uses</c>, <c>groupSoftware</c>, <c>attributedTo</c> as [subject, object, [source…]]; <c>addresses</c>.</remarks>
public static class KnowledgeText
{
    private const int MostRevocations = 32;

    /// <summary>Reads one knowledge base.</summary>
    /// <param name="json">UTF-8 JSON, unpacked.</param>
    /// <param name="dates">Dates by source name.</param>
    /// <param name="nations">Suspected country by actor id, or null.</param>
    /// <exception cref="JsonException">The text is not JSON of that shape.</exception>
    public static ActorKnowledge Read(
        ReadOnlyMemory<byte> json,
        IReadOnlyDictionary<string, DateOnly> dates,
        IReadOnlyDictionary<string, string>? nations = null)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var techniques = Live(root, "techniques");
        var known = techniques.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var uses = Relations(root, "uses");
        var softwareUses = Relations(root, "groupSoftware");
        var attributions = Relations(root, "attributedTo");
        var addresses = root.GetProperty("addresses");
        return new()
        {
            Release = root.GetProperty("release").GetString()!,
            Techniques = [.. techniques.Select(item => new TechniqueFact(item.Name, Text(item.Value, "name"),
                ParentOf(item.Name, known), Texts(item.Value, "tactics"), Texts(item.Value, "platforms")))],
            Actors = [.. Live(root, "groups").Select(item =>
                new ActorFact(item.Name, Text(item.Value, "name"), Texts(item.Value, "aliases"))
                { SuspectedNation = nations?.GetValueOrDefault(item.Name) })],
            Software = [.. Live(root, "software").Select(item => new SoftwareFact(item.Name, Text(item.Value, "name"),
                Texts(item.Value, "aliases"), Text(item.Value, "kind") == "tool"))],
            Campaigns = [.. Live(root, "campaigns").Select(item => new CampaignFact(item.Name, Text(item.Value, "name"),
                Day(item.Value, "firstSeen"), Day(item.Value, "lastSeen")))],
            Sources = [.. uses.Concat(softwareUses).Concat(attributions).SelectMany(item => item.Sources)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new SourceFact(name, dates.TryGetValue(name, out var date) ? date : null,
                    addresses.TryGetProperty(name, out var address) ? address.GetString() : null))],
            Uses = uses,
            SoftwareUses = softwareUses,
            Attributions = attributions,
            Successors = Successors(root),
        };
    }

    private static List<JsonProperty> Live(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateObject().Where(item => !Flag(item.Value, "revoked") && !Flag(item.Value, "deprecated"))];

    private static Dictionary<string, string> Successors(JsonElement root)
    {
        var next = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in (string[])["techniques", "groups", "software", "campaigns"])
            foreach (var item in root.GetProperty(kind).EnumerateObject())
                if (Flag(item.Value, "revoked") && item.Value.TryGetProperty("revokedBy", out var by) && by.ValueKind == JsonValueKind.String)
                    next[item.Name] = by.GetString()!;
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in next.Keys)
        {
            var at = id;
            for (var steps = 0; steps < MostRevocations && next.TryGetValue(at, out var to); steps++) at = to;
            if (!next.ContainsKey(at)) last[id] = at;
        }
        return last;
    }

    private static List<Relation> Relations(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(item => new Relation(item[0].GetString()!, item[1].GetString()!,
            [.. item[2].EnumerateArray().Select(source => source.GetString()!)]))];

    private static string? ParentOf(string id, HashSet<string> known)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && known.Contains(id[..dot]) ? id[..dot] : null;
    }

    private static bool Flag(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string[] Texts(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static DateOnly? Day(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out var day) ? day : null;
}
