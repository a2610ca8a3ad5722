using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Mapping.Models;

/// <summary>
/// One linear classifier a class over sparse features. Weights are 8-bit figures with one scale a class; a feature keeps
/// only the classes it speaks for or against.
/// </summary>
internal sealed class LinearModel
{
    /// <summary>A model over the parts it is stored in.</summary>
    public LinearModel(int[] starts, ushort[] classes, sbyte[] weights, float[] scales, float[] bias)
    {
        Starts = starts;
        Classes = classes;
        Weights = weights;
        Scales = scales;
        Bias = bias;
    }

    /// <summary>Where the weights of each feature start; one more than features.</summary>
    public int[] Starts { get; }

    /// <summary>The class of each weight.</summary>
    public ushort[] Classes { get; }

    /// <summary>The weights in units of their class's scale.</summary>
    public sbyte[] Weights { get; }

    /// <summary>The unit of weights by class.</summary>
    public float[] Scales { get; }

    /// <summary>The constant of each class.</summary>
    public float[] Bias { get; }

    /// <summary>Number of classes.</summary>
    public int ClassCount => Scales.Length;

    /// <summary>Number of features.</summary>
    public int FeatureCount => Starts.Length - 1;

    /// <summary>The margin of every class for a vector.</summary>
    public void Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> margins)
    {
        margins.Clear();
        for (var k = 0; k < indices.Length; k++)
        {
            var from = Starts[indices[k]];
            var length = Starts[indices[k] + 1] - from;
            var classes = Classes.AsSpan(from, length);
            var weights = Weights.AsSpan(from, length);
            var value = values[k];
            for (var i = 0; i < classes.Length; i++) margins[classes[i]] += value * weights[i];
        }

        for (var c = 0; c < margins.Length; c++) margins[c] = (margins[c] * Scales[c]) + Bias[c];
    }

    /// <summary>The weight of a feature for a class.</summary>
    public float Weight(int feature, int @class)
    {
        var from = Starts[feature];
        var at = Classes.AsSpan(from, Starts[feature + 1] - from).BinarySearch((ushort)@class);
        return at < 0 ? 0 : Weights[from + at] * Scales[@class];
    }

    /// <summary>The margin of every class for each row.</summary>
    public float[][] ScoreAll(SparseRows rows)
    {
        var all = new float[rows.Count][];
        Parallel.For(0, rows.Count, row => Score(rows.Indices(row), rows.Values(row), all[row] = new float[ClassCount]));
        return all;
    }
}
