using System.Globalization;
using Modus.Attack;
using Modus.Casework.Agreement;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Mappings;

namespace Modus.Casework.Review;

/// <summary>Orders what waits for a decision: where reports and logs disagree first, then by how much a decision would tell.</summary>
public static class ReviewQueue
{
    /// <summary>Techniques offered instead of an item's.</summary>
    public const int MostAlternatives = 5;

    /// <summary>The open procedures of a case, in the order to decide them.</summary>
    /// <param name="procedures">All procedures of the case: those already decided say what others are held against.</param>
    /// <param name="nameOf">Full name of a technique; empty where it is not known.</param>
    /// <param name="findings">Where the evidence of the case parts; null leaves only what the procedures themselves tell.</param>
    public static IReadOnlyList<ReviewItem> Of(IReadOnlyList<ProcedureRecord> procedures, Func<string, string> nameOf, CaseFindings? findings = null)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(nameOf);
        var living = procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected).ToList();
        var told = living.Where(procedure => procedure is { IsSeen: false, IsTold: true }).ToLookup(procedure => TechniqueIds.ParentOf(procedure.Technique), StringComparer.Ordinal);
        var seen = living.Where(procedure => procedure.IsSeen).ToLookup(procedure => TechniqueIds.ParentOf(procedure.Technique), StringComparer.Ordinal);
        var open = living.Where(procedure => procedure.Status is ProcedureStatus.Candidate or ProcedureStatus.Contradicted).ToList();
        var alike = open.ToLookup(KeyOf, StringComparer.Ordinal);
        var disputes = Disputes(open, findings);
        return
        [
            .. open.Select(procedure => ItemOf(procedure, seen, told, alike, nameOf, disputes.GetValueOrDefault(procedure.Id)))
                .OrderBy(item => item.Kind).ThenByDescending(item => Information(item.Procedure)).ThenBy(item => item.Procedure.First ?? DateTimeOffset.MaxValue)
                .ThenBy(item => item.Procedure.Technique, StringComparer.Ordinal).ThenBy(item => item.Procedure.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Full names of techniques from the releases at hand, the first that knows an id.</summary>
    public static Func<string, string> Names(IReadOnlyList<Release> releases) =>
        id => releases.Select(release => release.Find<Technique>(id)?.FullName).FirstOrDefault(name => name is not null) ?? "";

    private static ReviewItem ItemOf(
        ProcedureRecord procedure, ILookup<string, ProcedureRecord> seen, ILookup<string, ProcedureRecord> told, ILookup<string, ProcedureRecord> alike, Func<string, string> nameOf, (ReviewKind Kind, string Why, string? Instead)? dispute)
    {
        var relatives = procedure.IsSeen ? [] : Relatives(procedure, seen);
        var (kind, why) = dispute is { } known ? (known.Kind, known.Why) : Reason(procedure, relatives, nameOf);
        // What stands against it may be an id of a later release, which the releases worked in do not have.
        IEnumerable<RunnerUp> instead = dispute?.Instead is { } against && nameOf(against) is { Length: > 0 } name ? [new RunnerUp(against, name, null, "what this stands against")] : [];
        var alternatives = instead.Concat(relatives.Select(id => new RunnerUp(id, nameOf(id), null, "events of this case show it")))
            .Concat(procedure.IsTold ? Relatives(procedure, told).Select(id => new RunnerUp(id, nameOf(id), null, "a document of this case tells it")) : [])
            .Concat(procedure.RunnersUp.Select(other => other.Name.Length > 0 ? other : other with { Name = nameOf(other.Technique) }))
            .Where(other => other.Technique != procedure.Technique).DistinctBy(other => other.Technique).Take(MostAlternatives).ToList();
        return new ReviewItem(procedure, kind, why, alternatives, [.. alike[KeyOf(procedure)].Where(other => other.Id != procedure.Id).OrderBy(other => other.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Parent, sub-techniques and sisters of a procedure's technique among others.</summary>
    private static List<string> Relatives(ProcedureRecord procedure, ILookup<string, ProcedureRecord> others) =>
        [.. others[TechniqueIds.ParentOf(procedure.Technique)].Select(other => other.Technique).Where(id => id != procedure.Technique).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What the comparison of the whole case says about single procedures: one item a contradiction, that of its technique.</summary>
    private static Dictionary<string, (ReviewKind Kind, string Why, string? Instead)?> Disputes(List<ProcedureRecord> open, CaseFindings? findings)
    {
        var disputes = new Dictionary<string, (ReviewKind Kind, string Why, string? Instead)?>(StringComparer.Ordinal);
        foreach (var contradiction in findings?.Contradictions ?? []) Take(contradiction, ReviewKind.Differs);
        foreach (var one in findings?.ToldNotSeen ?? [])
            disputes.TryAdd(one.Procedure.Id, (ReviewKind.NotSeen, $"a document tells it and no event shows it; {one.Why}", null));
        foreach (var doubt in findings?.Doubts ?? [])
            Take(doubt, doubt.Kind switch { "weak" => ReviewKind.Weak, "older-release" => ReviewKind.OtherRelease, _ => ReviewKind.Differs });
        return disputes;

        void Take(Contradiction what, ReviewKind kind)
        {
            var item = open.FirstOrDefault(procedure => procedure.Technique == what.Technique && what.Ids.Contains(procedure.Id));
            if (item is not null) disputes.TryAdd(item.Id, (kind, what.Says, what.Against == what.Technique ? null : what.Against));
        }
    }

    private static (ReviewKind Kind, string Why) Reason(ProcedureRecord procedure, List<string> relatives, Func<string, string> nameOf)
    {
        if (procedure.Status == ProcedureStatus.Contradicted) return (ReviewKind.Contradicted, "evidence speaks for it and against it");
        if (procedure.IsTold && relatives.Count > 0)
            return (ReviewKind.Differs, $"a document tells it, while events show {string.Join(", ", relatives.Select(id => $"{id} ({nameOf(id)}), {Relation(procedure.Technique, id)}"))}");
        // A plain carry-over needs no decision; where the id changed its meaning or several would do, a person has to look.
        if (procedure.Quotes.FirstOrDefault(quote => quote.Verdict is not null && quote.Written != procedure.Technique) is { } quote)
            return (ReviewKind.OtherRelease, $"written as {quote.Written}{(quote.Release is null ? "" : $" (ATT&CK {quote.Release})")}, {quote.Verdict}: {quote.Reason}");
        if (procedure.IsTold && !procedure.IsSeen) return (ReviewKind.NotSeen, "a document tells it and no event of this case shows it");
        if (procedure.IsSeen && procedure.Confidence < ConfidenceLevel.High) return (ReviewKind.Weak, $"weak: {procedure.Why}");
        if (procedure.IsClaim) return (ReviewKind.Claimed, "asserted without saying what was seen");
        if (!procedure.IsSeen)
            return (ReviewKind.Suggested, string.Create(CultureInfo.InvariantCulture, $"the text mapper suggests it, p {procedure.Quotes.Max(item => item.Probability ?? 0):0.00}"));
        return (ReviewKind.Seen, procedure.IsTold ? "events show it and a document tells it" : "events show it, no document tells it");
    }

    private static string Relation(string technique, string other) => TechniqueIds.IsSub(technique) ? TechniqueIds.IsSub(other) ? "its sister" : "its parent" : "its sub-technique";

    /// <summary>What an answer would tell, in bits: a suggestion of 50 % tells most.</summary>
    private static double Information(ProcedureRecord procedure)
    {
        if (procedure.IsSeen || procedure.IsTold || procedure.Quotes.Count == 0) return 0;
        var p = Math.Clamp(procedure.Quotes.Max(quote => quote.Probability ?? 0), 0.001, 0.999);
        return -p * Math.Log2(p) - (1 - p) * Math.Log2(1 - p);
    }

    /// <summary>What makes two procedures the same question: technique, and the words or rules that they rest on.</summary>
    internal static string KeyOf(ProcedureRecord procedure) => string.Join('\u001f',
    [
        procedure.Technique, procedure.Standing,
        .. procedure.Quotes.Select(quote => UnitAligner.Words(quote.Text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        .. procedure.Hits.Select(hit => hit.RuleId ?? hit.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        .. procedure.Claims.Select(claim => claim.Says).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ]);
}
