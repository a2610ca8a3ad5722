using System.Text;

namespace Modus.Reports.Documents;

/// <summary>Recognises a format by content; names and extensions play no part.</summary>
internal static class FormatDetector
{
    /// <summary>Bytes from the beginning that are looked at.</summary>
    public const int HeadLength = 16_384;

    private const int PdfHeadLength = 1_024;

    private static readonly string[] commonTags = ["<p>", "<p ", "<div", "<a href", "<table", "<span", "<ul>", "<ul ", "<li>", "<h1", "<h2", "<br", "<meta", "<img "];

    /// <summary>Recognises a format; null with the name of what it is, or null where nothing fits.</summary>
    public static DocumentFormat? Detect(ReadOnlySpan<byte> head, out string? other)
    {
        other = null;
        if (head[..Math.Min(head.Length, PdfHeadLength)].IndexOf("%PDF-"u8) >= 0) return DocumentFormat.Pdf;
        if (head.StartsWith("PK\x03\x04"u8)) return DocumentFormat.Docx;
        other = Foreign(head);
        if (other is not null || !TextDecoder.IsText(head)) return null;
        var text = TextDecoder.Decode(head[..Math.Min(head.Length, HeadLength)], true, out _);
        return OfText(text);
    }

    /// <summary>Recognises the format of a text.</summary>
    public static DocumentFormat OfText(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start is ['{', ..] or ['[', ..] && IsStix(text)) return DocumentFormat.Stix;
        if (IsHtml(start)) return DocumentFormat.Html;
        return MarkdownMarks(text) >= 2 ? DocumentFormat.Markdown : DocumentFormat.PlainText;
    }

    private static string? Foreign(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 })) return "an old Office file or mail message (OLE)";
        if (head.StartsWith("{\\rtf"u8)) return "a rich text file (RTF)";
        if (head.StartsWith(new byte[] { 0x1F, 0x8B })) return "a gzip archive";
        if (head.StartsWith(new byte[] { 0x89, 0x50, 0x4E, 0x47 }) || head.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }) || head.StartsWith("GIF8"u8)) return "a picture";
        if (head.StartsWith("MZ"u8) && !TextDecoder.IsText(head)) return "a Windows program";
        if (head.StartsWith("\x7FELF"u8)) return "a Linux program";
        if (head.StartsWith("ElfFile\0"u8)) return "a Windows event log";
        return head.StartsWith("SQLite format 3"u8) ? "a SQLite database" : null;
    }

    private static bool IsStix(string text) =>
        text.Contains("\"type\"", StringComparison.Ordinal)
        && (text.Contains("\"bundle\"", StringComparison.Ordinal) || text.Contains("\"spec_version\"", StringComparison.Ordinal));

    private static bool IsHtml(ReadOnlySpan<char> start)
    {
        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)) return true;
        if (start is ['<', ..] && start.Contains("<html", StringComparison.OrdinalIgnoreCase)) return true;
        var tags = 0;
        foreach (var tag in commonTags)
            if (start.Contains(tag, StringComparison.OrdinalIgnoreCase)) tags++;
        return start is ['<', ..] ? tags >= 1 : tags >= 4;
    }

    /// <summary>Counts the kinds of Markdown mark-up in a text.</summary>
    private static int MarkdownMarks(string text)
    {
        int headings = 0, links = 0, fences = 0, tables = 0, strong = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var rest = line.TrimStart();
            var hashes = rest.IndexOfAnyExcept('#');
            if (hashes is > 0 and <= 6 && rest[hashes] == ' ' && line[0] == '#') headings++;
            if (rest.StartsWith("```") || rest.StartsWith("~~~")) fences++;
            if (rest.IndexOf("](", StringComparison.Ordinal) is > 0 and var at && rest[..at].Contains('[')) links++;
            if (rest.Length > 4 && rest.Contains('|') && rest.Contains("---", StringComparison.Ordinal) && rest.IndexOfAnyExcept("|-: ") < 0) tables++;
            if (rest.IndexOf("**", StringComparison.Ordinal) is >= 0 and var open && rest[(open + 2)..].Contains("**", StringComparison.Ordinal)) strong++;
        }

        return (headings > 0 ? 1 : 0) + (headings > 1 ? 1 : 0) + (links > 0 ? 1 : 0) + (links > 2 ? 1 : 0)
            + (fences > 1 ? 1 : 0) + (tables > 0 ? 2 : 0) + (strong > 0 ? 1 : 0);
    }
}
