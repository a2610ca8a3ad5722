using System.Globalization;
using System.Text;

namespace Modus.SampleCase.Reports;

/// <summary>A small writer of PDF 1.4: pages of text with tables and boxes, two standard fonts.</summary>
internal sealed class PdfFile
{
    private const double Left = 64;
    private const double Right = 531;
    private const double Top = 780;
    private const double Bottom = 72;

    private readonly List<PdfPage> _pages = [];
    private double _y;

    private PdfPage Page => _pages[^1];

    public static byte[] Write(string title, IEnumerable<Block> blocks)
    {
        var file = new PdfFile();
        file.NewPage();
        foreach (var block in blocks) file.Add(block);
        file.Furnish();
        return file.ToBytes(title);
    }

    private void Add(Block block)
    {
        switch (block)
        {
            case PageBreak: NewPage(); break;
            case Heading heading: Lines(heading.Text, heading.Level == 1 ? 18 : 13, bold: true, Left, Right, before: 10, after: 6); break;
            case Paragraph paragraph: Lines(paragraph.Text, 10.5, bold: false, Left, Right, before: 0, after: 8); break;
            case Bullets bullets:
                foreach (var item in bullets.Items)
                {
                    Page.Text(Left + 6, _y - 10.5, 10.5, "-");
                    Lines(item, 10.5, bold: false, Left + 20, Right, before: 0, after: 4);
                }

                _y -= 6;
                break;
            case Hidden hidden: Page.Text(Left, _y - 4, 6, hidden.Text, hidden: true); _y -= 10; break;
            case Figure figure: Draw(figure); break;
            case Table table: Draw(table); break;
        }
    }

    private void NewPage()
    {
        _pages.Add(new PdfPage());
        _y = Top;
    }

    private void Lines(string text, double size, bool bold, double left, double right, double before, double after)
    {
        _y -= before;
        foreach (var line in Wrap(text, size, right - left))
        {
            if (_y - size < Bottom) NewPage();
            Page.Text(left, _y - size, size, line, bold);
            _y -= size * 1.35;
        }

        _y -= after;
    }

    private static IEnumerable<string> Wrap(string text, double size, double width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && PdfPage.Width(longer, size) > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        yield return line;
    }

    private void Draw(Figure figure)
    {
        var step = (Right - Left) / figure.Boxes.Length;
        for (var i = 0; i < figure.Boxes.Length; i++)
        {
            var x = Left + (i * step);
            Page.Box(x, _y - 34, step - 10, 28);
            Page.Text(x + 4, _y - 23, 7, figure.Boxes[i]);
            if (i > 0) Page.Line(x - 10, _y - 20, x, _y - 20);
        }

        _y -= 46;
        Lines(figure.Caption, 9, bold: false, Left, Right, before: 0, after: 10);
    }

    private void Draw(Table table)
    {
        double[] columns = [Left, Left + 70, Left + 240, Right];
        Row(table.Head, bold: true);
        foreach (var row in table.Rows) Row(row, bold: false);

        void Row(string[] cells, bool bold)
        {
            var wrapped = cells.Select((cell, i) => Wrap(cell, 9, columns[i + 1] - columns[i] - 10).ToArray()).ToArray();
            var height = (wrapped.Max(cell => cell.Length) * 12) + 6;
            if (_y - height < Bottom) NewPage();
            for (var i = 0; i < cells.Length; i++)
                for (var line = 0; line < wrapped[i].Length; line++)
                    Page.Text(columns[i] + 4, _y - 12 - (line * 12), 9, wrapped[i][line], bold);
            Page.Line(Left, _y, Right, _y);
            Page.Line(Left, _y - height, Right, _y - height);
            foreach (var x in columns) Page.Line(x, _y, x, _y - height);
            _y -= height;
        }
    }

    /// <summary>What stands at the head and foot of every page.</summary>
    private void Furnish()
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            _pages[i].Text(Left, 806, 8, "Saltmarsh Research 2026-017  TLP:AMBER");
            _pages[i].Text(Right - 40, 40, 8, string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_pages.Count}"));
        }
    }

    private byte[] ToBytes(string title)
    {
        using var stream = new MemoryStream();
        var places = new List<long>();
        Put(stream, "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object($"<< /Type /Pages /Kids [{string.Join(' ', _pages.Select((_, i) => $"{6 + (i * 2)} 0 R"))}] /Count {_pages.Count} >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Object($"<< /Title ({title}) /Producer (Modus sample case) /CreationDate (D:20260319090000Z) >>");
        foreach (var page in _pages)
        {
            Object($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {places.Count + 2} 0 R >>");
            var packed = Deflate(page.ToBytes());
            Begin();
            Put(stream, $"<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n");
            stream.Write(packed);
            Put(stream, "\nendstream\nendobj\n");
        }

        var start = stream.Position;
        Put(stream, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) Put(stream, place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        Put(stream, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return stream.ToArray();

        void Begin()
        {
            places.Add(stream.Position);
            Put(stream, $"{places.Count} 0 obj\n");
        }

        void Object(string text)
        {
            Begin();
            Put(stream, text + "\nendobj\n");
        }
    }

    private static void Put(Stream stream, string text) => stream.Write(Encoding.Latin1.GetBytes(text));

    /// <summary>Wraps bytes as a zlib stream of stored blocks: the same bytes with every version of every library.</summary>
    private static byte[] Deflate(byte[] bytes)
    {
        using var stream = new MemoryStream();
        stream.Write([0x78, 0x01]);
        for (var at = 0; at < bytes.Length || at == 0; at += 65_535)
        {
            var length = Math.Min(65_535, bytes.Length - at);
            stream.Write([(byte)(at + length >= bytes.Length ? 1 : 0), (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8)]);
            stream.Write(bytes, at, length);
        }

        uint a = 1, b = 0;
        foreach (var value in bytes)
        {
            a = (a + value) % 65_521;
            b = (b + a) % 65_521;
        }

        stream.Write([(byte)(b >> 8), (byte)b, (byte)(a >> 8), (byte)a]);
        return stream.ToArray();
    }
}
