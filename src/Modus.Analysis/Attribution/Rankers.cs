using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Plain formulas that rank actors: the baselines that every evaluation prints beside the model.</summary>
internal static class Rankers
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>What the rarity of a shared software counts beside a technique.</summary>
    public const double SoftwareWeight = 3;

    /// <summary>How many sources speak of the actor.</summary>
    public static double[] Reports(KnowledgeView view, Observation seen) =>
        [.. view.Reports.Select((reports, actor) => view.Size[actor] == 0 ? 0.0 : reports.Length)];

    public static double[] Jaccard(KnowledgeView view, Observation seen) => Each(view, actor =>
    {
        var shared = seen.Techniques.Count(t => view.Counts[actor][t] > 0);
        return shared / (double)Math.Max(1, seen.Techniques.Length + view.Size[actor] - shared);
    });

    /// <summary>Cosine of presence weighted by inverse document frequency.</summary>
    public static double[] TfIdfCosine(KnowledgeView view, Observation seen)
    {
        var idf = view.Idf;
        var own = Math.Sqrt(seen.Techniques.Sum(t => idf[t] * idf[t]));
        return Each(view, actor =>
        {
            double dot = 0, norm = 0;
            var row = view.Counts[actor];
            for (var t = 0; t < row.Length; t++) if (row[t] > 0) norm += idf[t] * idf[t];
            foreach (var t in seen.Techniques) if (row[t] > 0) dot += idf[t] * idf[t];
            return own == 0 || norm == 0 ? 0 : dot / (own * Math.Sqrt(norm));
        });
    }

    /// <summary>BM25 over counts of sources.</summary>
    public static double[] Bm25(KnowledgeView view, Observation seen) => Each(view, actor =>
    {
        double score = 0;
        foreach (var t in seen.Techniques) score += Bm25Part(view, actor, t, 0);
        return score;
    });

    /// <summary>BM25 where a technique that the actor's software uses counts a little.</summary>
    public static double[] Bm25Implied(KnowledgeView view, Observation seen) => Each(view, actor =>
    {
        double score = 0;
        foreach (var t in seen.Techniques) score += Bm25Part(view, actor, t, KnowledgeView.ImpliedWeight);
        return score;
    });

    /// <summary>BM25 with implied techniques, and three times the rarity of shared software.</summary>
    public static double[] Bm25Software(KnowledgeView view, Observation seen)
    {
        var techniques = Bm25Implied(view, seen);
        return Each(view, actor => techniques[actor] + SoftwareWeight * seen.Software
            .Where(s => view.ActorSoftware[actor][s] > 0).Sum(view.SoftwareIdf));
    }

    public static double Bm25Part(KnowledgeView view, int actor, int technique, double implied)
    {
        var tf = view.Counts[actor][technique] + implied * view.Implied[actor][technique];
        var length = implied == 0 ? view.Length[actor] / view.AverageLength : view.FullLength[actor] / view.AverageFullLength;
        return tf == 0 ? 0 : view.Idf[technique] * Saturated(tf, length);
    }

    /// <summary>A count that grows ever slower, and slower in a long profile.</summary>
    /// <param name="count">How many sources.</param>
    /// <param name="length">The profile's length beside the average one.</param>
    public static double Saturated(double count, double length = 1) => count * (K1 + 1) / (count + K1 * (1 - B + B * length));

    private static double[] Each(KnowledgeView view, Func<int, double> score)
    {
        var scores = new double[view.ActorCount];
        for (var actor = 0; actor < scores.Length; actor++)
            scores[actor] = view.Size[actor] == 0 ? double.NegativeInfinity : score(actor);
        return scores;
    }
}
