using System.Globalization;
using System.Xml;
using Modus.Reports.Documents;

namespace Modus.Reports.Docx;

/// <summary>Walks the XML of a document part and writes its paragraphs and tables.</summary>
internal sealed class DocxBody(DocumentBuilder builder, string part, DocxStyles styles, Dictionary<string, string> links, ReportLimits limits)
{
    private const int Unset = -1;

    private readonly Stack<TableState> tables = new();
    private readonly Stack<(string Target, int Start, int Depth)> openLinks = new();
    private readonly List<int> lineStarts = [0];
    private int tableCount;
    private bool inParagraphProperties;
    private bool inRunProperties;
    private bool inText;
    private string? hidden;
    private string? openHidden;
    private (BlockKind Kind, int Level) paragraph;
    private int listLevel = Unset;
    private bool isOpen;

    /// <summary>The value attribute of the current element.</summary>
    internal static string Value(XmlReader xml) => xml.GetAttribute("val", xml.NamespaceURI) ?? "";

    /// <summary>Writes the part; ordinary paragraphs become blocks of the kind given.</summary>
    public void Write(BlockKind ordinary)
    {
        for (var at = part.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = part.IndexOf('\n', at + 1)) lineStarts.Add(at + 1);
        using var xml = DocxReader.Xml(part, limits);
        var skipDepth = Unset;
        while (xml.Read())
        {
            if (xml.Depth > limits.MaxDepth) throw new XmlException("elements are nested too deep");
            if (skipDepth >= 0)
            {
                if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == skipDepth) skipDepth = Unset;
                continue;
            }

            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName is "Fallback" or "del" or "moveFrom" or "instrText" or "delText":
                    if (!xml.IsEmptyElement) skipDepth = xml.Depth;
                    break;
                case XmlNodeType.Element when xml.LocalName is "footnote" or "endnote" && xml.GetAttribute("type", xml.NamespaceURI) is not null:
                    if (!xml.IsEmptyElement) skipDepth = xml.Depth;
                    break;
                case XmlNodeType.Element:
                    var name = xml.LocalName;
                    var empty = xml.IsEmptyElement;
                    Start(xml, name, ordinary);
                    if (empty) Stop(name, xml.Depth);
                    break;
                case XmlNodeType.EndElement:
                    Stop(xml.LocalName, xml.Depth);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when inText:
                    Text(xml);
                    break;
            }
        }

        builder.End();
    }

    private void Start(XmlReader xml, string name, BlockKind ordinary)
    {
        switch (name)
        {
            case "p":
                (paragraph, listLevel, isOpen, hidden) = ((ordinary, 0), Unset, false, null);
                break;
            case "pPr":
                inParagraphProperties = true;
                break;
            case "rPr":
                inRunProperties = true;
                break;
            case "r":
                hidden = null;
                break;
            case "pStyle" when inParagraphProperties && styles.Find(Value(xml)) is { } meaning:
                paragraph = meaning;
                break;
            case "ilvl" when inParagraphProperties:
                listLevel = int.TryParse(Value(xml), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? Math.Min(level, 9) : 0;
                break;
            case "numPr" when inParagraphProperties:
                listLevel = Math.Max(listLevel, 0);
                break;
            case "vanish" when inRunProperties && Value(xml) is not ("0" or "false"):
                hidden ??= "marked as hidden";
                break;
            case "color" when inRunProperties && Value(xml).Equals("FFFFFF", StringComparison.OrdinalIgnoreCase) && tables.Count == 0:
                hidden ??= "in the colour of its background";
                break;
            case "sz" when inRunProperties && int.TryParse(Value(xml), out var halfPoints) && halfPoints < 4:
                hidden ??= "too small to read";
                break;
            case "t":
                inText = true;
                break;
            case "tab" when !inParagraphProperties:
                Put(' ', xml);
                break;
            case "br" or "cr":
                if (isOpen) builder.Break(Offset(xml));
                break;
            case "noBreakHyphen":
                Put('-', xml);
                break;
            case "hyperlink":
                var target = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
                openLinks.Push((target is not null && links.TryGetValue(target, out var address) ? address : "", builder.Position, xml.Depth));
                break;
            case "tbl":
                tables.Push(new TableState(tableCount++));
                break;
            case "tr" when tables.Count > 0:
                tables.Peek().NextRow();
                break;
            case "tblHeader" when tables.Count > 0:
                tables.Peek().IsHeader = true;
                break;
            case "tc" when tables.Count > 0:
                tables.Peek().NextCell();
                break;
            case "gridSpan" when tables.Count > 0 && int.TryParse(Value(xml), NumberStyles.None, CultureInfo.InvariantCulture, out var span):
                tables.Peek().Span(span);
                break;
        }
    }

    private void Stop(string name, int depth)
    {
        switch (name)
        {
            case "p":
                if (tables.Count == 0) builder.End();
                else builder.Break(0);
                break;
            case "pPr":
                inParagraphProperties = false;
                break;
            case "rPr":
                inRunProperties = false;
                break;
            case "t":
                inText = false;
                break;
            case "hyperlink" when openLinks.Count > 0 && openLinks.Peek().Depth == depth:
                var (target, start, _) = openLinks.Pop();
                if (target.Length > 0) builder.AddLink(Math.Min(start, builder.Position), target);
                break;
            case "tc":
                builder.End();
                break;
            case "tbl" when tables.Count > 0:
                builder.End();
                tables.Pop();
                break;
        }
    }

    private void Text(XmlReader xml)
    {
        Open();
        var at = Offset(xml);
        foreach (var c in xml.Value)
        {
            var length = 1;
            if (at < part.Length && part[at] == '&' && part.IndexOf(';', at, Math.Min(12, part.Length - at)) is > 0 and var end) length = end - at + 1;
            builder.Append(c, Math.Min(at, part.Length), length);
            at += length;
        }
    }

    private void Put(char c, XmlReader xml)
    {
        if (inParagraphProperties || inRunProperties) return;
        Open();
        builder.Append(c, Offset(xml));
    }

    /// <summary>Opens a block for the text that follows, where none is open that it fits into.</summary>
    private void Open()
    {
        var cell = tables.Count > 0 ? tables.Peek().Cell : null;
        var sameCell = cell is not null && ReferenceEquals(tables.Peek().OpenCell, cell);
        if ((isOpen || sameCell) && openHidden == hidden)
        {
            isOpen = true;
            return;
        }

        var (kind, level) = cell is not null ? (BlockKind.TableCell, 0)
            : listLevel >= 0 && paragraph.Kind == BlockKind.Paragraph ? (BlockKind.ListItem, listLevel + 1) : paragraph;
        builder.Begin(kind, level, cell, hidden is null ? BlockTraits.None : BlockTraits.Hidden, hidden);
        if (cell is not null) tables.Peek().OpenCell = cell;
        (isOpen, openHidden) = (true, hidden);
    }

    private int Offset(XmlReader xml) =>
        xml is IXmlLineInfo info && info.HasLineInfo() && info.LineNumber <= lineStarts.Count ? Math.Min(lineStarts[info.LineNumber - 1] + info.LinePosition - 1, part.Length) : 0;

    /// <summary>Where in a table the walk stands.</summary>
    private sealed class TableState(int number)
    {
        private int row = -1;
        private int column = -1;
        private int next;

        public bool IsHeader { get; set; }

        public TableCell? Cell { get; private set; }

        public TableCell? OpenCell { get; set; }

        public void NextRow() => (row, column, next, IsHeader) = (row + 1, -1, 0, false);

        public void NextCell()
        {
            column = next++;
            Cell = new TableCell(number, Math.Max(0, row), column, IsHeader);
        }

        public void Span(int columns) => next = column + Math.Clamp(columns, 1, 1_000);
    }
}
