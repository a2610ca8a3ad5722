using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Mapping.Models;

/// <summary>
/// One linear classifier a class over sparse features. Weights are 8-bit figures with one scale a class; a feature keeps
/// only the classes it speaks for or against.
/// </summary>
internal sealed class LinearModel
{
    private const int Lanes = 8;
    private const int Block = 8 * Lanes;
    private const int HalfBlock = 4 * Lanes;

    /// <summary>From this part of the classes on a feature is a row that is multiplied and added in one step.</summary>
    private const int FusedShare = 4;

    /// <summary>From this part on it is a row at all; scattered weights cost more than the zeros between them.</summary>
    private const int RowShare = 16;

    /// <summary>Rows of a wider model are long, so that only the fuller ones pay.</summary>
    private const int Narrow = 256;

    private const int CacheLine = 64;

    /// <summary>Features whose memory is asked for ahead of their turn.</summary>
    private const int Ahead = 32;

    private const int FetchedBytes = 4 * CacheLine;

    private readonly int[] rowOf;
    private readonly sbyte[] rows;
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
        rowOf = new int[FeatureCount];
        rows = MakeRows();
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

    /// <summary>Adds features to sums by class, in units of each class's scale and without its constant.</summary>
    /// <param name="indices">The features.</param>
    /// <param name="values">Their values.</param>
    /// <param name="sums">As wide as <see cref="Width"/>.</param>
    public void AddTo(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, width);
        ref var first = ref MemoryMarshal.GetReference(sums);
        var fetched = 0;
        for (var k = 0; k < indices.Length;)
        {
            for (; fetched < Math.Min(indices.Length, k + Ahead); fetched++) Fetch(indices[fetched]);
            if (rowOf[indices[k]] < 0)
            {
                AddScattered(indices[k], values[k], ref first);
                k++;
                continue;
            }

            // Features that follow each other as rows go through the classes together: their sums stay in registers.
            var end = k + 1;
            while (end < fetched && rowOf[indices[end]] >= 0) end++;
            AddRows(indices[k..end], values[k..end], ref first);
            k = end;
        }
    }

    /// <summary>The margin of every class for a vector.</summary>
    public void Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> margins)
    {
        Span<float> sums = stackalloc float[width];
        sums.Clear();
        AddTo(indices, values, sums);
        for (var c = 0; c < margins.Length; c++) margins[c] = (sums[c] * Scales[c]) + Bias[c];
    }

    /// <summary>
    /// Features that speak about a good part of the classes are kept as whole rows too: adding those is arithmetic in vectors. The lowest
    /// bit of a row's number tells whether it is fused.
    /// </summary>
    private sbyte[] MakeRows()
    {
        var share = width <= Narrow ? RowShare : FusedShare;
        var count = 0;
        // Features that speak of more classes stand in more sentences: their rows lie side by side.
        for (var fused = 1; fused >= 0; fused--)
        {
            for (var feature = 0; feature < FeatureCount; feature++)
            {
                var weights = Starts[feature + 1] - Starts[feature];
                if ((weights * FusedShare >= width ? 1 : 0) != fused) continue;
                rowOf[feature] = weights * share < width ? -1 : (2 * count++) + fused;
            }
        }

        var made = new sbyte[count * width];
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            if (rowOf[feature] < 0) continue;
            var at = (rowOf[feature] >> 1) * width;
            for (var i = Starts[feature]; i < Starts[feature + 1]; i++) made[at + Classes[i]] = Weights[i];
        }

        return made;
    }

    private void AddScattered(int feature, float value, ref float sums)
    {
        ref var classes = ref MemoryMarshal.GetArrayDataReference(Classes);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        var end = Starts[feature + 1];
        for (var i = Starts[feature]; i < end; i++)
            Unsafe.Add(ref sums, (int)Unsafe.Add(ref classes, i)) += value * Unsafe.Add(ref weights, i);
    }

    private void AddRows(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ref float sums)
    {
        var c = 0;
        for (; c + Block <= width; c += Block) AddBlock(indices, values, c, ref Unsafe.Add(ref sums, c));
        for (; c + HalfBlock <= width; c += HalfBlock) AddHalfBlock(indices, values, c, ref Unsafe.Add(ref sums, c));
        for (; c < width; c += Lanes) AddLanes(indices, values, c, ref Unsafe.Add(ref sums, c));
    }

    private void AddBlock(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int from, ref float sums)
    {
        Vector256<float> a = Load(ref sums, 0), b = Load(ref sums, 1), c = Load(ref sums, 2), d = Load(ref sums, 3);
        Vector256<float> e = Load(ref sums, 4), f = Load(ref sums, 5), g = Load(ref sums, 6), h = Load(ref sums, 7);
        for (var k = 0; k < indices.Length; k++)
        {
            ref var row = ref Row(indices[k], from, out var fused);
            var x = Vector256.Create(values[k]);
            if (fused)
            {
                a = Vector256.FusedMultiplyAdd(x, Wide(ref row, 0), a);
                b = Vector256.FusedMultiplyAdd(x, Wide(ref row, 1), b);
                c = Vector256.FusedMultiplyAdd(x, Wide(ref row, 2), c);
                d = Vector256.FusedMultiplyAdd(x, Wide(ref row, 3), d);
                e = Vector256.FusedMultiplyAdd(x, Wide(ref row, 4), e);
                f = Vector256.FusedMultiplyAdd(x, Wide(ref row, 5), f);
                g = Vector256.FusedMultiplyAdd(x, Wide(ref row, 6), g);
                h = Vector256.FusedMultiplyAdd(x, Wide(ref row, 7), h);
                continue;
            }

            a += x * Wide(ref row, 0);
            b += x * Wide(ref row, 1);
            c += x * Wide(ref row, 2);
            d += x * Wide(ref row, 3);
            e += x * Wide(ref row, 4);
            f += x * Wide(ref row, 5);
            g += x * Wide(ref row, 6);
            h += x * Wide(ref row, 7);
        }

        Store(a, ref sums, 0);
        Store(b, ref sums, 1);
        Store(c, ref sums, 2);
        Store(d, ref sums, 3);
        Store(e, ref sums, 4);
        Store(f, ref sums, 5);
        Store(g, ref sums, 6);
        Store(h, ref sums, 7);
    }

    private void AddHalfBlock(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int from, ref float sums)
    {
        Vector256<float> a = Load(ref sums, 0), b = Load(ref sums, 1), c = Load(ref sums, 2), d = Load(ref sums, 3);
        for (var k = 0; k < indices.Length; k++)
        {
            ref var row = ref Row(indices[k], from, out var fused);
            var x = Vector256.Create(values[k]);
            a = Plus(a, x, Wide(ref row, 0), fused);
            b = Plus(b, x, Wide(ref row, 1), fused);
            c = Plus(c, x, Wide(ref row, 2), fused);
            d = Plus(d, x, Wide(ref row, 3), fused);
        }

        Store(a, ref sums, 0);
        Store(b, ref sums, 1);
        Store(c, ref sums, 2);
        Store(d, ref sums, 3);
    }

    private void AddLanes(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int from, ref float sums)
    {
        var a = Load(ref sums, 0);
        for (var k = 0; k < indices.Length; k++)
        {
            ref var row = ref Row(indices[k], from, out var fused);
            a = Plus(a, Vector256.Create(values[k]), Wide(ref row, 0), fused);
        }

        Store(a, ref sums, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref sbyte Row(int feature, int from, out bool fused)
    {
        var row = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rowOf), feature);
        fused = (row & 1) != 0;
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), ((row >> 1) * width) + from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Plus(Vector256<float> sum, Vector256<float> x, Vector256<float> weights, bool fused) =>
        fused ? Vector256.FusedMultiplyAdd(x, weights, sum) : sum + (x * weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float sums, int lane) => Vector256.LoadUnsafe(ref sums, (nuint)(lane * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> sum, ref float sums, int lane) => sum.StoreUnsafe(ref sums, (nuint)(lane * Lanes));

    /// <summary>Eight weights of a row as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Wide(ref sbyte row, int lane)
    {
        var eight = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref row, lane * Lanes)))).AsSByte();
        return Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.WidenLower(eight).ToVector256Unsafe()));
    }

    /// <summary>Asks for the memory of a feature's weights before its turn comes: it lies anywhere among megabytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Fetch(int feature)
    {
        if (!Sse.IsSupported) return;
        // Only a hint, so the arrays may move meanwhile.
        var row = rowOf[feature];
        if (row < 0)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Classes), Starts[feature])));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Weights), Starts[feature])));
            return;
        }

        var at = (sbyte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), (row >> 1) * width));
        for (var line = 0; line < Math.Min(width, FetchedBytes); line += CacheLine) Sse.Prefetch0(at + line);
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
