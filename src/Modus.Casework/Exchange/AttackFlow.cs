using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Reporting;

namespace Modus.Casework.Exchange;

/// <summary>One act of a flow.</summary>
/// <param name="Procedure">The procedure behind it.</param>
/// <param name="Technique">Its technique in the release at hand; null where no release at hand knows it.</param>
/// <param name="Tactic">The one tactic that it served; null where none or several are possible.</param>
public sealed record FlowAct(ProcedureRecord Procedure, Technique? Technique, Tactic? Tactic);

/// <summary>The acts of a case in the order of their times: acts of one moment stand side by side and join before what follows.</summary>
public sealed record AttackFlow
{
    // Contradictions in which a told technique is the doubtful side.
    private static readonly HashSet<string> doubtful = new(StringComparer.Ordinal) { "coarser", "other-technique", "denied" };

    /// <summary>The case with its evidence.</summary>
    public required CaseReport Report { get; init; }

    /// <summary>Acts with a time, grouped by moment, earliest first; in a group by technique.</summary>
    public required IReadOnlyList<IReadOnlyList<FlowAct>> Moments { get; init; }

    /// <summary>Acts of which nothing says when they were, by technique: they stand beside the flow.</summary>
    public required IReadOnlyList<FlowAct> Undated { get; init; }

    /// <summary>Procedures that are no acts of the flow, with the reason, by id.</summary>
    public required IReadOnlyList<(ProcedureRecord Procedure, string Why)> LeftOut { get; init; }

    /// <summary>Every act, those with a time first.</summary>
    public IEnumerable<FlowAct> Acts => Moments.SelectMany(moment => moment).Concat(Undated);

    /// <summary>Makes the flow of a case.</summary>
    /// <param name="report">The case.</param>
    /// <param name="releases">The releases that its techniques are of.</param>
    public static AttackFlow Of(CaseReport report, IReadOnlyList<Release> releases)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(releases);
        var disputed = report.Findings.Contradictions.Where(item => doubtful.Contains(item.Kind)).Select(item => item.Technique).ToHashSet(StringComparer.Ordinal);
        var (acts, left) = (new List<FlowAct>(), new List<(ProcedureRecord, string)>());
        foreach (var procedure in report.Procedures)
        {
            if (WhyLeftOut(procedure, disputed) is { } why) left.Add((procedure, why));
            else acts.Add(ActOf(procedure, releases));
        }
        left.AddRange(report.Rejected.Select(procedure => (procedure, "rejected")));
        return new AttackFlow
        {
            Report = report,
            Moments = [.. acts.Where(act => act.Procedure.First is not null).GroupBy(act => act.Procedure.First!.Value).OrderBy(group => group.Key).Select(group => Ordered(group))],
            Undated = Ordered(acts.Where(act => act.Procedure.First is null)),
            LeftOut = [.. left.OrderBy(one => one.Item1.Id, StringComparer.Ordinal)],
        };
    }

    private static string? WhyLeftOut(ProcedureRecord procedure, HashSet<string> disputed)
    {
        if (procedure.Status == ProcedureStatus.Confirmed) return null;
        if (procedure.Status == ProcedureStatus.Contradicted) return "contradicted";
        if (!procedure.IsSeen && !procedure.IsTold) return procedure.IsClaim ? "only claimed" : "only suggested";
        return !procedure.IsSeen && disputed.Contains(procedure.Technique) ? "told, and other evidence speaks against it" : null;
    }

    private static FlowAct ActOf(ProcedureRecord procedure, IReadOnlyList<Release> releases)
    {
        var technique = releases.Select(release => release.Find<Technique>(procedure.Technique)).FirstOrDefault(found => found is not null);
        IReadOnlyList<Tactic> tactics = technique is null ? [] : procedure.Tactics.Count == 0 ? technique.Tactics : [.. technique.Tactics.Where(tactic => procedure.Tactics.Contains(tactic.Shortname))];
        return new FlowAct(procedure, technique, tactics.Count == 1 ? tactics[0] : null);
    }

    private static IReadOnlyList<FlowAct> Ordered(IEnumerable<FlowAct> acts) =>
        [.. acts.OrderBy(act => act.Procedure.Technique, StringComparer.Ordinal).ThenBy(act => act.Procedure.Id, StringComparer.Ordinal)];
}
