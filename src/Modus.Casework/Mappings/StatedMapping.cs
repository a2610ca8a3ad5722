namespace Modus.Casework.Mappings;

/// <summary>One technique that somebody ascribed to one piece of evidence, as a file or a case states it.</summary>
public sealed record StatedMapping
{
    /// <summary>The file or case it stands in, as the caller named it.</summary>
    public required string File { get; init; }

    /// <summary>Where in it: a JSON path, an id.</summary>
    public string Place { get; init; } = "";

    /// <summary>The line, from 1; 0 where lines say nothing.</summary>
    public int Line { get; init; }

    /// <summary>Who says so; null where the file does not tell.</summary>
    public string? Annotator { get; init; }

    /// <summary>The document or case that the evidence belongs to; empty where the file is about one thing.</summary>
    public string Document { get; init; } = "";

    /// <summary>A name for the piece of evidence, shared by all who judged it; null where text or offsets have to tell.</summary>
    public string? Unit { get; init; }

    /// <summary>The evidence in words: the quoted sentence, the comment; untrusted. Null where nothing is quoted.</summary>
    public string? Text { get; init; }

    /// <summary>Offset of the span in the document (UTF-16 units, from 0); null where it is not given.</summary>
    public long? Start { get; init; }

    /// <summary>Length of the span in UTF-16 units; null where it is not given.</summary>
    public long? Length { get; init; }

    /// <summary>The technique's id as written; null where somebody looked at the evidence and named none.</summary>
    public string? Technique { get; init; }

    /// <summary>The tactic, by short name or id as written; null where none is named.</summary>
    public string? Tactic { get; init; }

    /// <summary>The tactics of a case's procedure, by short name; empty where none is chosen.</summary>
    public IReadOnlyList<string> Tactics { get; init; } = [];

    /// <summary>The ATT&amp;CK release that the author speaks; null where it is not stated.</summary>
    public string? Release { get; init; }

    /// <summary>The domain, as written; null where it is not stated.</summary>
    public string? Domain { get; init; }

    /// <summary>True where events of a log show it.</summary>
    public bool HasEvents { get; init; }

    /// <summary>True where <see cref="Text"/> quotes the evidence itself; false for a comment or a description of the mapping's author.</summary>
    public bool IsQuote { get; init; }

    /// <summary>Why it was mapped so; empty where nobody wrote it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How the statement is meant, where a reader of whole documents has told already: <c>observed</c>, <c>negated</c> …; null where not.</summary>
    public string? Statement { get; init; }

    /// <summary>True where a person confirmed it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Who confirmed it; empty where nobody did.</summary>
    public string Reviewer { get; init; } = "";
}

/// <summary>Mappings that were read, and what could not be.</summary>
/// <param name="Mappings">The mappings, in the order of the file.</param>
/// <param name="Format">The format in words.</param>
/// <param name="Given">Statements that the file holds.</param>
/// <param name="Problems">What was skipped or doubtful.</param>
public sealed record MappingReading(IReadOnlyList<StatedMapping> Mappings, string Format, int Given, IReadOnlyList<CaseProblem> Problems)
{
    /// <summary>Statements that could not be used; each has a problem.</summary>
    public int Skipped => Given - Mappings.Count;
}
