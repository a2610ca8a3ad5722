using System.Text.Json;
using Modus.Attack.Projection;

namespace Modus.Attack.Layers;

/// <summary>Keeps entries without a place in a release: as they were, with the verdict.</summary>
internal static class DroppedEntries
{
    /// <summary>The entries that an earlier upgrade dropped, then those of this one; null where there are none.</summary>
    public static JsonElement? Write(IReadOnlyList<(LayerTechnique Entry, ProjectionAnswer Projection)> dropped, IReadOnlyList<LayerMember> others)
    {
        var earlier = others.FirstOrDefault(member => member.Name == LayerUpgrade.DroppedMember)?.Value;
        if (dropped.Count == 0) return earlier;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            if (earlier is { ValueKind: JsonValueKind.Array } list)
                foreach (var entry in list.EnumerateArray()) entry.WriteTo(writer);
            else if (earlier is { } single) single.WriteTo(writer);
            foreach (var (entry, projection) in dropped)
            {
                writer.WriteStartObject();
                writer.WriteString("verdict", projection.Verdict.Words());
                writer.WriteString("reason", projection.Reason);
                writer.WriteStartArray("candidates");
                foreach (var candidate in projection.Candidates) writer.WriteStringValue(candidate.Id);
                writer.WriteEndArray();
                writer.WritePropertyName("entry");
                LayerWriter.Write(entry, writer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        using var document = JsonDocument.Parse(buffer.ToArray(), LayerReader.Options);
        return document.RootElement.Clone();
    }
}
