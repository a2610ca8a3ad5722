using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>
/// Fits a rising curve from probabilities to the share that was right: half way between steps that follow the cases and a smooth bend.
/// The steps alone are flat where the surest cases lie, so that it would be lost which of them is surer.
/// </summary>
internal static class CurveFitter
{
    private const int Points = 40;
    private const float Prior = 2;
    private const int PlacesEachSide = 48;
    private const float Reach = 9.2f;

    /// <summary>How far the bend may go beyond the steps, in log-odds.</summary>
    private const float Beyond = 1;

    private static readonly float[] knots = [-3, -1, 1];
    private static readonly float[] straight = [0, 1, 0, 0, 0];
    private static readonly double[] pulls = [0.01, 1, 5, 5, 5];

    /// <summary>The curve for probabilities and whether each was right.</summary>
    public static MonotoneCurve Fit(IReadOnlyList<(float Score, bool Right)> seen)
    {
        if (seen.Count == 0) return new([], []);
        var steps = Steps(seen);
        var bend = LogisticFit.Weights([.. seen.Select(one => new LogisticRow(Bent(BoostedTrees.LogOdds(one.Score)), one.Right, 1))], straight, pulls);
        // Few cases that are all right or all wrong would bend without end.
        var (lowest, highest) = (BoostedTrees.LogOdds(steps.Y[0]) - Beyond, BoostedTrees.LogOdds(steps.Y[^1]) + Beyond);
        var xs = new List<float>();
        var ys = new List<float>();
        for (var place = -PlacesEachSide; place <= PlacesEachSide; place++)
        {
            var odds = Reach * place / PlacesEachSide;
            var x = BoostedTrees.Probability(odds);
            if (xs.Count > 0 && x <= xs[^1]) continue;
            var y = BoostedTrees.Probability((BoostedTrees.LogOdds(steps.At(x)) + Math.Clamp(LogisticFit.LogOdds(bend, Bent(odds)), lowest, highest)) / 2);
            xs.Add(x);
            ys.Add(ys.Count > 0 ? Math.Max(ys[^1], y) : y);
        }

        return new([.. xs], [.. ys]);
    }

    /// <summary>A log-odds as figures of a line with bends.</summary>
    private static float[] Bent(float odds) => [1, odds, .. knots.Select(knot => Math.Max(0, odds - knot))];

    /// <summary>Pool adjacent violators; flat stretches lean a little on the overall share.</summary>
    private static MonotoneCurve Steps(IReadOnlyList<(float Score, bool Right)> seen)
    {
        var sorted = seen.OrderBy(one => one.Score).ToArray();
        var share = sorted.Count(one => one.Right) / (float)sorted.Length;
        var bin = Math.Max(1, sorted.Length / (Points * 4));
        var pools = new List<Pool>();
        for (var from = 0; from < sorted.Length; from += bin)
        {
            var cases = sorted.AsSpan(from, Math.Min(bin, sorted.Length - from));
            var pool = new Pool(0, 0, cases.Length);
            foreach (var (score, wasRight) in cases) pool = new(pool.Scores + score, pool.Right + (wasRight ? 1 : 0), pool.Count);
            pools.Add(pool);
            while (pools.Count > 1 && pools[^2].Share(share) >= pools[^1].Share(share))
            {
                var (one, two) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add(new(one.Scores + two.Scores, one.Right + two.Right, one.Count + two.Count));
            }
        }

        var xs = new List<float>();
        var ys = new List<float>();
        foreach (var pool in pools)
        {
            var x = (float)(pool.Scores / pool.Count);
            if (xs.Count > 0 && x <= xs[^1]) continue;
            xs.Add(x);
            ys.Add((float)pool.Share(share));
        }

        return new([.. xs], [.. ys]);
    }

    /// <summary>Cases that stand side by side.</summary>
    /// <param name="Scores">The sum of their scores.</param>
    /// <param name="Right">How many were right.</param>
    /// <param name="Count">How many they are.</param>
    private readonly record struct Pool(double Scores, double Right, double Count)
    {
        /// <summary>The share that was right, leaning a little on that of all.</summary>
        public double Share(double all) => (Right + (Prior * all)) / (Count + Prior);
    }
}
