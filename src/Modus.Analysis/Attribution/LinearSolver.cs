namespace Modus.Analysis.Attribution;

/// <summary>Small dense linear algebra.</summary>
internal static class LinearSolver
{
    /// <summary>Solves A x = b for a symmetric positive definite A by its Cholesky factor.</summary>
    /// <exception cref="ArgumentException">A is not positive definite.</exception>
    public static double[] SolvePositive(double[,] a, double[] b)
    {
        var n = b.Length;
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                if (i != j) l[i, j] = sum / l[j, j];
                else if (sum <= 0) throw new ArgumentException("The matrix is not positive definite.", nameof(a));
                else l[i, i] = Math.Sqrt(sum);
            }
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++) sum -= l[i, k] * x[k];
            x[i] = sum / l[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = x[i];
            for (var k = i + 1; k < n; k++) sum -= l[k, i] * x[k];
            x[i] = sum / l[i, i];
        }
        return x;
    }
}
