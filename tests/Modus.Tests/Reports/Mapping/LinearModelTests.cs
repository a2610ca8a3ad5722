using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

public sealed class LinearModelTests
{
    private const int Classes = 101;

    [Fact]
    public void Features_count_the_same_whether_kept_as_rows_or_scattered()
    {
        var random = new Random(5);
        var weights = new sbyte[400, Classes];
        var starts = new List<int> { 0 };
        var classes = new List<ushort>();
        var kept = new List<sbyte>();
        for (var feature = 0; feature < 400; feature++)
        {
            // From no weight to all: scattered, plain rows and fused rows follow each other.
            var share = random.NextDouble() * random.NextDouble();
            for (var c = 0; c < Classes; c++)
            {
                if (random.NextDouble() >= share) continue;
                classes.Add((ushort)c);
                kept.Add(weights[feature, c] = (sbyte)random.Next(1, 127));
            }

            starts.Add(kept.Count);
        }

        var model = new LinearModel([.. starts], [.. classes], [.. kept], [.. Enumerable.Repeat(0.01f, Classes)], new float[Classes]);
        int[] features = [.. Enumerable.Range(0, 400)];
        random.Shuffle(features);
        var values = features.Select(_ => random.NextSingle()).ToArray();
        var margins = new float[Classes];
        model.Score(features, values, margins);
        for (var c = 0; c < Classes; c++)
            Assert.Equal(features.Select((feature, k) => (double)values[k] * weights[feature, c]).Sum() / 100, margins[c], 1e-2);
    }

    [Fact]
    public void Words_have_the_sequences_they_had_when_thousands_of_others_came_between()
    {
        var keys = new List<uint>();
        FeatureScanner.Characters(" beacon ", keys);
        uint[] distinct = [.. keys.Distinct()];
        var space = new FeatureSpace(distinct, [.. distinct.Select((_, k) => 1f + k)], 0);
        var encoder = new SentenceEncoder(space, NameMask.Empty);
        encoder.Encode("a beacon and a beacon");
        int[] indices = [.. encoder.Indices];
        float[] values = [.. encoder.Values];
        for (var k = 0; k < 50_000; k += 5) encoder.Encode($"w{k} w{k + 1} w{k + 2} w{k + 3} w{k + 4}");
        encoder.Encode("a beacon and a beacon");
        Assert.Equal(indices, encoder.Indices);
        Assert.Equal(values, encoder.Values);
    }
}
