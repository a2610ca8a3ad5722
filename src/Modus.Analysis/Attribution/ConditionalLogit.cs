namespace Modus.Analysis.Attribution;

/// <summary>Learns weights so that the softmax over the candidates of each case puts its mass on the right one.</summary>
internal static class ConditionalLogit
{
    private const int MostRounds = 30;

    /// <summary>Newton's method on the penalised log-likelihood, which is concave: one optimum, found in a few rounds.</summary>
    /// <param name="cases">Candidates of each case, which of them is right, and how much the case weighs.</param>
    /// <param name="ridge">L2 penalty on how far each weight is from <paramref name="start"/>.</param>
    /// <param name="start">Weights to begin with, which few cases hardly move; null for zeros.</param>
    public static double[] Train(IReadOnlyList<(StandardRows Rows, int Truth, double Weight)> cases, double ridge, double[]? start = null)
    {
        if (cases.Count == 0) return start ?? [];
        var size = cases[0].Rows.Features;
        start ??= new double[size];
        var weights = (double[])start.Clone();
        for (var round = 0; round < MostRounds; round++)
        {
            var gradient = new double[size];
            var hessian = new double[size, size];
            for (var k = 0; k < size; k++)
            {
                gradient[k] = -ridge * (weights[k] - start[k]);
                hessian[k, k] = ridge;
            }
            foreach (var (rows, truth, weight) in cases) Accumulate(rows, truth, weight, weights, gradient, hessian);
            var step = LinearSolver.SolvePositive(hessian, gradient);
            var before = Objective(cases, weights, ridge, start);
            var slope = 0.0;
            for (var k = 0; k < size; k++) slope += gradient[k] * step[k];
            if (slope < 1e-7) break;
            var length = 1.0;
            double[] next;
            do
            {
                next = [.. weights.Select((weight, k) => weight + length * step[k])];
                if (Objective(cases, next, ridge, start) >= before + 1e-4 * length * slope) break;
                length /= 2;
            }
            while (length > 1e-6);
            weights = next;
        }
        return weights;
    }

    private static double Objective(
        IReadOnlyList<(StandardRows Rows, int Truth, double Weight)> cases, double[] weights, double ridge, double[] start)
    {
        var total = -ridge / 2 * weights.Zip(start, (weight, from) => (weight - from) * (weight - from)).Sum();
        foreach (var (rows, truth, weight) in cases)
            total += weight * Math.Log(Math.Max(1e-300, Softmax(rows, weights)[truth]));
        return total;
    }

    /// <summary>Probability of each row under the weights.</summary>
    public static double[] Softmax(StandardRows rows, double[] weights)
    {
        var scores = new double[rows.Actors.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            double score = 0;
            for (var k = 0; k < rows.Features; k++) score += weights[k] * rows.Rows[i * rows.Features + k];
            scores[i] = score;
        }
        return Softmax(scores);
    }

    public static double[] Softmax(double[] scores)
    {
        if (scores.Length == 0) return [];
        var most = scores.Max();
        var result = new double[scores.Length];
        double sum = 0;
        for (var i = 0; i < scores.Length; i++) sum += result[i] = Math.Exp(scores[i] - most);
        for (var i = 0; i < scores.Length; i++) result[i] /= sum;
        return result;
    }

    private static void Accumulate(
        StandardRows rows, int truth, double weight, double[] weights, double[] gradient, double[,] hessian)
    {
        var size = rows.Features;
        var p = Softmax(rows, weights);
        var mean = new double[size];
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] < 1e-8) continue;
            for (var k = 0; k < size; k++) mean[k] += p[i] * rows.Rows[i * size + k];
        }
        for (var k = 0; k < size; k++) gradient[k] += weight * (rows.Rows[truth * size + k] - mean[k]);
        var off = new double[size];
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] < 1e-6) continue;
            for (var k = 0; k < size; k++) off[k] = rows.Rows[i * size + k] - mean[k];
            for (var k = 0; k < size; k++)
            {
                var factor = weight * p[i] * off[k];
                for (var m = 0; m < size; m++) hessian[k, m] += factor * off[m];
            }
        }
    }
}
