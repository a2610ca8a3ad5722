using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>
/// What a team's decisions say about how it maps: how far probabilities are to be trusted, whether it names sub-techniques or their
/// techniques, and which techniques it names more or less often than those whose reports the mapper was fitted on.
/// </summary>
/// <param name="Shift">Added to the log-odds.</param>
/// <param name="Slope">Above 1 makes probabilities more decided.</param>
/// <param name="SubTechnique">Added to the log-odds of a sub-technique.</param>
/// <param name="Lead">Added to the log-odds of a technique for each unit by which one of its sub-techniques is ahead of it.</param>
/// <param name="Classes">Techniques with an offset of their own, rising.</param>
/// <param name="Offsets">Added to the log-odds of each of those.</param>
internal sealed record TeamPolicy(float Shift, float Slope, float SubTechnique, float Lead, int[] Classes, float[] Offsets)
{
    /// <summary>How many figures of a candidate the policy weighs.</summary>
    public const int Width = 4;

    /// <summary>The weights in the order of <see cref="Figures"/>.</summary>
    public float[] Weights => [Shift, Slope, SubTechnique, Lead];

    /// <summary>A policy that changes nothing.</summary>
    public static TeamPolicy None { get; } = new(0, 1, 0, 0, [], []);

    /// <summary>The figures of a candidate: one, its log-odds, whether it is a sub-technique, and how far one of its sub-techniques is ahead.</summary>
    public static void Figures(TechniqueClasses classes, ReadOnlySpan<JudgedCandidate> candidates, int k, Span<float> figures)
    {
        var own = BoostedTrees.LogOdds(candidates[k].Probability);
        figures[0] = 1;
        figures[1] = own;
        figures[2] = classes.Parents[candidates[k].Class] >= 0 ? 1 : 0;
        figures[3] = 0;
        foreach (var other in candidates)
            if (classes.Parents[other.Class] == candidates[k].Class) figures[3] = Math.Max(figures[3], BoostedTrees.LogOdds(other.Probability) - own);
    }

    /// <summary>The log-odds without the technique's own offset.</summary>
    public static float LogOdds(ReadOnlySpan<float> weights, ReadOnlySpan<float> figures)
    {
        var sum = 0f;
        for (var i = 0; i < Width; i++) sum += weights[i] * figures[i];
        return sum;
    }

    /// <summary>The candidates of a sentence as the team would see them.</summary>
    public JudgedCandidate[] Apply(TechniqueClasses classes, JudgedCandidate[] candidates)
    {
        var seen = new JudgedCandidate[candidates.Length];
        Span<float> figures = stackalloc float[Width];
        ReadOnlySpan<float> weights = Weights;
        for (var k = 0; k < seen.Length; k++)
        {
            Figures(classes, candidates, k, figures);
            var at = Array.BinarySearch(Classes, candidates[k].Class);
            seen[k] = candidates[k] with { Probability = BoostedTrees.Probability(LogOdds(weights, figures) + (at >= 0 ? Offsets[at] : 0)) };
        }

        return seen;
    }
}
