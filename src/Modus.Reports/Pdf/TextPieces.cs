using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>Characters that stand together without a space, in page coordinates kept to a thousandth of a point.</summary>
internal readonly struct PdfWord(string text, Box box, bool bold, bool isFixed)
{
    private const double Unit = 1_000;
    private readonly int left = Whole(box.Left);
    private readonly int top = Whole(box.Top);
    private readonly int right = Whole(box.Right);
    private readonly int bottom = Whole(box.Bottom);

    /// <summary>The characters.</summary>
    public string Text { get; } = text;

    /// <summary>Whether they are bold.</summary>
    public bool Bold { get; } = bold;

    /// <summary>Whether they are in a font of one width.</summary>
    public bool Fixed { get; } = isFixed;

    /// <summary>The rectangle around them.</summary>
    public Box Box => new(left / Unit, top / Unit, right / Unit, bottom / Unit);

    /// <summary>The word in another place.</summary>
    public PdfWord At(Box place) => new(Text, place, Bold, Fixed);

    private static int Whole(double points) => (int)Math.Clamp(Math.Round(points * Unit), int.MinValue, int.MaxValue);
}

/// <summary>Words that stand together on one base line.</summary>
internal sealed class Fragment
{
    /// <summary>The words from left to right.</summary>
    public List<PdfWord> Words { get; } = [];

    /// <summary>The base line.</summary>
    public required double Baseline { get; init; }

    /// <summary>The largest font size.</summary>
    public double Size { get; set; }

    /// <summary>The rectangle around all words.</summary>
    public Box Box { get; set; }

    /// <summary>Whether a dot is painted before the line, as the mark of a list item.</summary>
    public bool HasDot { get; set; }

    /// <summary>Number of characters.</summary>
    public int Length => Words.Sum(static word => word.Text.Length);

    /// <summary>Whether all words are bold.</summary>
    public bool IsBold => Words.TrueForAll(static word => word.Bold);

    /// <summary>Whether all words are in a font of one width.</summary>
    public bool IsFixed => Words.TrueForAll(static word => word.Fixed);

    /// <summary>The words with spaces between them.</summary>
    public string Text => string.Join(' ', Words.Select(static word => word.Text));
}

/// <summary>Fragments that follow each other as lines.</summary>
internal sealed class LineBlock
{
    /// <summary>The lines from top to bottom.</summary>
    public List<Fragment> Lines { get; } = [];

    /// <summary>The rectangle around all lines.</summary>
    public Box Box { get; private set; }

    /// <summary>Font size of most of the text.</summary>
    public double Size => Lines.MaxBy(static line => line.Length)!.Size;

    /// <summary>Whether every line is bold.</summary>
    public bool IsBold => Lines.TrueForAll(static line => line.IsBold);

    /// <summary>Whether every line is in a font of one width.</summary>
    public bool IsFixed => Lines.TrueForAll(static line => line.IsFixed);

    /// <summary>Number of characters.</summary>
    public int Length => Lines.Sum(static line => line.Length);

    /// <summary>Adds the next line.</summary>
    public void Add(Fragment line)
    {
        Box = Lines.Count == 0 ? line.Box : Box.Union(line.Box);
        Lines.Add(line);
    }
}

/// <summary>A page as laid out: visible blocks in reading order, and what a reader does not see.</summary>
internal sealed record PageText(
    int Number, double Width, double Height, List<LineBlock> Blocks, List<(GlyphVeil Veil, List<LineBlock> Blocks)> Hidden,
    bool HasImage, int Glyphs, int Unknown, List<(PdfRect Area, string Target)> Links)
{
    /// <summary>Lets go of what was laid out, once it is written.</summary>
    public void Forget()
    {
        Blocks.Clear();
        Blocks.TrimExcess();
        Hidden.Clear();
        Links.Clear();
    }
}
