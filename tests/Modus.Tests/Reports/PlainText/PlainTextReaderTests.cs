using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.PlainText;

public sealed class PlainTextReaderTests
{
    [Fact]
    public void Joins_wrapped_lines_and_tells_blocks_apart()
    {
        const string text = """
            THREAT REPORT
            =============

            The actor sent a mail with an attachment that was opened by several em-
            ployees of the company, after which the loader ran. It then fetched
            the next stage.

            Findings

            - first finding that is so long that it needs to be wrapped to the next
              line of the text
            - second finding

                cmd.exe /c whoami
                  net user

            Technique	Id	Use
            Phishing	T1566	mail
            """;

        var document = ReportReader.ReadText(text, "x.txt", DocumentFormat.PlainText).Document!;

        Assert.Equal(
            [
                "Heading:THREAT REPORT",
                "Paragraph:The actor sent a mail with an attachment that was opened by several employees of the company, after which the loader ran. It then fetched the next stage.",
                "Heading:Findings",
                "ListItem:first finding that is so long that it needs to be wrapped to the next line of the text",
                "ListItem:second finding",
                "Code:cmd.exe /c whoami\n      net user",
                "TableCell:Technique", "TableCell:Id", "TableCell:Use", "TableCell:Phishing", "TableCell:T1566", "TableCell:mail",
            ],
            document.Blocks.Select(block => $"{block.Kind}:{document.TextOf(block).TrimStart()}"));
        for (var at = 0; at < document.Text.Length; at++)
            if (char.IsLetterOrDigit(document.Text[at])) Assert.Equal(document.Text[at], text[document.Quote(at, 1).SourceStart!.Value]);
    }

    [Fact]
    public void Numbers_pages_at_form_feeds()
    {
        var document = ReportReader.ReadText("one\n\ftwo\n\fthree", "x.txt", DocumentFormat.PlainText).Document!;

        Assert.Equal(3, document.Pages.Count);
        Assert.Equal(2, document.PageAt(document.Text.IndexOf("two", StringComparison.Ordinal)));
    }
}
