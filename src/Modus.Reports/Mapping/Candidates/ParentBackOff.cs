namespace Modus.Reports.Mapping.Candidates;

/// <summary>Falls back to the parent technique where the text does not tell which of its sub-techniques it was.</summary>
internal static class ParentBackOff
{
    private const float RivalShare = 0.5f;

    /// <summary>The parent, where it or a sister is at least half as likely as the sub-technique.</summary>
    /// <param name="classes">The techniques.</param>
    /// <param name="candidates">The candidates of a sentence.</param>
    /// <param name="candidate">One of them.</param>
    /// <returns>The parent's id with the probability that one of the family is right; null for a technique that stands.</returns>
    public static (string? Parent, float Probability) Of(TechniqueClasses classes, IReadOnlyList<JudgedCandidate> candidates, JudgedCandidate candidate)
    {
        var parent = classes.Parents[candidate.Class];
        if (parent < 0) return (null, 0);
        var rival = 0f;
        var none = 1f;
        foreach (var other in candidates)
        {
            if (other.Class != parent && classes.Parents[other.Class] != parent) continue;
            none *= 1 - other.Probability;
            if (other.Class != candidate.Class) rival = Math.Max(rival, other.Probability);
        }

        return rival >= RivalShare * candidate.Probability ? (classes.Ids[parent], 1 - none) : (null, 0);
    }
}
