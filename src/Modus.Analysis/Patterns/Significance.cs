namespace Modus.Analysis.Patterns;

/// <summary>Chances of counts, and which of many findings to keep.</summary>
internal static class Significance
{
    // What is left of 1 after a sum in double precision is no smaller than this; a chance of nothing at all would be a claim too strong.
    private const double LeastChance = 1e-16;

    /// <summary>Chance of a count of at least k where the drawn tables gave this mean and variance: a binomial of the same two.</summary>
    public static double UpperTail(int k, double mean, double variance)
    {
        if (k <= 0) return 1;
        if (mean <= 0) return LeastChance;
        // A count that scatters more than its mean is no binomial; the Poisson has the wider tail.
        var p = 1 - variance / mean;
        if (p < 1e-6) return Poisson(k, mean);
        p = Math.Min(p, 1 - 1e-9);
        var n = mean / p;
        // The fitted binomial cannot reach so high; the Poisson can, and says how unlikely that is.
        return k > n ? Poisson(k, mean) : IncompleteBeta(p, k, n - k + 1);
    }

    /// <summary>The largest chance to keep so that at most a share of what is kept is chance (Benjamini and Hochberg); 0 where nothing is.</summary>
    /// <param name="chances">Chances of all findings that were tested.</param>
    /// <param name="tests">How many were tested, those not listed having chance 1.</param>
    /// <param name="share">The share, 0.05 usually.</param>
    public static double Limit(IEnumerable<double> chances, int tests, double share)
    {
        var sorted = chances.Order().ToArray();
        for (var at = sorted.Length - 1; at >= 0; at--)
            if (sorted[at] <= share * (at + 1) / tests) return sorted[at];
        return 0;
    }

    private static double Poisson(int k, double mean)
    {
        var term = Math.Exp(-mean);
        var below = 0.0;
        for (var i = 0; i < k; i++)
        {
            below += term;
            term *= mean / (i + 1);
        }
        return Math.Max(LeastChance, 1 - below);
    }

    /// <summary>The regularised incomplete beta function, by its continued fraction.</summary>
    internal static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 - (a + b) * x / (a + 1);
        d = 1 / (Math.Abs(d) < tiny ? tiny : d);
        var h = d;
        for (var m = 1; m <= 300; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            Step(even);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            Step(odd);
            var change = d * c;
            h *= change;
            if (Math.Abs(change - 1) < 1e-12) break;
        }
        return h;

        void Step(double factor)
        {
            d = 1 + factor * d;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = 1 + factor / c;
            if (Math.Abs(c) < tiny) c = tiny;
        }
    }

    /// <summary>The logarithm of the gamma function for positive numbers, by Stirling's series after a shift.</summary>
    internal static double LogGamma(double x)
    {
        var shift = 0.0;
        while (x < 10) shift -= Math.Log(x++);
        var inverse = 1 / (x * x);
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI)
            + (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
    }
}
