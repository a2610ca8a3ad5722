using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Ingest;
using Modus.Casework.Investigation;
using Modus.Casework.Review;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Demo;

/// <summary>What the case on record says: where logs are silent, and where its evidence is at odds.</summary>
internal sealed record DemoCase(IReadOnlyList<GapRecord> Holes, IReadOnlyList<Contradiction> Contradictions, int Disputed)
{
    /// <summary>Who writes the demo's records.</summary>
    private const string Author = "demo";

    /// <summary>Makes the folder a workspace and takes reports and logs into a case, as <c>modus init</c> and <c>modus ingest</c> do.</summary>
    public static DemoCase Take(Invocation run, string folder, DemoExpectation expected, KnowledgeBase knowledge, Release release)
    {
        var workspace = new Workspace { Folder = Path.GetFullPath(folder), Name = expected.Name, AttackVersion = expected.Attack, Zones = [.. expected.Zones.Select(zone => new ZoneAnswer(zone.File, zone.Zone))] };
        workspace.Create();
        using var book = new CaseBook(workspace.OpenStore(run.Time), Author, run.Time, workspace.FourEyes);
        var opened = new CaseRecord { Id = CaseIds.OfCase(expected.Name), Name = expected.Name, Opened = book.Now };
        book.SaveOrThrow($"new case {opened.Id}", opened);
        var result = Ingestor.Run(
            [Path.Combine(folder, "reports"), Path.Combine(folder, "logs")], book, book.Get<CaseRecord>(opened.Id),
            new KnowledgeAtHand([release], () => [.. knowledge.Entries.Select(knowledge.Load).OfType<Release>()]),
            new IngestOptions
            {
                Workspace = workspace,
                Rules = [Path.Combine(folder, "rules"), Path.Combine(folder, "hunts")],
                LeastProbability = 2,
                ZoneOf = workspace.ZoneOf,
            },
            run.Stop);
        var procedures = book.List<ProcedureRecord>(opened.Id);
        var findings = CaseFindings.Of(book.List<EvidenceRecord>(opened.Id), procedures, [release]);
        return new(result.Gaps, findings.Contradictions, ReviewQueue.Of(procedures, ReviewQueue.Names([release]), findings).Count(item => item.IsDisputed));
    }
}
