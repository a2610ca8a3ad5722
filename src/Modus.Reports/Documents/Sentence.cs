namespace Modus.Reports.Documents;

/// <summary>A sentence, or the nearest thing to it: a heading, a list item, a table cell, a code block.</summary>
/// <param name="Index">Number of the sentence in the document, from 0.</param>
/// <param name="Block">Index of the block it stands in.</param>
/// <param name="Start">Offset of its first character in <see cref="Document.Text"/>.</param>
/// <param name="Length">Number of characters (UTF-16 units).</param>
/// <param name="IsFragment">True where it is too short to say anything: under 15 characters, or without a word of three letters.</param>
public sealed record Sentence(int Index, int Block, int Start, int Length, bool IsFragment)
{
    /// <summary>Offset after the last character.</summary>
    public int End => Start + Length;
}

/// <summary>A link of the document.</summary>
/// <param name="Start">Offset of the linked text in <see cref="Document.Text"/>.</param>
/// <param name="Length">Number of linked characters; 0 for a link around no text.</param>
/// <param name="Target">The address as written in the document.</param>
public sealed record Link(int Start, int Length, string Target);

/// <summary>A rectangle on a page, in points (1/72 inch) from the page's top left corner.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
public readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>The smallest rectangle that holds both.</summary>
    public Box Union(Box other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}

/// <summary>A rectangle on a named page.</summary>
/// <param name="Page">Number of the page, from 1.</param>
/// <param name="Box">The rectangle.</param>
public readonly record struct PageBox(int Page, Box Box);

/// <summary>A page of a paged document.</summary>
/// <param name="Number">Number of the page, from 1.</param>
/// <param name="Start">Offset in <see cref="Document.Text"/> where the page's text begins.</param>
/// <param name="Width">Width in points; 0 where the format has no measure.</param>
/// <param name="Height">Height in points; 0 where the format has no measure.</param>
/// <param name="HasText">Whether any text was found on it.</param>
/// <param name="HasImage">Whether a picture was seen on it.</param>
public sealed record Page(int Number, int Start, double Width, double Height, bool HasText, bool HasImage);
