using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Mapping.Models;

/// <summary>
/// One linear classifier a class over sparse features. Weights are 8-bit figures with one scale a class; a feature keeps
/// only the classes it speaks for or against.
/// </summary>
internal sealed class LinearModel
{
    private const int Lanes = 8;
    private const int DenseShare = 4;

    private readonly int[] denseAt;
    private readonly sbyte[] dense;
    private readonly int width;

    /// <summary>A model over the parts it is stored in.</summary>
    public LinearModel(int[] starts, ushort[] classes, sbyte[] weights, float[] scales, float[] bias)
    {
        Starts = starts;
        Classes = classes;
        Weights = weights;
        Scales = scales;
        Bias = bias;
        width = (scales.Length + Lanes - 1) / Lanes * Lanes;
        denseAt = new int[FeatureCount];
        dense = MakeDense();
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

    /// <summary>Number of classes, filled up to whole vectors.</summary>
    public int Width => width;

    /// <summary>Adds a feature to sums by class, in units of each class's scale and without its constant.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">Its value.</param>
    /// <param name="sums">As wide as <see cref="Width"/>.</param>
    public void AddTo(int feature, float value, Span<float> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(sums);
        if (denseAt[feature] >= 0)
        {
            AddDense(ref first, denseAt[feature], value);
            return;
        }

        for (var i = Starts[feature]; i < Starts[feature + 1]; i++) sums[Classes[i]] += value * Weights[i];
    }

    /// <summary>The margin of every class for a vector.</summary>
    public void Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> margins)
    {
        Span<float> sums = stackalloc float[width];
        sums.Clear();
        ref var first = ref MemoryMarshal.GetReference(sums);
        ref var classes = ref MemoryMarshal.GetArrayDataReference(Classes);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        for (var k = 0; k < indices.Length; k++)
        {
            var feature = indices[k];
            var value = values[k];
            if (denseAt[feature] >= 0)
            {
                AddDense(ref first, denseAt[feature], value);
                continue;
            }

            var end = Starts[feature + 1];
            for (var i = Starts[feature]; i < end; i++)
                Unsafe.Add(ref first, (int)Unsafe.Add(ref classes, i)) += value * Unsafe.Add(ref weights, i);
        }

        for (var c = 0; c < margins.Length; c++) margins[c] = (sums[c] * Scales[c]) + Bias[c];
    }

    /// <summary>Features that speak about a good part of the classes are kept as whole rows too: adding those is arithmetic in vectors.</summary>
    private sbyte[] MakeDense()
    {
        var rows = 0;
        for (var feature = 0; feature < FeatureCount; feature++)
            denseAt[feature] = (Starts[feature + 1] - Starts[feature]) * DenseShare >= width ? rows++ * width : -1;
        var made = new sbyte[rows * width];
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            if (denseAt[feature] < 0) continue;
            for (var i = Starts[feature]; i < Starts[feature + 1]; i++) made[denseAt[feature] + Classes[i]] = Weights[i];
        }

        return made;
    }

    private void AddDense(ref float sums, int from, float value)
    {
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(dense), from);
        var x = Vector256.Create(value);
        for (var c = 0; c < width; c += Lanes)
        {
            var eight = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref row, c)))).AsSByte();
            var wide = Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.WidenLower(eight).ToVector256Unsafe()));
            var sum = Vector256.LoadUnsafe(ref sums, (nuint)c);
            Vector256.FusedMultiplyAdd(x, wide, sum).StoreUnsafe(ref sums, (nuint)c);
        }
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
