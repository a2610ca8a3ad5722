using System.Security.Cryptography;
using Modus.Reports.Docx;
using Modus.Reports.Html;
using Modus.Reports.Markdown;
using Modus.Reports.Pdf;
using Modus.Reports.PlainText;
using Modus.Reports.Stix;

namespace Modus.Reports.Documents;

/// <summary>What came of reading one input.</summary>
/// <param name="Document">The document; null where the input could not be used.</param>
/// <param name="Problems">Everything that went wrong or should be known, in the order it was met.</param>
public sealed record ReportReading(Document? Document, IReadOnlyList<ReportProblem> Problems);

/// <summary>Reads a report of any supported format, recognised by content, never by name.</summary>
public static class ReportReader
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads a report.</summary>
    /// <param name="stream">The bytes; read to their end, though only as much as the limits allow is kept.</param>
    /// <param name="name">Name of the input, for quotes and problems.</param>
    /// <param name="limits">Limits; the usual ones where null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The document, or null with at least one problem of level <see cref="ProblemLevel.Error"/>.</returns>
    public static ReportReading Read(Stream stream, string name, ReportLimits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= ReportLimits.Default;
        var problems = new List<ReportProblem>();
        using var input = Input.Read(stream, limits, cancellation);
        if (input.Total == 0)
        {
            problems.Add(new ReportProblem("MD4001", ProblemLevel.Error, "The file is empty.", name));
            return new ReportReading(null, problems);
        }

        if (input.Format is not { } format)
        {
            problems.Add(new ReportProblem(
                "MD4002", ProblemLevel.Error, input.Other is null ? "The content is not a report in a known format." : $"This is {input.Other}, not a report that can be read.", name,
                Fix: "Supported: PDF, DOCX, HTML, Markdown, plain text, STIX reports. Convert the file to one of these."));
            return new ReportReading(null, problems);
        }

        if (input.IsCut && format is (DocumentFormat.Pdf or DocumentFormat.Docx))
        {
            problems.Add(new ReportProblem(
                "MD4003", ProblemLevel.Error, $"The file has {input.Total} bytes; the limit is {limits.MaxBinaryBytes}.", name, Fix: "Cut the document into parts."));
            return new ReportReading(null, problems);
        }

        var source = new ReportSource(name, input.Sha256, format);
        return new ReportReading(
            format switch
            {
                DocumentFormat.Pdf => PdfReader.Read(input.Bytes, source, limits, problems, cancellation),
                DocumentFormat.Docx => DocxReader.Read(input.Bytes, source, limits, problems),
                _ => Read(input, source, limits, problems),
            },
            problems);
    }

    /// <summary>Reads a report from text in memory, recognised by content unless a format is given.</summary>
    public static ReportReading ReadText(string text, string name, DocumentFormat? format = null, ReportLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var problems = new List<ReportProblem>();
        var hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        var source = new ReportSource(name, hash, format ?? FormatDetector.OfText(text));
        return new ReportReading(ReadText(text, source, limits ?? ReportLimits.Default, problems), problems);
    }

    private static Document? Read(Input input, ReportSource source, ReportLimits limits, List<ReportProblem> problems)
    {
        if (input.IsCut)
            problems.Add(new ReportProblem(
                "MD4003", ProblemLevel.Warning, $"The file has {input.Total} bytes; only the first {input.Bytes.Length} were read.", source.Name, Fix: "Cut the document into parts."));
        var text = TextDecoder.Decode(input.Bytes.Span, input.IsCut, out var note);
        input.Forget();
        if (note is not null) problems.Add(new ReportProblem("MD4006", ProblemLevel.Note, note, source.Name));
        return ReadText(text, source, limits, problems);
    }

    private static Document? ReadText(string text, ReportSource source, ReportLimits limits, List<ReportProblem> problems)
    {
        switch (source.Format)
        {
            case DocumentFormat.Stix:
                return StixReader.Read(text, source, limits, problems);
            case DocumentFormat.Html:
                return HtmlReader.Read(text, source, limits, problems);
            case DocumentFormat.Markdown when text.Length <= MarkdownReader.LongestText:
                if (MarkdownReader.Read(text, source, limits) is { } markdown) return markdown;
                problems.Add(new ReportProblem("MD4007", ProblemLevel.Note, "The Markdown is nested too deep; it was read as plain text.", source.Name));
                break;
            case DocumentFormat.Markdown:
                problems.Add(new ReportProblem("MD4007", ProblemLevel.Note, "The Markdown is too long; it was read as plain text.", source.Name));
                break;
        }

        return PlainTextReader.Read(text, source, limits);
    }

    /// <summary>The bytes that are kept of an input, and the hash of all of them.</summary>
    private sealed class Input : IDisposable
    {
        private readonly MemoryStream kept = new();

        public ReadOnlyMemory<byte> Bytes => kept.GetBuffer().AsMemory(0, (int)kept.Length);

        public long Total { get; private set; }

        public bool IsCut => Total > kept.Length;

        public string Sha256 { get; private set; } = "";

        public DocumentFormat? Format { get; private set; }

        public string? Other { get; private set; }

        public static Input Read(Stream stream, ReportLimits limits, CancellationToken cancellation)
        {
            var input = new Input();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var chunk = new byte[ChunkLength];
            var limit = (long)ChunkLength;
            var known = false;
            while (stream.ReadAtLeast(chunk, ChunkLength, throwOnEndOfStream: false) is > 0 and var count)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(chunk, 0, count);
                input.Total += count;
                if (!known)
                {
                    input.Format = FormatDetector.Detect(chunk.AsSpan(0, Math.Min(count, FormatDetector.HeadLength)), out var other);
                    input.Other = other;
                    limit = LimitOf(input.Format, limits);
                    known = true;
                }

                input.kept.Write(chunk, 0, (int)Math.Clamp(limit - input.kept.Length, 0, count));
            }

            input.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            return input;
        }

        /// <summary>Lets go of the bytes: what is made of the text takes its room.</summary>
        public void Forget()
        {
            kept.SetLength(0);
            kept.Capacity = 0;
        }

        public void Dispose() => kept.Dispose();

        private static long LimitOf(DocumentFormat? format, ReportLimits limits) => format switch
        {
            DocumentFormat.Html => limits.MaxHtmlBytes,
            DocumentFormat.Pdf or DocumentFormat.Docx => limits.MaxBinaryBytes,
            null => 0,
            _ => limits.MaxTextBytes,
        };
    }
}
