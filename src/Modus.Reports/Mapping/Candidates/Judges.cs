using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>Turns figures into a probability: boosted trees, then a calibration curve.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Curve">From the trees' probability to the share that was right on reports the trees had not seen.</param>
/// <param name="Threshold">The probability from which a technique is best taken, for F1 on such reports.</param>
/// <param name="Onward">Whether the trees go on from the log-odds of the first figure, which is a probability then.</param>
internal sealed record Judge(BoostedTrees Trees, MonotoneCurve Curve, float Threshold, bool Onward)
{
    /// <summary>The calibrated probability.</summary>
    public float Probability(ReadOnlySpan<float> figures) => Curve.At(Raw(Trees, figures, Onward));

    /// <summary>The probability before calibration.</summary>
    public static float Raw(BoostedTrees trees, ReadOnlySpan<float> figures, bool onward) =>
        BoostedTrees.Probability(trees.Score(figures) + (onward ? BoostedTrees.LogOdds(figures[0]) : 0));
}

/// <summary>The judges of a mapper.</summary>
/// <param name="Sentence">Judges a technique for a sentence, by <see cref="CandidateFigures"/>.</param>
/// <param name="Document">Judges a technique for a document, by <see cref="DocumentFigures"/>.</param>
/// <param name="Policies">What a team's decisions changed, one adaptation after the other; what follows goes by the changed probabilities.</param>
internal sealed record CandidateJudge(Judge Sentence, Judge Document, IReadOnlyList<TeamPolicy> Policies)
{
    private const int MostOnStack = 64;

    /// <summary>Judges the candidates of a sentence.</summary>
    public JudgedCandidate[] Candidates(TechniqueClasses classes, SentenceScores scores, int[] candidates, float[][] rows)
    {
        var judged = new JudgedCandidate[candidates.Length];
        Span<float> odds = stackalloc float[Math.Min(judged.Length, MostOnStack)];
        if (odds.Length < judged.Length) odds = new float[judged.Length];
        Sentence.Trees.Score(rows, odds);
        for (var k = 0; k < judged.Length; k++)
            judged[k] = new(candidates[k], Sentence.Curve.At(BoostedTrees.Probability(odds[k])), scores.Prints(candidates[k]), scores.Names(candidates[k]));
        foreach (var policy in Policies) judged = policy.Apply(classes, judged);
        return judged;
    }
}
