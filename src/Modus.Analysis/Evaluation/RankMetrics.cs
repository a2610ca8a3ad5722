namespace Modus.Analysis.Evaluation;

/// <summary>Where the truth stood in rankings, averaged.</summary>
/// <param name="Cases">How many rankings.</param>
/// <param name="Top1">Share with the truth first.</param>
/// <param name="Top5">Share with the truth among the first five.</param>
/// <param name="Mrr">Mean of one over the rank.</param>
public sealed record RankMetrics(int Cases, double Top1, double Top5, double Mrr)
{
    /// <summary>The rank of one candidate, from 1; candidates with equal scores share the mean of their ranks.</summary>
    /// <param name="scores">One score a candidate.</param>
    /// <param name="truth">The candidate asked for.</param>
    public static double Rank(ReadOnlySpan<double> scores, int truth)
    {
        int above = 0, same = 0;
        foreach (var score in scores)
            if (score > scores[truth]) above++;
            else if (score.Equals(scores[truth])) same++;
        return above + (same + 1) / 2.0;
    }

    /// <summary>Summarises ranks.</summary>
    /// <param name="ranks">Ranks from 1, fractional where candidates tied.</param>
    public static RankMetrics Of(IReadOnlyList<double> ranks) => ranks.Count == 0
        ? new(0, 0, 0, 0)
        : new(ranks.Count, ranks.Average(rank => rank <= 1 ? 1.0 : 0), ranks.Average(rank => rank <= 5 ? 1.0 : 0),
            ranks.Average(rank => 1 / rank));
}
