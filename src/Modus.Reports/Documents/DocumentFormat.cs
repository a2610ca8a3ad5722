namespace Modus.Reports.Documents;

/// <summary>What a report was recognised as, by its content.</summary>
public enum DocumentFormat
{
    /// <summary>Plain text in any supported encoding.</summary>
    PlainText,

    /// <summary>Markdown (CommonMark with tables and footnotes).</summary>
    Markdown,

    /// <summary>HTML or XHTML.</summary>
    Html,

    /// <summary>An Office Open XML word-processing document.</summary>
    Docx,

    /// <summary>A PDF file.</summary>
    Pdf,

    /// <summary>Text of report, note and opinion objects in a STIX 2.0 or 2.1 bundle.</summary>
    Stix,
}
