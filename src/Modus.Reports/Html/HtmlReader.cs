using AngleSharp.Html.Parser;
using Modus.Reports.Documents;
using Document = Modus.Reports.Documents.Document;

namespace Modus.Reports.Html;

/// <summary>Reads HTML into a document. Scripts are never run and nothing is loaded.</summary>
internal static class HtmlReader
{
    private const string Advice = "Save the page as text from a browser, or cut it into parts.";

    /// <summary>Reads a page; null with a problem where its structure goes over the limits.</summary>
    public static Document? Read(string html, ReportSource source, ReportLimits limits, List<ReportProblem> problems)
    {
        var nesting = HtmlNesting.Of(html, limits.MaxHtmlElements);
        if (nesting.Depth > HtmlNesting.DeepestOpen || nesting.Reopened > limits.MaxHtmlElements)
        {
            problems.Add(new ReportProblem(
                "MD4005", ProblemLevel.Error, "The page leaves so many elements open inside each other that it would multiply, as hostile mark-up does.", source.Name, Fix: Advice));
            return null;
        }

        // A page has a few thousand elements. Of one with far more, what comes before the limit is read, as of a file that is too long.
        var length = html.Length;
        var read = html[..nesting.End];
        var document = Parse(read, source, limits, problems, out var stopped);
        if (document is null && stopped > 0) document = Parse(read = read[..stopped], source, limits, problems, out _);
        if (document is not null)
        {
            if (read.Length < length)
            {
                problems.Add(new ReportProblem(
                    "MD4003", ProblemLevel.Warning, $"The page makes more than {limits.MaxHtmlElements} elements; only its first {read.Length} characters of {length} were read.", source.Name,
                    Fix: "Cut the document into parts."));
            }

            return document;
        }

        problems.Add(new ReportProblem(
            "MD4005", ProblemLevel.Error, $"The page makes more than {limits.MaxHtmlElements} elements, as hostile mark-up does.", source.Name, Fix: Advice));
        return null;
    }

    /// <summary>Parses a page; null with the place of the element that was one too many.</summary>
    private static Document? Parse(string html, ReportSource source, ReportLimits limits, List<ReportProblem> problems, out int stopped)
    {
        var elements = 0;
        var last = 0;
        var options = new HtmlParserOptions
        {
            IsKeepingSourceReferences = true,
            IsScripting = false,
            SkipComments = true,
            MaximumDepth = limits.MaxDepth,
            OnCreated = (_, position) =>
            {
                if (++elements > limits.MaxHtmlElements) throw new TooManyElementsException();
                // Those that the parser makes of itself have no place.
                if (position.Index > last) last = position.Index;
            },
        };
        stopped = 0;
        try
        {
            using var page = new HtmlParser(options).ParseDocument(html);
            var builder = new DocumentBuilder(limits);
            var walk = new HtmlWalk(builder, new SourceCursor(html));
            if (page.Body is { } body) walk.Over(body);
            if (builder.IsFull)
                problems.Add(new ReportProblem("MD4004", ProblemLevel.Warning, $"The text is longer than {limits.MaxTextLength} characters; the rest was left out.", source.Name));
            return builder.Build(source, page.Title, walk.LateTraits);
        }
        catch (TooManyElementsException)
        {
            stopped = last;
            return null;
        }
    }

#pragma warning disable CA1032, CA1064 // Thrown and caught inside this class only.
    private sealed class TooManyElementsException : Exception;
#pragma warning restore CA1032, CA1064
}
