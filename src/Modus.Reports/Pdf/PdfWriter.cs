using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>Writes laid-out pages as blocks of a document.</summary>
internal sealed class PdfWriter(DocumentBuilder builder, IReadOnlyList<PageText> pages)
{
    private const double HeadingSize = 1.12;
    private const int LongestHeading = 160;
    private const double NoteSize = 0.88;
    private const double NoteZone = 0.7;
    private const int LongestMark = 4;

    private double bodySize;
    private double[] headingSizes = [];
    private int tables;
    private BlockKind? openKind;
    private double openSize;
    private bool isOpen;
    private double codeLeft;

    /// <summary>Writes all pages.</summary>
    public void Write()
    {
        Measure();
        foreach (var page in pages)
        {
            builder.AddPage(page.Number, page.Width, page.Height, page.Glyphs > 0, page.HasImage);
            var cells = TableFinder.Cells(page.Blocks, ref tables);
            for (var at = 0; at < page.Blocks.Count; at++)
            {
                if (cells.TryGetValue(at, out var cell)) WriteCell(page, page.Blocks[at], cell);
                else WriteBlock(page, page.Blocks[at]);
            }

            WriteHidden(page);
            page.Forget();
        }

        builder.End();
    }

    /// <summary>The size of most of the text, and the larger sizes in which headings are set.</summary>
    private void Measure()
    {
        var lengths = new SortedDictionary<double, long>();
        foreach (var block in pages.SelectMany(static page => page.Blocks))
        {
            var size = Math.Round(block.Size, 1);
            lengths[size] = lengths.GetValueOrDefault(size) + block.Length;
        }

        bodySize = lengths.Count == 0 ? 10 : lengths.MaxBy(static pair => pair.Value).Key;
        headingSizes = [.. lengths.Keys.Where(size => size >= HeadingSize * bodySize).OrderDescending().Take(5)];
    }

    private void WriteCell(PageText page, LineBlock block, TableCell cell)
    {
        builder.Begin(BlockKind.TableCell, 0, cell);
        isOpen = false;
        foreach (var line in block.Lines) WriteLine(page, line, true);
    }

    private void WriteBlock(PageText page, LineBlock block)
    {
        var (kind, level) = KindOf(page, block);
        if (kind == BlockKind.Code)
        {
            builder.Begin(kind);
            isOpen = false;
            for (var at = 0; at < block.Lines.Count; at++)
            {
                if (at > 0) builder.Break(0);
                codeLeft = block.Box.Left;
                WriteLine(page, block.Lines[at], false);
            }

            return;
        }

        for (var at = 0; at < block.Lines.Count; at++)
        {
            var line = block.Lines[at];
            var mark = MarkLength(line);
            if (at == 0 ? !Continues(block, kind, mark) : mark > 0 || StartsParagraph(block, at))
            {
                var isItem = (mark > 0 || line.HasDot) && kind == BlockKind.Paragraph;
                builder.Begin(isItem ? BlockKind.ListItem : kind, isItem ? 1 : level);
                (isOpen, openKind, openSize) = (true, kind, block.Size);
            }

            WriteLine(page, line, true, mark > 0 && kind == BlockKind.Paragraph ? mark : 0);
        }
    }

    /// <summary>Whether a block goes on with the sentence that the last one left open, across a column or page.</summary>
    private bool Continues(LineBlock block, BlockKind kind, int mark)
    {
        if (!isOpen || mark > 0 || block.Lines[0].HasDot || kind != BlockKind.Paragraph || openKind != BlockKind.Paragraph || Math.Abs(openSize - block.Size) > 0.6 || !builder.HasText) return false;
        var first = block.Lines[0].Words[0].Text[0];
        return char.IsLower(first) && builder.LastCharacter is not ('.' or '!' or '?' or ':' or ';');
    }

    private static bool StartsParagraph(LineBlock block, int at)
    {
        var (before, line) = (block.Lines[at - 1], block.Lines[at]);
        var indent = line.Box.Left - block.Box.Left;
        var room = block.Box.Right - before.Box.Right;
        if (indent > 0.9 * line.Size && indent < 4 * line.Size && before.Box.Left - block.Box.Left < 0.3 * line.Size && before.Words[^1].Text[^1] is '.' or '!' or '?' or ':') return true;
        var wordWidth = line.Words[0].Box.Right - line.Words[0].Box.Left;
        return room > wordWidth + (2.5 * line.Size) && before.Words[^1].Text[^1] is '.' or '!' or '?' or ':' && char.IsUpper(line.Words[0].Text[0]);
    }

    private (BlockKind Kind, int Level) KindOf(PageText page, LineBlock block)
    {
        if (block.IsFixed && block.Size <= HeadingSize * bodySize) return (BlockKind.Code, 0);
        var text = block.Lines[0].Text;
        if (IsCaption(text)) return (BlockKind.Caption, 0);
        if (block.Size <= NoteSize * bodySize && block.Box.Top > NoteZone * page.Height && (char.IsDigit(text[0]) || text[0] is '*' or '†')) return (BlockKind.Footnote, 0);
        if (block.Length > LongestHeading) return (BlockKind.Paragraph, 0);
        var size = Math.Round(block.Size, 1);
        if (size >= HeadingSize * bodySize) return (BlockKind.Heading, 1 + Math.Max(0, Array.IndexOf(headingSizes, size)));
        var end = block.Lines[^1].Words[^1].Text[^1];
        return block.IsBold && block.Lines.Count <= 2 && block.Length >= 3 && end is not ('.' or ',' or ';' or ':') && MarkLength(block.Lines[0]) == 0
            ? (BlockKind.Heading, headingSizes.Length + 1) : (BlockKind.Paragraph, 0);
    }

    private static bool IsCaption(string text)
    {
        foreach (var word in (ReadOnlySpan<string>)["Figure ", "Fig. ", "Table ", "Abbildung ", "Tabelle "])
            if (text.StartsWith(word, StringComparison.Ordinal) && text.Length > word.Length && char.IsDigit(text[word.Length])) return true;
        return false;
    }

    /// <summary>The words at the beginning of a line that are the mark of a list item: 1 or 0.</summary>
    private static int MarkLength(Fragment line)
    {
        if (line.Words.Count < 2) return 0;
        var mark = line.Words[0].Text;
        if (mark is "•" or "●" or "▪" or "‣" or "◦" or "-" or "–" or "*" or "o" or "■" or "\uF0B7" or "➢" or "✓") return 1;
        return mark.Length is >= 2 and <= LongestMark && mark[^1] is '.' or ')' && mark.AsSpan(0, mark.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0 ? 1 : 0;
    }

    private void WriteLine(PageText page, Fragment line, bool flows, int skip = 0)
    {
        for (var at = skip; at < line.Words.Count; at++)
        {
            var word = line.Words[at];
            if (flows && at == skip && builder.HasText && builder.LastCharacter == '-' && IsBroken(word.Text)) builder.JoinHyphen();
            else if (flows || at > skip) builder.Append(' ', 0);
            else Indent(line);
            builder.FlushSpace();
            var start = builder.Position;
            foreach (var c in word.Text) builder.Append(c, 0);
            builder.Place(start, page.Number, word.Box);
            var centre = ((word.Box.Left + word.Box.Right) / 2, (word.Box.Top + word.Box.Bottom) / 2);
            foreach (var (area, target) in page.Links)
                if (area.Holds(centre.Item1, centre.Item2)) builder.AddLinkedWord(start, target);
        }
    }

    /// <summary>Gives a line of code the spaces that its place stands for.</summary>
    private void Indent(Fragment line)
    {
        var spaces = (int)Math.Clamp(Math.Round((line.Box.Left - codeLeft) / (0.6 * line.Size)), 0, 80);
        if (!builder.HasText) return;
        for (; spaces > 0; spaces--) builder.Append(' ', 0);
    }

    /// <summary>Whether the hyphen before a word at the beginning of a line was set by the line's end.</summary>
    private bool IsBroken(string word)
    {
        if (!char.IsLower(word[0])) return false;
        var before = builder.LastWord;
        return before.Length > 2 && before[..^1].All(char.IsLetter);
    }

    private void WriteHidden(PageText page)
    {
        foreach (var (veil, blocks) in page.Hidden)
        {
            foreach (var block in blocks)
            {
                builder.Begin(BlockKind.Paragraph, 0, null, BlockTraits.Hidden, Reason(veil));
                isOpen = false;
                foreach (var line in block.Lines) WriteLine(page, line, true);
            }
        }
    }

    private static string Reason(GlyphVeil veil) => veil switch
    {
        GlyphVeil.Invisible => "drawn invisibly",
        GlyphVeil.Tiny => "too small to read",
        GlyphVeil.OffPage => "placed outside the page",
        GlyphVeil.Layer => "on a layer that is switched off",
        _ => "in the colour of its background",
    };
}
