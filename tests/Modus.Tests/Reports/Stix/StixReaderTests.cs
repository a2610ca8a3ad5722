using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Stix;

public sealed class StixReaderTests
{
    private const string Bundle = """
        { "type": "bundle", "id": "bundle--1", "objects": [
          { "type": "malware", "name": "Loader", "description": "not a report" },
          { "type": "report", "spec_version": "2.1", "description": "They sent \"mail\".\n\nThen \u00e4 loader ran.", "name": "A campaign",
            "external_references": [ { "source_name": "src", "url": "https://attack.mitre.org/groups/G0007" } ] },
          { "type": "note", "content": "A second voice." } ] }
        """;

    [Fact]
    public void Reads_the_text_of_reports_and_notes_and_accounts_for_the_rest()
    {
        var reading = ReportReader.ReadText(Bundle, "bundle.json");
        var document = reading.Document!;

        Assert.Equal(DocumentFormat.Stix, document.Format);
        Assert.Equal(
            ["Heading:A campaign", "Paragraph:They sent \"mail\".", "Paragraph:Then ä loader ran.", "Footnote:src: https://attack.mitre.org/groups/G0007", "Paragraph:A second voice."],
            document.Blocks.Select(block => $"{block.Kind}:{document.TextOf(block)}"));
        Assert.Equal("MD4031", reading.Problems.Single().Code);
        Assert.Contains("1 other", reading.Problems.Single().Message);
    }

    [Theory]
    [InlineData("loader ran", "loader ran")]
    [InlineData("mail", "mail")]
    [InlineData("ä", "\\u00e4")]
    [InlineData("second voice", "second voice")]
    public void Knows_the_place_of_the_text_in_the_source(string words, string source)
    {
        var document = ReportReader.ReadText(Bundle, "bundle.json").Document!;

        var quote = document.Quote(document.Text.IndexOf(words, StringComparison.Ordinal), words.Length);

        Assert.Equal(source, Bundle.Substring(quote.SourceStart!.Value, quote.SourceLength!.Value));
    }

    [Theory]
    [InlineData("{ \"type\": \"bundle\", \"objects\": [ { \"type\": \"malware\" } ] }", "MD4030")]
    [InlineData("{ \"type\": \"bundle\", \"objects\": [ ", "MD4032")]
    public void Says_what_is_wrong(string text, string code)
    {
        var reading = ReportReader.ReadText(text, "bundle.json");

        Assert.Null(reading.Document);
        Assert.Equal(code, reading.Problems.Single().Code);
    }

    [Fact]
    public void Stands_hostile_nesting()
    {
        var reading = ReportReader.ReadText("{ \"type\": \"bundle\", \"x\": " + new string('[', 100_000), "deep.json");

        Assert.Equal("MD4032", reading.Problems.Single().Code);
    }
}
