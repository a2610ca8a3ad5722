using System.Globalization;
using System.Text;
using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Pdf;

public sealed class PdfReaderTests
{
    private const string Hello = "BT /F 12 Tf 72 700 Td (The actor used a tool.) Tj ET";

    public static TheoryData<string, byte[]> Layouts => new()
    {
        { "table", PdfMaker.WithPages(PdfMaker.Helvetica, Hello).WithTable() },
        { "streams", PdfMaker.WithPages(PdfMaker.Helvetica, Hello).WithStreams() },
        { "broken", PdfMaker.WithPages(PdfMaker.Helvetica, Hello).Broken() },
        { "shifted", [.. "junk before the file\n"u8, .. PdfMaker.WithPages(PdfMaker.Helvetica, Hello).WithTable()] },
        { "cut", PdfMaker.WithPages(PdfMaker.Helvetica, Hello).WithTable()[..^120] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Reads_every_way_of_filing_objects(string name, byte[] file)
    {
        var document = Read(file).Document!;

        Assert.Equal("The actor used a tool.", document.Text);
        Assert.Equal(DocumentFormat.Pdf, document.Format);
        Assert.NotEmpty(name);
    }

    [Theory]
    [InlineData("FlateDecode")]
    [InlineData("ASCIIHexDecode")]
    [InlineData("ASCII85Decode")]
    [InlineData("RunLengthDecode")]
    [InlineData("LZWDecode")]
    public void Undoes_every_filter_of_text(string filter)
    {
        var plain = Encoding.Latin1.GetBytes(Hello);
        byte[] packed = filter switch
        {
            "FlateDecode" => PdfMaker.Deflate(plain),
            "ASCIIHexDecode" => Encoding.Latin1.GetBytes(Convert.ToHexString(plain) + ">"),
            "ASCII85Decode" => Encoding.Latin1.GetBytes(Ascii85(plain) + "~>"),
            "RunLengthDecode" => [(byte)(plain.Length - 1), .. plain, 128],
            _ => Lzw(plain),
        };
        var maker = new PdfMaker();
        maker.Add("<< /Type /Catalog /Pages 2 0 R >>");
        maker.Add("<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] >>");
        maker.Add("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>");
        maker.AddStream(packed, $"/Filter [/{filter}]");
        maker.Add(PdfMaker.Helvetica);

        Assert.Equal("The actor used a tool.", Read(maker.WithTable()).Document!.Text);
    }

    [Fact]
    public void Reads_differences_and_maps_of_simple_and_composite_fonts()
    {
        var differences = PdfMaker.WithPages(
            "<< /Type /Font /Subtype /Type1 /BaseFont /X /FirstChar 1 /LastChar 4 /Widths [500 500 500 500] /Encoding << /Differences [1 /f_i /Euro /uni0416 /a.alt] >> >>",
            "BT /F 12 Tf 72 700 Td <01020304> Tj ET");
        var composite = new PdfMaker();
        composite.Add("<< /Type /Catalog /Pages 2 0 R >>");
        composite.Add("<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] >>");
        composite.Add("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>");
        composite.AddStream("BT /F 12 Tf 72 700 Td [<00010002> -300 <0003>] TJ ET");
        composite.Add("<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>");
        composite.Add("<< /Type /Font /Subtype /CIDFontType2 /DW 500 /W [1 [500 250]] >>");
        composite.AddStream("1 beginbfrange <0001> <0002> <0041> endbfrange 1 beginbfchar <0003> <00660066> endbfchar");

        Assert.Equal("fi€Жa", Read(differences.WithTable()).Document!.Text);
        Assert.Equal("AB ff", Read(composite.WithTable()).Document!.Text);
    }

    [Fact]
    public void Says_when_a_font_has_no_map()
    {
        var maker = PdfMaker.WithPages(
            "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /DW 500 >>] >>",
            "BT /F 12 Tf 72 700 Td <000100020003> Tj ET");

        Assert.Contains(Read(maker.WithTable()).Problems, problem => problem.Code == "MD4017" && problem.Fix is not null);
    }

    [Fact]
    public void Makes_words_of_gaps_and_joins_hyphens_at_line_ends()
    {
        var maker = PdfMaker.WithPages(
            PdfMaker.Helvetica,
            "BT /F 12 Tf 14 TL 72 700 Td [(T) 20 (ogether) -280 (apart, and then the company's mal)] TJ T* (ware was loaded by an em-) Tj T* (ployee of the firm.) Tj ET");

        Assert.Equal("Together apart, and then the company's mal ware was loaded by an employee of the firm.", Read(maker.WithTable()).Document!.Text);
    }

    [Fact]
    public void Reads_columns_one_after_the_other_even_where_the_content_goes_from_bottom_to_top()
    {
        string Column(int x, string word) => string.Concat(Enumerable.Range(0, 8).Reverse().Select(line =>
            string.Create(CultureInfo.InvariantCulture, $"BT /F 10 Tf {x} {700 - (line * 12)} Td ({word}{line} is a line of several words) Tj ET\n")));

        var words = Read(PdfMaker.WithPages(PdfMaker.Helvetica, Column(320, "right") + Column(60, "left")).WithTable()).Document!.Text
            .Split([' ', '\n']).Where(word => char.IsDigit(word[^1]));

        Assert.Equal([.. Enumerable.Range(0, 8).Select(line => $"left{line}"), .. Enumerable.Range(0, 8).Select(line => $"right{line}")], words);
    }

    [Fact]
    public void Keeps_tables_as_rows()
    {
        string Row(int y, string a, string b) => string.Create(CultureInfo.InvariantCulture, $"BT /F 10 Tf 60 {y} Td ({a}) Tj ET BT /F 10 Tf 300 {y} Td ({b}) Tj 0 -12 Td (second line) Tj ET\n");

        var document = Read(PdfMaker.WithPages(PdfMaker.Helvetica, Row(700, "T1566", "They sent mail.") + Row(660, "T1059.001", "They ran scripts.") + Row(620, "T1105", "They copied tools.")).WithTable()).Document!;

        Assert.Equal(
            ["T1566\tThey sent mail. second line", "T1059.001\tThey ran scripts. second line", "T1105\tThey copied tools. second line"],
            document.Rows.Select(row => document.Text.Substring(row.Start, row.Length)));
    }

    [Fact]
    public void Gives_every_word_its_page_and_box()
    {
        var document = Read(PdfMaker.WithPages(PdfMaker.Helvetica, Hello, "BT /F 20 Tf 100 400 Td (Mimikatz ran.) Tj ET").WithTable()).Document!;

        var quote = document.Quote(document.Text.IndexOf("Mimikatz", StringComparison.Ordinal), 8);

        Assert.Equal(2, quote.Page);
        Assert.Null(quote.SourceStart);
        var box = Assert.Single(quote.Boxes);
        Assert.Equal(2, box.Page);
        Assert.Equal(100, box.Box.Left, 1.0);
        Assert.InRange(400, box.Box.Top, box.Box.Bottom);
    }

    [Fact]
    public void Reads_turned_text_and_gives_it_its_box_on_the_page()
    {
        var document = Read(PdfMaker.WithPages(PdfMaker.Helvetica, Hello + " BT /F 12 Tf 0 1 -1 0 40 200 Tm (Margin note) Tj ET").WithTable()).Document!;

        var quote = document.Quote(document.Text.IndexOf("Margin", StringComparison.Ordinal), 6);

        Assert.Equal("Margin", quote.Text);
        var box = Assert.Single(quote.Boxes).Box;
        Assert.InRange(40, box.Left, box.Right);
        Assert.Equal(600, box.Bottom, 1.0);
        Assert.True(box.Top < 580);
    }

    [Theory]
    [InlineData("3 Tr (secret) Tj", "drawn invisibly")]
    [InlineData("1 g (secret) Tj", "in the colour of its background")]
    [InlineData("0.05 0 0 0.05 72 500 Tm (secret) Tj", "too small to read")]
    [InlineData("1 0 0 1 72 -500 Tm (secret) Tj", "placed outside the page")]
    public void Flags_text_that_a_reader_does_not_see(string shown, string reason)
    {
        var document = Read(PdfMaker.WithPages(PdfMaker.Helvetica, Hello + $" BT /F 12 Tf 72 600 Td {shown} ET").WithTable()).Document!;

        Assert.Equal(reason, document.Blocks.Single(block => document.TextOf(block) == "secret").HiddenReason);
        Assert.Equal(["The actor used a tool."], document.Blocks.Where(block => block.IsBody).Select(document.TextOf));
    }

    [Fact]
    public void Sees_white_text_on_a_dark_ground()
    {
        var document = Read(PdfMaker.WithPages(PdfMaker.Helvetica, "0 g 60 690 300 30 re f 1 g " + Hello).WithTable()).Document!;

        Assert.True(document.Blocks.Single().IsBody);
    }

    [Fact]
    public void Removes_running_heads_and_page_numbers_but_no_repeated_body_text()
    {
        var pages = Enumerable.Range(1, 6).Select(page => $"BT /F 9 Tf 72 780 Td (Secret report) Tj ET BT /F 12 Tf 72 500 Td (Same body line on all pages.) Tj ET BT /F 9 Tf 290 20 Td (Page {page} of 6) Tj ET").ToArray();

        var document = Read(PdfMaker.WithPages(PdfMaker.Helvetica, pages).WithTable()).Document!;

        Assert.DoesNotContain("Secret report", document.Text);
        Assert.DoesNotContain("Page", document.Text);
        Assert.Equal(6, document.Text.Split("Same body line").Length - 1);
        Assert.Equal(6, document.Pages.Count);
    }

    [Fact]
    public void Refuses_an_encrypted_file_and_a_scan_clearly()
    {
        var encrypted = PdfMaker.WithPages(PdfMaker.Helvetica, Hello);
        encrypted.Trailer = "/Encrypt << /Filter /Standard /V 1 >>";
        var scan = PdfMaker.WithPages(PdfMaker.Helvetica, "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q");

        Assert.Equal("MD4011", Read(encrypted.WithTable()).Problems.Single().Code);
        var problem = Read(scan.WithTable()).Problems.Single();
        Assert.Contains("no text layer", problem.Message);
        Assert.Contains("OCR", problem.Fix);
    }

    [Fact]
    public void Stands_loops_of_references_pages_and_forms()
    {
        var maker = new PdfMaker();
        maker.Add("<< /Type /Catalog /Pages 2 0 R >>");
        maker.Add("<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R 3 0 R 9 0 R] /MediaBox 7 0 R >>");
        maker.Add("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>");
        maker.AddStream(Hello + " /X Do");
        maker.Add(PdfMaker.Helvetica);
        maker.AddStream("/X Do /X Do", "/Subtype /Form /Resources << /XObject << /X 6 0 R >> >>");
        maker.Add("8 0 R");
        maker.Add("7 0 R");
        maker.Add("9 0 R");

        Assert.Equal("The actor used a tool.", Read(maker.WithTable()).Document!.Text);
    }

    [Fact]
    public void Refuses_a_bomb_before_it_fills_the_memory()
    {
        var maker = new PdfMaker();
        maker.Add("<< /Type /Catalog /Pages 2 0 R >>");
        maker.Add("<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
        maker.Add("<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>");
        maker.AddStream(PdfMaker.Deflate(PdfMaker.Deflate(new byte[40_000_000])), "/Filter [/FlateDecode /FlateDecode]");

        var reading = Read(maker.WithTable(), new ReportLimits { MaxStreamBytes = 1 << 20 });

        Assert.Null(reading.Document);
        Assert.Contains("unpack", reading.Problems.Single().Message);
    }

    [Fact]
    public void Reads_no_more_pages_than_the_limit_and_says_so()
    {
        var pages = Enumerable.Range(0, 30).Select(page => $"BT /F 12 Tf 72 {300 + (page * 10)} Td (Page text {(char)('a' + page % 26)}) Tj ET").ToArray();

        var reading = Read(PdfMaker.WithPages(PdfMaker.Helvetica, pages).WithTable(), new ReportLimits { MaxPages = 10 });

        Assert.Equal(10, reading.Document!.Pages.Count);
        Assert.Equal("MD4014", reading.Problems.Single().Code);
    }

    [Fact]
    public void Reads_text_whose_font_leads_in_circles_or_nowhere()
    {
        var maker = PdfMaker.WithPages("3 0 R", Hello, "BT /Missing 12 Tf 72 700 Td (It went on.) Tj ET");

        Assert.Equal("The actor used a tool.\nIt went on.", Read(maker.WithTable()).Document!.Text);
    }

    [Fact]
    public void Stops_at_pages_that_take_more_steps_than_any_report_and_says_so()
    {
        var maker = new PdfMaker();
        maker.Add("<< /Type /Catalog /Pages 2 0 R >>");
        maker.Add("<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R] /MediaBox [0 0 600 800] >>");
        for (var page = 0; page < 3; page++)
            maker.Add("<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F 6 0 R >> /XObject << /X 8 0 R >> >> >>");
        maker.Add(PdfMaker.Helvetica);
        maker.AddStream(Hello + string.Concat(Enumerable.Repeat(" /X Do", 20)));
        maker.AddStream(string.Concat(Enumerable.Repeat("/X Do ", 20)), "/Subtype /Form /Resources << /XObject << /X 9 0 R >> >>");
        maker.AddStream(string.Concat(Enumerable.Repeat("q Q ", 20)), "/Subtype /Form");

        var reading = Read(maker.WithTable(), new ReportLimits { MaxPageWork = 20_000 });

        Assert.Equal(2, reading.Document!.Pages.Count);
        Assert.Equal("MD4018", reading.Problems.Single().Code);
    }

    [Fact]
    public void Survives_any_damage()
    {
        var file = PdfMaker.WithPages(PdfMaker.Helvetica, Hello).WithStreams();
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])file.Clone();
            for (var hit = 0; hit < 6; hit++) damaged[random.Next(9, damaged.Length)] = (byte)random.Next(256);
            var reading = Read(damaged[..random.Next(20, damaged.Length)]);
            Assert.True(reading.Document is not null || reading.Problems.Any(problem => problem.Level == ProblemLevel.Error));
        }
    }

    private static ReportReading Read(byte[] file, ReportLimits? limits = null)
    {
        using var stream = new MemoryStream(file);
        return ReportReader.Read(stream, "report.pdf", limits, TestContext.Current.CancellationToken);
    }

    private static string Ascii85(byte[] data)
    {
        var made = new StringBuilder();
        for (var at = 0; at < data.Length; at += 4)
        {
            var count = Math.Min(4, data.Length - at);
            long value = 0;
            for (var step = 0; step < 4; step++) value = (value << 8) | (step < count ? data[at + step] : (byte)0);
            var digits = new char[5];
            for (var step = 4; step >= 0; step--, value /= 85) digits[step] = (char)('!' + (value % 85));
            made.Append(digits, 0, count + 1);
        }

        return made.ToString();
    }

    /// <summary>LZW without compression: a clear code before the table would need longer codes.</summary>
    private static byte[] Lzw(byte[] data)
    {
        var bits = new List<bool>();
        void Put(int code)
        {
            for (var bit = 8; bit >= 0; bit--) bits.Add(((code >> bit) & 1) == 1);
        }

        for (var at = 0; at < data.Length; at++)
        {
            if (at % 100 == 0) Put(256);
            Put(data[at]);
        }

        Put(257);
        while (bits.Count % 8 != 0) bits.Add(false);
        return [.. bits.Chunk(8).Select(chunk => (byte)chunk.Aggregate(0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];
    }
}
