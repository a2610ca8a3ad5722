using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Models;

/// <summary>
/// A sum of complete binary trees of one depth over a row of figures; the sum is a log-odds. A figure that is not a number
/// goes left like the smallest.
/// </summary>
internal sealed class BoostedTrees(int depth, float start, int[] features, float[] thresholds, float[] leaves)
{
    private readonly Node[] packed = Pack(depth, features, thresholds);

    /// <summary>Splits from root to leaf.</summary>
    public int Depth { get; } = depth;

    /// <summary>The log-odds before the first tree.</summary>
    public float Start { get; } = start;

    /// <summary>The feature each inner node asks for, tree by tree, level by level.</summary>
    public int[] Features { get; } = features;

    /// <summary>A figure above it goes right.</summary>
    public float[] Thresholds { get; } = thresholds;

    /// <summary>The log-odds each leaf adds, tree by tree.</summary>
    public float[] Leaves { get; } = leaves;

    /// <summary>Number of trees.</summary>
    public int TreeCount => Leaves.Length >> Depth;

    /// <summary>The log-odds of a row.</summary>
    public float Score(ReadOnlySpan<float> row)
    {
        var sum = Start;
        var inner = (1 << Depth) - 1;
        ref var figures = ref MemoryMarshal.GetReference(row);
        ref var features = ref MemoryMarshal.GetArrayDataReference(Features);
        ref var thresholds = ref MemoryMarshal.GetArrayDataReference(Thresholds);
        for (var tree = 0; tree < TreeCount; tree++)
        {
            var from = tree * inner;
            var node = 0;
            for (var level = 0; level < Depth; level++)
            {
                // Features are checked against the row's width when a model is read.
                var above = Unsafe.Add(ref figures, Unsafe.Add(ref features, from + node)) > Unsafe.Add(ref thresholds, from + node);
                node = (2 * node) + 1 + Unsafe.BitCast<bool, byte>(above);
            }

            sum += Leaves[(tree << Depth) + node - inner];
        }

        return sum;
    }

    /// <summary>The log-odds of several rows, four of them side by side: each step of a tree waits for the one before.</summary>
    public void Score(float[][] rows, Span<float> sums)
    {
        var size = 1 << Depth;
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(packed);
        for (var k = 0; k < rows.Length; k += 4)
        {
            // Places beyond the last row are filled with it.
            ref var one = ref MemoryMarshal.GetArrayDataReference(rows[k]);
            ref var two = ref MemoryMarshal.GetArrayDataReference(rows[Math.Min(k + 1, rows.Length - 1)]);
            ref var three = ref MemoryMarshal.GetArrayDataReference(rows[Math.Min(k + 2, rows.Length - 1)]);
            ref var four = ref MemoryMarshal.GetArrayDataReference(rows[Math.Min(k + 3, rows.Length - 1)]);
            float a = Start, b = Start, c = Start, d = Start;
            for (var tree = 0; tree < TreeCount; tree++)
            {
                ref var root = ref Unsafe.Add(ref nodes, tree << Depth);
                nuint m = 1, n = 1, o = 1, p = 1;
                for (var level = 0; level < Depth; level++)
                {
                    m = (2 * m) + Above(ref one, ref Unsafe.Add(ref root, m));
                    n = (2 * n) + Above(ref two, ref Unsafe.Add(ref root, n));
                    o = (2 * o) + Above(ref three, ref Unsafe.Add(ref root, o));
                    p = (2 * p) + Above(ref four, ref Unsafe.Add(ref root, p));
                }

                ref var leaf = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Leaves), (tree << Depth) - size);
                a += Unsafe.Add(ref leaf, m);
                b += Unsafe.Add(ref leaf, n);
                c += Unsafe.Add(ref leaf, o);
                d += Unsafe.Add(ref leaf, p);
            }

            sums[k] = a;
            if (k + 1 < rows.Length) sums[k + 1] = b;
            if (k + 2 < rows.Length) sums[k + 2] = c;
            if (k + 3 < rows.Length) sums[k + 3] = d;
        }
    }

    /// <summary>1 if the figure that a node asks for is above its threshold. Features are checked against the row's width when a model is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Above(ref float figures, ref Node node) =>
        Unsafe.BitCast<bool, byte>(Unsafe.Add(ref figures, (nuint)node.Feature) > node.Threshold);

    /// <summary>The inner nodes tree by tree as heaps: the root at 1, the children of a node at twice its place.</summary>
    private static Node[] Pack(int depth, int[] features, float[] thresholds)
    {
        var inner = (1 << depth) - 1;
        var nodes = new Node[features.Length / inner << depth];
        for (var i = 0; i < features.Length; i++) nodes[(i / inner << depth) + (i % inner) + 1] = new((uint)features[i], thresholds[i]);
        return nodes;
    }

    private readonly record struct Node(uint Feature, float Threshold);

    /// <summary>The probability that belongs to a log-odds.</summary>
    public static float Probability(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));

    /// <summary>The log-odds that belong to a probability, which is kept away from 0 and 1.</summary>
    public static float LogOdds(float probability)
    {
        var p = Math.Clamp(probability, 1e-4f, 1 - 1e-4f);
        return MathF.Log(p / (1 - p));
    }
}
