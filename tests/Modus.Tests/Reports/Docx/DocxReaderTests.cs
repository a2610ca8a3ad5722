using System.IO.Compression;
using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Docx;

public sealed class DocxReaderTests
{
    private const string Head = "<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>\n";
    private const string Foot = "</w:body></w:document>";

    private const string Body = """
        <w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Findings</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">The actor &amp; its </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>loader</w:t></w:r><w:r><w:t xml:space="preserve"> ran </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>scripts</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>An item</w:t></w:r></w:p>
        <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Id</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Use</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:p><w:r><w:t>T1566</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>First line.</w:t></w:r></w:p><w:p><w:r><w:t>Second line.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        """;

    [Fact]
    public void Reads_paragraphs_lists_tables_links_and_hidden_text()
    {
        var document = Read(Zip(("word/document.xml", Head + Body + Foot), Styles, Links)).Document!;

        Assert.Equal(DocumentFormat.Docx, document.Format);
        Assert.Equal(
            ["Heading1:Findings", "Paragraph0:The actor & its loader ran scripts.", "ListItem2:An item", "Paragraph0:secret", "TableCell0:Id", "TableCell0:Use", "TableCell0:T1566", "TableCell0:First line.\nSecond line."],
            document.Blocks.Select(block => $"{block.Kind}{block.Level}:{document.TextOf(block)}"));
        Assert.Equal("marked as hidden", document.Blocks[3].HiddenReason);
        Assert.Equal([true, false], document.Rows.Select(row => row.IsHeader));
        Assert.Equal("scripts", document.Text.Substring(document.Links.Single().Start, document.Links.Single().Length));
        Assert.Equal("https://attack.mitre.org/techniques/T1059/", document.Links.Single().Target);
    }

    [Fact]
    public void Knows_the_place_of_every_letter_in_the_main_part()
    {
        var part = Head + Body + Foot;
        var document = Read(Zip(("word/document.xml", part), Styles, Links)).Document!;

        for (var at = 0; at < document.Text.Length; at++)
            if (char.IsLetterOrDigit(document.Text[at])) Assert.Equal(document.Text[at], part[document.Quote(at, 1).SourceStart!.Value]);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")]
    [InlineData("<x><y></x>")]
    public void Refuses_document_types_and_damage(string part) =>
        Assert.Equal("MD4020", Read(Zip(("word/document.xml", part))).Problems.Single().Code);

    [Fact]
    public void Refuses_a_zip_bomb_and_a_zip_of_something_else()
    {
        var bomb = Read(Zip(("word/document.xml", Head + new string(' ', 5_000_000) + Foot)), new ReportLimits { MaxStreamBytes = 100_000 });
        var other = Read(Zip(("readme.txt", "hello")));

        Assert.Equal("MD4020", bomb.Problems.Single().Code);
        Assert.Equal("MD4002", other.Problems.Single().Code);
    }

    private static (string, string) Styles => ("word/styles.xml", "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>");

    private static (string, string) Links => ("word/_rels/document.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId9\" TargetMode=\"External\" Target=\"https://attack.mitre.org/techniques/T1059/\"/></Relationships>");

    private static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        return made.ToArray();
    }

    private static ReportReading Read(byte[] file, ReportLimits? limits = null)
    {
        using var stream = new MemoryStream(file);
        return ReportReader.Read(stream, "report.docx", limits, TestContext.Current.CancellationToken);
    }
}
