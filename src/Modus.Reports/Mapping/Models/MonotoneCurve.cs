namespace Modus.Reports.Mapping.Models;

/// <summary>A rising curve through a few points; between them it is straight, outside it is flat.</summary>
internal sealed class MonotoneCurve(float[] x, float[] y)
{
    /// <summary>Where the points stand, rising.</summary>
    public float[] X { get; } = x;

    /// <summary>How high they are, never falling.</summary>
    public float[] Y { get; } = y;

    /// <summary>The height at a place.</summary>
    public float At(float at)
    {
        if (X.Length == 0) return at;
        var i = Array.BinarySearch(X, at);
        if (i >= 0) return Y[i];
        i = ~i;
        if (i == 0) return Y[0];
        if (i == X.Length) return Y[^1];
        return Y[i - 1] + ((Y[i] - Y[i - 1]) * (at - X[i - 1]) / (X[i] - X[i - 1]));
    }
}
