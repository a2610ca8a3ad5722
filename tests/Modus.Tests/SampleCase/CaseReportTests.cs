using Modus.Attack;
using Modus.Casework.Investigation;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>What the case's reports tell, and what they must not be taken to tell.</summary>
public sealed class CaseReportTests
{
    private static readonly KnowledgeBase knowledge = KnowledgeBase.Open();

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    [InlineData("pdf")]
    public void The_vendor_tells_20_techniques_and_one_that_is_false_in_every_format(string format)
    {
        var read = Read($"reports/vendor-tidewrack.{format}");

        Assert.Equal(
            CaseData.Techniques.Where(row => row.Told).Select(row => row.Id).Append("T1003.006").Order(StringComparer.Ordinal),
            read.Techniques.Where(technique => technique.Standing == Standing.Told).Select(technique => technique.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    [InlineData("pdf")]
    public void Denial_and_advice_are_kept_apart(string format)
    {
        var read = Read($"reports/vendor-tidewrack.{format}");
        Evidence Of(string id) => Assert.Single(Assert.Single(read.Techniques, technique => technique.Id == id).Evidence);

        Assert.Equal((Standing.Mentioned, "negated"), (Of("T1021.006").Standing, Assert.IsType<QuoteEvidence>(Of("T1021.006")).Statement));
        Assert.Equal((Standing.Mentioned, "recommended"), (Of("T1558.001").Standing, Assert.IsType<QuoteEvidence>(Of("T1558.001")).Statement));
    }

    [Fact]
    public void Text_that_nobody_sees_and_that_gives_orders_is_no_evidence()
    {
        var technique = Assert.Single(Read("reports/vendor-tidewrack.pdf").Techniques, found => found.Id == "T1491");

        Assert.Equal(Standing.Mentioned, technique.Standing);
        Assert.DoesNotContain(Read("reports/vendor-tidewrack.html").Techniques, found => found.Id == "T1491");
    }

    [Fact]
    public void The_pdf_has_six_pages_and_its_table_stands_on_the_last()
    {
        var quotes = Read("reports/vendor-tidewrack.pdf").Techniques.SelectMany(technique => technique.Evidence).OfType<QuoteEvidence>().ToList();

        Assert.Contains("6 pages", Assert.Single(Read("reports/vendor-tidewrack.pdf").Inputs).Format, StringComparison.Ordinal);
        Assert.Equal(6, quotes.Where(quote => quote.Matched == "T1583.001").Select(quote => quote.Page).First());
    }

    [Fact]
    public void The_advisory_tells_nine_in_the_ids_of_its_release() => Assert.Equal(
        ["T1003.001", "T1021.001", "T1059.001", "T1204", "T1219", "T1486", "T1490", "T1562.001", "T1566.002"],
        Read("reports/cert-advisory.txt").Techniques.Where(technique => technique.Standing == Standing.Told).Select(technique => technique.Id).Order(StringComparer.Ordinal));

    private static InvestigationResult Read(string path)
    {
        var release = knowledge.Get("18.1")!;
        return Investigator.Run([ShippedCase.PathOf(path)], new KnowledgeAtHand([release], () => [release]), new InvestigationOptions { LeastProbability = 2 });
    }
}
