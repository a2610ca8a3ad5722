using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>A case that a logistic curve is fitted to.</summary>
/// <param name="Figures">What is known of it.</param>
/// <param name="Right">The truth.</param>
/// <param name="Weight">How much it counts.</param>
internal readonly record struct LogisticRow(float[] Figures, bool Right, float Weight);

/// <summary>Logistic regression over a few figures, whose weights are drawn to where they start: few cases move little.</summary>
internal static class LogisticFit
{
    private const int Steps = 40;
    private const int Halvings = 12;
    private const double Still = 1e-6;

    /// <summary>
    /// Newton's steps on the penalised likelihood, each shortened until no weight moves by more than one, and halved while it would make the fit
    /// worse: where right and wrong stand apart, whole steps leap over the goal and back.
    /// </summary>
    /// <param name="rows">The cases.</param>
    /// <param name="start">Where the weights start and are drawn to.</param>
    /// <param name="pulls">How hard each is drawn.</param>
    /// <param name="hold">Brings the weights back into bounds after each step, or null.</param>
    public static float[] Weights(IReadOnlyList<LogisticRow> rows, float[] start, double[] pulls, Action<float[]>? hold = null)
    {
        var width = start.Length;
        var weights = (float[])start.Clone();
        for (var step = 0; step < Steps; step++)
        {
            var slopes = new double[width];
            var bends = new double[width, width];
            for (var i = 0; i < width; i++)
            {
                slopes[i] = pulls[i] * (weights[i] - start[i]);
                bends[i, i] = pulls[i];
            }

            foreach (var row in rows)
            {
                var p = BoostedTrees.Probability(LogOdds(weights, row.Figures));
                var error = row.Weight * (p - (row.Right ? 1 : 0));
                var spread = row.Weight * Math.Max(p * (1 - p), 1e-6f);
                for (var i = 0; i < width; i++)
                {
                    slopes[i] += error * row.Figures[i];
                    for (var j = 0; j < width; j++) bends[i, j] += spread * row.Figures[i] * row.Figures[j];
                }
            }

            var move = Solve(bends, slopes);
            if (move.All(part => Math.Abs(part) < Still)) break;
            if (Moved(rows, weights, move, start, pulls, hold) is not { } better) break;
            weights = better;
        }

        return weights;
    }

    /// <summary>The weights after the longest step that makes the fit better, or null where none does.</summary>
    private static float[]? Moved(IReadOnlyList<LogisticRow> rows, float[] weights, double[] move, float[] start, double[] pulls, Action<float[]>? hold)
    {
        var before = Loss(rows, weights, start, pulls);
        var part = 1 / Math.Max(1, move.Max(Math.Abs));
        for (var halving = 0; halving < Halvings; halving++, part /= 2)
        {
            var moved = (float[])weights.Clone();
            for (var i = 0; i < moved.Length; i++) moved[i] -= (float)(part * move[i]);
            hold?.Invoke(moved);
            if (Loss(rows, moved, start, pulls) < before) return moved;
        }

        return null;
    }

    /// <summary>Minus the penalised log-likelihood.</summary>
    private static double Loss(IReadOnlyList<LogisticRow> rows, float[] weights, float[] start, double[] pulls)
    {
        var loss = 0.0;
        for (var i = 0; i < weights.Length; i++) loss += pulls[i] * (weights[i] - start[i]) * (weights[i] - start[i]) / 2;
        foreach (var row in rows)
        {
            double odds = LogOdds(weights, row.Figures);
            // ln(1 + e^x) without overflow.
            loss += row.Weight * (Math.Max(odds, 0) - (row.Right ? odds : 0) + Math.Log(1 + Math.Exp(-Math.Abs(odds))));
        }

        return loss;
    }

    /// <summary>The log-odds that weights give.</summary>
    public static float LogOdds(ReadOnlySpan<float> weights, ReadOnlySpan<float> figures)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * figures[i];
        return sum;
    }

    /// <summary>Solves a small positive definite system.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var width = right.Length;
        for (var i = 0; i < width; i++)
        {
            for (var below = i + 1; below < width; below++)
            {
                var share = matrix[below, i] / matrix[i, i];
                for (var j = i; j < width; j++) matrix[below, j] -= share * matrix[i, j];
                right[below] -= share * right[i];
            }
        }

        var solved = new double[width];
        for (var i = width - 1; i >= 0; i--)
        {
            var rest = right[i];
            for (var j = i + 1; j < width; j++) rest -= matrix[i, j] * solved[j];
            solved[i] = rest / matrix[i, i];
        }

        return solved;
    }
}
