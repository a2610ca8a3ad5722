using System.Globalization;
using System.Text;

namespace Modus.SampleCase.Reports;

/// <summary>The content of one page of A4: text in two fonts, lines and boxes. Places are points from the lower left corner.</summary>
internal sealed class PdfPage
{
    private readonly StringBuilder _content = new();

    /// <summary>Widths of Helvetica's characters 32 to 126, in thousandths of the font's size.</summary>
    private static readonly int[] widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static double Width(string text, double size) => text.Sum(c => c is >= ' ' and <= '~' ? widths[c - ' '] : 556) * size / 1000;

    public void Text(double x, double y, double size, string text, bool bold = false, bool hidden = false) =>
        _content.Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "F2" : "F1")} {size:0.##} Tf {(hidden ? 3 : 0)} Tr {x:0.##} {y:0.##} Td ({Escape(text)}) Tj ET\n");

    public void Line(double x1, double y1, double x2, double y2) => _content.Append(CultureInfo.InvariantCulture, $"0.5 w {x1:0.##} {y1:0.##} m {x2:0.##} {y2:0.##} l S\n");

    public void Box(double x, double y, double width, double height) => _content.Append(CultureInfo.InvariantCulture, $"0.8 w {x:0.##} {y:0.##} {width:0.##} {height:0.##} re S\n");

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(_content.ToString());

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (c is '(' or ')' or '\\') escaped.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~') escaped.Append(c);
            else throw new ArgumentException($"U+{(int)c:X4} is not in the writer's encoding", nameof(text));
        }

        return escaped.ToString();
    }
}
