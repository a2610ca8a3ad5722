using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Models;

/// <summary>
/// A sum of complete binary trees of one depth over a row of figures; the sum is a log-odds. A figure that is not a number
/// goes left like the smallest.
/// </summary>
internal sealed class BoostedTrees(int depth, float start, int[] features, float[] thresholds, float[] leaves)
{
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
        sums.Fill(Start);
        var inner = (1 << Depth) - 1;
        ref var features = ref MemoryMarshal.GetArrayDataReference(Features);
        ref var thresholds = ref MemoryMarshal.GetArrayDataReference(Thresholds);
        var k = 0;
        for (; k + 4 <= rows.Length; k += 4)
        {
            ref var one = ref MemoryMarshal.GetArrayDataReference(rows[k]);
            ref var two = ref MemoryMarshal.GetArrayDataReference(rows[k + 1]);
            ref var three = ref MemoryMarshal.GetArrayDataReference(rows[k + 2]);
            ref var four = ref MemoryMarshal.GetArrayDataReference(rows[k + 3]);
            float a = Start, b = Start, c = Start, d = Start;
            for (var tree = 0; tree < TreeCount; tree++)
            {
                ref var asked = ref Unsafe.Add(ref features, tree * inner);
                ref var limits = ref Unsafe.Add(ref thresholds, tree * inner);
                int m = 0, n = 0, o = 0, p = 0;
                for (var level = 0; level < Depth; level++)
                {
                    m = (2 * m) + 1 + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref one, Unsafe.Add(ref asked, m)) > Unsafe.Add(ref limits, m));
                    n = (2 * n) + 1 + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref two, Unsafe.Add(ref asked, n)) > Unsafe.Add(ref limits, n));
                    o = (2 * o) + 1 + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref three, Unsafe.Add(ref asked, o)) > Unsafe.Add(ref limits, o));
                    p = (2 * p) + 1 + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref four, Unsafe.Add(ref asked, p)) > Unsafe.Add(ref limits, p));
                }

                var leaf = (tree << Depth) - inner;
                a += Leaves[leaf + m];
                b += Leaves[leaf + n];
                c += Leaves[leaf + o];
                d += Leaves[leaf + p];
            }

            (sums[k], sums[k + 1], sums[k + 2], sums[k + 3]) = (a, b, c, d);
        }

        for (; k < rows.Length; k++) sums[k] = Score(rows[k]);
    }

    /// <summary>The probability that belongs to a log-odds.</summary>
    public static float Probability(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));

    /// <summary>The log-odds that belong to a probability, which is kept away from 0 and 1.</summary>
    public static float LogOdds(float probability)
    {
        var p = Math.Clamp(probability, 1e-4f, 1 - 1e-4f);
        return MathF.Log(p / (1 - p));
    }
}
