using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Modus.Tests.Reports.Pdf;

/// <summary>Writes small PDF files by hand: objects, then a cross-reference table, a stream, or nothing.</summary>
internal sealed class PdfMaker
{
    private readonly List<byte[]?> objects = [];

    /// <summary>Entries of the trailer besides Root and Size.</summary>
    public string Trailer { get; set; } = "";

    /// <summary>Adds an object and gives its number.</summary>
    public int Add(string body) => Add(Encoding.Latin1.GetBytes(body));

    public int Add(byte[] body)
    {
        objects.Add(body);
        return objects.Count;
    }

    /// <summary>Keeps a number free for an object that is set later.</summary>
    public int Reserve()
    {
        objects.Add(null);
        return objects.Count;
    }

    public void Set(int number, string body) => objects[number - 1] = Encoding.Latin1.GetBytes(body);

    public int AddStream(byte[] data, string entries = "") =>
        Add([.. Encoding.Latin1.GetBytes($"<< /Length {data.Length} {entries} >>\nstream\n"), .. data, .. "\nendstream"u8]);

    public int AddStream(string data, string entries = "") => AddStream(Encoding.Latin1.GetBytes(data), entries);

    /// <summary>A file of pages with one font each under the name F, whose dictionary is given.</summary>
    public static PdfMaker WithPages(string font, params string[] contents)
    {
        var maker = new PdfMaker();
        var catalog = maker.Reserve();
        var pages = maker.Reserve();
        var fontNumber = maker.Add(font);
        var kids = contents.Select(content => maker.Add(
            $"<< /Type /Page /Parent {pages} 0 R /Contents {maker.AddStream(content)} 0 R /Resources << /Font << /F {fontNumber} 0 R >> >> >>")).ToArray();
        maker.Set(catalog, $"<< /Type /Catalog /Pages {pages} 0 R >>");
        maker.Set(pages, $"<< /Type /Pages /Count {kids.Length} /MediaBox [0 0 600 800] /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>");
        return maker;
    }

    public const string Helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

    /// <summary>The file with a plain cross-reference table.</summary>
    public byte[] WithTable()
    {
        var (file, offsets) = Body();
        var start = file.Length;
        Write(file, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write(file, offset.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        Write(file, $"trailer\n<< /Root 1 0 R /Size {objects.Count + 1} {Trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>The file with all objects that are no streams in an object stream, and a cross-reference stream with a predictor.</summary>
    public byte[] WithStreams()
    {
        var packed = objects.Select((body, at) => (Number: at + 1, Body: body!)).Where(one => one.Body.AsSpan().IndexOf("stream\n"u8) < 0).ToList();
        var inner = new StringBuilder();
        var head = new StringBuilder();
        foreach (var (number, body) in packed)
        {
            head.Append(CultureInfo.InvariantCulture, $"{number} {inner.Length} ");
            inner.Append(Encoding.Latin1.GetString(body)).Append('\n');
        }

        using var file = new MemoryStream();
        Write(file, "%PDF-1.5\n");
        var rows = new byte[objects.Count + 3][];
        rows[0] = [0, 0, 0, 0, 0];
        for (var at = 0; at < objects.Count; at++)
        {
            var place = packed.FindIndex(one => one.Number == at + 1);
            if (place >= 0)
            {
                rows[at + 1] = [2, 0, 0, (byte)(objects.Count + 1), (byte)place];
                continue;
            }

            rows[at + 1] = Row(file.Length);
            Write(file, $"{at + 1} 0 obj\n");
            file.Write(objects[at]!);
            Write(file, "\nendobj\n");
        }

        rows[objects.Count + 1] = Row(file.Length);
        var data = Deflate(Encoding.Latin1.GetBytes(head + inner.ToString()));
        Write(file, $"{objects.Count + 1} 0 obj\n<< /Type /ObjStm /N {packed.Count} /First {head.Length} /Filter /FlateDecode /Length {data.Length} >>\nstream\n");
        file.Write(data);
        Write(file, "\nendstream\nendobj\n");
        var start = file.Length;
        rows[objects.Count + 2] = Row(start);
        var table = Deflate(Up(rows));
        Write(file, $"{objects.Count + 2} 0 obj\n<< /Type /XRef /Root 1 0 R /Size {rows.Length} /W [1 3 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 5 >> /Length {table.Length} {Trailer} >>\nstream\n");
        file.Write(table);
        Write(file, $"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>The file with a cross-reference that points nowhere.</summary>
    public byte[] Broken()
    {
        var (file, _) = Body();
        Write(file, "trailer\n<< /Root 1 0 R >>\nstartxref\n999999\n%%EOF\n");
        return file.ToArray();
    }

    public static byte[] Deflate(byte[] data)
    {
        using var made = new MemoryStream();
        using (var pack = new ZLibStream(made, CompressionLevel.Optimal, leaveOpen: true)) pack.Write(data);
        return made.ToArray();
    }

    private (MemoryStream File, List<long> Offsets) Body()
    {
        var file = new MemoryStream();
        Write(file, "%PDF-1.4\n");
        var offsets = new List<long>();
        for (var at = 0; at < objects.Count; at++)
        {
            offsets.Add(file.Length);
            Write(file, $"{at + 1} 0 obj\n");
            file.Write(objects[at]!);
            Write(file, "\nendobj\n");
        }

        return (file, offsets);
    }

    private static byte[] Row(long offset) => [1, (byte)(offset >> 16), (byte)(offset >> 8), (byte)offset, 0];

    /// <summary>PNG prediction by the row above.</summary>
    private static byte[] Up(byte[][] rows)
    {
        var made = new List<byte>();
        for (var line = 0; line < rows.Length; line++)
        {
            made.Add(2);
            for (var at = 0; at < rows[line].Length; at++) made.Add((byte)(rows[line][at] - (line > 0 ? rows[line - 1][at] : 0)));
        }

        return [.. made];
    }

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
