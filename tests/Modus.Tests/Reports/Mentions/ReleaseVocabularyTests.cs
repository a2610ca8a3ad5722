using Modus.Attack.Bundles;
using Modus.Reports.Documents;
using Modus.Reports.Mentions;
using Xunit;

namespace Modus.Tests.Reports.Mentions;

public sealed class ReleaseVocabularyTests
{
    [Fact]
    public void Finds_the_objects_of_a_real_release_and_leaves_everyday_words()
    {
        var release = BundleReader.Read(TestData.Need("attack/enterprise-attack-18.1.json.gz"), stop: TestContext.Current.CancellationToken).Release!;
        var vocabulary = ReleaseVocabulary.Of(release);
        const string text = "APT29 used Cobalt Strike and, at the net, a tool on the page of a server. The wiper malware was no Emotet. They ran net.exe and C0024 is a campaign.";

        var found = MentionFinder.Find(ReportReader.ReadText(text, "x", DocumentFormat.PlainText).Document!, vocabulary);

        Assert.Equal(["APT29=G0016", "Cobalt Strike=S0154", "Emotet=S0367", "net.exe=S0039", "C0024=C0024"], found.Select(mention => $"{mention.Quote.Text}={mention.Id}"));
    }
}
