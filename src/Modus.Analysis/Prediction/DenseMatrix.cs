using System.Numerics;
using System.Runtime.InteropServices;

namespace Modus.Analysis.Prediction;

/// <summary>Inverse of one large symmetric matrix, and products of its rows.</summary>
internal static class DenseMatrix
{
    /// <summary>Inverts a symmetric positive definite matrix through its Cholesky factor.</summary>
    /// <param name="matrix">Row by row; read only.</param>
    /// <param name="size">Rows and columns.</param>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public static double[] InvertPositive(double[] matrix, int size)
    {
        var factor = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * size + j] - Dot(factor.AsSpan(i * size, j), factor.AsSpan(j * size, j));
                if (i != j) factor[i * size + j] = sum / factor[j * size + j];
                else if (sum <= 0) throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
                else factor[i * size + i] = Math.Sqrt(sum);
            }

        // The inverse of the factor, transposed: row j holds column j, which starts at its diagonal.
        var columns = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            var column = columns.AsSpan(j * size, size);
            column[j] = 1 / factor[j * size + j];
            for (var i = j + 1; i < size; i++)
                column[i] = -Dot(factor.AsSpan(i * size + j, i - j), column[j..i]) / factor[i * size + i];
        }

        var inverse = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var value = Dot(columns.AsSpan(i * size + i, size - i), columns.AsSpan(j * size + i, size - i));
                inverse[i * size + j] = value;
                inverse[j * size + i] = value;
            }
        return inverse;
    }

    /// <summary>The sum of products of two rows of the same length.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(left);
        var other = MemoryMarshal.Cast<double, Vector<double>>(right);
        var total = Vector<double>.Zero;
        for (var i = 0; i < wide.Length; i++) total += wide[i] * other[i];
        var sum = Vector.Sum(total);
        for (var i = wide.Length * Vector<double>.Count; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
