using Modus.Attack;
using Xunit;

namespace Modus.Tests.Attack.Releases;

public sealed class IdHistoryTests
{
    private static readonly string[] bundles =
    [
        "enterprise-attack-8.2.json.gz", "enterprise-attack-12.1.json.gz", "enterprise-attack-14.1.json.gz", "enterprise-attack-16.1.json.gz",
        "enterprise-attack-17.1.json.gz", "enterprise-attack-18.1.json.gz", "enterprise-attack-19.0-reconstructed.json.gz",
        "mobile-attack-17.1.json", "mobile-attack-18.1.json", "ics-attack-17.1.json", "ics-attack-18.1.json",
    ];

    [Fact]
    public void The_embedded_history_is_what_pack_makes_of_the_bundles()
    {
        using var text = new StringWriter { NewLine = "\n" };
        IdHistory.Write(bundles.Select(Real.Release), text);

        Assert.Equal(File.ReadAllText(Path.Combine(TestData.Root, "src", "Modus.Attack", "Facts", "history.tsv")), text.ToString());
    }

    [Theory]
    [InlineData("T1562.001", "8.2 12.1 14.1 16.1 17.1 18.1")]
    [InlineData("T1685", "19.0")]
    [InlineData("T1059.001", "8.2 12.1 14.1 16.1 17.1 18.1 19.0")]
    [InlineData("T1150", "")]
    [InlineData("nothing", "")]
    public void An_id_is_known_to_live_in_its_releases(string id, string versions) =>
        Assert.Equal(versions, string.Join(' ', IdHistory.Embedded.AliveIn(id, Domains.Enterprise)));

    [Fact]
    public void Ids_tell_the_releases_they_are_of()
    {
        Assert.Equal([("19.0", 3)], IdHistory.Embedded.Guess(["T1685", "t1684.001", "T1059", "T1059"], Domains.Enterprise));
        Assert.Equal(["18.1", "17.1", "16.1", "14.1", "12.1", "8.2"], IdHistory.Embedded.Guess(["T1562", "T1059"], Domains.Enterprise).Select(pair => pair.Version));
        Assert.Empty(IdHistory.Embedded.Guess(["T9999"], Domains.Enterprise));
    }

    [Theory]
    [InlineData("enterprise\tT1\n")]
    [InlineData("mars\tT1\t01\n")]
    [InlineData("ics\tT1\t012\n")]
    public void A_damaged_history_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => IdHistory.Read(new StringReader(text)));
}
