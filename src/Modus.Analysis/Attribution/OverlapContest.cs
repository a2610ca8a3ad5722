namespace Modus.Analysis.Attribution;

/// <summary>Whether plain overlap names anybody, put to the test.</summary>
/// <param name="Rankings">The first groups by each measure, with all that was seen and with the verified part alone.</param>
/// <param name="Rare">Seen techniques that few groups use.</param>
/// <param name="Deciding">Techniques without which alone another group comes first by <see cref="OverlapMeasure.IdfCosine"/>, and who that is.</param>
/// <param name="Reasons">Why the answer is not firm; empty where nothing spoke against it.</param>
public sealed record OverlapContest(
    IReadOnlyList<OverlapRanking> Rankings, IReadOnlyList<RareTrait> Rare, IReadOnlyList<(string Technique, OverlapScore First)> Deciding, IReadOnlyList<string> Reasons)
{
    /// <summary>Whether the same group came first whatever was tried. Even then it is likeness, no attribution.</summary>
    public bool IsFirm => Reasons.Count == 0;

    /// <summary>Ranks, takes evidence away, and ranks again.</summary>
    /// <param name="table">The groups.</param>
    /// <param name="seen">Everything seen or told.</param>
    /// <param name="verified">The part with evidence that can be checked; the same as <paramref name="seen"/> where nobody distinguishes.</param>
    public static OverlapContest Of(OverlapTable table, IReadOnlySet<string> seen, IReadOnlySet<string> verified)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(verified);
        List<OverlapRanking> rankings = [];
        foreach (var (set, only) in verified.SetEquals(seen) ? [(seen, false)] : new[] { (seen, false), (verified, true) })
            foreach (var measure in new[] { OverlapMeasure.Jaccard, OverlapMeasure.IdfCosine })
                rankings.Add(new(measure, only, table.Rank(set, measure)));
        List<string> reasons = [];
        var leaders = rankings.Select(ranking => ranking.Scores is [var top, ..] ? top : null).OfType<OverlapScore>().ToList();
        if (leaders.Count == 0 || leaders[0].Shared == 0) return new(rankings, table.RareTraits(seen), [], ["no group has anything in common with it"]);
        if (leaders.DistinctBy(score => score.Id).Count() > 1)
            reasons.Add("the first place depends on the measure, or on evidence that cannot be checked: " + string.Join(", ", leaders.DistinctBy(score => score.Id).Select(score => score.Name)));
        var seconds = rankings.Where(ranking => !ranking.OnlyVerified && ranking.Scores.Count > 1).Select(ranking => ranking.Scores[1]).DistinctBy(score => score.Id).ToList();
        if (seconds.Count > 1) reasons.Add("the second place depends on the measure: " + string.Join(", ", seconds.Select(score => score.Name)));
        var first = rankings.First(ranking => ranking is { Measure: OverlapMeasure.IdfCosine, OnlyVerified: false }).Scores[0];
        var deciding = seen.Order(StringComparer.Ordinal)
            .Select(id => (id, table.Rank(seen.Where(other => other != id).ToHashSet(StringComparer.Ordinal), OverlapMeasure.IdfCosine)[0]))
            .Where(pair => pair.Item2.Id != first.Id).ToList();
        if (deciding.Count > 0) reasons.Add($"without {string.Join(" or ", deciding.Select(pair => pair.id))} {string.Join(" or ", deciding.Select(pair => pair.Item2.Name).Distinct())} comes first");
        return new(rankings, table.RareTraits(seen), deciding, reasons);
    }
}

/// <summary>One ranking.</summary>
/// <param name="Measure">By what.</param>
/// <param name="OnlyVerified">Whether only evidence that can be checked was used.</param>
/// <param name="Scores">All groups, the most alike first.</param>
public sealed record OverlapRanking(OverlapMeasure Measure, bool OnlyVerified, IReadOnlyList<OverlapScore> Scores);
