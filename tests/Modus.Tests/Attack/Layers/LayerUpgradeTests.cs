using System.Text;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Attack.Projection;
using Xunit;

namespace Modus.Tests.Attack.Layers;

public sealed class LayerUpgradeTests
{
    public static TheoryData<string> Files => RealLayers.Files();

    private static Projector Forward => new(Real.Enterprise181, Real.Enterprise190, Domains.Enterprise);

    [Theory]
    [MemberData(nameof(Files))]
    public void Accounts_for_every_entry_of_a_published_layer(string file)
    {
        var layer = Assert.Single(LayerReader.ReadFile(TestData.Need(file)).Layers);
        if (DomainNames.Parse(layer.Domain) != Domains.Enterprise) return;

        var upgraded = LayerUpgrade.Upgrade(layer, Forward);
        var again = Assert.Single(LayerReader.Read(LayerWriter.ToBytes(upgraded.Layer)).Layers);

        Assert.Equal(layer.Techniques.Count, upgraded.Given);
        Assert.Equal(upgraded.Given + upgraded.Spread, upgraded.Written + upgraded.Joined + upgraded.Dropped);
        Assert.Equal(("19.0", "4.5"), (again.Versions.Attack, again.Versions.Format));
        Assert.All(again.Techniques, entry => Assert.True(Real.Enterprise190.Find<Technique>(entry.TechniqueId)!.IsAlive));
        Assert.All(again.Techniques.Where(entry => entry.Tactic is not null),
            entry => Assert.Contains(Real.Enterprise190.Find<Technique>(entry.TechniqueId)!.Tactics, tactic => tactic.Shortname == entry.Tactic));
        Assert.Equal(again.Techniques.Count, again.Techniques.Select(entry => (entry.TechniqueId, entry.Tactic)).Distinct().Count());
        var written = Encoding.UTF8.GetString(LayerWriter.ToBytes(upgraded.Layer));
        foreach (var comment in layer.Techniques.Select(entry => entry.Comment).Where(comment => !string.IsNullOrWhiteSpace(comment)))
            Assert.Contains(System.Text.Json.JsonEncodedText.Encode(comment!, relaxed).ToString(), written, StringComparison.Ordinal);
        Assert.Equal(layer.Techniques.SelectMany(entry => entry.Links ?? []).Where(link => link.Url is not null).Select(link => link.Url).ToHashSet(),
            upgraded.Layer.Techniques.SelectMany(entry => entry.Links ?? []).Where(link => link.Url is not null).Select(link => link.Url)
                .Concat(upgraded.Entries.Where(entry => entry.After is null).SelectMany(entry => entry.Before.Links ?? []).Where(link => link.Url is not null).Select(link => link.Url)).ToHashSet());
    }

    private static readonly System.Text.Encodings.Web.JavaScriptEncoder relaxed =
        System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    [Fact]
    public void Joins_what_several_entries_said_and_overwrites_nothing()
    {
        var layer = Read("""
            {"techniqueID":"T1562","score":10,"color":"#ff0000","comment":"parent","enabled":false,"links":[{"label":"a","url":"https://a.example"}],"mine":1},
            {"techniqueID":"T1562.001","score":70,"comment":"tools","metadata":[{"name":"n","value":"v"}],"links":[{"label":"a","url":"https://a.example"},{"label":"b","url":"https://b.example"}],"mine":2},
            {"techniqueID":"T1562.006","color":"#00ff00","comment":"tools","showSubtechniques":true}
            """);

        var upgraded = LayerUpgrade.Upgrade(layer, Forward);

        var entry = Assert.Single(upgraded.Layer.Techniques);
        Assert.Equal((3, 1, 2, 0), (upgraded.Given, upgraded.Written, upgraded.Joined, upgraded.Dropped));
        Assert.Equal(("T1685", 70d, "#ff0000", true, true), (entry.TechniqueId, entry.Score, entry.Color, entry.Enabled, entry.ShowSubtechniques));
        Assert.Equal("T1562: parent\nT1562.001: tools\nT1562.006: tools", entry.Comment);
        Assert.Equal(["https://a.example", "https://b.example"], entry.Links!.Select(link => link.Url));
        Assert.Equal(
            ["n=v", "score of T1562=10", "score of T1562.001=70", "color of T1562=#ff0000", "color of T1562.006=#00ff00", "enabled of T1562=false", "enabled of T1562.001=true", "enabled of T1562.006=true"],
            entry.Metadata!.Select(note => $"{note.Name}={note.Value}"));
        Assert.Equal(["mine", "mine (T1562.001)"], entry.Others.Select(member => member.Name));
        Assert.Equal([Verdict.Narrowed, Verdict.Merged, Verdict.Merged], upgraded.Entries.Select(row => row.Projection.Verdict));
    }

    [Fact]
    public void Moves_cells_to_the_tactic_that_took_them_and_joins_those_that_meet()
    {
        var layer = Read("""
            {"techniqueID":"T1574.001","tactic":"persistence","score":1},{"techniqueID":"T1574.001","tactic":"privilege-escalation","score":2},
            {"techniqueID":"T1574.001","tactic":"defense-evasion","score":3}
            """);

        var upgraded = LayerUpgrade.Upgrade(layer, Forward).Layer;

        Assert.Equal([("T1574.001", "execution", 2d), ("T1574.001", "stealth", 3d)], upgraded.Techniques.Select(entry => (entry.TechniqueId, entry.Tactic!, entry.Score!.Value)));
    }

    [Fact]
    public void Joins_an_entry_for_every_tactic_with_one_for_a_single_tactic_where_different_techniques_meet()
    {
        var layer = Read("""{"techniqueID":"T1562","score":1,"comment":"all"},{"techniqueID":"T1562.001","tactic":"defense-evasion","score":2,"comment":"one"},{"techniqueID":"T1059"},{"techniqueID":"T1059","tactic":"execution"}""");

        var upgraded = LayerUpgrade.Upgrade(layer, Forward);

        Assert.Equal([("T1685", "defense-impairment"), ("T1059", null), ("T1059", "execution")], upgraded.Layer.Techniques.Select(entry => (entry.TechniqueId, entry.Tactic)));
        Assert.Equal(("T1562: all\nT1562.001 (defense-evasion): one", 2d), (upgraded.Layer.Techniques[0].Comment, upgraded.Layer.Techniques[0].Score));
        Assert.Equal((4, 0, 3, 1), (upgraded.Given, upgraded.Spread, upgraded.Written, upgraded.Joined));
    }

    [Fact]
    public void Keeps_what_it_drops_with_the_reason_through_later_upgrades()
    {
        var layer = Read("""{"techniqueID":"T1053.004","comment":"kept"},{"techniqueID":"T0000"},{"techniqueID":"T1059"}""");

        var first = LayerUpgrade.Upgrade(layer, Forward);
        var second = LayerUpgrade.Upgrade(LayerReader.Read(LayerWriter.ToBytes(first.Layer)).Layers[0], Forward);

        Assert.Equal((3, 1, 2), (first.Given, first.Written, first.Dropped));
        var dropped = second.Layer.Others.Single(member => member.Name == LayerUpgrade.DroppedMember).Value;
        Assert.Equal(["retired", "needs review"], dropped.EnumerateArray().Select(row => row.GetProperty("verdict").GetString()!));
        Assert.Equal("kept", dropped[0].GetProperty("entry").GetProperty("comment").GetString());
    }

    [Fact]
    public void Changes_nothing_when_carried_to_its_own_release()
    {
        var entries = string.Join(',', Real.Enterprise181.Techniques.SelectMany(technique => technique.Tactics.Select(tactic =>
            $$"""{"techniqueID":"{{technique.Id}}","tactic":"{{tactic.Shortname}}","score":{{technique.Id.Length}}}""")));
        var layer = Read(entries);
        var upgraded = LayerUpgrade.Upgrade(layer, new Projector(Real.Enterprise181, Real.Enterprise181, Domains.Enterprise));

        Assert.Equal(LayerWriter.ToBytes(layer), LayerWriter.ToBytes(upgraded.Layer));
    }

    [Fact]
    public void Spells_old_platform_filters_as_the_release_does_and_keeps_unknown_ones()
    {
        var layer = Read("""{"techniqueID":"T1059"}""") with { Filters = new LayerFilters { Platforms = ["windows", "mac", "Azure AD", "Office 365", "Google Workspace", "BeOS"] } };

        var upgraded = LayerUpgrade.Upgrade(layer, Forward);

        Assert.Equal(["Windows", "macOS", "Identity Provider", "Office Suite", "BeOS"], upgraded.Layer.Filters!.Platforms!);
        Assert.Contains("BeOS", Assert.Single(upgraded.Problems, problem => problem.Code == LayerCodes.UnknownPlatform).Message, StringComparison.Ordinal);
    }

    private static Layer Read(string entries) => LayerReader.Read(Encoding.UTF8.GetBytes(
        $$"""{"name":"n","versions":{"attack":"18.1","navigator":"5.1.0","layer":"4.5"},"domain":"enterprise-attack","techniques":[{{entries}}]}""")).Layers[0];
}
