namespace Modus.Reports.Documents;

/// <summary>
/// A report as one text with structure: blocks, sentences, table rows, links, pages, and for every character its
/// place in the source.
/// </summary>
/// <remarks>
/// <see cref="Text"/> is normalised: white space collapsed outside code, ligatures spelled out, soft hyphens and
/// zero-width characters dropped, typographic quotes made plain. Blocks do not overlap and stand in reading order;
/// they are separated by a line feed, cells of one row by a tab.
/// </remarks>
public sealed class Document
{
    private readonly SourceMap? map;
    private readonly IReadOnlyList<PlacedRun> placed;

    internal Document(DocumentParts parts)
    {
        Name = parts.Name;
        Sha256 = parts.Sha256;
        Format = parts.Format;
        Title = parts.Title;
        Language = parts.Language;
        Text = parts.Text;
        Blocks = parts.Blocks;
        Rows = parts.Rows;
        Sentences = parts.Sentences;
        Links = parts.Links;
        Pages = parts.Pages;
        map = parts.Map;
        placed = parts.Placed;
    }

    /// <summary>Name of the document as it was given, usually its path.</summary>
    public string Name { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of the document's bytes.</summary>
    public string Sha256 { get; }

    /// <summary>What it was recognised as.</summary>
    public DocumentFormat Format { get; }

    /// <summary>Title from the document's own metadata or first heading; null where it has none.</summary>
    public string? Title { get; }

    /// <summary>The language of the body text as a guess.</summary>
    public Language.LanguageGuess Language { get; }

    /// <summary>The normalised text.</summary>
    public string Text { get; }

    /// <summary>The blocks in reading order.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The rows of all tables, in reading order.</summary>
    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>The sentences of all blocks, in reading order.</summary>
    public IReadOnlyList<Sentence> Sentences { get; }

    /// <summary>The links, in the order of their text.</summary>
    public IReadOnlyList<Link> Links { get; }

    /// <summary>The pages; empty for formats without pages.</summary>
    public IReadOnlyList<Page> Pages { get; }

    /// <summary>The text of a block.</summary>
    public string TextOf(Block block) => Text.Substring(block.Start, block.Length);

    /// <summary>The text of a sentence.</summary>
    public string TextOf(Sentence sentence) => Text.Substring(sentence.Start, sentence.Length);

    /// <summary>The block that holds an offset, or the last one that begins before it; null for a document without blocks.</summary>
    public Block? BlockAt(int offset)
    {
        var found = Search.LastAtOrBefore(Blocks, offset, static block => block.Start);
        return found < 0 ? Blocks.Count > 0 ? Blocks[0] : null : Blocks[found];
    }

    /// <summary>The sentence that holds an offset; null where the offset stands between sentences.</summary>
    public Sentence? SentenceAt(int offset)
    {
        var found = Search.LastAtOrBefore(Sentences, offset, static sentence => sentence.Start);
        return found >= 0 && offset < Sentences[found].End ? Sentences[found] : null;
    }

    /// <summary>The table row that holds an offset; null outside tables.</summary>
    public TableRow? RowAt(int offset)
    {
        var found = Search.LastAtOrBefore(Rows, offset, static row => row.Start);
        return found >= 0 && offset < Rows[found].Start + Rows[found].Length ? Rows[found] : null;
    }

    /// <summary>The number of the page that holds an offset; null for formats without pages.</summary>
    public int? PageAt(int offset)
    {
        var found = Search.LastAtOrBefore(Pages, offset, static page => page.Start);
        return found < 0 ? null : Pages[found].Number;
    }

    /// <summary>The rectangles of a span, one a line; empty for formats without geometry.</summary>
    public IReadOnlyList<PageBox> BoxesOf(int start, int length) => PlacedRun.Boxes(placed, start, start + length);

    /// <summary>The headings above a block, the nearest first.</summary>
    public IEnumerable<Block> HeadingsOf(Block block)
    {
        for (var at = block.Section; at >= 0; at = Blocks[at].Section) yield return Blocks[at];
    }

    /// <summary>A span of this document as a quote.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span reaches outside the text.</exception>
    public Quote Quote(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Text.Length, nameof(length));
        var source = map?.Span(start, length);
        return new Quote(
            Name, Sha256, BlockAt(start)?.Index ?? -1, start, length,
            source?.Start, source?.Length,
            PageAt(start), BoxesOf(start, length), Text.Substring(start, length));
    }

    /// <summary>A sentence of this document as a quote.</summary>
    public Quote Quote(Sentence sentence) => Quote(sentence.Start, sentence.Length);
}
