using System.Text;
using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Documents;

public sealed class ReportReaderTests
{
    [Theory]
    [InlineData("<!DOCTYPE html><p>x</p>", DocumentFormat.Html)]
    [InlineData("<div><p>x</p></div>", DocumentFormat.Html)]
    [InlineData("# Title\n\nSee [this](http://x.example).\n", DocumentFormat.Markdown)]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |\n", DocumentFormat.Markdown)]
    [InlineData("Just a report about a < b.\n", DocumentFormat.PlainText)]
    public void Recognises_a_format_by_content_whatever_the_name(string content, DocumentFormat expected) =>
        Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(content), "wrong.pdf").Document!.Format);

    [Fact]
    public void Refuses_what_is_no_report_and_says_what_it_is()
    {
        var picture = Read([0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "report.html");
        var empty = Read([], "empty.txt");

        Assert.Null(picture.Document);
        Assert.Contains("picture", picture.Problems.Single().Message);
        Assert.Equal("MD4001", empty.Problems.Single().Code);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public void Reads_the_usual_encodings(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

        var reading = Read([.. encoding.Preamble, .. encoding.GetBytes("Die Täter nutzten ein Werkzeug über Nacht.")], "a.txt");

        Assert.Equal("Die Täter nutzten ein Werkzeug über Nacht.", reading.Document!.Text);
    }

    [Fact]
    public void Reads_only_as_much_as_the_limit_allows_and_says_so()
    {
        using var endless = new RepeatingStream("<p>All work and no play.</p>\n"u8.ToArray(), 50_000_000);

        var reading = ReportReader.Read(endless, "huge.html", new ReportLimits { MaxHtmlBytes = 1 << 20 }, TestContext.Current.CancellationToken);

        Assert.NotNull(reading.Document);
        Assert.InRange(reading.Document.Text.Length, 500_000, 1 << 20);
        Assert.Equal("MD4003", reading.Problems.Single().Code);
    }

    [Fact]
    public void Gives_a_quote_everything_to_find_it_again()
    {
        var reading = Read("First line.\n\nThe actor came back."u8.ToArray(), "note.txt");

        var quote = reading.Document!.Quote(reading.Document.Sentences[1]);

        Assert.Equal("note.txt", quote.Document);
        Assert.Equal(64, quote.Sha256.Length);
        Assert.Equal("The actor came back.", quote.Text);
        Assert.Equal(13, quote.SourceStart);
        Assert.Equal(1, quote.Block);
    }

    [Fact]
    public void Drops_invisible_characters_and_spells_ligatures_out()
    {
        var document = ReportReader.ReadText("in\u200Bfec\u00ADted \uFB01les \u201Cnow\u201D", "x").Document!;

        Assert.Equal("infected files \"now\"", document.Text);
        Assert.Equal((11, 1), (document.Quote(document.Text.IndexOf("fil", StringComparison.Ordinal), 2).SourceStart, document.Quote(9, 2).SourceLength));
    }

    [Theory]
    [InlineData("The actor used a tool to move in the network and it was seen by the team.", "en")]
    [InlineData("Die Gruppe hat ein Werkzeug genutzt und ist nicht mit den anderen auf dem Server.", "de")]
    [InlineData("Le groupe a utilisé des outils pour les attaques dans le réseau et sur une machine.", "fr")]
    [InlineData("Злоумышленники использовали вредоносное программное обеспечение.", "ru")]
    [InlineData("攻击者使用了恶意软件进行攻击。", "zh")]
    [InlineData("12345", "und")]
    public void Guesses_the_language(string text, string expected) =>
        Assert.Equal(expected, ReportReader.ReadText(text, "x").Document!.Language.Code);

    private static ReportReading Read(byte[] bytes, string name)
    {
        using var stream = new MemoryStream(bytes);
        return ReportReader.Read(stream, name, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>A stream of one text over and over, which takes no memory.</summary>
    private sealed class RepeatingStream(byte[] unit, long length) : Stream
    {
        private long at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var take = (int)Math.Min(count, length - at);
            for (var index = 0; index < take; index++) buffer[offset + index] = unit[(at + index) % unit.Length];
            at += take;
            return take;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
