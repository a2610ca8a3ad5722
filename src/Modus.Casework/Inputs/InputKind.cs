namespace Modus.Casework.Inputs;

/// <summary>What a file is, told by its content.</summary>
public enum InputKind
{
    /// <summary>Nothing that Modus reads.</summary>
    Unknown,

    /// <summary>A document for people: HTML, Markdown, plain text, PDF, DOCX.</summary>
    Report,

    /// <summary>A Navigator layer, or a list of layers.</summary>
    Layer,

    /// <summary>STIX content.</summary>
    Stix,

    /// <summary>Events.</summary>
    Logs,

    /// <summary>Sigma rules.</summary>
    Rules,

    /// <summary>A bundle of ATT&amp;CK itself: a knowledge base, not evidence.</summary>
    KnowledgeBase,
}
