using System.Text;
using Modus.Reports.Language;
using Modus.Reports.Sentences;

namespace Modus.Reports.Documents;

/// <summary>Collects blocks character by character, normalising as it goes, and finishes the document.</summary>
/// <param name="limits">How much text is taken.</param>
/// <param name="mapped">Whether characters have offsets in a text; where they have places on pages, none are kept.</param>
internal sealed class DocumentBuilder(ReportLimits limits, bool mapped = true)
{
    private readonly StringBuilder text = new();
    private readonly SourceMap? map = mapped ? new() : null;
    private readonly List<Block> blocks = [];
    private readonly List<Link> links = [];
    private readonly PlacedRuns placed = new();
    private readonly List<Page> pages = [];
    private Block? open;
    private int? pendingSpace;
    private bool pendingBreak;

    /// <summary>Whether text was left out because the document holds more than the limit.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Where the next character goes.</summary>
    public int Position => text.Length;

    /// <summary>Index of the block that takes the next character.</summary>
    public int BlockIndex => blocks.Count;

    /// <summary>Whether a block is open and holds any text.</summary>
    public bool HasText => open is not null && text.Length > open.Start;

    /// <summary>Starts a block; an open one is ended first.</summary>
    public void Begin(BlockKind kind, int level = 0, TableCell? cell = null, BlockTraits traits = BlockTraits.None, string? hiddenReason = null)
    {
        End();
        if (blocks.Count > 0)
        {
            var last = blocks[^1].Cell;
            text.Append(cell is not null && last is not null && last.Table == cell.Table && last.Row == cell.Row ? '\t' : '\n');
        }

        open = new Block(blocks.Count, kind, text.Length, 0, level, cell, traits, hiddenReason, -1);
    }

    /// <summary>Ends the open block; a block without text is forgotten.</summary>
    public void End()
    {
        if (open is null) return;
        pendingSpace = null;
        pendingBreak = false;
        var end = text.Length;
        while (end > open.Start && char.IsWhiteSpace(text[end - 1])) end--;
        if (end > open.Start)
        {
            if (end < text.Length) Cut(end);
            blocks.Add(open with { Length = end - open.Start });
        }
        else
        {
            Cut(blocks.Count > 0 ? blocks[^1].End : 0);
        }

        open = null;
    }

    /// <summary>Adds a character of the open block.</summary>
    public void Append(char c, int source, int sourceLength = 1)
    {
        if (open is null) Begin(BlockKind.Paragraph);
        if (text.Length >= limits.MaxTextLength)
        {
            IsFull = true;
            return;
        }

        if (open!.Kind == BlockKind.Code) AppendCode(c, source, sourceLength);
        else if (char.IsWhiteSpace(c)) pendingSpace ??= source;
        else AppendVisible(c, source, sourceLength);
    }

    /// <summary>Adds characters that stand one by one in the source.</summary>
    public void Append(ReadOnlySpan<char> span, int source)
    {
        for (var at = 0; at < span.Length; at++) Append(span[at], source + at);
    }

    /// <summary>Adds a line break that the author set inside a block.</summary>
    public void Break(int source)
    {
        if (open is null) return;
        if (open.Kind == BlockKind.Code) AppendCode('\n', source, 1);
        else
        {
            pendingBreak = true;
            pendingSpace ??= source;
        }
    }

    /// <summary>The last character of the open block.</summary>
    public char LastCharacter => HasText ? text[^1] : '\0';

    /// <summary>The last word of the open block.</summary>
    public string LastWord
    {
        get
        {
            var at = text.Length;
            while (open is not null && at > open.Start && !char.IsWhiteSpace(text[at - 1])) at--;
            return text.ToString(at, text.Length - at);
        }
    }

    /// <summary>Writes a space that waits, so that the next character's place is known.</summary>
    public void FlushSpace()
    {
        if (pendingSpace is { } space && HasText && open!.Kind != BlockKind.Code)
        {
            map?.Add(text.Length, space, 1);
            text.Append(pendingBreak ? '\n' : ' ');
        }

        pendingSpace = null;
        pendingBreak = false;
    }

    /// <summary>Records that a word leads to an address; words of one link become one.</summary>
    public void AddLinkedWord(int start, string target)
    {
        if (links.Count > 0 && links[^1].Target == target && start - (links[^1].Start + links[^1].Length) is >= 0 and <= 1)
            links[^1] = links[^1] with { Length = text.Length - links[^1].Start };
        else AddLink(start, target);
    }

    /// <summary>Takes back a hyphen at the end of a line whose word goes on in the next line.</summary>
    public void JoinHyphen()
    {
        pendingSpace = null;
        pendingBreak = false;
        if (HasText && text[^1] == '-') Cut(text.Length - 1);
    }

    /// <summary>Records a link over text already added.</summary>
    public void AddLink(int start, string target)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        if (target.Length <= LinkLength) links.Add(new Link(Math.Min(start, text.Length), Math.Max(0, text.Length - start), target));
    }

    /// <summary>Records that characters already added stand in a rectangle.</summary>
    public void Place(int start, int page, Box box)
    {
        if (text.Length > start) placed.Add(start, text.Length - start, page, box);
    }

    /// <summary>Records where a page begins.</summary>
    public void AddPage(int number, double width, double height, bool hasText, bool hasImage) =>
        pages.Add(new Page(number, text.Length, width, height, hasText, hasImage));

    /// <summary>Finishes the document.</summary>
    /// <param name="source">Name and hash of the input.</param>
    /// <param name="title">Title from the metadata; the first heading serves where it is null.</param>
    /// <param name="traits">What the reader found out about blocks only at the end: from block to traits to add.</param>
    public Document Build(ReportSource source, string? title, Func<Block, BlockTraits>? traits = null)
    {
        End();
        var whole = text.ToString();
        var finished = Sections(traits);
        for (var at = 0; at < finished.Count; at++)
            if (MachineInstructions.AreIn(whole.AsSpan(finished[at].Start, finished[at].Length)))
                finished[at] = finished[at] with { Traits = finished[at].Traits | BlockTraits.Instruction };
        var sentences = SentenceSplitter.Split(whole, finished);
        var heading = finished.Find(static block => block.Kind == BlockKind.Heading && block.IsBody);
        title = string.IsNullOrWhiteSpace(title) ? heading is null ? null : whole.Substring(heading.Start, heading.Length) : title.Trim();
        return new Document(new DocumentParts(
            source.Name, source.Sha256, source.Format, title, LanguageGuess.Of(whole, finished), whole, finished,
            RowsOf(finished), sentences, [.. links.OrderBy(static link => link.Start)], pages,
            map, placed));
    }

    private const int LinkLength = 8_192;

    private void Cut(int length)
    {
        text.Length = length;
        map?.CutAt(length);
        placed.CutAt(length);
    }

    private void AppendCode(char c, int source, int sourceLength)
    {
        if (c is '\r' or '\0' || CharacterFold.IsInvisible(c)) return;
        if (open!.Start == text.Length && c == '\n') return;
        map?.Add(text.Length, source, sourceLength);
        text.Append(c is '\u00A0' or '\t' ? ' ' : c);
    }

    private void AppendVisible(char c, int source, int sourceLength)
    {
        if (CharacterFold.IsInvisible(c)) return;
        if (pendingSpace is { } space && text.Length > open!.Start)
        {
            map?.Add(text.Length, space, 1);
            text.Append(pendingBreak ? '\n' : ' ');
        }

        pendingSpace = null;
        pendingBreak = false;
        if (CharacterFold.Ligature(c) is { } letters)
        {
            foreach (var letter in letters)
            {
                map?.Add(text.Length, source, sourceLength);
                text.Append(letter);
            }

            return;
        }

        map?.Add(text.Length, source, sourceLength);
        text.Append(CharacterFold.Plain(c));
    }

    private List<Block> Sections(Func<Block, BlockTraits>? traits)
    {
        var finished = new List<Block>(blocks.Count);
        var above = new Stack<Block>();
        foreach (var block in blocks)
        {
            var now = traits is null ? block : block with { Traits = block.Traits | traits(block) };
            if (now.Kind == BlockKind.Heading)
                while (above.Count > 0 && above.Peek().Level >= now.Level) above.Pop();
            now = now with { Section = above.Count > 0 ? above.Peek().Index : -1 };
            if (now.Kind == BlockKind.Heading) above.Push(now);
            finished.Add(now);
        }

        return finished;
    }

    private static List<TableRow> RowsOf(List<Block> finished)
    {
        var rows = new List<TableRow>();
        for (var first = 0; first < finished.Count; first++)
        {
            if (finished[first].Cell is not { } cell) continue;
            var last = first;
            while (last + 1 < finished.Count && finished[last + 1].Cell is { } next && next.Table == cell.Table && next.Row == cell.Row) last++;
            var cells = finished.GetRange(first, last - first + 1);
            rows.Add(new TableRow(
                cell.Table, cell.Row, cells[0].Start, cells[^1].End - cells[0].Start,
                [.. cells.Select(static block => block.Index)], cells.TrueForAll(static block => block.Cell!.IsHeader)));
            first = last;
        }

        return rows;
    }
}
