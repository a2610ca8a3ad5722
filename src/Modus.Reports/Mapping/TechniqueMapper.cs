using Modus.Reports.Mapping.Candidates;

namespace Modus.Reports.Mapping;

/// <summary>Suggests techniques for sentences. The sentences of a document speak for each other, so hand them over together.</summary>
/// <remarks>Not for several threads at once; make one a thread over the same <see cref="MapperModel"/>.</remarks>
public sealed class TechniqueMapper
{
    /// <summary>Sentences of a document that are looked at together; a longer document is cut into such parts.</summary>
    public const int PartLength = 4_000;

    /// <summary>Sentences of a document that are taken for one technique; where more tell it, the likeliest.</summary>
    internal const int MostTaken = 500;

    private const int MostSentences = 10;

    private readonly MapperModel model;
    private readonly SentenceScorer scorer;
    private readonly CandidateChoice choice;
    private float[]? nearness;

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
    public IReadOnlyList<MappedSentence> Map(IReadOnlyList<string> sentences, CancellationToken stop = default) =>
        [.. Candidates(sentences, stop).Select(Mapped)];

    /// <summary>Suggests techniques for the sentences of a document and for the document as a whole.</summary>
    /// <param name="sentences">The sentences in order.</param>
    /// <param name="stop">Stops between sentences.</param>
    public MappedDocument MapDocument(IReadOnlyList<string> sentences, CancellationToken stop = default)
    {
        var judged = Candidates(sentences, stop);
        return new([.. judged.Select(Mapped)], Techniques(judged));
    }

    private IReadOnlyList<DocumentSuggestion> Techniques(List<JudgedCandidate[]> judged)
    {
        var classes = model.Base.Classes;
        var speaking = Speaking(judged);
        var techniques = DocumentFigures.Of(classes, judged)
            .Select(pair => new DocumentSuggestion(classes.Ids[pair.Key], model.Judge.Document.Probability(pair.Value), speaking[pair.Key]))
            .OrderByDescending(suggestion => suggestion.Probability).ThenBy(suggestion => suggestion.Technique, StringComparer.Ordinal);
        return [.. techniques];
    }

    /// <summary>As <see cref="MapDocument"/>, with the suggestions of those sentences alone that have one of a probability.</summary>
    /// <param name="sentences">The sentences in order.</param>
    /// <param name="least">The probability.</param>
    /// <param name="stop">Stops between sentences.</param>
    internal (IEnumerable<(int Place, MappedSentence Mapped)> Sentences, IReadOnlyList<DocumentSuggestion> Techniques) MapLively(
        IReadOnlyList<string> sentences, float least, CancellationToken stop)
    {
        var judged = Candidates(sentences, stop);
        return (Lively(judged, least), Techniques(judged));
    }

    /// <summary>The sentences that speak for the techniques which the verdict on the whole document takes, each with those techniques.</summary>
    /// <param name="sentences">The sentences in order.</param>
    /// <param name="stop">Stops between sentences.</param>
    /// <returns>The sentences, the techniques, and how often a technique was left out of a sentence because enough others tell it.</returns>
    internal (IEnumerable<(int Place, MappedSentence Mapped, HashSet<string> Taken)> Sentences, IReadOnlyList<DocumentSuggestion> Techniques, int Left) MapTaken(
        IReadOnlyList<string> sentences, CancellationToken stop)
    {
        var judged = Candidates(sentences, stop);
        var techniques = Techniques(judged);
        // A technique that no sentence tells surely has its strongest sentence for evidence.
        var strongest = techniques.Where(one => one.Probability >= model.DocumentThreshold).ToDictionary(one => model.Base.Classes.Index[one.Technique], one => one.Sentences[0]);
        var left = LeaveOut(judged, strongest);
        return (Taken(judged, strongest, left), techniques, left.Count);
    }

    /// <summary>The less likely of the sentences that tell a technique, where they are more than anybody reads.</summary>
    private HashSet<(int Place, int Class)> LeaveOut(List<JudgedCandidate[]> judged, Dictionary<int, int> strongest)
    {
        var telling = new Dictionary<int, List<(float Probability, int Place)>>();
        for (var place = 0; place < judged.Count; place++)
        {
            foreach (var candidate in judged[place])
            {
                if (candidate.Probability < model.SentenceThreshold || !strongest.ContainsKey(candidate.Class)) continue;
                if (!telling.TryGetValue(candidate.Class, out var places)) telling[candidate.Class] = places = [];
                places.Add((candidate.Probability, place));
            }
        }

        return [.. telling.Where(pair => pair.Value.Count > MostTaken)
            .SelectMany(pair => pair.Value.OrderByDescending(one => one.Probability).ThenBy(one => one.Place).Skip(MostTaken).Select(one => (one.Place, pair.Key)))];
    }

    private IEnumerable<(int Place, MappedSentence Mapped, HashSet<string> Taken)> Taken(
        List<JudgedCandidate[]> judged, Dictionary<int, int> strongest, HashSet<(int Place, int Class)> left)
    {
        for (var place = 0; place < judged.Count; place++)
        {
            HashSet<string>? taken = null;
            foreach (var candidate in judged[place])
            {
                if (!strongest.TryGetValue(candidate.Class, out var first)) continue;
                if (place == first || (candidate.Probability >= model.SentenceThreshold && !left.Contains((place, candidate.Class)))) (taken ??= new(StringComparer.Ordinal)).Add(model.Base.Classes.Ids[candidate.Class]);
            }

            if (taken is not null) yield return (place, Mapped(judged[place]), taken);
        }
    }

    private IEnumerable<(int Place, MappedSentence Mapped)> Lively(List<JudgedCandidate[]> judged, float least)
    {
        for (var place = 0; place < judged.Count; place++)
        {
            if (Array.Exists(judged[place], candidate => candidate.Probability >= least)) yield return (place, Mapped(judged[place]));
        }
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
        scorer.Read(sentence);
        return new(
            WordWeights.Of(model.Base, scorer, sentence, c, words),
            model.Precedents.Nearest(model.Base.Classes, c, scorer.AttackVector, precedents, nearness ??= new float[model.Base.AttackSpace.Count]));
    }

    /// <summary>The judged candidates of the sentences of a document.</summary>
    internal IReadOnlyList<JudgedCandidate[]> Judged(IReadOnlyList<string> sentences, CancellationToken stop) => Candidates(sentences, stop);

    private List<JudgedCandidate[]> Candidates(IReadOnlyList<string> sentences, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var judged = new List<JudgedCandidate[]>(sentences.Count);
        for (var from = 0; from < sentences.Count; from += PartLength)
        {
            var scores = new List<SentenceScores>(Math.Min(PartLength, sentences.Count - from));
            for (var i = from; i < Math.Min(sentences.Count, from + PartLength); i++)
            {
                stop.ThrowIfCancellationRequested();
                scores.Add(scorer.Score(sentences[i]));
            }

            var figures = new CandidateFigures(model.Base, scores);
            for (var i = 0; i < scores.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                var candidates = choice.Of(scores[i]);
                judged.Add(model.Judge.Candidates(model.Base.Classes, scores[i], candidates, figures.Rows(i, candidates)));
            }
        }

        return judged;
    }

    private MappedSentence Mapped(JudgedCandidate[] candidates)
    {
        var none = 1f;
        var suggestions = new List<MapSuggestion>(candidates.Length);
        foreach (var candidate in candidates)
        {
            none *= 1 - candidate.Probability;
            var (instead, likely) = ParentBackOff.Of(model.Base.Classes, candidates, candidate);
            suggestions.Add(new(model.Base.Classes.Ids[candidate.Class], candidate.Probability, instead, likely, candidate.Printed));
        }

        suggestions.Sort((a, b) => a.Probability != b.Probability
            ? b.Probability.CompareTo(a.Probability) : string.CompareOrdinal(a.Technique, b.Technique));
        return new(suggestions, 1 - none);
    }

    /// <summary>For each technique the sentences that speak for it, strongest first.</summary>
    private static Dictionary<int, int[]> Speaking(List<JudgedCandidate[]> judged)
    {
        var places = new Dictionary<int, List<(float Probability, int Place)>>();
        for (var place = 0; place < judged.Count; place++)
        {
            foreach (var candidate in judged[place])
            {
                if (!places.TryGetValue(candidate.Class, out var best)) places[candidate.Class] = best = new(MostSentences);
                if (best.Count == MostSentences && best[^1].Probability >= candidate.Probability) continue;
                if (best.Count == MostSentences) best.RemoveAt(MostSentences - 1);
                var at = best.Count;
                while (at > 0 && best[at - 1].Probability < candidate.Probability) at--;
                best.Insert(at, (candidate.Probability, place));
            }
        }

        return places.ToDictionary(pair => pair.Key, pair => pair.Value.Select(one => one.Place).ToArray());
    }
}
