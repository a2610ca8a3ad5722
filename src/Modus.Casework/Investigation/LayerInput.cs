using Modus.Attack;
using Modus.Attack.Layers;

namespace Modus.Casework.Investigation;

/// <summary>Reads Navigator layers: every entry is a claim about a technique.</summary>
internal static class LayerInput
{
    /// <returns>The format in words, what was found, and whether anything of it was used.</returns>
    public static (string Format, string Summary, bool Used) Read(Stream stream, string file, FindingCollector findings)
    {
        var read = LayerReader.Read(stream, file);
        foreach (var problem in read.Problems) findings.Problems.Add(ProblemForms.Of(problem, file));
        if (read.Layers.Count == 0) return ("Navigator layer", "no layer could be read", false);

        int placed = 0, given = 0;
        for (var number = 0; number < read.Layers.Count; number++)
        {
            var layer = read.Layers[number];
            var path = read.Layers.Count == 1 ? "$" : FormattableString.Invariant($"$[{number}]");
            for (var index = 0; index < layer.Techniques.Count; index++, given++)
                if (AddEntry(layer, layer.Techniques[index], FormattableString.Invariant($"{path}.techniques[{index}]"), file, findings)) placed++;
        }
        var summary = placed == given
            ? FormattableString.Invariant($"{given} entries")
            : FormattableString.Invariant($"{placed} of {given} entries placed");
        return (FormatOf(read.Layers), summary, true);
    }

    private static bool AddEntry(Layer layer, LayerTechnique entry, string place, string file, FindingCollector findings)
    {
        var domain = layer.Domain is null ? Domains.None : DomainNames.Parse(layer.Domain);
        var resolution = findings.Resolver.Resolve(
            entry.TechniqueId, "layer entry", entry.Tactic, layer.Versions.Attack, domain == Domains.None ? null : domain);
        return findings.Add(resolution, file, place, origin => new LayerEvidence(
            file, origin, layer.Name, place, entry.Score, string.IsNullOrWhiteSpace(entry.Comment) ? null : entry.Comment, entry.Enabled ?? true));
    }

    private static string FormatOf(IReadOnlyList<Layer> layers)
    {
        var versions = layers[0].Versions;
        var format = versions.Format is { } layer ? $"Navigator layer {layer}" : "Navigator layer of unknown format";
        var attack = versions.Attack is { } release ? $"ATT&CK {release}" : "no ATT&CK version";
        return layers.Count == 1 ? $"{format}, {attack}" : FormattableString.Invariant($"{layers.Count} layers, first {format}, {attack}");
    }
}
