using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>A candidate that a team decided on, or passed over in a sentence where it decided on another.</summary>
/// <param name="Class">The technique.</param>
/// <param name="Figures">As <see cref="TeamPolicy.Figures"/> gives them.</param>
/// <param name="Right">Whether the team named it.</param>
/// <param name="Weight">How much it counts.</param>
internal readonly record struct PolicyRow(int Class, float[] Figures, bool Right, float Weight);

/// <summary>
/// Fits a team's policy to its decisions: logistic regression whose weights are drawn to "as before", then for each decided technique an
/// offset that is drawn to none. Few decisions move little.
/// </summary>
internal static class PolicyFitter
{
    private const int Steps = 40;
    private const float LeastSlope = 0.1f;
    private const float LargestOffset = 4;

    /// <summary>How hard an offset is drawn to none: as by four decisions that were a toss-up.</summary>
    private const double OffsetPull = 1;

    private static readonly float[] start = TeamPolicy.None.Weights;
    private static readonly double[] pulls = [2, 20, 2, 5];

    /// <summary>The policy that makes decisions likeliest.</summary>
    public static TeamPolicy Fit(IReadOnlyList<PolicyRow> rows)
    {
        if (rows.Count == 0) return TeamPolicy.None;
        var weights = Weights(rows);
        var offsets = rows.GroupBy(row => row.Class).OrderBy(group => group.Key).Select(group => (group.Key, Offset: Offset(weights, [.. group]))).ToList();
        return new(weights[0], weights[1], weights[2], weights[3], [.. offsets.Select(one => one.Key)], [.. offsets.Select(one => one.Offset)]);
    }

    private static float[] Weights(IReadOnlyList<PolicyRow> rows) => LogisticFit.Weights(
        [.. rows.Select(row => new LogisticRow(row.Figures, row.Right, row.Weight))], start, pulls,
        weights => weights[1] = Math.Max(LeastSlope, weights[1]));

    private static float Offset(float[] weights, IReadOnlyList<PolicyRow> rows)
    {
        var offset = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            double slope = OffsetPull * offset, bend = OffsetPull;
            foreach (var row in rows)
            {
                var p = BoostedTrees.Probability(TeamPolicy.LogOdds(weights, row.Figures) + (float)offset);
                slope += row.Weight * (p - (row.Right ? 1 : 0));
                bend += row.Weight * p * (1 - p);
            }

            offset -= Math.Clamp(slope / bend, -1, 1);
        }

        return (float)Math.Clamp(offset, -LargestOffset, LargestOffset);
    }
}
