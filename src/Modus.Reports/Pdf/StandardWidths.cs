namespace Modus.Reports.Pdf;

/// <summary>Widths of the fonts that every viewer has, for files that leave them out: those of a sans-serif face, scaled for serif faces.</summary>
internal static class StandardWidths
{
    private const double Typewriter = 600;
    private const double SerifShare = 0.92;
    private const double Otherwise = 556;

    private static readonly short[] widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>The width of a character in a font, in thousandths of the size.</summary>
    public static double Of(string font, char c)
    {
        if (font.Contains("Courier", StringComparison.OrdinalIgnoreCase)) return Typewriter;
        var width = c >= ' ' && c - ' ' < widths.Length ? widths[c - ' '] : Otherwise;
        return font.Contains("Times", StringComparison.OrdinalIgnoreCase) ? width * SerifShare : width;
    }
}
