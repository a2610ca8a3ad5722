using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Casework.Upgrades;
using Modus.Tests.Attack;
using Xunit;

namespace Modus.Tests.Casework.Upgrades;

public sealed class RuleUpgradeTests
{
    private const string Head = "title: T\nlogsource:\n  product: windows\ndetection:\n  sel:\n    A: b\n  condition: sel\n";

    private static readonly KnowledgeBase embedded = KnowledgeBase.Open(null);

    private static RuleUpgrade Upgrade(string from, string to) =>
        new(new Projector(embedded.Get(from, Domains.Enterprise), embedded.Get(to, Domains.Enterprise)!, Domains.Enterprise));

    private static string Tags(string tags) => Upgrade("18.1", "19.0").Upgrade(Head + tags, "r.yml") is { Problem: null } result ? result.Text[Head.Length..] : "problem";

    [Theory]
    [InlineData("tags:\n  - attack.defense-evasion\n  - attack.t1562.001\n", "tags:\n  - attack.defense-impairment\n  - attack.t1685\n")]
    [InlineData("tags:\n  - attack.defense-evasion\n  - attack.t1218.011\n", "tags:\n  - attack.stealth\n  - attack.t1218.011\n")]
    [InlineData("tags:\n  - attack.defense-evasion # both\n  - attack.t1218.011\n  - attack.t1562.001\n",
        "tags:\n  - attack.stealth # both\n  - attack.defense-impairment\n  - attack.t1218.011\n  - attack.t1685\n")]
    [InlineData("tags: [attack.defense-evasion, 'attack.t1070.001', cve.2021-44228]\n", "tags: [attack.defense-impairment, 'attack.t1685.005', cve.2021-44228]\n")]
    [InlineData("tags: [attack.t1685, attack.t1562.001]\n", "tags: [attack.t1685]\n")]
    [InlineData("tags: [attack.t1562.001, attack.t1562.006]\n", "tags: [attack.t1685]\n")]
    [InlineData("tags:\r\n- attack.t1562.001\r\n- attack.t1562.006\r\nlevel: low\r\n", "tags:\r\n- attack.t1685\r\nlevel: low\r\n")]
    [InlineData("tags:\n  - attack.t1059.001\n  - attack.execution\n  - attack.s0154\n", "tags:\n  - attack.t1059.001\n  - attack.execution\n  - attack.s0154\n")]
    [InlineData("tags:\n  - attack.stealth\n  - attack.t1059.001\n", "tags:\n  - attack.stealth\n  - attack.t1059.001\n")]
    public void Tags_go_over_and_every_other_byte_stays(string before, string after) => Assert.Equal(after, Tags(before));

    [Fact]
    public void A_tactic_without_a_technique_that_was_split_is_left_to_a_person()
    {
        var result = Upgrade("18.1", "19.0").Upgrade(Head + "tags:\n  - attack.defense-evasion\n", "r.yml");

        var tag = Assert.Single(result.Tags);
        Assert.Equal((false, false, Verdict.SplitSuspected, 9), (tag.IsSettled, tag.IsChanged, tag.Verdict, tag.Line));
        Assert.EndsWith("attack.defense-evasion\n", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_technique_that_is_gone_without_a_trace_stays_and_is_named()
    {
        var result = Upgrade("18.1", "19.0").Upgrade(Head + "tags:\n  - attack.t9999\n", "r.yml");

        Assert.False(Assert.Single(result.Tags).IsSettled);
        Assert.Contains("attack.t9999", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_rule_is_named_and_left()
    {
        var result = Upgrade("18.1", "19.0").Upgrade("title: [", "r.yml");

        Assert.NotNull(result.Problem);
        Assert.Equal("title: [", result.Text);
    }

    [Fact]
    public void Going_there_and_back_gives_the_same_tactics_where_nothing_was_merged()
    {
        const string tags = "tags:\n  - attack.defense-evasion\n  - attack.t1562.002\n";
        var there = Upgrade("18.1", "19.0").Upgrade(Head + tags, "r.yml").Text;

        Assert.Equal(Head + tags, Upgrade("19.0", "18.1").Upgrade(there, "r.yml").Text);
    }

    [Fact]
    public void Rules_of_the_newest_release_need_nothing()
    {
        var upgrade = Upgrade("19.0", "19.0");
        var files = Directory.GetFiles(Path.Combine(TestData.Root, "rules"), "*.yml", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(upgrade.Upgrade(File.ReadAllText(file), file).Tags));
    }
}
