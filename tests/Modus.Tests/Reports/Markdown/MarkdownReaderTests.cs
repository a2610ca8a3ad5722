using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Markdown;

public sealed class MarkdownReaderTests
{
    private const string Page = """
        ---
        title: "A case"
        ---
        # Head

        Some *strong* text with `cmd.exe /c` and [a link](https://attack.mitre.org/groups/G0007) &amp; 1\*2.
        Second line.

        - one
          - inner

        | Id | Use |
        |----|-----|
        | T1566 | mail |

        ```
        net user
          x
        ```

        Note[^1].

        [^1]: The foot.
        """;

    [Fact]
    public void Reads_blocks_with_their_roles()
    {
        var document = Read(Page);

        Assert.Equal("A case", document.Title);
        Assert.Equal(
            [
                "Heading:Head", "Paragraph:Some strong text with cmd.exe /c and a link & 1*2. Second line.", "ListItem:one", "ListItem:inner",
                "TableCell:Id", "TableCell:Use", "TableCell:T1566", "TableCell:mail", "Code:net user\n  x", "Paragraph:Note.", "Footnote:The foot.",
            ],
            document.Blocks.Select(block => $"{block.Kind}:{document.TextOf(block)}"));
        Assert.Equal("https://attack.mitre.org/groups/G0007", document.Links.Single().Target);
        Assert.Equal("a link", document.Text.Substring(document.Links[0].Start, document.Links[0].Length));
    }

    [Fact]
    public void Knows_the_source_of_every_letter()
    {
        var document = Read(Page);

        for (var at = 0; at < document.Text.Length; at++)
        {
            if (!char.IsAsciiLetterOrDigit(document.Text[at])) continue;
            Assert.Equal(document.Text[at], Page[document.Quote(at, 1).SourceStart!.Value]);
        }
    }

    [Fact]
    public void Falls_back_to_plain_text_where_nesting_is_hostile()
    {
        var reading = ReportReader.ReadText(new string('>', 100_000) + " x", "x.md", DocumentFormat.Markdown);

        Assert.NotNull(reading.Document);
        Assert.Contains('x', reading.Document.Text);
    }

    private static Document Read(string page) => ReportReader.ReadText(page, "page.md", DocumentFormat.Markdown).Document!;
}
