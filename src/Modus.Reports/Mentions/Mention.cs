using Modus.Reports.Documents;
using Modus.Reports.Qualifiers;

namespace Modus.Reports.Mentions;

/// <summary>In which form a text names an object.</summary>
public enum MentionForm
{
    /// <summary>Its id is printed.</summary>
    Id,

    /// <summary>A link leads to its page.</summary>
    Link,

    /// <summary>Its name or an alias is written.</summary>
    Name,
}

/// <summary>How sure it is that the text means the object and not an everyday word.</summary>
public enum MentionCertainty
{
    /// <summary>The words are the name's, but may be everyday language ("a scheduled task"). Left out unless asked for.</summary>
    Weak,

    /// <summary>The name alone could be an everyday word; its writing or a word beside it says that it is a name.</summary>
    Contextual,

    /// <summary>The name cannot be an everyday word.</summary>
    Distinctive,

    /// <summary>The author printed the id or set the link.</summary>
    Printed,
}

/// <summary>A place where a text names an object of the knowledge base. It is a claim of the author, not a mapping.</summary>
/// <param name="Form">In which form.</param>
/// <param name="Kind">What kind of object; for an ambiguous name, the kind of the first candidate.</param>
/// <param name="Id">The id: as printed or linked (normalised to <c>T0000.000</c>), or that of the only candidate; null for an ambiguous name.</param>
/// <param name="Candidates">The objects it may mean, by id: one for an id, several for an ambiguous name, none for an id that the vocabulary does not know.</param>
/// <param name="Certainty">How sure it is that an object is meant.</param>
/// <param name="Quote">The id or name itself.</param>
/// <param name="Statement">The sentence that holds it, or the whole row in a table that pairs ids with text.</param>
/// <param name="Qualifier">Whether the text reports, denies, advises or supposes.</param>
/// <param name="Cue">The words that decided the qualifier; null for plain reports.</param>
/// <param name="Traits">Traits of the block: hidden text, page furniture.</param>
/// <param name="Release">The release that a link names (<c>18</c>); null where it names none.</param>
public sealed record Mention(
    MentionForm Form,
    MentionKind Kind,
    string? Id,
    IReadOnlyList<VocabularyEntry> Candidates,
    MentionCertainty Certainty,
    Quote Quote,
    Quote Statement,
    Qualifier Qualifier,
    string? Cue,
    BlockTraits Traits,
    string? Release = null)
{
    /// <summary>Whether several objects share the name and the text does not decide between them.</summary>
    public bool IsAmbiguous => Candidates.Count > 1;
}
