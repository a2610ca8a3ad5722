using Modus.Reports.Documents;
using Modus.Reports.Qualifiers;

namespace Modus.Reports.Mapping;

/// <summary>A technique that a sentence of a document may speak of, with the quote.</summary>
/// <param name="Quote">The sentence and its place.</param>
/// <param name="Suggestion">The technique with its probability.</param>
/// <param name="RunnersUp">The sentence's other techniques, likeliest first.</param>
/// <param name="Statement">What the clause around the deciding words does: report, deny, suppose, advise …</param>
/// <param name="Why">Deciding words and precedents.</param>
public sealed record ReportCandidate(
    Quote Quote, MapSuggestion Suggestion, IReadOnlyList<MapSuggestion> RunnersUp, Qualified Statement, MapExplanation Why)
{
    /// <summary>Whether the statement is no report of something that happened or can be done, and so is kept apart.</summary>
    public bool IsSetAside => Statement.Qualifier is not (Qualifier.Observed or Qualifier.Capability);
}

/// <summary>What the mapper makes of a document.</summary>
/// <param name="Candidates">Candidates in the order of the text.</param>
/// <param name="Techniques">Techniques of the document as a whole, likeliest first; their sentences are indices of <see cref="Document.Sentences"/>.</param>
/// <param name="Sentences">Sentences that were mapped.</param>
/// <param name="Fragments">Sentences that were too short to say anything and were passed over.</param>
public sealed record ReportMapping(
    IReadOnlyList<ReportCandidate> Candidates, IReadOnlyList<DocumentSuggestion> Techniques, int Sentences, int Fragments)
{
    /// <summary>
    /// How often a technique was left out of a sentence because hundreds of others tell it more surely. Only the verdict on a document as a
    /// whole leaves any out.
    /// </summary>
    public int LeftOut { get; init; }
}

/// <summary>Suggests techniques for the sentences of a document, each with its quote.</summary>
/// <remarks>Not for several threads at once; make one a thread over the same <see cref="MapperModel"/>.</remarks>
public sealed class ReportMapper
{
    private const int DecidingWords = 5;
    private const int Precedents = 3;
    private const int RunnersUp = 4;

    private readonly MapperModel model;
    private readonly TechniqueMapper mapper;

    /// <summary>A mapper over a model.</summary>
    public ReportMapper(MapperModel model)
    {
        this.model = model;
        mapper = new(model);
    }

    /// <summary>Maps a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="least">Least probability of a candidate, 0 to 1; null for the model's own threshold.</param>
    /// <param name="top">Candidates a sentence at most.</param>
    /// <param name="stop">Stops between sentences.</param>
    public ReportMapping Map(Document document, double? least = null, int top = 5, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var sentences = Whole(document);
        var texts = new SentenceTexts(document, sentences);
        var threshold = (float)(least ?? model.SentenceThreshold);
        var (lively, speaking) = mapper.MapLively(texts, threshold, stop);
        var candidates = new List<ReportCandidate>();
        foreach (var (place, mapped) in lively)
        {
            stop.ThrowIfCancellationRequested();
            Add(candidates, document, sentences[place], texts[place], mapped, one => one.Probability >= threshold, top);
        }

        return Made(document, sentences, candidates, speaking);
    }

    /// <summary>
    /// Maps a document by the verdict on it as a whole: candidates of the techniques it takes, with the sentences that tell them or,
    /// where none does surely, the one that speaks for the technique most.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="top">Candidates a sentence at most.</param>
    /// <param name="stop">Stops between sentences.</param>
    public ReportMapping MapWhole(Document document, int top = 5, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var sentences = Whole(document);
        var texts = new SentenceTexts(document, sentences);
        var (telling, speaking, left) = mapper.MapTaken(texts, stop);
        var candidates = new List<ReportCandidate>();
        foreach (var (place, mapped, taken) in telling)
        {
            stop.ThrowIfCancellationRequested();
            Add(candidates, document, sentences[place], texts[place], mapped, one => taken.Contains(one.Technique), top);
        }

        return Made(document, sentences, candidates, speaking) with { LeftOut = left };
    }

    private static List<Sentence> Whole(Document document) => [.. document.Sentences.Where(sentence => !sentence.IsFragment)];

    private static ReportMapping Made(Document document, List<Sentence> sentences, List<ReportCandidate> candidates, IReadOnlyList<DocumentSuggestion> speaking)
    {
        var techniques = speaking.Select(one => one with { Sentences = [.. one.Sentences.Select(place => sentences[place].Index)] });
        return new(candidates, [.. techniques], sentences.Count, document.Sentences.Count - sentences.Count);
    }

    private void Add(
        List<ReportCandidate> candidates, Document document, Sentence sentence, string text, MappedSentence mapped, Func<MapSuggestion, bool> isTaken, int top)
    {
        var suggestions = mapped.Suggestions;
        foreach (var suggestion in Distinct([.. suggestions.Where(isTaken)]).Take(top))
        {
            var why = mapper.Explain(text, suggestion.Technique, DecidingWords, Precedents);
            var statement = Statement(document, sentence, why);
            candidates.Add(new(document.Quote(sentence), suggestion, [.. suggestions.Where(one => one != suggestion).Take(RunnersUp)], statement, why));
        }
    }

    /// <summary>The texts of sentences, each made when asked for: those of thousands of pages need not stand in memory twice.</summary>
    private sealed class SentenceTexts(Document document, List<Sentence> sentences) : IReadOnlyList<string>
    {
        public int Count => sentences.Count;

        public string this[int index] => document.TextOf(sentences[index]);

        public IEnumerator<string> GetEnumerator() => sentences.Select(document.TextOf).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Leaves out a parent where one of its sub-techniques stands above it and carries the text.</summary>
    private IEnumerable<MapSuggestion> Distinct(List<MapSuggestion> likely)
    {
        var classes = model.Base.Classes;
        for (var at = 0; at < likely.Count; at++)
        {
            var own = classes.Index[likely[at].Technique];
            if (!likely.Take(at).Any(above => above.Instead is null && classes.Parents[classes.Index[above.Technique]] == own)) yield return likely[at];
        }
    }

    /// <summary>The qualifier of the clause that holds the word which decided most.</summary>
    private static Qualified Statement(Document document, Sentence sentence, MapExplanation why)
    {
        var word = why.Words.FirstOrDefault(one => one.Weight > 0);
        return word is null
            ? QualifierReader.Of(document, sentence.Start, sentence.Length)
            : QualifierReader.Of(document, sentence.Start + word.Start, word.Length);
    }
}
