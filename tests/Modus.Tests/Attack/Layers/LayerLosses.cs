using System.Text.Json;

namespace Modus.Tests.Attack.Layers;

/// <summary>A plain comparison of two JSON texts of a layer: every member of the old one is in the new one.</summary>
/// <remarks>It knows nothing of the reader; it knows the renamings between the formats.</remarks>
internal static class LayerLosses
{
    public static List<string> Between(JsonElement before, JsonElement after)
    {
        var losses = new List<string>();
        foreach (var member in before.EnumerateObject())
        {
            switch (member.Name)
            {
                case "version":
                    Expect(losses, "version", "4.5", after.GetProperty("versions").GetProperty("layer").GetString());
                    break;
                case "versions":
                    foreach (var part in member.Value.EnumerateObject().Where(part => part.Name == "attack" && part.Value.GetString() != ""))
                        Expect(losses, "versions.attack", part.Value.GetString(), after.GetProperty("versions").GetProperty("attack").GetString());
                    break;
                case "domain":
                    var old = member.Value.GetString()!;
                    var current = old switch { "mitre-enterprise" => "enterprise-attack", "mitre-mobile" => "mobile-attack", _ => old };
                    Expect(losses, "domain", current, after.GetProperty("domain").GetString());
                    break;
                case "viewMode":
                    Expect(losses, "viewMode", "side", after.GetProperty("layout").GetProperty("layout").GetString());
                    break;
                default:
                    if (after.TryGetProperty(member.Name, out var kept)) Compare(losses, member.Name, member.Value, kept);
                    else losses.Add(member.Name);
                    break;
            }
        }
        return losses;
    }

    private static void Compare(List<string> losses, string path, JsonElement before, JsonElement after)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in before.EnumerateObject())
            {
                // Absent, null and an empty text mean the same to the Navigator.
                var says = member.Value.ValueKind != JsonValueKind.Null && !(member.Name == "tactic" && member.Value.GetString() == "");
                if (after.TryGetProperty(member.Name, out var kept)) Compare(losses, $"{path}.{member.Name}", member.Value, kept);
                else if (says) losses.Add($"{path}.{member.Name}");
            }
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
        {
            if (before.GetArrayLength() != after.GetArrayLength()) losses.Add($"{path}: {before.GetArrayLength()} entries became {after.GetArrayLength()}");
            foreach (var (left, right) in before.EnumerateArray().Zip(after.EnumerateArray())) Compare(losses, path + "[]", left, right);
        }
        else if (before.ValueKind == JsonValueKind.Number && after.ValueKind == JsonValueKind.Number)
        {
            if (before.GetDouble() != after.GetDouble()) losses.Add($"{path}: {before} became {after}");
        }
        else if (before.ValueKind != JsonValueKind.Null && (before.ValueKind != after.ValueKind || before.ToString() != after.ToString()))
        {
            losses.Add($"{path}: {before} became {after}");
        }
    }

    private static void Expect(List<string> losses, string path, string? wanted, string? found)
    {
        if (wanted != found) losses.Add($"{path}: {wanted} became {found}");
    }
}
