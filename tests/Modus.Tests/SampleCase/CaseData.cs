using System.Text.Json;

namespace Modus.Tests.SampleCase;

/// <summary>The expected findings of the shipped case.</summary>
internal static class CaseData
{
    private static readonly Lazy<JsonDocument> document = new(() => JsonDocument.Parse(File.ReadAllBytes(ShippedCase.PathOf("expected/case.json"))));

    public static JsonElement Root => document.Value.RootElement;

    /// <summary>The case's techniques in ids of ATT&amp;CK 18.1.</summary>
    public static IReadOnlyList<CaseTechniqueRow> Techniques { get; } =
        [.. Root.GetProperty("list").EnumerateArray().Select(row => new CaseTechniqueRow(
            row.GetProperty("id").GetString()!, row.GetProperty("v19").GetString()!, row.GetProperty("told").GetBoolean(), row.GetProperty("seen").GetBoolean(),
            row.GetProperty("state").GetString()!, row.TryGetProperty("rule", out var rule) ? rule.GetString() : null, row.GetProperty("tested").GetBoolean()))];

    public static IReadOnlySet<string> All => Techniques.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlySet<string> Seen => Techniques.Where(row => row.Seen).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A row of the case's table of techniques.</summary>
internal sealed record CaseTechniqueRow(string Id, string Later, bool Told, bool Seen, string State, string? Rule, bool Tested);
