using Modus.Reports.Documents;
using Modus.Reports.Entities;
using Xunit;

namespace Modus.Tests.Reports.Entities;

public sealed class EntityFinderTests
{
    [Theory]
    [InlineData("C2 at hxxps://evil[.]example[.]com/a.php?id=1.", "Url https://evil.example.com/a.php?id=1 defanged")]
    [InlineData("See http://example.org/x, then go.", "Url http://example.org/x")]
    [InlineData("IP 10.1.2[.]3 and 192.0.2.7:8080, not version 4.2.1.0.", "Ipv4 10.1.2.3 defanged|Ipv4 192.0.2.7")]
    [InlineData("It used 2001:db8::1 at 12:30:45 with std::string.", "Ipv6 2001:db8::1")]
    [InlineData("Domains evil[.]zip, bad(.)example and example.com were used.", "Domain evil.zip defanged|Domain bad.example defanged|Domain example.com")]
    [InlineData("Mail from admin[at]evil[.]com and joe@example.org!", "Email admin@evil.com defanged|Email joe@example.org")]
    [InlineData("MD5 d41d8cd98f00b204e9800998ecf8427e (SHA-1: DA39A3EE5E6B4B0D3255BFEF95601890AFD80709)", "Md5 d41d8cd98f00b204e9800998ecf8427e|Sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("Hash e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.", "Sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("It runs svchost.exe, install.sh and \"report.docm\".", "FileName svchost.exe|FileName install.sh|FileName report.docm")]
    [InlineData("Saved as C:\\Program Files\\Common Files\\a b.dll and %TEMP%\\x.bat.", "FilePath C:\\Program Files\\Common Files\\a|FileName b.dll|FilePath %TEMP%\\x.bat")]
    [InlineData("On Linux /etc/cron.d/job and/or \\\\host\\share\\x.exe.", "FilePath /etc/cron.d/job|FilePath \\\\host\\share\\x.exe")]
    [InlineData("Key HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Run is set.", "RegistryKey HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Run")]
    [InlineData("The mutex \"qwerty\" and Global\\abc were made.", "Mutex qwerty|Mutex Global\\abc")]
    [InlineData("They used CVE-2021-44228 (cve-2023-12345).", "Vulnerability CVE-2021-44228|Vulnerability CVE-2023-12345")]
    [InlineData("End of attack.The next e.g. U.S. and Node.js or System.Net.", "Country US|Product Node.js")]
    public void Finds_indicators_in_all_their_forms(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Theory]
    [InlineData("On March 4, 2021 at 13:45 UTC it began.", "2021-03-04T13:45Z")]
    [InlineData("On 2021-03-04T13:45:10+02:00 it began.", "2021-03-04T13:45:10+02:00")]
    [InlineData("On 4th of March 2021 it began.", "2021-03-04")]
    [InlineData("In Sept. 2020 it began.", "2020-09")]
    [InlineData("On 31.12.2019, 23:59 CET it began.", "2019-12-31T23:59+01:00")]
    [InlineData("On 25/12/2019 it began, 12/25/2019 it ended, 03/04/2019 is unclear.", "2019-12-25|2019-12-25")]
    [InlineData("Not 2021-13-45 nor 30.02.2020 nor 1.2.2021.4.", "")]
    [InlineData("In Q3 2022 it rose.", "2022")]
    public void Reads_dates_as_exactly_as_they_are_given(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Find(text).Where(entity => entity.Kind == EntityKind.Date).Select(entity => entity.Value)));

    [Fact]
    public void Names_sectors_countries_and_products_and_who_was_attacked()
    {
        var found = Find("The group targeted banks and Government agencies in Ukraine and the U.S. by Microsoft Exchange. Analysts sit in South Korea. A turkey is a bird.");

        Assert.Equal(
            ["Sector financial-services True", "Sector government True", "Country UA True", "Country US True", "Product Microsoft Exchange False", "Country KR False"],
            found.Select(entity => $"{entity.Kind} {entity.Value} {entity.IsVictim}"));
    }

    [Fact]
    public void Quotes_exactly_what_is_written()
    {
        const string text = "It fetched (hxxp://evil[.]com/x) once.";
        var entity = Find(text).Single();

        Assert.Equal("hxxp://evil[.]com/x", entity.Quote.Text);
        Assert.Equal(text.IndexOf("hxxp", StringComparison.Ordinal), entity.Quote.SourceStart);
    }

    private static IReadOnlyList<Entity> Find(string text) =>
        EntityFinder.Find(ReportReader.ReadText(text, "x", DocumentFormat.PlainText).Document!);

    private static string Show(string text) =>
        string.Join('|', Find(text).Select(entity => $"{entity.Kind} {entity.Value}{(entity.IsDefanged ? " defanged" : "")}"));
}
