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
internal sealed record DemoCase
{
    // A document's clock is asked about with the first technique that shows it: it is no matter of that technique.
    private const string Clock = "clock";

    public required string Id { get; init; }

    public required IReadOnlyList<GapRecord> Holes { get; init; }

    public required IReadOnlyList<Contradiction> Contradictions { get; init; }

    /// <summary>Techniques that documents tell, as they tell them.</summary>
    public required IReadOnlySet<string> Told { get; init; }

    /// <summary>What of the review queue is disputed: techniques, and <c>clock</c> for the times of a document.</summary>
    public required IReadOnlyList<string> Disputed { get; init; }

    /// <summary>The contradictions of a kind: what is told, and what stands against it.</summary>
    public IReadOnlyList<(string Told, string Against)> Of(string kind) => [.. Contradictions.Where(item => item.Kind == kind).Select(item => (item.Technique, item.Against)).Distinct()];

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
            new KnowledgeAtHand([release], () => [.. knowledge.Entries.Select(knowledge.Load).OfType<Release>()], knowledge.Newest),
            new IngestOptions
            {
                Workspace = workspace,
                Rules = [Path.Combine(folder, "rules"), Path.Combine(folder, "hunts")],
                LeastProbability = 2,
                ZoneOf = workspace.ZoneOf,
            },
            run.Stop);
        var procedures = book.List<ProcedureRecord>(opened.Id);
        var findings = CaseFindings.Of(book.List<EvidenceRecord>(opened.Id), procedures, [release], knowledge.Newest);
        var clocks = findings.Contradictions.Where(item => item.Kind == "time").Select(item => item.Says).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Id = opened.Id,
            Holes = result.Gaps,
            Contradictions = findings.Contradictions,
            Told = procedures.Where(procedure => procedure.IsTold).Select(procedure => procedure.Technique).ToHashSet(StringComparer.Ordinal),
            Disputed = [.. ReviewQueue.Of(procedures, ReviewQueue.Names([release]), findings).Where(item => item.IsDisputed).Select(item => clocks.Contains(item.Why) ? Clock : item.Procedure.Technique)],
        };
    }
}
