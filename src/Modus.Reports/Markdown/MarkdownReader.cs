using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Modus.Reports.Documents;

namespace Modus.Reports.Markdown;

/// <summary>Reads Markdown (CommonMark with tables, footnotes and front matter) into a document.</summary>
internal sealed class MarkdownReader
{
    /// <summary>Characters up to which a text is read as Markdown; a longer one is read as plain text.</summary>
    public const int LongestText = 8_000_000;

    private static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation().UsePipeTables().UseGridTables().UseFootnotes().UseYamlFrontMatter().Build();

    private readonly string text;
    private readonly DocumentBuilder builder;
    private readonly InlineWriter inlines;
    private int tables;

    private MarkdownReader(string text, DocumentBuilder builder)
    {
        this.text = text;
        this.builder = builder;
        inlines = new InlineWriter(text, builder);
    }

    /// <summary>Reads a text; null where its structure is nested too deep to be read as Markdown.</summary>
    public static Document? Read(string text, ReportSource source, ReportLimits limits)
    {
        MarkdownDocument parsed;
        try
        {
            parsed = Markdig.Markdown.Parse(text, pipeline);
        }
        catch (ArgumentException)
        {
            return null; // The parser's own depth limit.
        }

        var builder = new DocumentBuilder(limits);
        var reader = new MarkdownReader(text, builder);
        reader.Blocks(parsed, new Place(BlockKind.Paragraph, 0));
        return builder.Build(source, FrontMatterTitle(parsed, text));
    }

    private void Blocks(ContainerBlock container, Place place)
    {
        foreach (var block in container) Write(block, place);
    }

    private void Write(Markdig.Syntax.Block block, Place place)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Leaf(heading, new Place(BlockKind.Heading, heading.Level));
                break;
            case Table table:
                WriteTable(table);
                break;
            case FootnoteGroup notes:
                Blocks(notes, new Place(BlockKind.Footnote, 0));
                break;
            case ListBlock list:
                foreach (var item in list.OfType<ListItemBlock>()) Blocks(item, new Place(BlockKind.ListItem, place.Kind == BlockKind.ListItem ? place.Level + 1 : 1));
                break;
            case YamlFrontMatterBlock or LinkReferenceDefinitionGroup:
                break;
            case CodeBlock code:
                builder.Begin(BlockKind.Code);
                Lines(code);
                builder.End();
                break;
            case HtmlBlock html:
                builder.Begin(place.Kind, place.Level);
                inlines.Tagged(html.Span.Start, Math.Min(html.Span.End + 1, text.Length));
                builder.End();
                break;
            case LeafBlock leaf when leaf.Inline is not null:
                Leaf(leaf, place);
                break;
            case ContainerBlock inner:
                Blocks(inner, place);
                break;
        }
    }

    private void Leaf(LeafBlock leaf, Place place)
    {
        builder.Begin(place.Kind, place.Level);
        inlines.Write(leaf.Inline);
        builder.End();
    }

    private void Lines(LeafBlock code)
    {
        if (code.Lines.Lines is null) return;
        for (var at = 0; at < code.Lines.Count; at++)
        {
            var line = code.Lines.Lines[at];
            var start = line.Position;
            if (at > 0) builder.Break(start);
            builder.Append(line.Slice.AsSpan(), start);
        }
    }

    private void WriteTable(Table table)
    {
        var number = tables++;
        var row = 0;
        foreach (var line in table.OfType<Markdig.Extensions.Tables.TableRow>())
        {
            var column = 0;
            foreach (var cell in line.OfType<Markdig.Extensions.Tables.TableCell>())
            {
                builder.Begin(BlockKind.TableCell, 0, new Documents.TableCell(number, row, column, line.IsHeader));
                foreach (var inner in cell)
                {
                    if (builder.HasText) builder.Break(inner.Span.Start);
                    if (inner is LeafBlock { Inline: not null } leaf) inlines.Write(leaf.Inline);
                }

                builder.End();
                column += Math.Max(1, cell.ColumnSpan);
            }

            row++;
        }
    }

    private static string? FrontMatterTitle(MarkdownDocument parsed, string text)
    {
        if (parsed.Count == 0 || parsed[0] is not YamlFrontMatterBlock matter) return null;
        foreach (var line in text.AsSpan(matter.Span.Start, Math.Min(matter.Span.Length, text.Length - matter.Span.Start)).EnumerateLines())
            if (line.StartsWith("title:", StringComparison.Ordinal)) return line[6..].Trim().Trim("\"'").ToString();
        return null;
    }

    private readonly record struct Place(BlockKind Kind, int Level);
}
