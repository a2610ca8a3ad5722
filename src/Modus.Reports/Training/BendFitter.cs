using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>Fits a bend of probabilities to outcomes.</summary>
internal static class BendFitter
{
    private const double LeastSlope = 0.1;
    private const double SlopePull = 20;
    private const double ShiftPull = 2;
    private const int Steps = 30;

    /// <summary>The bend that makes outcomes likeliest, drawn to "no bend".</summary>
    public static LogisticBend Fit(IReadOnlyList<(float Probability, bool Right)> outcomes)
    {
        double a = 1, b = 0;
        for (var step = 0; step < Steps; step++)
        {
            double ga = SlopePull * (a - 1), gb = ShiftPull * b, haa = SlopePull, hab = 0, hbb = ShiftPull;
            foreach (var (probability, right) in outcomes)
            {
                var x = BoostedTrees.LogOdds(probability);
                var p = 1 / (1 + Math.Exp(-((a * x) + b)));
                var error = p - (right ? 1 : 0);
                var weight = Math.Max(p * (1 - p), 1e-6);
                ga += error * x;
                gb += error;
                haa += weight * x * x;
                hab += weight * x;
                hbb += weight;
            }

            var determinant = (haa * hbb) - (hab * hab);
            var (da, db) = (((hbb * ga) - (hab * gb)) / determinant, ((haa * gb) - (hab * ga)) / determinant);
            a = Math.Max(LeastSlope, a - Math.Clamp(da, -1, 1));
            b -= Math.Clamp(db, -2, 2);
        }

        return new((float)a, (float)b);
    }
}
