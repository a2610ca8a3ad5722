using System.Security.Cryptography;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Upgrades;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>The case carried from 18.1 to 19.0: rules, the old layer, and back.</summary>
public sealed class CaseUpgradeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_upgrade_is_undone_byte_by_byte()
    {
        var workspace = new Workspace { Folder = Path.Combine(folder.Path, "work") };
        workspace.Create();
        foreach (var part in new[] { "rules", "layers" }) Copy(ShippedCase.PathOf(part), workspace.PathOf(part));
        using var book = new CaseBook(workspace.OpenStore(TimeProvider.System), "mira", TimeProvider.System);
        var before = Hashes(workspace.Folder);

        var plan = new WorkspaceUpgrade(KnowledgeBase.Open(), Domains.Enterprise, "19.0").Plan(workspace.Folder, ["rules", "layers"], [], "18.1");
        var journal = new UpgradeJournal(workspace, book);
        journal.Apply(plan);

        var rule = File.ReadAllText(Directory.GetFiles(workspace.PathOf("rules"), "R09*.yml").Single());
        Assert.Contains("attack.defense-impairment", rule, StringComparison.Ordinal);
        Assert.Contains("attack.t1685\n", rule, StringComparison.Ordinal);
        Assert.DoesNotContain("t1562", rule, StringComparison.Ordinal);
        Assert.Contains(plan.Files, file => file.Path == "layers/board-2025.json");
        Assert.Contains(plan.Items, item => item.What == "layer entry");
        Assert.NotEqual(before, Hashes(workspace.Folder));
        Assert.Equal(plan.Files.Count, journal.Undo().Files);
        Assert.Equal(before, Hashes(workspace.Folder));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static SortedDictionary<string, string> Hashes(string root) => new(
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/.modus/", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(root, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))), StringComparer.Ordinal);
}
