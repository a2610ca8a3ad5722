using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>Fits a rising curve from scores to the share that was right (pool adjacent violators).</summary>
internal static class CurveFitter
{
    private const int Points = 40;
    private const float Prior = 2;

    /// <summary>The curve for scores and whether each was right; flat stretches lean a little on the overall share.</summary>
    public static MonotoneCurve Fit(IReadOnlyList<(float Score, bool Right)> seen)
    {
        if (seen.Count == 0) return new([], []);
        var sorted = seen.OrderBy(one => one.Score).ToArray();
        var share = sorted.Count(one => one.Right) / (float)sorted.Length;
        var bin = Math.Max(1, sorted.Length / (Points * 4));
        var pools = new List<(double X, double Y, double Weight)>();
        for (var from = 0; from < sorted.Length; from += bin)
        {
            var to = Math.Min(sorted.Length, from + bin);
            double x = 0, right = 0;
            for (var i = from; i < to; i++)
            {
                x += sorted[i].Score;
                right += sorted[i].Right ? 1 : 0;
            }

            double weight = to - from;
            pools.Add((x / weight, (right + (Prior * share)) / (weight + Prior), weight));
            while (pools.Count > 1 && pools[^2].Y >= pools[^1].Y)
            {
                var (a, b) = (pools[^2], pools[^1]);
                var sum = a.Weight + b.Weight;
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((((a.X * a.Weight) + (b.X * b.Weight)) / sum, ((a.Y * a.Weight) + (b.Y * b.Weight)) / sum, sum));
            }
        }

        var xs = new List<float>();
        var ys = new List<float>();
        foreach (var (x, y, _) in pools)
        {
            if (xs.Count > 0 && (float)x <= xs[^1]) continue;
            xs.Add((float)x);
            ys.Add((float)y);
        }

        return new([.. xs], [.. ys]);
    }
}
