using Modus.Attack.Layers;

namespace Modus.Casework.Mappings;

/// <summary>Mappings out of Navigator layers: every entry that is switched on.</summary>
internal static class LayerMappings
{
    public static MappingReading Read(ReadOnlyMemory<byte> bytes, string name)
    {
        var read = LayerReader.Read(bytes, name);
        var problems = read.Problems.Select(problem => new CaseProblem(problem.Code, problem.Message, name, problem.Line > 0 ? FormattableString.Invariant($"line {problem.Line}") : null, problem.Fix, Lost: problem.Code is LayerCodes.EntrySkipped or LayerCodes.NotALayer or LayerCodes.NotJson)).ToList();
        var mappings = new List<StatedMapping>();
        var off = 0;
        foreach (var layer in read.Layers)
        {
            // Templates carry an entry for every technique and score only what is meant: what has a score of 0 is not.
            var scored = layer.Techniques.Any(entry => entry.Score is not null);
            for (var index = 0; index < layer.Techniques.Count; index++)
            {
                var entry = layer.Techniques[index];
                if (entry.Enabled == false || scored && entry.Score is 0 || scored && entry.Score is null && entry.Comment is null or "" && entry.Color is null or "")
                {
                    off++;
                    continue;
                }
                mappings.Add(new StatedMapping
                {
                    File = name,
                    Place = FormattableString.Invariant($"$.techniques[{index}]"),
                    Technique = entry.TechniqueId,
                    Tactic = entry.Tactic,
                    Release = layer.Versions.Attack,
                    Domain = layer.Domain,
                    Text = string.IsNullOrWhiteSpace(entry.Comment) ? null : entry.Comment,
                    Reason = entry.Comment ?? "",
                });
            }
        }
        if (off > 0) problems.Add(new CaseProblem(MappingCodes.BadLine, FormattableString.Invariant($"{off} {(off == 1 ? "entry is" : "entries are")} switched off, scored 0 or blank: not taken for mappings"), name, Lost: false));
        return new MappingReading(mappings, read.Layers.Count == 1 ? "Navigator layer" : FormattableString.Invariant($"{read.Layers.Count} Navigator layers"), mappings.Count + read.Skipped, problems);
    }
}
