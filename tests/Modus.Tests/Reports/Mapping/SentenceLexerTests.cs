using Modus.Reports.Mapping.Features;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Sentences as tokens.</summary>
public sealed class SentenceLexerTests
{
    [Theory]
    [InlineData("hxxp://evil[.]com/a.php?id=1")]
    [InlineData("https://example.org/path")]
    [InlineData("www.example.org/x/y")]
    public void An_address_is_one_class_token(string address)
    {
        Assert.Equal(["malware", "loads", "<url>", "quickly"], Words($"malware loads {address} quickly."));
    }

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "<hash>")]
    [InlineData("10.1.2.3:8080", "<ip>")]
    [InlineData("10.1.2[.]3", "<ip>")]
    [InlineData("evil[.]com", "<domain>")]
    [InlineData("someone@example.org", "<mail>")]
    [InlineData("CVE-2021-34527", "<cve>")]
    public void An_indicator_is_one_class_token(string indicator, string name)
    {
        Assert.Equal(["saw", name], Words($"saw ({indicator}),"));
    }

    [Fact]
    public void A_path_falls_into_parts_behind_a_class_token()
    {
        Assert.Equal(["<path>", "c", "users", "public", "svchost", "exe", "it", "ran"], Words(@"C:\Users\Public\svchost.exe. It ran"));
        Assert.Equal(["<registry>", "hklm", "software", "run"], Words(@"HKLM\Software\Run"));
    }

    [Theory]
    [InlineData("uses T1059.003 here", "T1059.003")]
    [InlineData("uses T1059/003 here", "T1059.003")]
    [InlineData("uses (T1105) here", "T1105")]
    public void A_printed_id_is_set_aside_in_canonical_form(string sentence, string id)
    {
        var lexer = new SentenceLexer();
        lexer.Lex(sentence);

        Assert.Equal(FeatureHash.Of(id), Assert.Single(lexer.Ids).Hash);
        Assert.Equal(["uses", "here"], Words(sentence));
    }

    [Fact]
    public void A_switch_keeps_its_dash()
    {
        Assert.Equal(["powershell", "-enc", "-c"], Words("powershell -enc /c"));
    }

    [Fact]
    public void Tokens_point_at_their_place()
    {
        const string sentence = "It drops  Payload.DLL!";
        var lexer = new SentenceLexer();
        lexer.Lex(sentence);

        Assert.Equal(["It", "drops", "Payload", "DLL"], lexer.Tokens.ToArray().Select(token => sentence.Substring(token.Start, token.Length)));
    }

    [Fact]
    public void A_name_is_masked_as_written_and_nothing_else()
    {
        var mask = NameMask.Of(["Fancy Otter", "OtterRAT", "net", "Snow"]);

        Assert.Equal(["<name>", "used", "<name>", "and", "net", "user"], Words("Fancy Otter used OtterRAT and net user", mask));
        Assert.Equal(["fancy", "otter", "used", "it"], Words("fancy otter used it", mask));
        Assert.Equal(["snow", "fell"], Words("Snow fell", mask));
        Assert.Equal(["the", "<name>", "group"], Words("The Snow group", mask));
    }

    [Fact]
    public void An_endless_sentence_is_cut()
    {
        var lexer = new SentenceLexer();
        lexer.Lex(string.Concat(Enumerable.Repeat("word ", 100_000)));

        Assert.Equal(SentenceLexer.MaxLength / 5, lexer.Tokens.Length);
    }

    private static string[] Words(string sentence, NameMask? mask = null)
    {
        var scanner = new FeatureScanner(mask ?? NameMask.Empty);
        scanner.Scan(sentence);
        return [.. scanner.Tokens.ToArray().Select(token => token.Kind == TokenKind.Class
            ? classes.Single(name => FeatureHash.Of(name) == token.Hash)
            : new string(scanner.Lexer.Buffer.Slice(token.BufferStart + 1, token.BufferLength - 2)))];
    }

    private static readonly string[] classes = ["<url>", "<domain>", "<mail>", "<hash>", "<ip>", "<cve>", "<registry>", "<path>", "<blob>", "<number>", "<name>"];
}
