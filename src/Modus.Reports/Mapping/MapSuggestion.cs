namespace Modus.Reports.Mapping;

/// <summary>A technique that a sentence may speak of.</summary>
/// <param name="Technique">Its ATT&amp;CK id.</param>
/// <param name="Probability">How likely it is right, 0 to 1, calibrated on reports the models had not seen.</param>
/// <param name="Instead">
/// The parent technique's id where the text does not carry the sub-technique (its sisters are about as likely), or null.
/// </param>
/// <param name="InsteadProbability">How likely the parent or one of its sub-techniques is right; 0 where <paramref name="Instead"/> is null.</param>
/// <param name="Printed">Whether the sentence prints the id.</param>
public sealed record MapSuggestion(string Technique, float Probability, string? Instead, float InsteadProbability, bool Printed);

/// <summary>What the mapper makes of one sentence.</summary>
/// <param name="Suggestions">Techniques, likeliest first.</param>
/// <param name="Relevance">How likely the sentence speaks of any technique, 0 to 1.</param>
public sealed record MappedSentence(IReadOnlyList<MapSuggestion> Suggestions, float Relevance);

/// <summary>A technique that a document may speak of.</summary>
/// <param name="Technique">Its ATT&amp;CK id.</param>
/// <param name="Probability">How likely it is right for the document, 0 to 1, calibrated on reports the models had not seen.</param>
/// <param name="Sentences">Places of the sentences that speak for it, strongest first.</param>
public sealed record DocumentSuggestion(string Technique, float Probability, IReadOnlyList<int> Sentences);

/// <summary>What the mapper makes of a document.</summary>
/// <param name="Sentences">A result a sentence, in order.</param>
/// <param name="Techniques">Techniques of the document as a whole, likeliest first.</param>
public sealed record MappedDocument(IReadOnlyList<MappedSentence> Sentences, IReadOnlyList<DocumentSuggestion> Techniques);

/// <summary>Words of a sentence that spoke for (positive) or against (negative) a technique.</summary>
/// <param name="Start">Offset in the sentence.</param>
/// <param name="Length">Length.</param>
/// <param name="Words">The words as written.</param>
/// <param name="Weight">What they added to the margins.</param>
public sealed record DecidingWords(int Start, int Length, string Words, float Weight);

/// <summary>A procedure example of ATT&amp;CK that resembles a sentence.</summary>
/// <param name="Technique">The technique's id.</param>
/// <param name="Source">The id of the actor, campaign or software that was seen doing it.</param>
/// <param name="Similarity">Cosine of the two texts' words, 0 to 1.</param>
public sealed record Precedent(string Technique, string Source, float Similarity);

/// <summary>Why a technique was suggested for a sentence.</summary>
/// <param name="Words">Deciding words, heaviest first.</param>
/// <param name="Precedents">Most similar procedure examples of the technique, nearest first.</param>
public sealed record MapExplanation(IReadOnlyList<DecidingWords> Words, IReadOnlyList<Precedent> Precedents);
