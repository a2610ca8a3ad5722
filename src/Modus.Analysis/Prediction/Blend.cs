using Modus.Analysis.Attribution;

namespace Modus.Analysis.Prediction;

/// <summary>Learns how much each plain model counts, by how well the hidden part of known baskets is ranked.</summary>
internal static class Blend
{
    private const int MostRounds = 12;

    /// <summary>Maximises the mean log-probability of the hidden techniques under a softmax over the unobserved.</summary>
    /// <param name="cases">Rows of features, the positions of the hidden ones, and the weight of the case.</param>
    /// <param name="features">Columns of a row.</param>
    /// <param name="ridge">L2 penalty.</param>
    public static double[] Train(IReadOnlyList<(double[] Rows, int[] Hidden, double Weight)> cases, int features, double ridge)
    {
        var weights = new double[features];
        for (var round = 0; round < MostRounds; round++)
        {
            var gradient = new double[features];
            var hessian = new double[features, features];
            for (var k = 0; k < features; k++)
            {
                gradient[k] = -ridge * weights[k];
                hessian[k, k] = ridge;
            }
            foreach (var (rows, hidden, weight) in cases) Accumulate(rows, hidden, weight, weights, gradient, hessian);
            var step = LinearSolver.SolvePositive(hessian, gradient);
            var slope = 0.0;
            for (var k = 0; k < features; k++) slope += gradient[k] * step[k];
            if (slope < 1e-6) break;
            var before = Objective(cases, weights, ridge);
            var length = 1.0;
            double[] next;
            do
            {
                next = [.. weights.Select((weight, k) => weight + length * step[k])];
                if (Objective(cases, next, ridge) >= before + 1e-4 * length * slope) break;
                length /= 2;
            }
            while (length > 1e-4);
            weights = next;
        }
        return weights;
    }

    private static double Objective(IReadOnlyList<(double[] Rows, int[] Hidden, double Weight)> cases, double[] weights, double ridge)
    {
        var total = -ridge / 2 * weights.Sum(weight => weight * weight);
        foreach (var (rows, hidden, weight) in cases)
        {
            if (hidden.Length == 0) continue;
            var p = ConditionalLogit.Softmax(Score(rows, weights));
            total += weight / hidden.Length * hidden.Sum(item => Math.Log(Math.Max(1e-300, p[item])));
        }
        return total;
    }

    public static double[] Score(double[] rows, double[] weights)
    {
        var scores = new double[rows.Length / weights.Length];
        for (var i = 0; i < scores.Length; i++)
            for (var k = 0; k < weights.Length; k++) scores[i] += weights[k] * rows[i * weights.Length + k];
        return scores;
    }

    private static void Accumulate(double[] rows, int[] hidden, double weight, double[] weights, double[] gradient, double[,] hessian)
    {
        if (hidden.Length == 0) return;
        var features = weights.Length;
        var p = ConditionalLogit.Softmax(Score(rows, weights));
        var mean = new double[features];
        for (var i = 0; i < p.Length; i++)
            for (var k = 0; k < features; k++) mean[k] += p[i] * rows[i * features + k];
        foreach (var item in hidden)
            for (var k = 0; k < features; k++) gradient[k] += weight / hidden.Length * (rows[item * features + k] - mean[k]);
        var off = new double[features];
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] < 1e-5) continue;
            for (var k = 0; k < features; k++) off[k] = rows[i * features + k] - mean[k];
            for (var k = 0; k < features; k++)
            {
                var factor = weight * p[i] * off[k];
                for (var m = 0; m <= k; m++)
                {
                    hessian[k, m] += factor * off[m];
                    if (m < k) hessian[m, k] = hessian[k, m];
                }
            }
        }
    }
}
