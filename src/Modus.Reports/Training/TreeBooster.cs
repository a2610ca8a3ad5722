using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>How boosted trees are grown.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Depth">Splits from root to leaf.</param>
/// <param name="Rate">Part of each tree that is added.</param>
/// <param name="Shrink">Weight that pulls leaves to zero.</param>
/// <param name="LeastWeight">Least sum of second derivatives in a leaf.</param>
/// <param name="Sample">Part of the rows each tree sees.</param>
/// <param name="Seed">Seed of the samples.</param>
internal sealed record TreeOptions(
    int Trees = 120, int Depth = 4, float Rate = 0.08f, float Shrink = 4, float LeastWeight = 4, float Sample = 0.7f, int Seed = 29);

/// <summary>Grows boosted trees for a yes-or-no question (logistic loss) over binned figures.</summary>
internal sealed class TreeBooster
{
    private const int Bins = 64;

    private readonly TreeOptions options;
    private readonly int count;
    private readonly byte[][] columns;
    private readonly float[][] edges;

    private TreeBooster(float[][] rows, int width, TreeOptions options)
    {
        this.options = options;
        count = rows.Length;
        columns = new byte[width][];
        edges = new float[width][];
        Parallel.For(0, width, feature =>
        {
            edges[feature] = Edges(rows, feature);
            var column = columns[feature] = new byte[count];
            for (var row = 0; row < count; row++) column[row] = Bin(edges[feature], rows[row][feature]);
        });
    }

    /// <summary>Grows trees from rows, their answers and their weights.</summary>
    /// <param name="rows">The figures.</param>
    /// <param name="answers">The truth.</param>
    /// <param name="weights">The weight of each row; null for one each.</param>
    /// <param name="options">How to grow.</param>
    /// <param name="from">Log-odds that the trees go on from; null to start at the share of yes.</param>
    public static BoostedTrees Train(float[][] rows, bool[] answers, float[]? weights, TreeOptions options, float[]? from = null)
    {
        if (rows.Length == 0) return new(options.Depth, 0, [], [], []);
        return new TreeBooster(rows, rows[0].Length, options).Grow(answers, weights, from);
    }

    private static float[] Edges(float[][] rows, int feature)
    {
        var values = rows.Select(row => row[feature]).Where(value => !float.IsNaN(value)).Order().ToArray();
        var found = new SortedSet<float>();
        for (var i = 1; i < Bins - 1 && values.Length > 0; i++)
        {
            var at = (int)((long)i * values.Length / (Bins - 1));
            found.Add(values[Math.Min(at, values.Length - 1)]);
        }

        return [.. found];
    }

    /// <summary>Bin b holds what is above edge b - 2 and not above edge b - 1; bin 0 what is not a number.</summary>
    private static byte Bin(float[] edges, float value)
    {
        if (float.IsNaN(value)) return 0;
        var at = Array.BinarySearch(edges, value);
        return (byte)(1 + (at < 0 ? ~at : at));
    }

    private BoostedTrees Grow(bool[] answers, float[]? weights, float[]? from)
    {
        double yes = 1, all = 2;
        for (var i = 0; i < count; i++)
        {
            var weight = weights?[i] ?? 1;
            all += weight;
            yes += answers[i] ? weight : 0;
        }

        var start = from is null ? (float)Math.Log(yes / (all - yes)) : 0;
        var inner = (1 << options.Depth) - 1;
        var features = new int[options.Trees * inner];
        var thresholds = new float[options.Trees * inner];
        var leaves = new float[options.Trees << options.Depth];
        var scores = new float[count];
        if (from is null) Array.Fill(scores, start);
        else from.CopyTo(scores, 0);
        var nodes = new byte[count];
        var random = new Random(options.Seed);
        var sample = new Sample(count);
        for (var tree = 0; tree < options.Trees; tree++)
        {
            sample.Count = 0;
            for (var i = 0; i < count; i++)
            {
                if (random.NextSingle() >= options.Sample) continue;
                var p = BoostedTrees.Probability(scores[i]);
                var weight = weights?[i] ?? 1;
                sample.Add(i, weight * ((answers[i] ? 1 : 0) - p), weight * Math.Max(p * (1 - p), 1e-6f));
            }

            Array.Clear(nodes);
            for (var level = 0; level < options.Depth; level++) SplitLevel(level, sample, nodes, features.AsSpan(tree * inner), thresholds.AsSpan(tree * inner));
            Leaves(sample, nodes, leaves.AsSpan(tree << options.Depth, 1 << options.Depth), inner);
            for (var i = 0; i < count; i++) scores[i] += leaves[(tree << options.Depth) + nodes[i] - inner];
        }

        return new(options.Depth, start, features, thresholds, leaves);
    }

    private void SplitLevel(int level, Sample sample, byte[] nodes, Span<int> features, Span<float> thresholds)
    {
        for (var k = 0; k < sample.Count; k++) sample.Nodes[k] = nodes[sample.Rows[k]];
        var first = (1 << level) - 1;
        var width = 1 << level;
        var best = new (double Gain, int Bin)[columns.Length][];
        Parallel.For(0, columns.Length, feature => best[feature] = BestSplits(columns[feature], first, width, sample));
        var chosen = new (int Feature, int Bin)[width];
        for (var node = 0; node < width; node++)
        {
            var gain = 0.0;
            chosen[node] = (0, Bins);
            for (var feature = 0; feature < columns.Length; feature++)
            {
                if (best[feature][node].Gain <= gain) continue;
                gain = best[feature][node].Gain;
                chosen[node] = (feature, best[feature][node].Bin);
            }

            features[first + node] = chosen[node].Feature;
            thresholds[first + node] = Threshold(chosen[node].Feature, chosen[node].Bin);
        }

        for (var i = 0; i < count; i++)
        {
            var (feature, bin) = chosen[nodes[i] - first];
            nodes[i] = (byte)((2 * nodes[i]) + (columns[feature][i] > bin ? 2 : 1));
        }
    }

    private float Threshold(int feature, int bin)
    {
        if (bin >= Bins) return float.PositiveInfinity;
        return bin == 0 ? float.NegativeInfinity : edges[feature][bin - 1];
    }

    private (double Gain, int Bin)[] BestSplits(byte[] column, int first, int width, Sample sample)
    {
        var sums = new float[width * Bins * 2];
        ref var sum = ref MemoryMarshal.GetArrayDataReference(sums);
        var rows = sample.Rows.AsSpan(0, sample.Count);
        var inNodes = sample.Nodes.AsSpan(0, rows.Length);
        var slopes = sample.Slopes.AsSpan(0, rows.Length);
        for (var k = 0; k < rows.Length; k++)
        {
            ref var at = ref Unsafe.Add(ref sum, (((inNodes[k] - first) * Bins) + column[rows[k]]) * 2);
            at += slopes[k].First;
            Unsafe.Add(ref at, 1) += slopes[k].Second;
        }

        var best = new (double, int)[width];
        for (var node = 0; node < width; node++)
        {
            double g = 0, h = 0;
            for (var bin = 0; bin < Bins; bin++)
            {
                g += sums[((node * Bins) + bin) * 2];
                h += sums[(((node * Bins) + bin) * 2) + 1];
            }

            var whole = g * g / (h + options.Shrink);
            double leftG = 0, leftH = 0, most = 1e-9;
            for (var bin = 0; bin < Bins - 1; bin++)
            {
                leftG += sums[((node * Bins) + bin) * 2];
                leftH += sums[(((node * Bins) + bin) * 2) + 1];
                if (leftH < options.LeastWeight || h - leftH < options.LeastWeight) continue;
                var gain = (leftG * leftG / (leftH + options.Shrink)) + ((g - leftG) * (g - leftG) / (h - leftH + options.Shrink)) - whole;
                if (gain <= most) continue;
                most = gain;
                best[node] = (gain, bin);
            }
        }

        return best;
    }

    private void Leaves(Sample sample, byte[] nodes, Span<float> leaves, int inner)
    {
        var g = new double[leaves.Length];
        var h = new double[leaves.Length];
        for (var k = 0; k < sample.Count; k++)
        {
            var leaf = nodes[sample.Rows[k]] - inner;
            g[leaf] += sample.Slopes[k].First;
            h[leaf] += sample.Slopes[k].Second;
        }

        for (var leaf = 0; leaf < leaves.Length; leaf++) leaves[leaf] = (float)(options.Rate * g[leaf] / (h[leaf] + options.Shrink));
    }

    /// <summary>The rows a tree sees, with first and second derivative and the node each has reached.</summary>
    private sealed class Sample(int capacity)
    {
        public int Count { get; set; }

        public int[] Rows { get; } = new int[capacity];

        public byte[] Nodes { get; } = new byte[capacity];

        public (float First, float Second)[] Slopes { get; } = new (float, float)[capacity];

        public void Add(int row, float first, float second)
        {
            Rows[Count] = row;
            Slopes[Count++] = (first, second);
        }
    }
}
