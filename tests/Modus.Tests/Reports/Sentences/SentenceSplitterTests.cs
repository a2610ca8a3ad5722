using Modus.Reports.Sentences;
using Xunit;

namespace Modus.Tests.Reports.Sentences;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("The loader fetched hxxp://evil[.]com/a.php?id=1 and ran it.|Then it slept.")]
    [InlineData("It beacons to 10.1.2[.]3:8080.|The server answers with a key.")]
    [InlineData("It beacons to 10.1.2.3:8080!|The server answers with a key.")]
    [InlineData("It is saved as C:\\Users\\Public\\svchost.exe.|It then starts.")]
    [InlineData("The file %APPDATA%\\Microsoft\\a.b.dll was dropped.|Nothing else was seen.")]
    [InlineData("Version v1.2 of cmd.exe calls setup.msi and a.php in order.|MS17-010 was not used.")]
    [InlineData("Tools, e.g. Mimikatz, were used (see Fig. 2 and No. 3).|Others, i.e. PsExec, were not.")]
    [InlineData("The U.S. CERT warned of it.|The alert names Acme Inc. Network staff reacted.")]
    [InlineData("They hit targets in the U.S. The campaign went on.", "They hit targets in the U.S.|The campaign went on.")]
    [InlineData("See T1059.001 for this.|CVE-2021-44228 was exploited by J. Smith.")]
    [InlineData("This ended the attack.The actor left.", "This ended the attack.|The actor left.")]
    [InlineData("They staged it on the server.12 The archive was large.", "They staged it on the server.12|The archive was large.")]
    [InlineData("It waits...|Then it acts.")]
    [InlineData("The string `a. B. C` was sent.|End of story.")]
    [InlineData("The malware is old.|njRAT uses the same port.")]
    [InlineData("1. Open the attachment named report.docm.")]
    [InlineData("Is it new?|Yes, it is new!")]
    [InlineData("攻击者使用了恶意软件。|然后退出。", "攻击者使用了恶意软件。|然后退出。")]
    [InlineData("It was written by Smith et al. Analysis came later.")]
    [InlineData("The answer is no.|The end.")]
    [InlineData("Contact admin@evil[.]example. It bounced.", "Contact admin@evil[.]example.|It bounced.")]
    public void Cuts_at_sentences_and_nowhere_else(string text, string? expected = null)
    {
        var cut = (expected ?? text).Split('|');
        var whole = expected is null ? text.Replace("|", " ") : text.Replace("|", "");

        var found = SentenceSplitter.Split(whole).Select(span => whole.Substring(span.Start, span.Length));

        Assert.Equal(cut, found);
    }

    [Fact]
    public void Cuts_a_unit_that_never_ends_so_that_no_sentence_is_endless()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 4_000));

        var spans = SentenceSplitter.Split(text);

        Assert.All(spans, span => Assert.True(span.Length <= SentenceSplitter.LongestUnit));
        Assert.Equal(4_000, spans.Sum(span => text.Substring(span.Start, span.Length).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
    }
}
