using System.IO.Compression;
using System.Text;
using System.Xml;
using Modus.Reports.Documents;

namespace Modus.Reports.Docx;

/// <summary>Reads word-processing documents (ECMA-376) with the framework's zip and XML readers. Nothing outside the file is loaded.</summary>
internal static class DocxReader
{
    private const string MainPart = "word/document.xml";
    private const int MaxEntries = 10_000;

    /// <summary>Reads a file; null with a problem where it is no word-processing document or is damaged.</summary>
    public static Document? Read(ReadOnlyMemory<byte> bytes, ReportSource source, ReportLimits limits, List<ReportProblem> problems)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries) throw new InvalidDataException("too many parts");
            var budget = limits.MaxDecodedBytes;
            if (Part(zip, MainPart, limits, ref budget) is not { } main)
            {
                problems.Add(new ReportProblem(
                    "MD4002", ProblemLevel.Error, "This is a zip archive, but no word-processing document.", source.Name, Fix: "Unpack the archive, or save the document as DOCX, PDF or HTML."));
                return null;
            }

            var builder = new DocumentBuilder(limits);
            var styles = DocxStyles.Read(Part(zip, "word/styles.xml", limits, ref budget), limits);
            var links = Relations(Part(zip, "word/_rels/document.xml.rels", limits, ref budget), limits);
            new DocxBody(builder, main, styles, links, limits).Write(BlockKind.Paragraph);
            foreach (var notes in (ReadOnlySpan<string>)["word/footnotes.xml", "word/endnotes.xml"])
                if (Part(zip, notes, limits, ref budget) is { } part) new DocxBody(builder, part, styles, [], limits).Write(BlockKind.Footnote);
            if (builder.IsFull) problems.Add(new ReportProblem("MD4004", ProblemLevel.Warning, $"The text is longer than {limits.MaxTextLength} characters; the rest was left out.", source.Name));
            return builder.Build(source, Title(Part(zip, "docProps/core.xml", limits, ref budget), limits));
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or NotSupportedException)
        {
            problems.Add(new ReportProblem("MD4020", ProblemLevel.Error, $"The document is damaged or goes over the limits: {exception.Message}", source.Name, Fix: "Open it in a word processor and save it anew."));
            return null;
        }
    }

    /// <summary>An XML reader that accepts no document type, resolves nothing and stops at the limits.</summary>
    internal static XmlReader Xml(string text, ReportLimits limits) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.MaxStreamBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    private static string? Part(ZipArchive zip, string name, ReportLimits limits, ref long budget)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        using var stream = entry.Open();
        using var kept = new MemoryStream();
        var chunk = new byte[1 << 16];
        while (stream.Read(chunk) is > 0 and var count)
        {
            budget -= count;
            if (budget < 0 || kept.Length + count > limits.MaxStreamBytes) throw new InvalidDataException("a part unpacks to more bytes than the limit allows");
            kept.Write(chunk, 0, count);
        }

        return TextDecoder.Decode(kept.GetBuffer().AsSpan(0, (int)kept.Length), false, out _);
    }

    private static Dictionary<string, string> Relations(string? part, ReportLimits limits)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        if (part is null) return links;
        using var xml = Xml(part, limits);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") == "External" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target) links[id] = target;
        return links;
    }

    private static string? Title(string? part, ReportLimits limits)
    {
        if (part is null) return null;
        using var xml = Xml(part, limits);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "title", IsEmptyElement: false }) return xml.Read() && xml.NodeType == XmlNodeType.Text ? xml.Value : null;
        return null;
    }
}
