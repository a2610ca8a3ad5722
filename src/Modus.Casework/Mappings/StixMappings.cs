using System.Text.Json;
using Modus.Casework.Investigation;
using Modus.Stix;
using Modus.Stix.Bundles;

namespace Modus.Casework.Mappings;

/// <summary>Mappings out of STIX: attack-patterns, and the relationships by which somebody uses them.</summary>
internal static class StixMappings
{
    public static bool IsStix(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && (type.ValueEquals("bundle") || root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString()!.Contains("--", StringComparison.Ordinal));

    public static MappingReading Read(byte[] bytes, string name)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var bundle = StixReader.Read(stream, name);
        var problems = bundle.Problems.Select(ProblemForms.Of).ToList();
        var mappings = new List<StatedMapping>();
        var given = 0;
        var uses = bundle.Objects.Where(item => item.RelationshipType is not null && !item.Revoked && bundle.Find(item.TargetRef)?.Type == "attack-pattern").ToLookup(item => item.TargetRef!, StringComparer.Ordinal);
        foreach (var pattern in bundle.Objects.Where(item => item is { Type: "attack-pattern", Revoked: false }))
        {
            if (IdOf(pattern) is not { } id)
            {
                given++;
                problems.Add(new CaseProblem(CaseProblemCodes.NoTechnique, $"the attack-pattern '{pattern.Name}' carries no ATT&CK id", name, pattern.Path, "add the id as an external reference"));
                continue;
            }
            var links = uses[pattern.Id].ToList();
            if (links.Count == 0) mappings.Add(Make(name, pattern.Path, id, pattern, null));
            mappings.AddRange(links.Select(link => Make(name, link.Path, id, pattern, link)));
        }
        given += mappings.Count;
        return new MappingReading(mappings, "STIX", given, problems);
    }

    private static StatedMapping Make(string name, string place, string id, StixObject pattern, StixObject? link)
    {
        // The description of a bare pattern only repeats what the technique is; that of a use tells what was seen.
        var says = string.IsNullOrWhiteSpace(link?.Description) ? null : link.Description.Trim();
        return new StatedMapping { File = name, Place = place, Technique = id, Tactic = TacticOf(pattern), Text = says, IsQuote = says is not null, Reason = says ?? "" };
    }

    private static string? IdOf(StixObject pattern) =>
        pattern.ExternalReferences.Where(reference => reference.ExternalId is not null && (reference.Source.Contains("attack", StringComparison.OrdinalIgnoreCase) || reference.Source.Contains("mitre", StringComparison.OrdinalIgnoreCase)))
            .Select(reference => reference.ExternalId).FirstOrDefault(TechniqueIds.IsId)
        ?? (pattern.Name?.Split([' ', ':', '-', '|'], 2)[0] is { } first && TechniqueIds.IsId(first) ? first : null);

    /// <summary>The one tactic that the pattern names; several name none, since they only repeat what the technique serves.</summary>
    private static string? TacticOf(StixObject pattern)
    {
        var phases = pattern.KillChainPhases.Where(phase => phase.KillChain.Contains("mitre", StringComparison.OrdinalIgnoreCase)).Select(phase => phase.Phase).Distinct().ToList();
        return phases.Count == 1 ? phases[0] : null;
    }
}
