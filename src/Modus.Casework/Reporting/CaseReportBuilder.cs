using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Investigation;

namespace Modus.Casework.Reporting;

/// <summary>Gathers what a report shows from the records of a case.</summary>
public static class CaseReportBuilder
{
    /// <summary>Gathers.</summary>
    /// <param name="book">The records.</param>
    /// <param name="item">The case.</param>
    /// <param name="knowledge">The releases at hand.</param>
    /// <param name="workspace">The workspace, for what it knows of its defence; null leaves coverage out.</param>
    public static CaseReport Build(CaseBook book, CaseRecord item, KnowledgeAtHand knowledge, Workspaces.Workspace? workspace = null)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(knowledge);
        var all = book.List<ProcedureRecord>(item.Id);
        var live = all.Where(procedure => procedure.Status != ProcedureStatus.Rejected)
            .OrderBy(procedure => procedure.First ?? DateTimeOffset.MaxValue).ThenBy(procedure => procedure.Technique, StringComparer.Ordinal).ThenBy(procedure => procedure.Id, StringComparer.Ordinal).ToList();
        var evidence = book.List<EvidenceRecord>(item.Id).OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        var reviews = book.List<ReviewRecord>(item.Id).OrderBy(review => review.Time).ThenBy(review => review.Id, StringComparer.Ordinal).ToList();
        var gaps = book.List<GapRecord>(item.Id).OrderBy(gap => gap.State).ThenBy(gap => gap.From ?? DateTimeOffset.MaxValue).ThenBy(gap => gap.Id, StringComparer.Ordinal).ToList();
        var decisions = book.List<DecisionRecord>(item.Id).OrderBy(decision => decision.Time).ThenBy(decision => decision.Id, StringComparer.Ordinal).ToList();
        var hypotheses = book.List<HypothesisRecord>(item.Id).OrderBy(hypothesis => hypothesis.Time).ThenBy(hypothesis => hypothesis.Id, StringComparer.Ordinal).ToList();
        var notes = book.List<NoteRecord>(item.Id).OrderBy(note => note.Time).ThenBy(note => note.Id, StringComparer.Ordinal).ToList();
        var techniques = Techniques(live, knowledge);
        var findings = CaseFindings.Of(evidence, all, knowledge.Targets, knowledge.Newest);
        var established = techniques.Where(technique => technique.IsEstablished).SelectMany(technique => technique.Procedures).Where(procedure => procedure.First is not null).ToList();
        var asOf = new[] { item.Opened, item.Closed, evidence.Max(one => one.Arrived), reviews.Max(review => review.Time), decisions.Max(decision => decision.Time), hypotheses.Max(hypothesis => hypothesis.Time), notes.Max(note => note.Time) }.Max();
        var last = established.Max(procedure => procedure.Last ?? procedure.First);
        return new CaseReport
        {
            // The day that coverage is judged for is that of the records: another day must not give another report.
            Defence = ReportDefence.Of(item, all, workspace, workspace is null ? [] : book.List<EvidenceRecord>(), knowledge, DateOnly.FromDateTime((asOf ?? last ?? DateTimeOffset.UnixEpoch).UtcDateTime)),
            Case = item,
            Release = new ReleaseNote([.. knowledge.Targets.Select(release => release.Domains.Name())], knowledge.Targets[0].Version, knowledge.Targets[0].Provenance is { Length: > 0 } label ? label : null),
            Tactics = Tactics(techniques, knowledge),
            Techniques = techniques,
            Procedures = live,
            Rejected = [.. all.Where(procedure => procedure.Status == ProcedureStatus.Rejected).OrderBy(procedure => procedure.Id, StringComparer.Ordinal)],
            Reviews = reviews.ToLookup(review => review.ProcedureId, StringComparer.Ordinal),
            Evidence = evidence,
            Gaps = gaps,
            Hypotheses = hypotheses,
            Decisions = decisions,
            Notes = notes,
            Findings = findings,
            Timeline = TimelineRow.Of(evidence, all, gaps),
            Figures = ReportFigures.Of(techniques, live, reviews, evidence, gaps, findings),
            FourEyes = book.FourEyes,
            First = established.Min(procedure => procedure.First),
            Last = last,
            AsOf = asOf,
        };
    }

    private static List<ReportTechnique> Techniques(List<ProcedureRecord> live, KnowledgeAtHand knowledge) =>
    [
        .. live.GroupBy(procedure => procedure.Technique, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var known = knowledge.Targets.Select(release => release.Find<Technique>(group.Key)).FirstOrDefault(technique => technique is not null);
            var named = group.SelectMany(procedure => procedure.Tactics).ToHashSet(StringComparer.Ordinal);
            IReadOnlyList<string> own = known is null ? [] : [.. known.Tactics.Select(tactic => tactic.Shortname)];
            var tactics = own.Where(named.Contains).ToList();
            var standing = group.Any(procedure => procedure.IsSeen) ? Standing.Seen : group.Any(procedure => procedure.IsTold) ? Standing.Told
                : group.Any(procedure => procedure.IsClaim) ? Standing.Claimed : Standing.Suggested;
            return new ReportTechnique(group.Key, known?.FullName ?? group.First().Name, tactics.Count > 0 ? tactics : own, standing, group.Any(procedure => procedure.IsTold), [.. group]);
        }),
    ];

    /// <summary>The main domain's tactics whole; of other domains those that techniques of the case serve.</summary>
    private static List<TacticNote> Tactics(List<ReportTechnique> techniques, KnowledgeAtHand knowledge)
    {
        var tactics = new List<TacticNote>();
        foreach (var release in knowledge.Targets)
        {
            var used = techniques.Where(technique => release.Find<Technique>(technique.Id) is not null).SelectMany(technique => technique.Tactics).ToHashSet(StringComparer.Ordinal);
            tactics.AddRange(release.Tactics.Where(tactic => release == knowledge.Targets[0] || used.Contains(tactic.Shortname))
                .Where(tactic => tactics.All(other => other.ShortName != tactic.Shortname))
                .Select(tactic => new TacticNote(tactic.Id, tactic.Shortname, tactic.Name, release.Domains.Name())));
        }
        return tactics;
    }
}
