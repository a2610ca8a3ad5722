using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Xunit;

namespace Modus.Tests.Casework.Defence;

public sealed class InventoryTests
{
    private const string Inventory = """
        name: Northmill
        attack: "18.1"
        as_of: 2027-01-15
        hosts:
          - {name: desks, platform: windows, count: 300}
          - {name: servers, platform: Windows, count: 100}
          - {name: web, platform: Linux, count: 8}
        log_sources:
          - id: procs
            name: Process starts
            hosts: [desks]
            share: 50%
            retention_days: 30
            owner: blue
            cost: 2.5
            sigma: [windows/process_creation/*]
            attack: [{name: "WinEventLog:Sysmon", events: [1]}]
          - {name: shells, sigma: {product: linux, service: auditd}, share: 1}
        controls:
          - {id: AC-2, framework: nist_800_53, state: planned, techniques: [T1562.001]}
        products: [{name: Shield, owner: it, hosts: [desks]}]
        claims: [{technique: T1562.001, by: Shield, platforms: [Windows]}]
        rules: [{path: rules, since: 2027-01-02, hosts: [desks], owner: blue}, {id: 22222222-2222-4111-8111-222222222222, deployed: false}]
        """;

    private const string Rules = """
        title: One
        id: 11111111-1111-4111-8111-111111111111
        tags: [attack.t1218.011]
        logsource: {product: windows, category: process_creation}
        detection: {s: {Image: a}, condition: s}
        """;

    [Fact]
    public void Everything_stated_is_read()
    {
        using var folder = new DefenceFolder();
        folder.Write("inventory.yaml", Inventory);
        folder.Write("rules/one.yml", Rules);
        folder.Write("rules/two.yml", Rules.Replace("One", "Two", StringComparison.Ordinal).Replace("1111", "2222", StringComparison.Ordinal));

        var load = folder.Load();

        Assert.Empty(folder.Context.Problems);
        Assert.Equal((3, 0), (load.Used, load.Skipped));
        var procs = load.Inventory.LogSources[0];
        Assert.Equal((0.5, 30, "blue", 2.5), (procs.HostShare, procs.RetentionDays, procs.Owner, procs.Cost));
        Assert.Equal(["Windows"], procs.Platforms);
        Assert.Equal([1], procs.AttackSources[0].EventCodes);
        Assert.Equal(["Linux"], load.Inventory.LogSources[1].Platforms);
        Assert.Equal(("T1562.001", "T1685"), (load.Inventory.Claims[0].Technique.Given, load.Inventory.Claims[0].Technique.Id));
        Assert.Equal(("T1685", ControlState.Planned), (load.Inventory.Controls[0].Effects[0].TechniqueId, load.Inventory.Controls[0].State));
        Assert.Equal([true, false], load.Inventory.Rules.Select(rule => rule.IsDeployed));
        Assert.Equal((new DateOnly(2027, 1, 2), "blue"), (load.Inventory.Rules[0].DeployedOn!.Value, load.Inventory.Rules[0].Owner));
        var cell = LadderBuilder.Build(DefenceFolder.Knowledge, load.Inventory, new(2027, 2, 1)).Find("T1218.011", "Windows")!;
        Assert.Equal(CellState.Untested, cell.State);
        // Half of 300 of 400 hosts.
        Assert.Equal(0.375, cell.HostShare);
    }

    [Theory]
    [InlineData("log_sources: [{name: a, sigma: w/x/y, shere: 1}]", DefenceCodes.UnknownKey, "shere", "write 'share'")]
    [InlineData("log_sources: [{name: a, sigma: w/x/y, share: 140%}]", DefenceCodes.BadValue, "140%", "85%")]
    [InlineData("log_sources: [{name: a, sigma: just-windows}]", DefenceCodes.BadValue, "product/category/service", "windows")]
    [InlineData("log_sources: [{sigma: w/x/y}]", DefenceCodes.MissingKey, "'id'", "add 'id:'")]
    [InlineData("hosts: [{name: a, platform: Windoze}]", DefenceCodes.UnknownName, "Windoze", "write 'Windows'")]
    [InlineData("hosts: [{name: a, platform: Linux}]\nproducts: [{name: p, hosts: [b]}]", DefenceCodes.UnknownName, "'b'", "write 'a'")]
    [InlineData("controls: [{id: X, state: sometimes}]", DefenceCodes.BadValue, "sometimes", "in place")]
    [InlineData("claims: [{technique: T4242, by: x}]\nrules: [{owner: me}]", DefenceCodes.BadValue, "'path' or an 'id'", "path:")]
    [InlineData("log_sources: {a: [b]}\nhosts: 7", DefenceCodes.BadValue, "'hosts' is no list", "list")]
    public void What_is_wrong_is_named_with_place_and_remedy(string yaml, string code, string says, string fix)
    {
        using var folder = new DefenceFolder();
        folder.Write("bad.yaml", yaml);

        folder.Load();

        var problem = Assert.Single(folder.Context.Problems, item => item.Code == code && item.Message.Contains(says, StringComparison.Ordinal));
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
        Assert.Equal("bad.yaml", problem.File);
        Assert.Matches("^[0-9]+:[0-9]+$", problem.Place);
    }

    [Fact]
    public void One_bad_file_in_many_is_named_and_the_rest_is_read()
    {
        using var folder = new DefenceFolder();
        folder.Write("inventory.yaml", "hosts: [{name: a, platform: Linux}]");
        folder.Write("broken.yaml", "hosts: [");
        folder.Write("broken.json", "{\"a\": ");
        folder.Write("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nhosts: [*e,*e,*e,*e,*e]");
        folder.Write("deep.csv", "a,b\n1,2");

        var load = folder.Load();

        Assert.Single(load.Inventory.Hosts);
        Assert.Equal((1, 4), (load.Used, load.Skipped));
        Assert.Equal(["bomb.yaml", "broken.json", "broken.yaml", "deep.csv"], folder.Context.Problems.Select(problem => problem.File).Distinct().Order());
    }
}
