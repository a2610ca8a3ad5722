using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modus.Casework.Store;

/// <summary>Joins two changes of one object, member by member.</summary>
internal static class JsonMerge
{
    /// <summary>The members of both sides on the common base, and those that both changed to different values.</summary>
    public static (JsonElement Merged, IReadOnlyList<string> Conflicts) Join(JsonElement common, JsonElement stored, JsonElement wanted)
    {
        var merged = new JsonObject();
        var conflicts = new List<string>();
        foreach (var name in Names(stored).Concat(Names(wanted)).Concat(Names(common)).Distinct())
        {
            var (before, theirs, ours) = (Member(common, name), Member(stored, name), Member(wanted, name));
            var value = Same(before, ours) ? theirs : ours;
            if (!Same(before, theirs) && !Same(before, ours) && !Same(theirs, ours)) conflicts.Add(name);
            if (value is { } kept) merged[name] = JsonNode.Parse(kept.GetRawText());
        }
        using var document = JsonDocument.Parse(merged.ToJsonString());
        return (document.RootElement.Clone(), conflicts);
    }

    private static IEnumerable<string> Names(JsonElement body) => body.EnumerateObject().Select(member => member.Name);

    private static JsonElement? Member(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value : null;

    private static bool Same(JsonElement? left, JsonElement? right) =>
        left is { } some && right is { } other ? JsonElement.DeepEquals(some, other) : left is null && right is null;
}
