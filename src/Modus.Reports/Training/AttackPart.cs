using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>What is learnt from a release's texts alone; no report changes it.</summary>
/// <param name="Texts">The texts.</param>
/// <param name="Names">Names to mask.</param>
/// <param name="Space">Features of the model.</param>
/// <param name="Model">One classifier a technique.</param>
/// <param name="Precedents">The procedure examples.</param>
/// <param name="Sources">What names stand for.</param>
/// <param name="Parents">The parent of each class, or -1.</param>
/// <param name="Examples">The texts by class, for those who learn from them again.</param>
internal sealed record AttackPart(
    AttackTexts Texts, NameMask Names, FeatureSpace Space, LinearModel Model, PrecedentIndex Precedents, NamedSources Sources,
    int[] Parents, IReadOnlyList<(string Text, int Class)> Examples)
{
    private const int ShortestSentence = 25;

    /// <summary>Learns from the procedures, names and descriptions of a release.</summary>
    public static AttackPart Train(AttackTexts texts, MapperOptions options, CancellationToken stop)
    {
        var classOf = texts.Techniques.Select((technique, c) => (technique.Id, c)).ToDictionary(one => one.Id, one => one.c, StringComparer.Ordinal);
        var names = NameMask.Of(texts.Names);
        var examples = texts.Procedures.Select(procedure => (procedure.Text, Class: classOf[procedure.Technique])).ToList();
        foreach (var technique in texts.Techniques)
        {
            examples.Add((technique.Name, classOf[technique.Id]));
            examples.AddRange(DescriptionSentences.Of(technique.Description)
                .Where(sentence => sentence.Length > ShortestSentence).Select(sentence => (sentence, classOf[technique.Id])));
        }

        var own = examples.Count;
        examples.AddRange(texts.Further.Select(further => (further.Text, classOf[further.Technique])));
        var builder = new FeatureSpaceBuilder(names, characters: false);
        foreach (var (text, _) in examples) builder.Add(text);
        var space = builder.Build(leastWord: 1);
        var encoder = new SentenceEncoder(space, names);
        var rows = new SparseRows();
        foreach (var (text, _) in examples)
        {
            encoder.Encode(text);
            rows.Add(encoder.Indices, encoder.Values);
        }

        var parents = texts.Techniques.Select(technique => technique.Parent is null ? -1 : classOf.GetValueOrDefault(technique.Parent, -1)).ToArray();
        var families = new Families(parents, options.FamilyCost);
        var groups = examples.Select((example, at) => families.Group(example.Class, at < own ? 1 : texts.Further[at - own].Price)).ToArray();
        var task = new LinearTask(rows, [.. examples.Select(example => families.Positives(example.Class))], groups, families.Costs);
        var model = LinearTrainer.Train(task, space.Count, classOf.Count, new(options.AttackCost, options.Epochs, options.Seed, options.LeastWeight), stop);
        var precedents = Index(texts, classOf, rows);
        return new(texts, names, space, model, precedents, NamedSources.Of(texts, precedents, parents), parents, examples[..own]);
    }

    /// <summary>The heaviest features of each procedure; the procedures are the first rows and sorted by technique.</summary>
    private static PrecedentIndex Index(AttackTexts texts, Dictionary<string, int> classOf, SparseRows rows)
    {
        var sourceIds = texts.Procedures.Select(procedure => procedure.Source).Distinct().Order(StringComparer.Ordinal).ToArray();
        var order = Enumerable.Range(0, texts.Procedures.Count).OrderBy(example => classOf[texts.Procedures[example].Technique]).ToArray();
        var classStarts = new int[classOf.Count + 1];
        foreach (var procedure in texts.Procedures) classStarts[classOf[procedure.Technique] + 1]++;
        for (var c = 0; c < classOf.Count; c++) classStarts[c + 1] += classStarts[c];
        var starts = new List<int> { 0 };
        var features = new List<int>();
        var values = new List<byte>();
        foreach (var example in order)
        {
            var indices = rows.Indices(example).ToArray();
            var weights = rows.Values(example).ToArray();
            Array.Sort(weights, indices, Comparer<float>.Create((a, b) => b.CompareTo(a)));
            for (var k = 0; k < Math.Min(PrecedentIndex.KeptFeatures, indices.Length); k++)
            {
                features.Add(indices[k]);
                values.Add((byte)Math.Clamp(MathF.Round(weights[k] * 255), 0, 255));
            }

            starts.Add(features.Count);
        }

        return new(classStarts, [.. order.Select(example => (ushort)Array.BinarySearch(sourceIds, texts.Procedures[example].Source, StringComparer.Ordinal))],
            sourceIds, [.. starts], [.. features], [.. values]);
    }
}
