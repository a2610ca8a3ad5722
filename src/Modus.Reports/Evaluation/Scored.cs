namespace Modus.Reports.Evaluation;

/// <summary>A sentence with its truth and the answers of a model that had not seen its report.</summary>
/// <param name="Labels">The true classes.</param>
/// <param name="Ranked">Classes, best first, with score or probability.</param>
internal sealed record ScoredSentence(int[] Labels, (int Class, float Score)[] Ranked);

/// <summary>A report with its sentences scored and the thresholds that were chosen without it.</summary>
/// <param name="Id">The report.</param>
/// <param name="Fold">Its part of the cross-validation.</param>
/// <param name="Sentences">Its sentences.</param>
/// <param name="SentenceThreshold">From this score on a class is taken for a sentence.</param>
/// <param name="DocumentThreshold">From this score on a class is taken for the report.</param>
/// <param name="Document">Scores for the report as a whole; null where a class's highest score in a sentence stands for it.</param>
internal sealed record ScoredReport(
    string Id, int Fold, ScoredSentence[] Sentences, float SentenceThreshold, float DocumentThreshold, Dictionary<int, float>? Document = null)
{
    /// <summary>The true classes of the report.</summary>
    public HashSet<int> Truth { get; } = [.. Sentences.SelectMany(sentence => sentence.Labels)];

    /// <summary>Each class's score for the report.</summary>
    public Dictionary<int, float> Best()
    {
        if (Document is not null) return Document;
        var best = new Dictionary<int, float>();
        foreach (var sentence in Sentences)
            foreach (var (c, score) in sentence.Ranked)
                if (!best.TryGetValue(c, out var there) || score > there) best[c] = score;
        return best;
    }

    /// <summary>The classes taken for the report.</summary>
    public HashSet<int> Taken() => [.. Best().Where(pair => pair.Value >= DocumentThreshold).Select(pair => pair.Key)];
}
