using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Attack.Layers;

namespace Modus.Casework.Defence;

/// <summary>Reads Navigator layers as claims: what a layer says, nobody has shown.</summary>
internal static class LayerClaims
{
    public static DefenceInventory Read(Stream stream, string file, DefenceContext context)
    {
        var read = LayerReader.Read(stream, file);
        foreach (var problem in read.Problems) context.ProblemList.Add(new(problem.Code, problem.Message, file, problem.Line > 0 ? problem.Line.ToString(CultureInfo.InvariantCulture) : null, problem.Fix));
        var claims = new List<CoverageClaim>();
        var unplaced = new List<Unplaced>();
        for (var number = 0; number < read.Layers.Count; number++)
        {
            var layer = read.Layers[number];
            var domain = DomainNames.Parse(layer.Domain);
            var named = layer.Filters?.Platforms is { } list ? list.Select(context.Knowledge.Platform).OfType<string>().ToList() : [];
            // A filter of every platform narrows nothing.
            var platforms = named.Count >= context.Knowledge.Platforms.Count ? [] : named;
            // Where a layer scores anything, an entry without score or with 0 claims nothing.
            var scored = layer.Techniques.Any(entry => entry.Score is not null);
            for (var at = 0; at < layer.Techniques.Count; at++)
            {
                var entry = layer.Techniques[at];
                var place = string.Create(CultureInfo.InvariantCulture, $"{file} {(read.Layers.Count > 1 ? $"layer {number} " : "")}techniques[{at}]");
                if (domain != Domains.None && (domain & context.Knowledge.Domain) == 0) { unplaced.Add(new(entry.TechniqueId, place, $"the layer is of {layer.Domain}, the coverage of {context.Knowledge.Domain.BundleName()}")); continue; }
                if (entry.Enabled == false) { unplaced.Add(new(entry.TechniqueId, place, "the entry is switched off in the layer")); continue; }
                if (scored && entry.Score is null or <= 0 && string.IsNullOrEmpty(entry.Color)) { unplaced.Add(new(entry.TechniqueId, place, "the layer scores it 0 or not at all")); continue; }
                claims.Add(new(context.Map(entry.TechniqueId, layer.Versions.Attack), new(RungEvidenceKind.Layer, layer.Name.Length > 0 ? layer.Name : Path.GetFileName(file), place)
                {
                    Detail = string.Join("; ", new[] { entry.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $"score {score}") : null, string.IsNullOrWhiteSpace(entry.Comment) ? null : Cut(entry.Comment) }.OfType<string>()) is { Length: > 0 } detail ? detail : null,
                })
                { Platforms = platforms, Score = entry.Score });
            }
        }
        // One entry a tactic is one claim.
        return new() { Claims = [.. claims.DistinctBy(claim => (claim.Technique.Given, claim.Technique.Id, claim.Evidence.What, claim.Score, claim.Evidence.Detail))], Unplaced = unplaced };
    }

    private static string Cut(string text) => text.Length <= 200 ? text.Trim() : text[..199].Trim() + "…";
}
