using System.Text.Json;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;
using Modus.Casework.Investigation;
using Modus.Casework.Workspaces;

namespace Modus.Tests.SampleCase;

/// <summary>The shipped case taken into a workspace of its own, once for all tests: reports and logs, with the company's rules and the responders' queries.</summary>
public sealed class InvestigatedCase : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InvestigatedCase()
    {
        var facts = KnowledgeBase.Open();
        Knowledge = new KnowledgeAtHand([facts.Get("18.1")!], () => [.. facts.Entries.Select(facts.Load).OfType<Release>()], facts.Newest);
        var zones = CaseData.Root.GetProperty("zones").EnumerateObject().ToDictionary(zone => Path.GetFileName(zone.Name), zone => zone.Value.GetString()!);
        var workspace = new Workspace { Folder = folder.Path, AttackVersion = "18.1" };
        workspace.Create();
        Book = new CaseBook(workspace.OpenStore(TimeProvider.System), "mira", TimeProvider.System);
        Book.SaveOrThrow("case", new CaseRecord { Id = "C-tidewrack", Name = "Tidewrack", Tlp = "amber", Opened = new DateTimeOffset(2026, 3, 16, 8, 0, 0, TimeSpan.Zero) });
        Ingestor.Run([ShippedCase.PathOf("reports"), ShippedCase.PathOf("logs")], Book, Book.Case(null), Knowledge, new IngestOptions
        {
            Workspace = workspace,
            Rules = [ShippedCase.PathOf("rules"), ShippedCase.PathOf("hunts")],
            LeastProbability = 2,
            ZoneOf = file => zones.GetValueOrDefault(Path.GetFileName(file)),
        });
    }

    public KnowledgeAtHand Knowledge { get; }

    public CaseBook Book { get; }

    public void Dispose()
    {
        Book.Dispose();
        folder.Dispose();
    }
}
