using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>The linear classifiers, beside a slow and plain solution of the same problem.</summary>
public sealed class LinearTrainerTests
{
    private const int Features = 30;
    private const int Classes = 70;
    private const float Cost = 0.7f;

    [Fact]
    public void Finds_the_weights_that_a_plain_solver_finds()
    {
        var (rows, dense, positives) = Problem(seed: 3, count: 120);
        var model = LinearTrainer.Train(Task(rows, positives), Features, Classes, new(Cost, Epochs: 200), TestContext.Current.CancellationToken);

        foreach (var c in new[] { 0, 1, 63, 64, 69 })
        {
            var expected = Plain(dense, [.. positives.Select(own => own.Contains(c))]);
            var step = model.Scales[c];
            for (var f = 0; f < Features; f++) Assert.InRange(model.Weight(f, c) - expected[f], -step, step);
            Assert.InRange(model.Bias[c] - expected[Features], -0.01, 0.01);
        }
    }

    [Fact]
    public void Gives_the_same_figures_every_time()
    {
        var (rows, _, positives) = Problem(seed: 5, count: 200);
        var first = LinearTrainer.Train(Task(rows, positives), Features, Classes, new(Cost), TestContext.Current.CancellationToken);
        var second = LinearTrainer.Train(Task(rows, positives), Features, Classes, new(Cost), TestContext.Current.CancellationToken);

        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.Classes, second.Classes);
        Assert.Equal(first.Scales, second.Scales);
        Assert.Equal(first.Bias, second.Bias);
    }

    [Fact]
    public void A_class_that_a_row_may_not_touch_stays_empty()
    {
        var (rows, _, positives) = Problem(seed: 7, count: 50);
        var costs = Enumerable.Range(0, Classes).Select(c => c == 2 ? 0f : 1f).ToArray();
        var model = LinearTrainer.Train(new(rows, positives, new ushort[rows.Count], [costs]), Features, Classes, new(Cost), TestContext.Current.CancellationToken);

        Assert.All(Enumerable.Range(0, Features), f => Assert.InRange(model.Weight(f, 2), -1e-4, 1e-4));
        Assert.Contains(Enumerable.Range(0, Features), f => Math.Abs(model.Weight(f, 1)) > 0.01);
    }

    [Fact]
    public void Scores_are_the_weighted_sums()
    {
        var (rows, dense, positives) = Problem(seed: 9, count: 60);
        var model = LinearTrainer.Train(Task(rows, positives), Features, Classes, new(Cost), TestContext.Current.CancellationToken);
        var margins = new float[Classes];
        for (var row = 0; row < rows.Count; row++)
        {
            model.Score(rows.Indices(row), rows.Values(row), margins);
            for (var c = 0; c < Classes; c += 13)
            {
                var expected = model.Bias[c] + Enumerable.Range(0, Features).Sum(f => dense[row][f] * model.Weight(f, c));
                Assert.Equal(expected, margins[c], 1e-4);
            }
        }
    }

    private static LinearTask Task(SparseRows rows, int[][] positives)
    {
        var costs = new float[Classes];
        Array.Fill(costs, 1f);
        return new(rows, positives, new ushort[rows.Count], [costs]);
    }

    private static (SparseRows Rows, double[][] Dense, int[][] Positives) Problem(int seed, int count)
    {
        var random = new Random(seed);
        var rows = new SparseRows();
        var dense = new double[count][];
        var positives = new int[count][];
        for (var row = 0; row < count; row++)
        {
            dense[row] = new double[Features];
            var indices = Enumerable.Range(0, Features).Where(_ => random.Next(4) == 0).ToArray();
            var values = indices.Select(_ => random.NextSingle()).ToArray();
            for (var k = 0; k < indices.Length; k++) dense[row][indices[k]] = values[k];
            rows.Add(indices, values);
            positives[row] = [.. Enumerable.Range(0, Classes).Where(c => dense[row][c % Features] > 0.5 || random.Next(20) == 0)];
        }

        return (rows, dense, positives);
    }

    /// <summary>Gradient descent on ½|w|² + C Σ max(0, 1 − y w·x)², the constant as one more weight.</summary>
    private static double[] Plain(double[][] rows, bool[] positive)
    {
        var weights = new double[Features + 1];
        for (var pass = 0; pass < 6_000; pass++)
        {
            var gradient = (double[])weights.Clone();
            for (var row = 0; row < rows.Length; row++)
            {
                var y = positive[row] ? 1 : -1;
                var margin = weights[Features] + Enumerable.Range(0, Features).Sum(f => weights[f] * rows[row][f]);
                var short_ = Math.Max(0, 1 - (y * margin));
                if (short_ == 0) continue;
                for (var f = 0; f < Features; f++) gradient[f] -= 2 * Cost * short_ * y * rows[row][f];
                gradient[Features] -= 2 * Cost * short_ * y;
            }

            for (var f = 0; f <= Features; f++) weights[f] -= 0.002 * gradient[f];
        }

        return weights;
    }
}
