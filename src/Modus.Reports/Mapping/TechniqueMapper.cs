using Modus.Reports.Mapping.Candidates;

namespace Modus.Reports.Mapping;

/// <summary>Suggests techniques for sentences. The sentences of a document speak for each other, so hand them over together.</summary>
/// <remarks>Not for several threads at once; make one a thread over the same <see cref="MapperModel"/>.</remarks>
public sealed class TechniqueMapper
{
    /// <summary>Sentences of a document that are looked at together; a longer document is cut into such parts.</summary>
    public const int PartLength = 4_000;

    private const float SisterShare = 0.5f;

    private readonly MapperModel model;
    private readonly SentenceScorer scorer;
    private readonly CandidateChoice choice;

    /// <summary>A mapper over a model.</summary>
    public TechniqueMapper(MapperModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        scorer = new(model.Base);
        choice = new(model.Base.Classes);
    }

    /// <summary>Suggests techniques for a sentence that stands alone.</summary>
    public MappedSentence Map(string sentence) => Map([sentence])[0];

    /// <summary>Suggests techniques for the sentences of a document.</summary>
    /// <param name="sentences">The sentences in order.</param>
    /// <param name="stop">Stops between sentences.</param>
    /// <returns>A result a sentence, in the same order.</returns>
    public IReadOnlyList<MappedSentence> Map(IReadOnlyList<string> sentences, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var mapped = new List<MappedSentence>(sentences.Count);
        for (var from = 0; from < sentences.Count; from += PartLength)
        {
            var scores = new List<SentenceScores>(Math.Min(PartLength, sentences.Count - from));
            for (var i = from; i < Math.Min(sentences.Count, from + PartLength); i++)
            {
                stop.ThrowIfCancellationRequested();
                scores.Add(scorer.Score(sentences[i]));
            }

            var figures = new CandidateFigures(model.Base.Classes, scores);
            for (var i = 0; i < scores.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                var candidates = choice.Of(scores[i]);
                mapped.Add(Judge(scores[i], candidates, figures.Rows(i, candidates)));
            }
        }

        return mapped;
    }

    /// <summary>Tells why a technique was suggested for a sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="technique">The technique's id.</param>
    /// <param name="words">Deciding words at most.</param>
    /// <param name="precedents">Procedure examples at most.</param>
    /// <returns>The reasons; none for a technique the model does not know.</returns>
    public MapExplanation Explain(string sentence, string technique, int words = 5, int precedents = 3)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentNullException.ThrowIfNull(technique);
        if (!model.Base.Classes.Index.TryGetValue(technique, out var c)) return new([], []);
        scorer.Score(sentence);
        return new(
            WordWeights.Of(model.Base, scorer, sentence, c, words),
            model.Precedents.Nearest(model.Base.Classes, c, scorer.AttackVector, precedents));
    }

    private MappedSentence Judge(SentenceScores scores, int[] candidates, float[][] rows)
    {
        var classes = model.Base.Classes;
        var probabilities = new float[candidates.Length];
        var none = 1f;
        for (var k = 0; k < candidates.Length; k++)
        {
            probabilities[k] = model.Judge.Probability(rows[k]);
            none *= 1 - probabilities[k];
        }

        var suggestions = new List<MapSuggestion>(candidates.Length);
        for (var k = 0; k < candidates.Length; k++)
        {
            var (instead, likely) = Family(classes, candidates, probabilities, k);
            suggestions.Add(new(classes.Ids[candidates[k]], probabilities[k], instead, likely, Array.IndexOf(scores.PrintedIds, candidates[k]) >= 0));
        }

        suggestions.Sort((a, b) => a.Probability != b.Probability
            ? b.Probability.CompareTo(a.Probability) : string.CompareOrdinal(a.Technique, b.Technique));
        return new(suggestions, 1 - none);
    }

    /// <summary>The parent, where it or a sister is at least half as likely as the sub-technique.</summary>
    private static (string? Parent, float Probability) Family(TechniqueClasses classes, int[] candidates, float[] probabilities, int k)
    {
        var parent = classes.Parents[candidates[k]];
        if (parent < 0) return (null, 0);
        var rival = 0f;
        var none = 1f;
        for (var other = 0; other < candidates.Length; other++)
        {
            if (candidates[other] != parent && classes.Parents[candidates[other]] != parent) continue;
            none *= 1 - probabilities[other];
            if (other != k) rival = Math.Max(rival, probabilities[other]);
        }

        return rival >= SisterShare * probabilities[k] ? (classes.Ids[parent], 1 - none) : (null, 0);
    }
}
