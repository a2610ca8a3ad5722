using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>How linear classifiers are fitted.</summary>
/// <param name="Cost">Price of a row on the wrong side, before the row's own weight.</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Seed">Seed of the order in which rows are visited.</param>
/// <param name="LeastWeight">Smallest weight that is kept, in parts of 127 of its class's largest; at least 1.</param>
internal sealed record LinearOptions(float Cost = 0.5f, int Epochs = 10, int Seed = 17, int LeastWeight = 1);

/// <summary>What linear classifiers learn from.</summary>
/// <param name="Rows">The vectors.</param>
/// <param name="Positives">The classes of each row.</param>
/// <param name="Group">The group of each row.</param>
/// <param name="GroupCosts">By group and class, the factor of a row's cost; 0 leaves the class untouched by the row.</param>
internal sealed record LinearTask(SparseRows Rows, int[][] Positives, ushort[] Group, float[][] GroupCosts);

/// <summary>
/// Fits one linear support vector classifier a class (squared hinge, L2) by dual coordinate descent. Sixty-four classes
/// go through the rows side by side, so that each feature is one run of memory and the arithmetic is in vectors; blocks of classes
/// are independent of each other, so the result does not depend on the number of threads.
/// </summary>
internal static class LinearTrainer
{
    private const int Block = 64;
    private const int Lanes = 8;
    private const float Smallest = 1e-6f;
    private const float Untouched = 1e20f;

    /// <summary>Fits all classes.</summary>
    public static LinearModel Train(LinearTask task, int featureCount, int classCount, LinearOptions options, CancellationToken cancel = default)
    {
        var blocks = (classCount + Block - 1) / Block;
        var parts = new (sbyte[] Weights, float[] Scales, float[] Bias)[blocks];
        var squares = Squares(task.Rows);
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, block =>
            parts[block] = Quantise(Fit(task, squares, featureCount, block * Block, Math.Min(Block, classCount - (block * Block)), options, cancel), featureCount, options.LeastWeight));
        return Assemble(parts, featureCount, classCount);
    }

    private static float[] Squares(SparseRows rows)
    {
        var squares = new float[rows.Count];
        for (var row = 0; row < squares.Length; row++)
        {
            var sum = 1f;
            foreach (var value in rows.Values(row)) sum += value * value;
            squares[row] = sum;
        }

        return squares;
    }

    private static float[] Fit(LinearTask task, float[] squares, int featureCount, int firstClass, int classes, LinearOptions options, CancellationToken cancel)
    {
        var count = task.Rows.Count;
        var weights = new float[(featureCount + 1) * Block];
        var duals = new float[count * Block];
        var diagonal = Diagonals(task.GroupCosts, firstClass, classes, options.Cost);
        var signs = new float[Block];
        Array.Fill(signs, -1f);
        var steps = new float[Block];
        var quiet = new byte[count];
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        var random = new Random(options.Seed);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            cancel.ThrowIfCancellationRequested();
            random.Shuffle(order);
            var last = epoch == options.Epochs - 1;
            foreach (var row in order)
            {
                if (quiet[row] > 0 && !last)
                {
                    quiet[row]--;
                    continue;
                }

                var positives = task.Positives[row];
                foreach (var positive in positives)
                    if (positive >= firstClass && positive < firstClass + classes) signs[positive - firstClass] = 1;
                var moved = Visit(task.Rows.Indices(row), task.Rows.Values(row), weights, featureCount, signs, duals.AsSpan(row * Block, Block),
                    diagonal[task.Group[row]], squares[row], steps);
                foreach (var positive in positives)
                    if (positive >= firstClass && positive < firstClass + classes) signs[positive - firstClass] = -1;
                if (!moved) quiet[row] = (byte)Math.Min(epoch, 3);
            }
        }

        return weights;
    }

    private static float[][] Diagonals(float[][] costs, int firstClass, int classes, float cost) =>
        [.. costs.Select(group => Enumerable.Range(0, Block)
            .Select(c => c < classes && group[firstClass + c] > 0 ? 1 / (2 * cost * group[firstClass + c]) : Untouched).ToArray())];

    /// <summary>One step on one row for all classes of the block; false when nothing moved.</summary>
    private static bool Visit(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, float[] weights, int bias, float[] signs, Span<float> duals,
        float[] diagonal, float square, float[] steps)
    {
        ref var origin = ref MemoryMarshal.GetArrayDataReference(weights);
        ref var first = ref Unsafe.Add(ref origin, bias * Block);
        Vector256<float> m0 = Load(ref first, 0), m1 = Load(ref first, 1), m2 = Load(ref first, 2), m3 = Load(ref first, 3);
        Vector256<float> m4 = Load(ref first, 4), m5 = Load(ref first, 5), m6 = Load(ref first, 6), m7 = Load(ref first, 7);
        for (var k = 0; k < indices.Length; k++)
        {
            ref var at = ref Unsafe.Add(ref origin, indices[k] * Block);
            var x = Vector256.Create(values[k]);
            m0 = Vector256.FusedMultiplyAdd(x, Load(ref at, 0), m0);
            m1 = Vector256.FusedMultiplyAdd(x, Load(ref at, 1), m1);
            m2 = Vector256.FusedMultiplyAdd(x, Load(ref at, 2), m2);
            m3 = Vector256.FusedMultiplyAdd(x, Load(ref at, 3), m3);
            m4 = Vector256.FusedMultiplyAdd(x, Load(ref at, 4), m4);
            m5 = Vector256.FusedMultiplyAdd(x, Load(ref at, 5), m5);
            m6 = Vector256.FusedMultiplyAdd(x, Load(ref at, 6), m6);
            m7 = Vector256.FusedMultiplyAdd(x, Load(ref at, 7), m7);
        }

        ref var y = ref MemoryMarshal.GetArrayDataReference(signs);
        ref var d = ref MemoryMarshal.GetArrayDataReference(diagonal);
        ref var a = ref MemoryMarshal.GetReference(duals);
        ref var s = ref MemoryMarshal.GetArrayDataReference(steps);
        var moved = Step(m0, 0, ref y, ref d, ref a, ref s, square) | Step(m1, 1, ref y, ref d, ref a, ref s, square)
            | Step(m2, 2, ref y, ref d, ref a, ref s, square) | Step(m3, 3, ref y, ref d, ref a, ref s, square)
            | Step(m4, 4, ref y, ref d, ref a, ref s, square) | Step(m5, 5, ref y, ref d, ref a, ref s, square)
            | Step(m6, 6, ref y, ref d, ref a, ref s, square) | Step(m7, 7, ref y, ref d, ref a, ref s, square);
        if (!moved) return false;
        Push(ref first, 1, ref s);
        for (var k = 0; k < indices.Length; k++) Push(ref Unsafe.Add(ref origin, indices[k] * Block), values[k], ref s);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float at, int lane) => Vector256.LoadUnsafe(ref at, (nuint)(lane * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Step(Vector256<float> margin, int lane, ref float signs, ref float diagonal, ref float duals, ref float steps, float square)
    {
        var y = Load(ref signs, lane);
        var d = Load(ref diagonal, lane);
        var old = Load(ref duals, lane);
        var gradient = (y * margin) - Vector256<float>.One + (d * old);
        var next = Vector256.Max(old - (gradient / (Vector256.Create(square) + d)), Vector256<float>.Zero);
        var change = next - old;
        var big = Vector256.GreaterThan(Vector256.Abs(change), Vector256.Create(Smallest));
        next = Vector256.ConditionalSelect(big, next, old);
        change = Vector256.ConditionalSelect(big, change * y, Vector256<float>.Zero);
        next.StoreUnsafe(ref duals, (nuint)(lane * Lanes));
        change.StoreUnsafe(ref steps, (nuint)(lane * Lanes));
        return big.ExtractMostSignificantBits() != 0;
    }

    private static void Push(ref float at, float value, ref float steps)
    {
        var x = Vector256.Create(value);
        for (var lane = 0; lane < Block / Lanes; lane++)
            Vector256.FusedMultiplyAdd(x, Load(ref steps, lane), Load(ref at, lane)).StoreUnsafe(ref at, (nuint)(lane * Lanes));
    }

    private static (sbyte[] Weights, float[] Scales, float[] Bias) Quantise(float[] weights, int featureCount, int least)
    {
        var scales = new float[Block];
        for (var feature = 0; feature < featureCount; feature++)
            for (var c = 0; c < Block; c++) scales[c] = Math.Max(scales[c], MathF.Abs(weights[(feature * Block) + c]));
        for (var c = 0; c < Block; c++) scales[c] = scales[c] > 0 ? scales[c] / 127 : 1;
        var small = new sbyte[featureCount * Block];
        for (var i = 0; i < small.Length; i++)
        {
            var weight = (sbyte)MathF.Round(weights[i] / scales[i % Block]);
            small[i] = Math.Abs(weight) < least ? (sbyte)0 : weight;
        }

        return (small, scales, weights[(featureCount * Block)..]);
    }

    private static LinearModel Assemble((sbyte[] Weights, float[] Scales, float[] Bias)[] parts, int featureCount, int classCount)
    {
        var starts = new int[featureCount + 1];
        for (var feature = 0; feature < featureCount; feature++)
        {
            var kept = 0;
            foreach (var part in parts)
                kept += Block - part.Weights.AsSpan(feature * Block, Block).Count((sbyte)0);
            starts[feature + 1] = starts[feature] + kept;
        }

        var classes = new ushort[starts[^1]];
        var weights = new sbyte[starts[^1]];
        var at = 0;
        for (var feature = 0; feature < featureCount; feature++)
        {
            for (var c = 0; c < parts.Length * Block; c++)
            {
                var weight = parts[c / Block].Weights[(feature * Block) + (c % Block)];
                if (weight == 0) continue;
                classes[at] = (ushort)c;
                weights[at++] = weight;
            }
        }

        return new(starts, classes, weights,
            [.. parts.SelectMany(part => part.Scales).Take(classCount)], [.. parts.SelectMany(part => part.Bias).Take(classCount)]);
    }
}
