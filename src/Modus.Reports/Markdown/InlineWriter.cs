using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Modus.Reports.Documents;

namespace Modus.Reports.Markdown;

/// <summary>Writes the inline parts of Markdown blocks, each character with its place in the source.</summary>
internal sealed class InlineWriter(string source, DocumentBuilder builder)
{
    /// <summary>Writes an inline and everything inside it.</summary>
    public void Write(ContainerInline? container)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling) Write(inline);
    }

    /// <summary>Writes a stretch of source without its tags.</summary>
    public void Tagged(int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (source[at] == '<' && at + 1 < end && (char.IsAsciiLetter(source[at + 1]) || source[at + 1] is '/' or '!'))
            {
                var close = source.IndexOf('>', at, end - at);
                if (close >= 0)
                {
                    builder.Break(at);
                    at = close;
                    continue;
                }
            }

            if (source[at] == '\n') builder.Append(' ', at);
            else builder.Append(source[at], at);
        }
    }

    private void Write(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Aligned(literal.Content.AsSpan(), literal.Span);
                break;
            case CodeInline code:
                Aligned(code.ContentSpan, code.Span);
                break;
            case LineBreakInline line:
                if (line.IsHard) builder.Break(line.Span.Start);
                else builder.Append(' ', line.Span.Start);
                break;
            case HtmlEntityInline entity:
                foreach (var c in entity.Transcoded.AsSpan()) builder.Append(c, entity.Span.Start, entity.Span.Length);
                break;
            case AutolinkInline link:
                var from = builder.Position;
                Aligned(link.Url, link.Span);
                builder.AddLink(from, link.Url);
                break;
            case LinkInline { IsImage: false } link:
                var start = builder.Position;
                Write(link);
                if (link.Url is { Length: > 0 } url) builder.AddLink(start, url);
                break;
            case HtmlInline html:
                if (html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase)) builder.Break(html.Span.Start);
                break;
            case ContainerInline inner:
                Write(inner);
                break;
        }
    }

    /// <summary>Pairs parsed characters with the source they came from; escapes and marks in between are stepped over.</summary>
    private void Aligned(ReadOnlySpan<char> parsed, SourceSpan span)
    {
        var at = Math.Clamp(span.Start, 0, source.Length);
        var end = Math.Clamp(span.End + 1, at, source.Length);
        foreach (var c in parsed)
        {
            var found = at < end ? source.IndexOf(c, at, end - at) : -1;
            if (found >= 0) at = found;
            builder.Append(c, at);
            if (at < end) at++;
        }
    }
}
