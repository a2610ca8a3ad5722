using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.Tests.Casework.Workspaces;

/// <summary>The folder that cases live in.</summary>
public sealed class WorkspaceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Is_found_from_below_and_reads_what_it_wrote()
    {
        var made = new Workspace
        {
            Folder = folder.Path,
            Name = "Harbor: \"first\"",
            Case = "C-x",
            AttackVersion = "18.1",
            FourEyes = new FourEyesPolicy(true, ["mapper"], ConfidenceLevel.Moderate),
            Zones = [new ZoneAnswer("logs/fw.csv", "Europe/Berlin"), new ZoneAnswer("logs/*.log", "+01:00")],
        };
        made.Create();
        Directory.CreateDirectory(Path.Combine(folder.Path, "logs", "deep"));

        var found = Workspace.Find(Path.Combine(folder.Path, "logs", "deep"));

        Assert.Equivalent(made, found, strict: true);
        Assert.Equal(CaseRuleCodes.WorkspaceThere, Assert.Throws<CaseRuleException>(made.Create).Code);
    }

    [Fact]
    public void Remembers_a_zone_and_keeps_what_people_wrote()
    {
        new Workspace { Folder = folder.Path, Name = "w" }.Create();
        var path = Path.Combine(folder.Path, Workspace.FileName);
        File.AppendAllText(path, "\n# mine\nzones:\n  # the old firewall\n  - file: logs/old.csv\n    zone: UTC\n\nextra: kept\n");

        var workspace = Workspace.Load(folder.Path).Remember(new ZoneAnswer("logs/fw.csv", "Europe/Berlin"));

        Assert.Equal("Europe/Berlin", workspace.ZoneOf(Path.Combine(folder.Path, "logs", "fw.csv")));
        var again = Workspace.Load(folder.Path);
        Assert.Equal("Europe/Berlin", again.ZoneOf(Path.Combine(folder.Path, "logs", "fw.csv")));
        Assert.Equal("UTC", again.ZoneOf(Path.Combine(folder.Path, "logs", "old.csv")));
        Assert.Null(again.ZoneOf(Path.Combine(folder.Path, "logs", "other.csv")));
        var text = File.ReadAllText(path);
        Assert.Contains("# mine", text, StringComparison.Ordinal);
        Assert.Contains("# the old firewall", text, StringComparison.Ordinal);
        Assert.Contains("extra: kept", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_inside_are_relative_and_others_are_not()
    {
        var workspace = new Workspace { Folder = folder.Path };

        Assert.Equal("logs/a.evtx", workspace.Relative(Path.Combine(folder.Path, "logs", "a.evtx")));
        Assert.True(Path.IsPathRooted(workspace.Relative(Path.Combine(folder.Path, "..", "elsewhere"))));
    }

    [Theory]
    [InlineData("name: [")]
    [InlineData("name: {a: 1}")]
    [InlineData("four_eyes: {required: perhaps}")]
    public void A_file_that_cannot_be_read_is_named(string text)
    {
        folder.Write(Workspace.FileName, text);

        var problem = Assert.Throws<CaseRuleException>(() => Workspace.Load(folder.Path));

        Assert.Equal(CaseRuleCodes.BadWorkspace, problem.Code);
        Assert.Contains(Workspace.FileName, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_cannot_be_opened_is_a_broken_rule_without_its_password()
    {
        var workspace = new Workspace { Folder = folder.Path, Store = "postgres://mira:secret@127.0.0.1:1/none" };

        var problem = Assert.Throws<CaseRuleException>(() => workspace.OpenStore(TimeProvider.System));

        Assert.Equal(CaseRuleCodes.Store, problem.Code);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }
}
