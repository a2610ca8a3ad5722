using Modus.Casework.Cases;
using Modus.Casework.Mappings;
using Modus.Casework.Practice;

namespace Modus.Casework.Agreement;

/// <summary>The people behind a case as coders.</summary>
public static class CaseCoders
{
    /// <summary>What was entered against what the review made of it, over the procedures that were decided.</summary>
    /// <param name="procedures">The procedures of the case.</param>
    /// <param name="reviews">Its reviews.</param>
    public static IReadOnlyList<Coder> EnteredAndReviewed(IEnumerable<ProcedureRecord> procedures, IEnumerable<ReviewRecord> reviews)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(reviews);
        var judged = reviews.ToLookup(review => review.ProcedureId, StringComparer.Ordinal);
        List<StatedMapping> entered = [], reviewed = [];
        foreach (var procedure in procedures.Where(procedure => procedure.Status is ProcedureStatus.Confirmed or ProcedureStatus.Rejected && judged.Contains(procedure.Id)).OrderBy(procedure => procedure.Id, StringComparer.Ordinal))
        {
            // The first change of technique says what it was entered as.
            var first = judged[procedure.Id].Where(review => review.TechniqueBefore is not null).OrderBy(review => review.Time).FirstOrDefault()?.TechniqueBefore ?? procedure.Technique;
            var unit = new StatedMapping
            {
                File = procedure.CaseId,
                Place = procedure.Id,
                Unit = procedure.Id,
                Document = procedure.CaseId,
                Release = procedure.Release.Length > 0 ? procedure.Release : null,
                Text = procedure.Quotes.Count > 0 ? procedure.Quotes[0].Text : procedure.Steps,
            };
            entered.Add(unit with { Technique = first });
            reviewed.Add(unit with { Technique = procedure.Status == ProcedureStatus.Confirmed ? procedure.Technique : null });
        }
        return [new Coder("as entered", entered), new Coder("as reviewed", reviewed)];
    }

    /// <summary>The case as it stands, as one coder beside others.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="procedures">Its procedures; rejected ones are left out.</param>
    /// <param name="evidence">Its evidence: the names of documents.</param>
    public static Coder AsIs(string caseId, IEnumerable<ProcedureRecord> procedures, IEnumerable<EvidenceRecord> evidence) => new(caseId, CaseMappings.Of(caseId, procedures, [], evidence));
}
