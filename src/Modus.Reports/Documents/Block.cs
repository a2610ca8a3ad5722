namespace Modus.Reports.Documents;

/// <summary>The role of a block in its document.</summary>
public enum BlockKind
{
    /// <summary>A heading; <see cref="Block.Level"/> says how deep.</summary>
    Heading,

    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>One item of a list; <see cref="Block.Level"/> says how deep.</summary>
    ListItem,

    /// <summary>One cell of a table; <see cref="Block.Cell"/> says where.</summary>
    TableCell,

    /// <summary>The caption of a figure or table.</summary>
    Caption,

    /// <summary>A footnote or endnote.</summary>
    Footnote,

    /// <summary>Preformatted text, such as a command line or source code; line breaks are kept.</summary>
    Code,
}

/// <summary>What else is known about a block.</summary>
[Flags]
public enum BlockTraits
{
    /// <summary>Ordinary body text.</summary>
    None = 0,

    /// <summary>A reader of the rendered document does not see this text; <see cref="Block.HiddenReason"/> says why.</summary>
    Hidden = 1,

    /// <summary>Navigation, banner, side bar, page furniture: not part of what the author reports.</summary>
    Boilerplate = 2,

    /// <summary>The text addresses a machine reader ("ignore previous instructions"). It is data like any other text.</summary>
    Instruction = 4,
}

/// <summary>The place of a cell in the tables of a document; all numbers start at 0.</summary>
/// <param name="Table">Number of the table in the document.</param>
/// <param name="Row">Row in the table.</param>
/// <param name="Column">Column in the table, counting spanned columns.</param>
/// <param name="IsHeader">Whether the cell names a column or row instead of holding a value.</param>
public sealed record TableCell(int Table, int Row, int Column, bool IsHeader);

/// <summary>A contiguous piece of a document with one role.</summary>
/// <param name="Index">Number of the block in the document, from 0.</param>
/// <param name="Kind">Its role.</param>
/// <param name="Start">Offset of its first character in <see cref="Document.Text"/>.</param>
/// <param name="Length">Number of characters (UTF-16 units).</param>
/// <param name="Level">Depth of a heading (1 is the top) or of a list item (1 is the outermost); 0 otherwise.</param>
/// <param name="Cell">Place in a table, for table cells.</param>
/// <param name="Traits">What else is known.</param>
/// <param name="HiddenReason">Why a reader does not see the text; null for visible text.</param>
/// <param name="Section">Index of the heading that governs this block, or -1.</param>
public sealed record Block(
    int Index,
    BlockKind Kind,
    int Start,
    int Length,
    int Level,
    TableCell? Cell,
    BlockTraits Traits,
    string? HiddenReason,
    int Section)
{
    /// <summary>Offset after the last character.</summary>
    public int End => Start + Length;

    /// <summary>Whether the block is ordinary body text: neither hidden nor page furniture.</summary>
    public bool IsBody => (Traits & (BlockTraits.Hidden | BlockTraits.Boilerplate)) == 0;
}

/// <summary>A row of a table: the unit in which a table makes a statement.</summary>
/// <param name="Table">Number of the table in the document, from 0.</param>
/// <param name="Row">Number of the row in the table, from 0.</param>
/// <param name="Start">Offset of its first character in <see cref="Document.Text"/>; cells are separated by tabs.</param>
/// <param name="Length">Number of characters (UTF-16 units).</param>
/// <param name="Blocks">Indices of its cells' blocks, from left to right.</param>
/// <param name="IsHeader">Whether all its cells are heads.</param>
public sealed record TableRow(int Table, int Row, int Start, int Length, IReadOnlyList<int> Blocks, bool IsHeader);
