namespace Modus.Analysis.Attribution;

/// <summary>Logistic regression on standardised inputs: the probability that a statement about an answer is true.</summary>
/// <param name="Mean">Mean of each input in training.</param>
/// <param name="Deviation">Standard deviation of each input in training, 1 where it never varied.</param>
/// <param name="Weights">One weight an input, the intercept last.</param>
internal sealed record LogisticRegression(double[] Mean, double[] Deviation, double[] Weights)
{
    private const int MostRounds = 50;

    /// <summary>Inputs further out than anything in training count as the outermost: a sum of five hundred techniques proves no more than one of fifty.</summary>
    private const double Outermost = 4;

    public double Probability(double[] inputs)
    {
        var score = Weights[^1];
        for (var k = 0; k < inputs.Length; k++) score += Weights[k] * Standard(inputs[k], Mean[k], Deviation[k]);
        return 1 / (1 + Math.Exp(-score));
    }

    private static double Standard(double value, double mean, double deviation) => Math.Clamp((value - mean) / deviation, -Outermost, Outermost);

    /// <summary>Fits by Newton's method; the intercept and the last <paramref name="free"/> inputs are not penalised.</summary>
    public static LogisticRegression Train(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> truth, IReadOnlyList<double> importance, double ridge, int free = 0)
    {
        var size = inputs[0].Length;
        var mean = new double[size];
        var deviation = new double[size];
        for (var k = 0; k < size; k++)
        {
            mean[k] = inputs.Average(row => row[k]);
            deviation[k] = Math.Sqrt(inputs.Average(row => (row[k] - mean[k]) * (row[k] - mean[k])));
            if (deviation[k] < 1e-9) deviation[k] = 1;
        }
        var rows = inputs.Select(row => row.Select((value, k) => Standard(value, mean[k], deviation[k])).Append(1).ToArray()).ToArray();
        var weights = new double[size + 1];
        for (var round = 0; round < MostRounds; round++)
        {
            var gradient = new double[size + 1];
            var hessian = new double[size + 1, size + 1];
            for (var k = 0; k <= size; k++)
            {
                var penalty = k < size - free ? ridge : 1e-3;
                gradient[k] = -penalty * weights[k];
                hessian[k, k] = penalty;
            }
            for (var i = 0; i < rows.Length; i++)
            {
                var score = 0.0;
                for (var k = 0; k <= size; k++) score += weights[k] * rows[i][k];
                var p = 1 / (1 + Math.Exp(-score));
                var off = importance[i] * ((truth[i] ? 1 : 0) - p);
                var bend = importance[i] * Math.Max(1e-6, p * (1 - p));
                for (var k = 0; k <= size; k++)
                {
                    gradient[k] += off * rows[i][k];
                    for (var m = 0; m <= size; m++) hessian[k, m] += bend * rows[i][k] * rows[i][m];
                }
            }
            var step = LinearSolver.SolvePositive(hessian, gradient);
            var longest = Math.Sqrt(step.Sum(value => value * value));
            var scale = longest > 2 ? 2 / longest : 1;
            for (var k = 0; k <= size; k++) weights[k] += scale * step[k];
            if (longest < 1e-7) break;
        }
        return new(mean, deviation, weights);
    }
}
