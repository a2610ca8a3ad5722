namespace Modus.Reports.Documents;

/// <summary>What a reader accepts before it stops; every limit that was met is reported.</summary>
public sealed record ReportLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static ReportLimits Default { get; } = new();

    /// <summary>Bytes of a text, Markdown or STIX file that are read; the rest is left out with a warning.</summary>
    public int MaxTextBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of an HTML file that are read; the rest is left out with a warning.</summary>
    public int MaxHtmlBytes { get; init; } = 32 << 20;

    /// <summary>Bytes of a PDF or DOCX file; a larger file is refused, since its directory stands at the end.</summary>
    public int MaxBinaryBytes { get; init; } = 512 << 20;

    /// <summary>Elements of an HTML document; of a page with more, only what comes before is read, with a warning.</summary>
    public int MaxHtmlElements { get; init; } = 100_000;

    /// <summary>Depth to which elements of HTML or XML may be nested.</summary>
    public int MaxDepth { get; init; } = 512;

    /// <summary>Characters of text taken from one document; the rest is left out with a warning.</summary>
    public int MaxTextLength { get; init; } = 64_000_000;

    /// <summary>Pages of a PDF that are read; the rest is left out with a warning.</summary>
    public int MaxPages { get; init; } = 5_000;

    /// <summary>Operators and characters of all pages of a PDF together; pages after that are left out with a warning.</summary>
    public long MaxPageWork { get; init; } = 100_000_000;

    /// <summary>Bytes that all streams of one file may unpack to together.</summary>
    public long MaxDecodedBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that one stream of a file may unpack to.</summary>
    public int MaxStreamBytes { get; init; } = 128 << 20;
}
