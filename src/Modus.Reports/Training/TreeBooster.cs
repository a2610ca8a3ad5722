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
/// <param name="Columns">Part of the figures each tree may ask for.</param>
/// <param name="Seed">Seed of the samples.</param>
internal sealed record TreeOptions(
    int Trees = 120, int Depth = 4, float Rate = 0.08f, float Shrink = 4, float LeastWeight = 4, float Sample = 0.7f, float Columns = 1, int Seed = 29);

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
        var sample = new Sample(count, 1 << options.Depth);
        for (var tree = 0; tree < options.Trees; tree++)
        {
            sample.Clear();
            for (var i = 0; i < count; i++)
            {
                if (random.NextSingle() >= options.Sample) continue;
                var p = BoostedTrees.Probability(scores[i]);
                var weight = weights?[i] ?? 1;
                sample.Add(i, weight * ((answers[i] ? 1 : 0) - p), weight * Math.Max(p * (1 - p), 1e-6f));
            }

            Array.Clear(nodes);
            var asked = Asked(random);
            var sums = new float[columns.Length][];
            for (var level = 0; level < options.Depth; level++)
                SplitLevel(level, sample, nodes, asked, sums, features.AsSpan(tree * inner), thresholds.AsSpan(tree * inner));
            Leaves(sample, leaves.AsSpan(tree << options.Depth, 1 << options.Depth));
            for (var i = 0; i < count; i++) scores[i] += leaves[(tree << options.Depth) + nodes[i] - inner];
        }

        return new(options.Depth, start, features, thresholds, leaves);
    }

    /// <summary>The figures that the next tree may ask for.</summary>
    private int[] Asked(Random random)
    {
        var all = Enumerable.Range(0, columns.Length).ToArray();
        if (options.Columns >= 1) return all;
        random.Shuffle(all);
        return [.. all.Take(Math.Max(1, (int)MathF.Ceiling(options.Columns * all.Length))).Order()];
    }

    private void SplitLevel(int level, Sample sample, byte[] nodes, int[] asked, float[][] sums, Span<int> features, Span<float> thresholds)
    {
        var first = (1 << level) - 1;
        var width = 1 << level;
        var best = new (double Gain, int Bin)[columns.Length][];
        Parallel.ForEach(asked, feature => best[feature] = BestSplits(width, sums[feature] = Sums(columns[feature], width, sample, sums[feature])));
        var chosen = new (int Feature, int Bin)[width];
        for (var node = 0; node < width; node++)
        {
            var gain = 0.0;
            chosen[node] = (0, Bins);
            foreach (var feature in asked)
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

        sample.Part(width, nodes);
    }

    private float Threshold(int feature, int bin)
    {
        if (bin >= Bins) return float.PositiveInfinity;
        return bin == 0 ? float.NegativeInfinity : edges[feature][bin - 1];
    }

    /// <summary>
    /// The sums of first and second derivatives by node and bin. Of two sisters only the smaller is added up; the other is
    /// what remains of their parent.
    /// </summary>
    private static float[] Sums(byte[] column, int width, Sample sample, float[]? parents)
    {
        var sums = new float[width * Bins * 2];
        for (var node = 0; node < width; node += 2)
        {
            var other = node + 1;
            var smaller = parents is null || sample.Size(node) <= sample.Size(other) ? node : other;
            AddUp(column, sample, smaller, sums.AsSpan(smaller * Bins * 2, Bins * 2));
            if (parents is null) continue;
            var whole = parents.AsSpan(node / 2 * Bins * 2, Bins * 2);
            var small = sums.AsSpan(smaller * Bins * 2, Bins * 2);
            var rest = sums.AsSpan((smaller == node ? other : node) * Bins * 2, Bins * 2);
            for (var i = 0; i < rest.Length; i++) rest[i] = whole[i] - small[i];
        }

        return sums;
    }

    private static void AddUp(byte[] column, Sample sample, int node, Span<float> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var rows = sample.RowsOf(node);
        var slopes = sample.SlopesOf(node)[..rows.Length];
        for (var k = 0; k < rows.Length; k++)
        {
            ref var at = ref Unsafe.Add(ref sum, column[rows[k]] * 2);
            at += slopes[k].First;
            Unsafe.Add(ref at, 1) += slopes[k].Second;
        }
    }

    private (double Gain, int Bin)[] BestSplits(int width, float[] sums)
    {
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

    private void Leaves(Sample sample, Span<float> leaves)
    {
        var g = new double[leaves.Length];
        var h = new double[leaves.Length];
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            foreach (var (one, two) in sample.SlopesOf(leaf))
            {
                g[leaf] += one;
                h[leaf] += two;
            }
        }

        for (var leaf = 0; leaf < leaves.Length; leaf++) leaves[leaf] = (float)(options.Rate * g[leaf] / (h[leaf] + options.Shrink));
    }

    /// <summary>The rows a tree sees, with first and second derivative, node by node.</summary>
    private sealed class Sample(int capacity, int nodes)
    {
        private readonly int[] starts = new int[nodes + 1];
        private int[] rows = new int[capacity];
        private int[] otherRows = new int[capacity];
        private (float First, float Second)[] slopes = new (float, float)[capacity];
        private (float First, float Second)[] otherSlopes = new (float, float)[capacity];

        public void Clear() => Array.Clear(starts);

        public void Add(int row, float first, float second)
        {
            rows[starts[1]] = row;
            slopes[starts[1]++] = (first, second);
        }

        public int Size(int node) => starts[node + 1] - starts[node];

        public ReadOnlySpan<int> RowsOf(int node) => rows.AsSpan(starts[node], Size(node));

        public ReadOnlySpan<(float First, float Second)> SlopesOf(int node) => slopes.AsSpan(starts[node], Size(node));

        /// <summary>Parts the rows of each node into those that went left and those that went right, in their order.</summary>
        public void Part(int width, byte[] went)
        {
            var next = new int[(2 * width) + 1];
            for (var node = 0; node < width; node++)
            {
                var left = starts[node];
                for (var k = starts[node]; k < starts[node + 1]; k++)
                {
                    if ((went[rows[k]] & 1) == 0) continue;
                    otherRows[left] = rows[k];
                    otherSlopes[left++] = slopes[k];
                }

                next[(2 * node) + 1] = left;
                for (var k = starts[node]; k < starts[node + 1]; k++)
                {
                    if ((went[rows[k]] & 1) != 0) continue;
                    otherRows[left] = rows[k];
                    otherSlopes[left++] = slopes[k];
                }

                next[(2 * node) + 2] = left;
            }

            next.CopyTo(starts, 0);
            (rows, otherRows) = (otherRows, rows);
            (slopes, otherSlopes) = (otherSlopes, slopes);
        }
    }
}
