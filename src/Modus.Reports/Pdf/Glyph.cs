namespace Modus.Reports.Pdf;

/// <summary>A transformation of the plane (ISO 32000-1, 8.3.3).</summary>
internal readonly record struct Matrix(double A, double B, double C, double D, double E, double F)
{
    public static Matrix Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>This transformation first, then the other.</summary>
    public Matrix Then(Matrix next) => new(
        (A * next.A) + (B * next.C), (A * next.B) + (B * next.D),
        (C * next.A) + (D * next.C), (C * next.B) + (D * next.D),
        (E * next.A) + (F * next.C) + next.E, (E * next.B) + (F * next.D) + next.F);

    /// <summary>Where a point goes.</summary>
    public (double X, double Y) Apply(double x, double y) => ((A * x) + (C * y) + E, (B * x) + (D * y) + F);
}

/// <summary>Why a reader of the page does not see a glyph.</summary>
internal enum GlyphVeil
{
    None,
    Invisible,
    Tiny,
    OffPage,
    Background,
    Layer,
}

/// <summary>A shown character on a page.</summary>
/// <param name="Text">Its characters; may be empty where another glyph carries the text of both.</param>
/// <param name="X">Left end on the base line, in points from the page's left edge.</param>
/// <param name="Y">Base line, in points from the page's top edge.</param>
/// <param name="Width">Advance along the writing direction, in points.</param>
/// <param name="Size">Height of the font on the page, in points.</param>
/// <param name="Turn">Writing direction in quarter turns clockwise: 0 is left to right.</param>
/// <param name="Expected">How far it stands from where the previous glyph ended, in points; NaN after a change of line.</param>
/// <param name="Moved">Whether the content set a new place for it, rather than going on in one line.</param>
/// <param name="Font">The font.</param>
/// <param name="Veil">Why it is not seen.</param>
internal readonly record struct Glyph(
    string Text, double X, double Y, double Width, double Size, int Turn, double Expected, bool Moved, PdfFont Font, GlyphVeil Veil);

/// <summary>What was found on a page; dots are small painted shapes, as the marks of list items are.</summary>
internal sealed record PageContent(int Number, double Width, double Height, List<Glyph> Glyphs, bool HasImage, List<(PdfRect Area, string Target)> Links,
    List<PdfRect> Dots);

/// <summary>A rectangle on a page, in points from the top left corner.</summary>
internal readonly record struct PdfRect(double Left, double Top, double Right, double Bottom)
{
    public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;
}
