using System.Text;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Upgrades;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.Tests.Casework.Upgrades;

public sealed class WorkspaceUpgradeTests : IDisposable
{
    private const string Rule = "title: T\nlogsource:\n  product: windows\ndetection:\n  sel:\n    A: b\n  condition: sel\ntags:\n  - attack.defense-evasion\n  - attack.t1562.001\n";
    private const string Layer = """{"name":"Old","domain":"enterprise-attack","versions":{"attack":"18","layer":"4.3","navigator":"4.8"},"techniques":[{"techniqueID":"T1562.001","tactic":"defense-evasion","score":3},{"techniqueID":"T9999"}]}""";
    private static readonly KnowledgeBase embedded = KnowledgeBase.Open();

    private readonly string folder = Directory.CreateTempSubdirectory("modus-test-").FullName;
    private readonly Workspace workspace;
    private readonly CaseBook book;

    public WorkspaceUpgradeTests()
    {
        workspace = new Workspace { Folder = folder };
        workspace.Create();
        book = new CaseBook(workspace.OpenStore(TimeProvider.System), "mira", TimeProvider.System);
        File.WriteAllText(workspace.PathOf("rules/r.yml"), Rule);
        File.WriteAllText(workspace.PathOf("defence/old.json"), Layer);
        File.WriteAllText(workspace.PathOf("logs/other.json"), "{\"techniques\": 3}");
        book.SaveOrThrow("enter", new CaseRecord { Id = "C-one", Name = "One" },
            new ProcedureRecord { Id = "P-1", CaseId = "C-one", Technique = "T1070.001", Tactics = ["defense-evasion"], Release = "18.1" },
            new ProcedureRecord { Id = "P-2", CaseId = "C-one", Technique = "T1562.004", Release = "18.1" },
            new ProcedureRecord { Id = "P-3", CaseId = "C-one", Technique = "T1562.001", Release = "18.1", Status = ProcedureStatus.Rejected });
    }

    public void Dispose()
    {
        book.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private UpgradePlan Plan() => new WorkspaceUpgrade(embedded, Domains.Enterprise, "19.0").Plan(folder, ["."], book.List<ProcedureRecord>(), "18.1");

    [Fact]
    public void Procedures_rules_and_layers_go_over_and_the_rest_waits_for_a_person()
    {
        var plan = Plan();

        Assert.Equal(["defence/old.json", "rules/r.yml"], plan.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Contains("attack.t1685\n", Encoding.UTF8.GetString(plan.Files.Single(file => file.Path == "rules/r.yml").After), StringComparison.Ordinal);
        var procedure = Assert.Single(plan.Procedures);
        Assert.Equal(("P-1", "T1685.005", "19.0", "defense-impairment"), (procedure.Id, procedure.Technique, procedure.Release, Assert.Single(procedure.Tactics)));
        Assert.Equal(["P-2", "defence/old.json"], plan.Items.Where(item => !item.IsSettled).Select(item => item.Place).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(plan.Items, item => item.Place == "P-3");
        Assert.Equal(Rule, File.ReadAllText(workspace.PathOf("rules/r.yml")));
    }

    [Fact]
    public void An_upgrade_that_is_taken_back_leaves_every_byte_as_it_was()
    {
        var journal = new UpgradeJournal(workspace, book);
        var before = book.Find<ProcedureRecord>("P-1")! with { Version = 0 };

        Assert.Equal(1, journal.Apply(Plan()));
        Assert.Equal("T1685.005", book.Find<ProcedureRecord>("P-1")!.Technique);
        Assert.NotEqual(Layer, File.ReadAllText(workspace.PathOf("defence/old.json")));
        Assert.DoesNotContain(Plan().Items, item => item.IsSettled);
        Assert.Equal((2, 1), journal.Undo());

        Assert.Equal(Rule, File.ReadAllText(workspace.PathOf("rules/r.yml")));
        Assert.Equal(Layer, File.ReadAllText(workspace.PathOf("defence/old.json")));
        Assert.Equivalent(before, book.Find<ProcedureRecord>("P-1")! with { Version = 0 });
        Assert.Null(book.Store.Verify().FirstBroken);
        Assert.Equal(UpgradeJournal.NothingToUndo, Assert.Throws<CaseRuleException>(() => journal.Undo()).Code);
    }

    [Fact]
    public void What_was_changed_since_is_not_taken_back()
    {
        var journal = new UpgradeJournal(workspace, book);
        journal.Apply(Plan());
        File.AppendAllText(workspace.PathOf("rules/r.yml"), "level: low\n");

        Assert.Equal(UpgradeJournal.ChangedSince, Assert.Throws<CaseRuleException>(() => journal.Undo()).Code);
        Assert.Equal("T1685.005", book.Find<ProcedureRecord>("P-1")!.Technique);
        Assert.EndsWith("level: low\n", File.ReadAllText(workspace.PathOf("rules/r.yml")), StringComparison.Ordinal);
    }
}
