using Modus.Reports.Documents;
using Modus.Reports.Mentions;
using Modus.Reports.Qualifiers;
using Xunit;

namespace Modus.Tests.Reports.Mentions;

public sealed class MentionFinderTests
{
    [Theory]
    [InlineData("We attribute this to APT28, also known as Sofacy.", "APT28=G0007 Sofacy=G0007")]
    [InlineData("We attribute this to APT 28 and Apt-28.", "APT 28=G0007 Apt-28=G0007")]
    [InlineData("The Lazarus Group used CobaltStrike and Cobalt Strike.", "Lazarus Group=G0032 CobaltStrike=S0154 Cobalt Strike=S0154")]
    [InlineData("Then NJRAT was dropped.", "NJRAT=S0385")]
    [InlineData("Emotet arrived by mail.", "Emotet=S0367")]
    [InlineData("It looked at the net and hit play at once.", "")]
    [InlineData("They ran net.exe user, net /domain and at.exe.", "net.exe=S0039 net=S0039 at.exe=S0110")]
    [InlineData("Operators of the Play ransomware play a long game.", "Play=G1040/S1162")]
    [InlineData("Play is what children do.", "")]
    [InlineData("A wiper ran; Wiper was compared.", "")]
    [InlineData("Malware ran on a Server with a Tool.", "")]
    [InlineData("They created a Scheduled Task in PowerShell.", "Scheduled Task=T1053.005 PowerShell=T1059.001")]
    [InlineData("The SolarWinds Compromise began with Initial Access.", "SolarWinds Compromise=C0024 Initial Access=TA0001")]
    [InlineData("The .NET framework fetched http://x.example at /a/b and \"net\" was a key.", "")]
    [InlineData("The Phishing technique opened the door; Malware did the rest.", "Phishing=T1566")]
    [InlineData("The DLL Side-Loading technique was used.", "")]
    public void Finds_names_where_the_writing_says_that_they_are_names(string text, string expected) =>
        Assert.Equal(expected, Names(Words.Find(text)));

    [Fact]
    public void Shows_everyday_technique_words_only_when_asked()
    {
        Assert.Empty(Words.Find("The malware created a scheduled task."));
        Assert.Equal("malware=T1587.001/T1588.001 scheduled task=T1053.005", Names(Words.Find("The malware created a scheduled task.", weak: true)));
    }

    [Fact]
    public void Keeps_the_objects_that_share_a_name_until_an_id_decides()
    {
        var open = Words.Find("It began with a Spearphishing Attachment.").Single();
        var decided = Words.Find("It began with a Spearphishing Attachment (T1566.001).").Single(mention => mention.Form == MentionForm.Name);

        Assert.True(open.IsAmbiguous);
        Assert.Null(open.Id);
        Assert.Equal(["T1566.001", "T1598.002"], open.Candidates.Select(entry => entry.Id));
        Assert.Equal("T1566.001", decided.Id);
    }

    [Fact]
    public void Quotes_the_row_that_pairs_an_id_with_its_text()
    {
        const string page = "<table><tr><th>Technique</th><th>ID</th><th>Use</th></tr><tr><td>Phishing</td><td>T1566</td><td>They sent mail with a lure.</td></tr></table>";

        var mention = Words.Find(page, DocumentFormat.Html).First(mention => mention.Form == MentionForm.Id);

        Assert.Equal("T1566", mention.Quote.Text);
        Assert.Equal("Phishing\tT1566\tThey sent mail with a lure.", mention.Statement.Text);
        Assert.Equal("T1566", page.Substring(mention.Quote.SourceStart!.Value, mention.Quote.SourceLength!.Value));
    }

    [Fact]
    public void Reads_links_behind_other_words()
    {
        const string page = "<p>They <a href='https://attack.mitre.org/versions/v16/techniques/T1059/001/'>ran scripts</a> with <a href='https://attack.mitre.org/software/S0154'>Cobalt Strike</a>.</p>";

        var found = Words.Find(page, DocumentFormat.Html);

        Assert.Equal(["T1059.001", "S0154"], found.Select(mention => mention.Id));
        Assert.All(found, mention => Assert.Equal(MentionForm.Link, mention.Form));
        Assert.Equal("ran scripts", found[0].Quote.Text);
        Assert.Equal("16", found[0].Release);
    }

    [Fact]
    public void Reads_links_of_the_other_domains_and_old_addresses()
    {
        Assert.Equal((MentionKind.Technique, "T0800", null), KnowledgeBaseAddress.Read("https://collaborate.mitre.org/attackics/index.php/Technique/T0800"));
        Assert.Equal((MentionKind.Technique, "T1406.002", null), KnowledgeBaseAddress.Read("attack.mitre.org/techniques/T1406/002"));
        Assert.Equal((MentionKind.DetectionStrategy, "DET0001", null), KnowledgeBaseAddress.Read("https://attack.mitre.org/detectionstrategies/DET0001#AN0002"));
        Assert.Null(KnowledgeBaseAddress.Read("https://example.org/techniques/T1059"));
    }

    [Fact]
    public void Keeps_apart_what_a_report_denies_and_advises()
    {
        const string text = "APT28 did not use PowerShell but created a Scheduled Task.\n\nMitigations\n\nBlock PowerShell where it is not needed.\n";

        var found = Words.Find(text);

        Assert.Equal(
            [Qualifier.Observed, Qualifier.Negated, Qualifier.Observed, Qualifier.Recommended],
            found.Select(mention => mention.Qualifier));
    }

    private static string Names(IEnumerable<Mention> mentions) =>
        string.Join(' ', mentions.Select(mention => $"{mention.Quote.Text}={string.Join('/', mention.Candidates.Select(entry => entry.Id))}"));
}
