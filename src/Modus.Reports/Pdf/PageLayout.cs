using System.Runtime.InteropServices;
using System.Text;
using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>Makes words, lines and blocks of the glyphs of a page, and puts them in reading order.</summary>
/// <remarks>
/// Producers write a page mostly in the order in which it is read, so glyphs that follow each other in the content and
/// on the page belong together. The order of the blocks is that of the content as long as it never jumps back up
/// within the same columns; where it does, the page is cut along its white space instead.
/// </remarks>
internal static class PageLayout
{
    private const double WordGap = 0.13;
    private const double CellGap = 1.0;
    private const double MovedGap = 0.5;
    private const double SameLine = 0.45;
    private const double SameSize = 1.3;
    private const double DefaultLeading = 1.2;
    private const int Turns = 4;

    /// <summary>Lays a page out.</summary>
    /// <param name="page">The page.</param>
    /// <param name="words">Words of the document so far.</param>
    public static PageText Of(PageContent page, WordPool words)
    {
        var blocks = new List<LineBlock>();
        Span<int> turns = stackalloc int[Turns];
        var veils = new SortedDictionary<GlyphVeil, int>();
        foreach (ref readonly var glyph in CollectionsMarshal.AsSpan(page.Glyphs))
        {
            if (glyph.Veil == GlyphVeil.None) turns[glyph.Turn]++;
            else veils.TryAdd(glyph.Veil, glyph.Turn);
        }

        foreach (var turn in Order(turns))
        {
            var ordered = ReadingOrder.Of(BlocksOf(page.Glyphs, GlyphVeil.None, turn, page.Dots, words), page.Height);
            foreach (var line in ordered.SelectMany(static block => block.Lines)) TurnBack(line, turn);
            blocks.AddRange(ordered);
        }

        var hidden = new List<(GlyphVeil, List<LineBlock>)>();
        foreach (var (veil, turn) in veils) hidden.Add((veil, BlocksOf(page.Glyphs, veil, turn, [], words)));
        return new PageText(
            page.Number, page.Width, page.Height, blocks, hidden, page.HasImage, page.Glyphs.Count,
            page.Glyphs.Count(static glyph => glyph.Text == PdfFont.Unknown), page.Links);
    }

    /// <summary>The writing directions that a page has, the most frequent first.</summary>
    private static IEnumerable<int> Order(ReadOnlySpan<int> turns)
    {
        int[] counts = [.. turns];
        return Enumerable.Range(0, Turns).Where(turn => counts[turn] > 0).OrderByDescending(turn => counts[turn]).ThenBy(static turn => turn);
    }

    private static List<LineBlock> BlocksOf(List<Glyph> glyphs, GlyphVeil veil, int turn, List<PdfRect> dots, WordPool words)
    {
        var fragments = Fragments(glyphs, veil, turn, words);
        var leading = Leading(fragments);
        var blocks = new List<LineBlock>();
        LineBlock? open = null;
        Fragment? last = null;
        foreach (var fragment in fragments)
        {
            fragment.HasDot = dots.Exists(dot => StandsBefore(dot, fragment));
            if (open is null || fragment.HasDot || !Follows(open, last!, fragment, leading))
            {
                open = new LineBlock();
                blocks.Add(open);
            }

            open.Add(fragment);
            last = fragment;
        }

        return blocks;
    }

    private static bool StandsBefore(PdfRect dot, Fragment line)
    {
        var gap = line.Box.Left - dot.Right;
        var middle = (dot.Top + dot.Bottom) / 2;
        return gap > 0 && gap < 2.5 * line.Size && middle < line.Baseline && middle > line.Baseline - (0.8 * line.Size);
    }

    private static bool Follows(LineBlock block, Fragment last, Fragment next, double leading)
    {
        var size = Math.Max(last.Size, next.Size);
        var down = next.Baseline - last.Baseline;
        if (down < 0.5 * size || down > Math.Max(leading * 1.2, leading + 0.12) * size) return false;
        if (size > SameSize * Math.Min(last.Size, next.Size)) return false;
        if (last.IsBold != next.IsBold && (last.IsBold ? block.IsBold : next.IsBold)) return false;
        var overlap = Math.Min(block.Box.Right, next.Box.Right) - Math.Max(block.Box.Left, next.Box.Left);
        return overlap >= 0.5 * Math.Min(block.Box.Right - block.Box.Left, next.Box.Right - next.Box.Left);
    }

    /// <summary>The usual distance of base lines, in font sizes.</summary>
    private static double Leading(List<Fragment> fragments)
    {
        var counts = new Dictionary<int, int>();
        for (var at = 1; at < fragments.Count; at++)
        {
            var step = (fragments[at].Baseline - fragments[at - 1].Baseline) / fragments[at].Size;
            if (step is < 0.9 or > 2.6 || Math.Abs(fragments[at].Box.Left - fragments[at - 1].Box.Left) > 3 * fragments[at].Size) continue;
            var key = (int)Math.Round(step * 20);
            counts[key] = counts.GetValueOrDefault(key) + fragments[at].Length;
        }

        return counts.Count == 0 ? DefaultLeading : Math.Max(DefaultLeading, counts.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key).First().Key / 20.0);
    }

    private static List<Fragment> Fragments(List<Glyph> glyphs, GlyphVeil veil, int side, WordPool words)
    {
        var fragments = new List<Fragment>();
        var word = new WordMaker(words);
        Fragment? open = null;
        Glyph? before = null;
        var space = false;
        foreach (var turned in glyphs)
        {
            if (turned.Veil != veil || turned.Turn != side) continue;
            var glyph = Upright(turned);
            if (before is { } last && IsTwin(last, glyph)) continue;
            if (string.IsNullOrWhiteSpace(glyph.Text))
            {
                space |= glyph.Text.Length > 0;
                before = glyph;
                continue;
            }

            var size = Math.Max(glyph.Size, open?.Size ?? 0);
            var gap = before is { } previous ? glyph.X - (previous.X + previous.Width) : 0;
            var jump = double.IsNaN(glyph.Expected) ? gap : glyph.Expected;
            var sameLine = open is not null && Math.Abs(glyph.Y - open.Baseline) < SameLine * size;
            if (!sameLine || gap > (glyph.Moved && !space ? MovedGap : CellGap) * size || gap < -0.8 * size - Math.Max(0, -jump))
            {
                word.CloseInto(open);
                Keep(fragments, open);
                open = new Fragment { Baseline = glyph.Y, Size = glyph.Size };
            }
            else if (space || (jump > WordGap * glyph.Size && gap > 0.08 * glyph.Size)) word.CloseInto(open);

            word.Add(glyph);
            open!.Size = Math.Max(open.Size, glyph.Size);
            before = glyph;
            space = false;
        }

        word.CloseInto(open);
        Keep(fragments, open);
        return Joined(fragments);
    }

    /// <summary>Joins fragments of one base line that only the order of the content keeps apart.</summary>
    private static List<Fragment> Joined(List<Fragment> fragments)
    {
        var kept = new List<Fragment>(fragments.Count);
        foreach (var fragment in fragments)
        {
            if (kept.Count > 0 && Math.Abs(kept[^1].Baseline - fragment.Baseline) < SameLine * Math.Max(kept[^1].Size, fragment.Size))
            {
                var gap = fragment.Box.Left - kept[^1].Box.Right;
                var size = Math.Max(kept[^1].Size, fragment.Size);
                var mark = IsMark(kept[^1]) && gap < 4 * size;
                if (gap > -0.3 * size && (gap < MovedGap * size || mark))
                {
                    kept[^1].Words.AddRange(fragment.Words);
                    kept[^1].Box = kept[^1].Box.Union(fragment.Box);
                    kept[^1].Size = size;
                    continue;
                }
            }

            kept.Add(fragment);
        }

        return kept;
    }

    /// <summary>Whether a fragment is only the mark of a list item.</summary>
    private static bool IsMark(Fragment fragment) =>
        fragment.Words is [{ Text: var text }] && text.Length <= 4 && (text is "•" or "●" or "▪" or "‣" or "◦" or "-" or "–" or "*" or "o" or "§" or "■" or "\uF0B7" || (char.IsDigit(text[0]) && text[^1] is '.' or ')'));

    private static void Keep(List<Fragment> fragments, Fragment? made)
    {
        if (made is null || made.Words.Count == 0) return;
        for (var at = Math.Max(0, fragments.Count - 3); at < fragments.Count; at++)
        {
            var other = fragments[at];
            if (Math.Abs(other.Box.Left - made.Box.Left) < 0.15 * made.Size && Math.Abs(other.Baseline - made.Baseline) < 0.15 * made.Size && other.Words.Count == made.Words.Count && other.Text == made.Text) return;
        }

        made.Words.TrimExcess();
        fragments.Add(made);
    }

    /// <summary>Whether a glyph is drawn again in its own place, as producers do to make it look bold.</summary>
    private static bool IsTwin(Glyph one, Glyph other) =>
        one.Text == other.Text && !string.IsNullOrWhiteSpace(one.Text) && Math.Abs(one.X - other.X) < 0.08 * one.Size && Math.Abs(one.Y - other.Y) < 0.08 * one.Size;

    /// <summary>The glyph as if its writing direction were left to right.</summary>
    private static Glyph Upright(Glyph glyph) => glyph.Turn switch
    {
        1 => glyph with { X = glyph.Y, Y = -glyph.X },
        2 => glyph with { X = -glyph.X, Y = -glyph.Y },
        3 => glyph with { X = -glyph.Y, Y = glyph.X },
        _ => glyph,
    };

    /// <summary>Gives the words of turned text their rectangles on the page as it is.</summary>
    private static void TurnBack(Fragment line, int turn)
    {
        for (var at = 0; turn != 0 && at < line.Words.Count; at++)
        {
            var (left, top, right, bottom) = line.Words[at].Box;
            line.Words[at] = line.Words[at].At(
                turn switch { 1 => new Box(-bottom, left, -top, right), 2 => new Box(-right, -bottom, -left, -top), _ => new Box(top, -right, bottom, -left) });
        }
    }

    private sealed class WordMaker(WordPool words)
    {
        private readonly StringBuilder text = new();
        private Box box;
        private bool bold = true;
        private bool fixedPitch = true;

        public void Add(Glyph glyph)
        {
            var place = new Box(glyph.X, glyph.Y - (0.8 * glyph.Size), glyph.X + glyph.Width, glyph.Y + (0.2 * glyph.Size));
            box = text.Length == 0 ? place : box.Union(place);
            text.Append(glyph.Text);
            bold &= glyph.Font.IsBold;
            fixedPitch &= glyph.Font.IsFixedPitch;
        }

        public void CloseInto(Fragment? fragment)
        {
            if (text.Length == 0 || fragment is null) return;
            fragment.Box = fragment.Words.Count == 0 ? box : fragment.Box.Union(box);
            fragment.Words.Add(new PdfWord(words.Of(text), box, bold, fixedPitch));
            text.Clear();
            (bold, fixedPitch) = (true, true);
        }
    }
}
