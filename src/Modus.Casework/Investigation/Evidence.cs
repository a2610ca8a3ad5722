namespace Modus.Casework.Investigation;

/// <summary>How firmly a piece of evidence says that a technique was used.</summary>
public enum Standing
{
    /// <summary>An event of a log shows it.</summary>
    Seen,

    /// <summary>A document states it as something that happened.</summary>
    Told,

    /// <summary>A layer, a tag or a bare STIX object asserts it without saying what was seen.</summary>
    Claimed,

    /// <summary>The text mapper reads it out of a sentence that does not name it: a candidate that a person has to confirm.</summary>
    Suggested,

    /// <summary>The text names it as advice, possibility, background, or as not found: no evidence that it happened.</summary>
    Mentioned,
}

/// <summary>One reason to speak of a technique, with the place it comes from.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Standing">How firmly it speaks.</param>
/// <param name="Origin">How the technique was named there.</param>
public abstract record Evidence(string File, Standing Standing, TechniqueOrigin Origin)
{
    /// <summary>The place inside the file, for people: a line, a page, a JSON path, a record number.</summary>
    public abstract string Place { get; }

    /// <summary>What stands there, for people; untrusted text.</summary>
    public abstract string Says { get; }
}

/// <summary>A span of a document that names a technique.</summary>
/// <param name="File">The document.</param>
/// <param name="Standing">Told or mentioned.</param>
/// <param name="Origin">How the technique was named.</param>
/// <param name="Statement">For example <c>negated</c> or <c>recommended</c>; <c>asserted</c> for plain statements.</param>
/// <param name="Sentence">The sentence or table row around the span.</param>
/// <param name="Matched">The matched words themselves.</param>
/// <param name="Start">Offset of the matched words in the document's text (UTF-16 units, from 0).</param>
/// <param name="Length">Length of the matched words in UTF-16 units.</param>
/// <param name="SourceStart">Offset in the decoded source file; null for formats whose place is page and box.</param>
/// <param name="SourceLength">Length in the decoded source file; null as above.</param>
/// <param name="Page">Page, from 1; null for formats without pages.</param>
public sealed record QuoteEvidence(
    string File, Standing Standing, TechniqueOrigin Origin, string Statement, string Sentence, string Matched,
    int Start, int Length, int? SourceStart, int? SourceLength, int? Page) : Evidence(File, Standing, Origin)
{
    /// <inheritdoc/>
    public override string Place => Page is { } page ? FormattableString.Invariant($"page {page}") : FormattableString.Invariant($"offset {SourceStart ?? Start}");

    /// <inheritdoc/>
    public override string Says => Sentence;
}

/// <summary>A sentence that the text mapper takes to speak of a technique.</summary>
/// <param name="File">The document.</param>
/// <param name="Standing">Suggested, or mentioned where the statement is advice, denial or background.</param>
/// <param name="Origin">How the technique was found.</param>
/// <param name="Statement">For example <c>observed</c> or <c>negated</c>.</param>
/// <param name="Sentence">The sentence.</param>
/// <param name="Start">Offset of the sentence in the document's text (UTF-16 units, from 0).</param>
/// <param name="SourceStart">Offset in the decoded source file; null for formats whose place is page and box.</param>
/// <param name="Page">Page, from 1; null for formats without pages.</param>
/// <param name="Probability">How likely it is right, 0 to 1, calibrated on reports that the mapper had not seen.</param>
/// <param name="RunnersUp">The sentence's other techniques with their probabilities, likeliest first.</param>
/// <param name="Words">The words that decided, strongest first.</param>
public sealed record SuggestionEvidence(
    string File, Standing Standing, TechniqueOrigin Origin, string Statement, string Sentence, int Start, int? SourceStart, int? Page,
    double Probability, IReadOnlyList<string> RunnersUp, IReadOnlyList<string> Words) : Evidence(File, Standing, Origin)
{
    /// <inheritdoc/>
    public override string Place => Page is { } page ? FormattableString.Invariant($"page {page}") : FormattableString.Invariant($"offset {SourceStart ?? Start}");

    /// <inheritdoc/>
    public override string Says => FormattableString.Invariant($"p {Probability:0.00}: {Sentence}");
}

/// <summary>An entry of a Navigator layer.</summary>
/// <param name="File">The layer's file.</param>
/// <param name="Origin">How the technique was named.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Entry">Place of the entry in the layer, as a JSON path.</param>
/// <param name="Score">The entry's score in the layer's own unit; null where it has none.</param>
/// <param name="Comment">The entry's comment; null where it has none.</param>
/// <param name="Enabled">False where the layer's author greyed the technique out.</param>
public sealed record LayerEvidence(
    string File, TechniqueOrigin Origin, string Layer, string Entry, double? Score, string? Comment, bool Enabled)
    : Evidence(File, Enabled ? Standing.Claimed : Standing.Mentioned, Origin)
{
    /// <inheritdoc/>
    public override string Place => Entry;

    /// <inheritdoc/>
    public override string Says => string.Join(" · ", new[]
    {
        $"layer '{Layer}'", Score is { } score ? FormattableString.Invariant($"score {score:0.##}") : null, Enabled ? null : "switched off", Comment,
    }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>A STIX object or relationship that names a technique.</summary>
/// <param name="File">The bundle's file.</param>
/// <param name="Standing">Told where a relationship describes the use, else claimed.</param>
/// <param name="Origin">How the technique was named.</param>
/// <param name="ObjectPath">JSON path of the object.</param>
/// <param name="Subject">Type and name of who used it, for example <c>campaign Copper Lantern</c>; null for a bare technique.</param>
/// <param name="Description">What the producer says; null where nothing is said.</param>
public sealed record StixEvidence(
    string File, Standing Standing, TechniqueOrigin Origin, string ObjectPath, string? Subject, string? Description) : Evidence(File, Standing, Origin)
{
    /// <inheritdoc/>
    public override string Place => ObjectPath;

    /// <inheritdoc/>
    public override string Says => (Subject, Description) switch
    {
        ({ } subject, { } text) => $"{subject}: {text}",
        ({ } subject, null) => $"{subject} uses it",
        (null, { } text) => text,
        _ => "named in the bundle",
    };
}

/// <summary>Events that a rule chose, counted together by host.</summary>
/// <param name="File">The log.</param>
/// <param name="Origin">How the technique was named: by a tag of the rule.</param>
/// <param name="Rule">Title of the rule.</param>
/// <param name="RuleId">Id of the rule; null where it has none.</param>
/// <param name="Author">Author of the rule, who must be named with its matches; null where the rule names none.</param>
/// <param name="Level">The rule's level.</param>
/// <param name="Host">The computer that the events speak of; null where they name none.</param>
/// <param name="Count">Number of events.</param>
/// <param name="First">Time of the first event; null where events have no time.</param>
/// <param name="Last">Time of the last event.</param>
/// <param name="FirstPlace">Record or line of the first event.</param>
/// <param name="Details">The values that decided the first match.</param>
public sealed record HitEvidence(
    string File, TechniqueOrigin Origin, string Rule, string? RuleId, string? Author, string Level, string? Host, long Count,
    DateTimeOffset? First, DateTimeOffset? Last, string FirstPlace, string Details) : Evidence(File, Standing.Seen, Origin)
{
    /// <summary>Accounts that the events name, in ordinal order; the first twenty.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <inheritdoc/>
    public override string Place => FirstPlace;

    /// <inheritdoc/>
    public override string Says => $"{Rule}: {Details}";
}
