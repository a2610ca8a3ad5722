namespace Modus.Reports.Pdf;

/// <summary>The part of the graphics state that text depends on (ISO 32000-1, 8.4 and 9.3).</summary>
internal struct GraphicsState
{
    public Matrix Transform;
    public PdfFont? Font;
    public double Size;
    public double CharacterSpacing;
    public double WordSpacing;
    public double HorizontalScale;
    public double Leading;
    public double Rise;
    public int RenderMode;
    public bool FillIsWhite;

    /// <summary>The state at the beginning of a page.</summary>
    public static GraphicsState Initial(Matrix transform) => new() { Transform = transform, HorizontalScale = 1 };
}
