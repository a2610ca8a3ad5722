using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Investigation;
using Modus.Casework.Practice;

namespace Modus.Casework.Reporting;

/// <summary>Counts what a report says in numbers, each with its denominator and the records behind it.</summary>
internal static class ReportFigures
{
    public const string Seen = "seen", Told = "told", Unseen = "told-not-seen", Silent = "seen-not-told", Decided = "decided", Second = "second-person", Contradicted = "contradictions",
        Events = "events", Hosts = "hosts", OpenGaps = "open-gaps", Holes = "log-holes", HighConfidence = "high-confidence", NotCounted = "not-counted";

    // What a person asks is a question; everything else that has a time was found in logs.
    private const string Question = "question";

    public static bool IsHole(GapRecord gap) => gap.Type != Question && gap.From is not null;

    public static IReadOnlyDictionary<string, ReportFigure> Of(
        IReadOnlyList<ReportTechnique> techniques, IReadOnlyList<ProcedureRecord> live, IReadOnlyList<ReviewRecord> reviews, IReadOnlyList<EvidenceRecord> evidence, IReadOnlyList<GapRecord> gaps, CaseFindings findings)
    {
        var established = techniques.Where(technique => technique.IsEstablished).ToList();
        var procedures = established.SelectMany(technique => technique.Procedures).ToList();
        var confirmed = live.Where(procedure => procedure.Status == ProcedureStatus.Confirmed).ToList();
        var reviewers = CaseMappings.LastAcceptance(reviews);
        var logs = evidence.Where(item => item.Type == EvidenceKind.Logs).ToList();
        var hosts = logs.SelectMany(item => item.Hosts).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var touched = procedures.Where(procedure => procedure.IsSeen).SelectMany(procedure => procedure.Hosts).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var chosen = procedures.SelectMany(procedure => procedure.Hits).DistinctBy(hit => (hit.EvidenceId, hit.File, hit.Record, hit.Rule, hit.Host)).ToList();
        var unseen = established.Where(technique => technique.Standing != Standing.Seen).ToList();
        var silent = established.Where(technique => technique is { Standing: Standing.Seen, IsTold: false }).ToList();
        var holes = gaps.Where(IsHole).ToList();
        var figures = new List<ReportFigure>
        {
            new(Seen, established.Count(technique => technique.Standing == Standing.Seen), established.Count, "techniques", "are shown by events of the logs", Ids(established.Where(technique => technique.Standing == Standing.Seen))),
            new(Told, established.Count(technique => technique.IsTold), established.Count, "techniques", "are told by documents", Ids(established.Where(technique => technique.IsTold))),
            new(Unseen, unseen.Count, established.Count, "techniques", "rest on documents alone, no event shows them", Ids(unseen)),
            new(Silent, silent.Count, established.Count, "techniques", "are shown by events and told by no document", Ids(silent)),
            new(NotCounted, techniques.Count - established.Count, techniques.Count, "techniques", "are only claimed or suggested and count nowhere else", Ids(techniques.Except(established))),
            new(Decided, confirmed.Count, live.Count, "procedures", "were confirmed by a person", [.. confirmed.Select(procedure => procedure.Id)]),
            new(Second, confirmed.Count(procedure => IsSecond(procedure, reviewers)), confirmed.Count, "confirmed procedures", "were confirmed by somebody other than who entered them", [.. confirmed.Where(procedure => IsSecond(procedure, reviewers)).Select(procedure => procedure.Id)]),
            new(HighConfidence, procedures.Count(procedure => procedure.Confidence == ConfidenceLevel.High), procedures.Count, "procedures", "are of high confidence", [.. procedures.Where(procedure => procedure.Confidence == ConfidenceLevel.High).Select(procedure => procedure.Id)]),
            new(Contradicted, findings.Contradictions.Count, 0, "contradictions", "stand between documents and logs, or between documents", [.. findings.Contradictions.SelectMany(one => one.Ids).Distinct()]),
            new(Events, chosen.Sum(hit => hit.Count), logs.Sum(item => item.Used), "events", "were chosen by rules as the adversary's", [.. chosen.Select(hit => hit.EvidenceId).Distinct().Order(StringComparer.Ordinal)]),
            new(Hosts, touched.Count, Math.Max(touched.Count, hosts.Count), "hosts", "show the adversary's work", [.. procedures.Where(procedure => procedure.IsSeen).Select(procedure => procedure.Id)]),
            new(OpenGaps, gaps.Count(gap => gap.State == GapState.Open), gaps.Count, "intelligence gaps", "are open", [.. gaps.Where(gap => gap.State == GapState.Open).Select(gap => gap.Id)]),
            new(Holes, holes.Count, 0, "log holes", "were found", [.. holes.Select(gap => gap.Id)]),
        };
        return figures.ToDictionary(figure => figure.Key, StringComparer.Ordinal);
    }

    private static bool IsSecond(ProcedureRecord procedure, Dictionary<string, string> reviewers) =>
        reviewers.TryGetValue(procedure.Id, out var reviewer) && !string.Equals(reviewer, procedure.Author, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Ids(IEnumerable<ReportTechnique> techniques) => [.. techniques.SelectMany(technique => technique.Procedures).Select(procedure => procedure.Id)];
}
