using Modus.Casework.Cases;
using Modus.Casework.Mappings;

namespace Modus.Casework.Practice;

/// <summary>The procedures of a case as mappings: one a quote, or one where events or bare claims are all there is.</summary>
public static class CaseMappings
{
    /// <summary>The mappings of a case; rejected procedures make none.</summary>
    /// <param name="caseId">The case; it stands for the file.</param>
    /// <param name="procedures">Its procedures.</param>
    /// <param name="reviews">Its reviews: they say who confirmed what.</param>
    /// <param name="evidence">Its evidence: the names of documents.</param>
    public static IReadOnlyList<StatedMapping> Of(string caseId, IEnumerable<ProcedureRecord> procedures, IEnumerable<ReviewRecord> reviews, IEnumerable<EvidenceRecord> evidence)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(reviews);
        ArgumentNullException.ThrowIfNull(evidence);
        var reviewers = LastAcceptance(reviews);
        var names = evidence.ToDictionary(item => item.Id, item => item.Path, StringComparer.Ordinal);
        return [.. procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected).OrderBy(procedure => procedure.Id, StringComparer.Ordinal).SelectMany(procedure => Of(caseId, procedure, reviewers, names))];
    }

    /// <summary>Who accepted each procedure last.</summary>
    internal static Dictionary<string, string> LastAcceptance(IEnumerable<ReviewRecord> reviews) =>
        reviews.Where(review => review.Verdict is ReviewVerdict.Accept or ReviewVerdict.Change)
            .GroupBy(review => review.ProcedureId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(review => review.Time)!.Reviewer, StringComparer.Ordinal);

    private static IEnumerable<StatedMapping> Of(string caseId, ProcedureRecord procedure, Dictionary<string, string> reviewers, Dictionary<string, string> names)
    {
        var mapping = new StatedMapping
        {
            File = caseId,
            Place = procedure.Id,
            Technique = procedure.Technique,
            Tactics = procedure.Tactics,
            Release = procedure.Release.Length > 0 ? procedure.Release : null,
            Annotator = procedure.Author,
            HasEvents = procedure.IsSeen,
            Reason = procedure.Why,
            IsConfirmed = procedure.Status == ProcedureStatus.Confirmed,
            Reviewer = reviewers.GetValueOrDefault(procedure.Id, ""),
        };
        if (procedure.Quotes.Count == 0)
        {
            yield return procedure.Claims is [{ Says.Length: > 0 } claim, ..] ? mapping with { Text = claim.Says, Document = names.GetValueOrDefault(claim.EvidenceId, claim.EvidenceId) } : mapping;
            yield break;
        }
        foreach (var quote in procedure.Quotes)
            yield return mapping with
            {
                Document = names.GetValueOrDefault(quote.EvidenceId, quote.EvidenceId),
                Text = quote.Text,
                IsQuote = true,
                Start = quote.Start,
                Length = quote.Length,
                Statement = quote.Statement,
            };
    }
}
