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

    /// <summary>A table of what an exercise tried and what came of it.</summary>
    Exercises,

    /// <summary>What a defence has: sources, hosts, controls. Told by the caller; files that say so themselves are documents until they are read.</summary>
    Inventory,

    /// <summary>A bundle of ATT&amp;CK itself: a knowledge base, not evidence.</summary>
    KnowledgeBase,
}
