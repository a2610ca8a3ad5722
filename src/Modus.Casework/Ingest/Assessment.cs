using Modus.Casework.Cases;

namespace Modus.Casework.Ingest;

/// <summary>How sure a procedure is by its evidence alone, and why: before a person says better.</summary>
internal static class Assessment
{
    public static (ConfidenceLevel Confidence, string Why) Of(ProcedureRecord procedure)
    {
        var events = procedure.Hits.Sum(hit => hit.Count);
        var rules = procedure.Hits.Select(hit => hit.Rule).Distinct().Count();
        var documents = procedure.Quotes.Where(quote => quote.Probability is null).Select(quote => quote.EvidenceId).Distinct().Count();
        var seen = procedure.Hits.Count > 0 ? FormattableString.Invariant($"{events:N0} {(events == 1 ? "event" : "events")} chosen by {rules} {(rules == 1 ? "rule" : "rules")} {(events == 1 ? "shows" : "show")} it") : null;
        var told = documents > 0 ? FormattableString.Invariant($"{documents} {(documents == 1 ? "document tells" : "documents tell")} it") : null;
        if (seen is not null && told is not null) return (ConfidenceLevel.High, $"{seen}, and {told}");
        if (seen is not null)
        {
            var weak = procedure.Hits.All(hit => hit.Level is "low" or "informational");
            return weak ? (ConfidenceLevel.Moderate, $"{seen}; none of them above level low") : (ConfidenceLevel.High, seen);
        }
        if (told is not null) return (ConfidenceLevel.Moderate, $"{told}; no event shows it");
        if (procedure.Quotes.Count > 0)
            return (ConfidenceLevel.Low, FormattableString.Invariant($"the text mapper reads it out of a sentence, p {procedure.Quotes.Max(quote => quote.Probability):0.00}"));
        return (ConfidenceLevel.Low, "claimed without saying what was seen");
    }
}
