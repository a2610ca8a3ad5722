using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Modus.Casework.Reporting;
using Modus.Tests.Casework.Reporting;
using Modus.Web.Cases;
using Xunit;

namespace Modus.Tests.Web.Cases;

/// <summary>The pages about a case: whole, harmless, and the same every time.</summary>
public sealed class CasePagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 60)]
    [InlineData(false, 0)]
    [InlineData(false, 60)]
    public void Pages_fetch_nothing_run_nothing_and_every_link_leads_somewhere(bool brief, int many)
    {
        var report = WrittenCase.Report(folder.Path, many);
        var html = Render(report, brief);

        Assert.Equal(html, Render(report, brief));
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, embed, link, [onerror], [onclick], [src]"));
        Assert.DoesNotContain("\u001b", html, StringComparison.Ordinal);
        var links = page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(links);
        Assert.All(links.Distinct(), link => Assert.True(link[0] == '#' && page.GetElementById(link[1..]) is not null, link));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        Assert.All(page.QuerySelectorAll("th"), head => Assert.True(head.HasAttribute("scope")));
        Assert.Contains("TLP:AMBER", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("MITRE", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_shows_quote_and_event_side_by_side_and_hostile_text_as_text()
    {
        var page = new HtmlParser().ParseDocument(Render(WrittenCase.Report(folder.Path), brief: false));

        var procedure = page.GetElementById("P-ps")!;
        Assert.Equal("hidden PowerShell", procedure.QuerySelector("blockquote mark")!.TextContent);
        Assert.Contains("<img src=x onerror=alert(1)>", procedure.QuerySelector("code")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("R. Author", procedure.TextContent, StringComparison.Ordinal);
        Assert.Contains("jon: accept", procedure.TextContent, StringComparison.Ordinal);
        Assert.Contains("no document tells it", page.GetElementById("P-nt")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("other technique", page.GetElementById("disagreements")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No evidence of WinRM.", page.GetElementById("asides")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("#matrix a.cell.seen").Select(cell => cell.QuerySelector(".id")!.TextContent).Distinct().Count(text => text.Contains("T1059.001", StringComparison.Ordinal) || text.Contains("T1003.003", StringComparison.Ordinal)));
        Assert.NotNull(page.QuerySelector("svg.lanes rect.hole"));
    }

    [Fact]
    public void The_brief_is_two_sheets_and_a_part_for_the_screen()
    {
        var page = new HtmlParser().ParseDocument(Render(WrittenCase.Report(folder.Path), brief: true));

        Assert.Equal(2, page.QuerySelectorAll(".sheet").Length);
        Assert.Equal(["2 of 3", "1 of 4", "2 of 2"], page.QuerySelectorAll(".three a").Select(number => number.TextContent.Trim()));
        Assert.Contains("win.jsonl record 7", page.GetElementById("behind")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("no inventory of its defence", page.QuerySelector(".sheet.last")!.TextContent, StringComparison.Ordinal);
    }

    private static string Render(CaseReport report, bool brief) => brief ? CasePages.Brief(Brief.Of(report)) : CasePages.Report(report);
}
