using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Investigation;

namespace Modus.Casework.Reporting;

/// <summary>A technique of a case with the procedures that use it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its full name.</param>
/// <param name="Tactics">Those of its tactics that the case names, else all it has, in matrix order, by short name.</param>
/// <param name="Standing">The firmest standing of its procedures.</param>
/// <param name="IsTold">True where a document tells it, whether or not events show it.</param>
/// <param name="Procedures">The procedures, by time.</param>
public sealed record ReportTechnique(string Id, string Name, IReadOnlyList<string> Tactics, Standing Standing, bool IsTold, IReadOnlyList<ProcedureRecord> Procedures)
{
    /// <summary>True where events or documents say that it happened, or a person confirmed it: not merely claimed or suggested.</summary>
    public bool IsEstablished => Standing is Standing.Seen or Standing.Told || Procedures.Any(procedure => procedure.Status == ProcedureStatus.Confirmed);
}

/// <summary>Everything that the report and the brief of a case are made of. Same records, same report.</summary>
public sealed record CaseReport
{
    /// <summary>The case.</summary>
    public required CaseRecord Case { get; init; }

    /// <summary>The release of ATT&amp;CK that names and tactics come from.</summary>
    public required ReleaseNote Release { get; init; }

    /// <summary>The tactics of the release, in matrix order.</summary>
    public required IReadOnlyList<TacticNote> Tactics { get; init; }

    /// <summary>The techniques, by id: established ones and others.</summary>
    public required IReadOnlyList<ReportTechnique> Techniques { get; init; }

    /// <summary>Procedures that were not rejected, by time.</summary>
    public required IReadOnlyList<ProcedureRecord> Procedures { get; init; }

    /// <summary>Procedures that were rejected, by id.</summary>
    public required IReadOnlyList<ProcedureRecord> Rejected { get; init; }

    /// <summary>Reviews by the procedure that they judge, in the order they were made.</summary>
    public required ILookup<string, ReviewRecord> Reviews { get; init; }

    /// <summary>The evidence, by path.</summary>
    public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }

    /// <summary>Intelligence gaps, open ones first, by time.</summary>
    public required IReadOnlyList<GapRecord> Gaps { get; init; }

    /// <summary>Hypotheses, by time.</summary>
    public required IReadOnlyList<HypothesisRecord> Hypotheses { get; init; }

    /// <summary>Decisions, by time.</summary>
    public required IReadOnlyList<DecisionRecord> Decisions { get; init; }

    /// <summary>Notes, by time.</summary>
    public required IReadOnlyList<NoteRecord> Notes { get; init; }

    /// <summary>Where the evidence agrees and where it parts.</summary>
    public required CaseFindings Findings { get; init; }

    /// <summary>The timeline.</summary>
    public required IReadOnlyList<TimelineRow> Timeline { get; init; }

    /// <summary>The figures, by key.</summary>
    public required IReadOnlyDictionary<string, ReportFigure> Figures { get; init; }

    /// <summary>What the workspace's defence says of it, and what would answer it.</summary>
    public required ReportDefence Defence { get; init; }

    /// <summary>The workspace's rule on acceptance.</summary>
    public required FourEyesPolicy FourEyes { get; init; }

    /// <summary>Time of the first event or told act of an established procedure; null where nothing has a time.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Time of the last one.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>When the newest of its records came about: the state of knowledge that the report shows.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Established techniques.</summary>
    public IReadOnlyList<ReportTechnique> Established => [.. Techniques.Where(technique => technique.IsEstablished)];

    /// <summary>The name of a piece of evidence for people: its file's name.</summary>
    public string NameOf(string evidenceId) => Evidence.FirstOrDefault(item => item.Id == evidenceId) is { } item ? Path.GetFileName(item.Path) : evidenceId;
}
