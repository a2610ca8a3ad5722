namespace Modus.Reports.Documents;

/// <summary>A span of a document, with everything needed to find it again.</summary>
/// <param name="Document">Name of the document as it was given.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the document's bytes.</param>
/// <param name="Block">Index of the block that holds the first character.</param>
/// <param name="Start">Offset of the first character in <see cref="Documents.Document.Text"/>.</param>
/// <param name="Length">Number of characters (UTF-16 units).</param>
/// <param name="SourceStart">Offset of the first character in the decoded source text; null for formats whose place is page and box.</param>
/// <param name="SourceLength">Number of source characters the span covers, mark-up between its ends included; null as above.</param>
/// <param name="Page">Number of the page, from 1; null for formats without pages.</param>
/// <param name="Boxes">Rectangles on the page or pages, one a line; empty for formats without geometry.</param>
/// <param name="Text">The quoted text itself.</param>
public sealed record Quote(
    string Document,
    string Sha256,
    int Block,
    int Start,
    int Length,
    int? SourceStart,
    int? SourceLength,
    int? Page,
    IReadOnlyList<PageBox> Boxes,
    string Text)
{
    /// <summary>Offset after the last character.</summary>
    public int End => Start + Length;
}
