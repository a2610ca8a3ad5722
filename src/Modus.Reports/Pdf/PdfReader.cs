using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>Reads PDF files into documents.</summary>
internal static class PdfReader
{
    private const int ScanShare = 5;
    private const int UnknownShare = 4;

    /// <summary>Reads a file; null with a problem where it cannot be used.</summary>
    public static Document? Read(ReadOnlyMemory<byte> bytes, ReportSource source, ReportLimits limits, List<ReportProblem> problems, CancellationToken cancellation)
    {
        try
        {
            var file = PdfFile.Open(bytes, limits);
            if (file.Trailer.ContainsKey("Encrypt"))
            {
                problems.Add(new ReportProblem("MD4011", ProblemLevel.Error, "The PDF is encrypted.", source.Name, Fix: "Save a copy without a password or restrictions, for instance by printing it to a new PDF."));
                return null;
            }

            var pages = Pages(file, limits, source, problems, cancellation);
            if (file.IsRebuilt) problems.Add(new ReportProblem("MD4012", ProblemLevel.Note, "The PDF's table of objects is broken; the objects were searched for.", source.Name));
            if (file.BrokenStreams > 0) problems.Add(new ReportProblem("MD4013", ProblemLevel.Warning, $"{file.BrokenStreams} streams of the PDF are damaged; what came before the damage was used.", source.Name));
            return Finish(file, pages, source, limits, problems);
        }
        catch (PdfException exception)
        {
            problems.Add(new ReportProblem("MD4010", ProblemLevel.Error, $"The PDF cannot be read: {exception.Message}.", source.Name, Fix: "Open it in a viewer and print it to a new PDF."));
            return null;
        }
    }

    private static List<PageText> Pages(PdfFile file, ReportLimits limits, ReportSource source, List<ReportProblem> problems, CancellationToken cancellation)
    {
        var pages = new List<PageText>();
        var fonts = new FontCache(file);
        var layers = new HiddenLayers(file);
        var words = new WordPool();
        var glyphs = new List<Glyph>();
        foreach (var page in new PdfPages(file).Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (pages.Count >= limits.MaxPages)
            {
                problems.Add(new ReportProblem("MD4014", ProblemLevel.Warning, $"Only the first {limits.MaxPages} pages were read.", source.Name, Fix: "Cut the document into parts."));
                break;
            }

            if (file.Work > limits.MaxPageWork)
            {
                problems.Add(new ReportProblem(
                    "MD4018", ProblemLevel.Warning, $"Only the first {pages.Count} pages were read: drawing them takes more steps than any report needs.", source.Name, Fix: "Print the document to a new PDF, or cut it into parts."));
                break;
            }

            pages.Add(PageLayout.Of(ContentReader.Read(file, fonts, layers, page, glyphs), words));
        }

        if (pages.Count == 0) throw new PdfException("it has no pages");
        return pages;
    }

    private static Document? Finish(PdfFile file, List<PageText> pages, ReportSource source, ReportLimits limits, List<ReportProblem> problems)
    {
        var blank = pages.Where(static page => page.Glyphs == 0).Select(static page => page.Number).ToArray();
        if (blank.Length == pages.Count)
        {
            problems.Add(new ReportProblem(
                "MD4015", ProblemLevel.Error, $"The PDF has no text layer: its {pages.Count} pages hold {(pages.Exists(static page => page.HasImage) ? "pictures and no text, as scans do" : "no text")}.", source.Name,
                Fix: "Run a text recognition (OCR) over it and read the result."));
            return null;
        }

        var scans = pages.Where(static page => page is { Glyphs: 0, HasImage: true }).Select(static page => page.Number).ToArray();
        if (scans.Length > 0)
            problems.Add(new ReportProblem(
                "MD4016", ProblemLevel.Warning, $"{scans.Length} of {pages.Count} pages are pictures without text: {string.Join(", ", scans.Take(ScanShare))}{(scans.Length > ScanShare ? ", …" : "")}.", source.Name,
                Fix: "Run a text recognition (OCR) over them to read these pages too."));
        var unknown = pages.Sum(static page => (long)page.Unknown);
        if (unknown * UnknownShare > pages.Sum(static page => (long)page.Glyphs))
            problems.Add(new ReportProblem(
                "MD4017", ProblemLevel.Warning, $"{unknown} characters are in fonts that do not say which characters they are.", source.Name,
                Fix: "Run a text recognition (OCR) over the document, or save it anew from its source."));
        RunningHeads.Remove(pages);
        var builder = new DocumentBuilder(limits, mapped: false);
        new PdfWriter(builder, pages).Write();
        if (builder.IsFull) problems.Add(new ReportProblem("MD4004", ProblemLevel.Warning, $"The text is longer than {limits.MaxTextLength} characters; the rest was left out.", source.Name));
        var information = file.Dict(file.Trailer.GetValueOrDefault("Info"));
        return builder.Build(source, file.Resolve(information?.GetValueOrDefault("Title")) is PdfString { Bytes.Length: > 0 } title ? PdfText.Decode(title.Bytes).Trim('\0') : null);
    }
}
