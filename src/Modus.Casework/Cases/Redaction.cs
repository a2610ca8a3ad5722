using Modus.Casework.Indicators;

namespace Modus.Casework.Cases;

/// <summary>Takes the words of a piece of evidence out of a case: what was said goes, that and where it was said stays.</summary>
public static class Redaction
{
    /// <summary>What stands in place of words.</summary>
    public const string Mark = "[redacted]";

    /// <summary>Redacts a piece of evidence, in one change.</summary>
    /// <param name="book">The records.</param>
    /// <param name="item">The evidence.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The number of records changed.</returns>
    /// <remarks>The journal keeps the records as they were, as it does for every change: it is an audit trail, and undo needs it.</remarks>
    public static int Of(CaseBook book, EvidenceRecord item, string reason)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var records = new List<ICaseRecord>
        {
            item with { Redacted = reason, Kept = null, Summary = Mark, Asides = [.. item.Asides.Select(aside => aside with { Quote = Clean(aside.Quote) })] },
        };
        foreach (var procedure in book.List<ProcedureRecord>(item.CaseId).Where(procedure => procedure.EvidenceIds.Contains(item.Id)))
        {
            var words = procedure.Quotes.Where(quote => quote.EvidenceId == item.Id).Select(quote => quote.Text).ToHashSet(StringComparer.Ordinal);
            records.Add(procedure with
            {
                Steps = words.Contains(procedure.Steps) ? Mark : procedure.Steps,
                Quotes = [.. procedure.Quotes.Select(quote => quote.EvidenceId == item.Id ? Clean(quote) : quote)],
                Hits = [.. procedure.Hits.Select(hit => hit.EvidenceId == item.Id ? hit with { Details = Mark } : hit)],
                Claims = [.. procedure.Claims.Select(claim => claim.EvidenceId == item.Id ? claim with { Says = Mark } : claim)],
            });
        }
        foreach (var indicator in book.List<IndicatorRecord>(item.CaseId).Where(indicator => indicator.Sightings.Any(sighting => sighting.EvidenceId == item.Id)))
        {
            records.Add(indicator with
            {
                // What other evidence says too stays said.
                Value = indicator.Sightings.All(sighting => sighting.EvidenceId == item.Id) ? Mark : indicator.Value,
                Sightings = [.. indicator.Sightings.Select(sighting => sighting.EvidenceId == item.Id ? sighting with { Written = Mark, Context = Mark } : sighting)],
            });
        }
        book.SaveOrThrow($"redact {item.Id}: {reason}", records);
        return records.Count;
    }

    private static CaseQuote Clean(CaseQuote quote) => quote with { Text = Mark, Matched = quote.Matched.Length > 0 ? Mark : "" };
}
