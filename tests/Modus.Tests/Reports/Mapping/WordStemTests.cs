using Modus.Reports.Mapping.Features;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Forms of a word that count as one.</summary>
public sealed class WordStemTests
{
    [Theory]
    [InlineData("encrypt", "encrypts", "encrypted", "encrypting", "encryption", "encrypter")]
    [InlineData("fil", "file", "files", "filed", "filing")]
    [InlineData("drop", "drop", "drops", "dropped", "dropping", "dropper")]
    [InlineData("install", "install", "installs", "installed", "installer")]
    [InlineData("exfiltrat", "exfiltrate", "exfiltrates", "exfiltrated", "exfiltration")]
    [InlineData("prox", "proxy", "proxies", "proxied")]
    public void Forms_of_a_word_have_one_stem(string stem, params string[] forms)
    {
        foreach (var form in forms) Assert.Equal(stem, form[..WordStem.LengthOf(form)]);
    }

    [Theory]
    [InlineData("dns")]
    [InlineData("lsass")]
    [InlineData("run")]
    [InlineData("ps1")]
    [InlineData("string")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("über")]
    [InlineData("svchost64")]
    public void What_is_no_form_stays_as_it_is(string word)
    {
        Assert.Equal(word.Length, WordStem.LengthOf(word));
    }

    [Fact]
    public void Forms_share_a_feature_and_names_and_classes_keep_theirs()
    {
        var lexer = new SentenceLexer();
        lexer.Lex("It encrypts encrypted evil[.]com");
        var tokens = lexer.Tokens;

        Assert.Equal(tokens[1].StemHash, tokens[2].StemHash);
        Assert.NotEqual(tokens[1].Hash, tokens[2].Hash);
        Assert.Equal(FeatureHash.Of("encrypt"), tokens[1].StemHash);
        Assert.Equal(tokens[3].Hash, tokens[3].StemHash);
    }
}
