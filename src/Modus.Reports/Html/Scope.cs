using System.Globalization;
using AngleSharp.Dom;
using Modus.Reports.Documents;

namespace Modus.Reports.Html;

/// <summary>What the elements around a piece of text say about it.</summary>
internal sealed record Scope(
    IElement? Element,
    BlockKind Kind,
    int Level,
    BlockTraits Traits,
    string? HiddenReason,
    bool Skips,
    bool InMain,
    bool InHead,
    bool IsLayout,
    int Table,
    TableCounter? Rows,
    TableCell? Cell,
    int LinkStart)
{
    /// <summary>The scope around the whole page.</summary>
    public static Scope Outermost { get; } =
        new(null, BlockKind.Paragraph, 0, BlockTraits.None, null, false, false, false, false, -1, null, null, -1);

    /// <summary>Whether text here is neither hidden nor page furniture.</summary>
    public bool IsBody => (Traits & (BlockTraits.Hidden | BlockTraits.Boilerplate)) == 0;

    /// <summary>The scope inside an element.</summary>
    public Scope Inside(IElement element, string name)
    {
        var (kind, level) = KindOf(element, name);
        var hidden = HiddenReason ?? HtmlElements.HiddenReason(element);
        return this with
        {
            Element = element,
            Kind = kind,
            Level = level,
            HiddenReason = hidden,
            Traits = Traits
                | (hidden is null ? BlockTraits.None : BlockTraits.Hidden)
                | (HtmlElements.IsFurniture(element, name, InMain) ? BlockTraits.Boilerplate : BlockTraits.None),
            Skips = Skips || HtmlElements.IsNoText(name),
            InMain = InMain || name is "main" or "article" || element.GetAttribute("role") == "main",
            InHead = name == "thead" || (InHead && name is not ("tbody" or "table")),
            IsLayout = name == "table" ? HtmlElements.IsLayoutTable(element) : IsLayout,
            Table = name == "table" ? -1 : Table,
            Rows = name == "table" ? null : Rows,
            Cell = name == "table" ? null : Cell,
            LinkStart = -1,
        };
    }

    private (BlockKind Kind, int Level) KindOf(IElement element, string name)
    {
        if (name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6') return (BlockKind.Heading, name[1] - '0');
        if (HtmlElements.IsFootnote(element, name)) return (BlockKind.Footnote, 0);
        return name switch
        {
            "ul" or "ol" or "dl" or "menu" => (Kind is BlockKind.ListItem ? BlockKind.ListItem : BlockKind.Paragraph, Level + 1),
            "li" or "dd" or "dt" => (Kind == BlockKind.Footnote ? BlockKind.Footnote : BlockKind.ListItem, Math.Max(1, Level)),
            "td" or "th" => (Rows is null ? BlockKind.Paragraph : BlockKind.TableCell, 0),
            "caption" or "figcaption" => (BlockKind.Caption, 0),
            "pre" or "listing" or "xmp" => (BlockKind.Code, 0),
            "table" or "figure" or "section" or "article" or "main" when Kind is not BlockKind.Footnote => (BlockKind.Paragraph, 0),
            _ => (Kind, Level),
        };
    }
}

/// <summary>Counts rows and columns of one table, spans included.</summary>
internal sealed class TableCounter
{
    private const int MaxSpan = 1000;
    private readonly Dictionary<int, int> occupied = [];
    private int row = -1;
    private int column;

    /// <summary>Starts the next row.</summary>
    public void NextRow()
    {
        row++;
        column = 0;
    }

    /// <summary>Places the next cell of the row.</summary>
    public TableCell NextCell(int table, IElement element, bool isHeader)
    {
        if (row < 0) NextRow();
        while (occupied.TryGetValue(column, out var until) && until >= row) column++;
        var cell = new TableCell(table, row, column, isHeader);
        var columns = Span(element, "colspan");
        var rows = Span(element, "rowspan");
        for (var at = 0; rows > 1 && at < columns; at++) occupied[column + at] = row + rows - 1;
        column += columns;
        return cell;
    }

    private static int Span(IElement element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, MaxSpan) : 1;
}
