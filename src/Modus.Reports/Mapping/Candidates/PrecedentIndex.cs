using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>Procedure examples as the heaviest figures of their vectors, technique by technique; no words are kept.</summary>
/// <param name="ClassStarts">Where each class's examples start; one more than classes.</param>
/// <param name="Sources">The source of each example, as a number into <paramref name="SourceIds"/>.</param>
/// <param name="SourceIds">ATT&amp;CK ids of actors, campaigns and software.</param>
/// <param name="FeatureStarts">Where each example's features start; one more than examples.</param>
/// <param name="Features">Features of the space learnt from ATT&amp;CK.</param>
/// <param name="Values">Their values, in 1/255.</param>
internal sealed record PrecedentIndex(
    int[] ClassStarts, ushort[] Sources, string[] SourceIds, int[] FeatureStarts, int[] Features, byte[] Values)
{
    /// <summary>Features kept of an example.</summary>
    public const int KeptFeatures = 10;

    /// <summary>The examples of a class that resemble a vector most.</summary>
    /// <param name="classes">The techniques.</param>
    /// <param name="c">The class.</param>
    /// <param name="vector">The sentence's vector.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="values">As long as the space has features, all zero, and zero again afterwards.</param>
    public IReadOnlyList<Precedent> Nearest(TechniqueClasses classes, int c, SentenceEncoder vector, int count, float[] values)
    {
        for (var k = 0; k < vector.WordFeatures; k++) values[vector.Indices[k]] = vector.Values[k];
        var found = new List<(float Similarity, int Example)>();
        for (var example = ClassStarts[c]; example < ClassStarts[c + 1]; example++)
        {
            var sum = 0f;
            for (var k = FeatureStarts[example]; k < FeatureStarts[example + 1]; k++)
                sum += values[Features[k]] * Values[k];
            if (sum > 0) found.Add((sum / 255f, example));
        }

        for (var k = 0; k < vector.WordFeatures; k++) values[vector.Indices[k]] = 0;

        return [.. found.OrderByDescending(one => one.Similarity).ThenBy(one => one.Example)
            .DistinctBy(one => Sources[one.Example]).Take(count)
            .Select(one => new Precedent(classes.Ids[c], SourceIds[Sources[one.Example]], Math.Min(1, one.Similarity)))];
    }
}
