using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>Turns a candidate's figures into a probability: boosted trees, then a calibration curve.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Curve">From the trees' probability to the share that was right on reports the trees had not seen.</param>
/// <param name="SentenceThreshold">The probability from which a sentence's technique is taken, best for F1 on such reports.</param>
/// <param name="DocumentThreshold">The probability that a technique must reach somewhere in a report to be taken for the report.</param>
internal sealed record CandidateJudge(BoostedTrees Trees, MonotoneCurve Curve, float SentenceThreshold, float DocumentThreshold)
{
    /// <summary>The calibrated probability of a candidate.</summary>
    public float Probability(ReadOnlySpan<float> figures) => Curve.At(BoostedTrees.Probability(Trees.Score(figures)));
}
