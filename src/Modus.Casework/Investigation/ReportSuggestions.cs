using Modus.Reports.Documents;
using Modus.Reports.Mapping;

namespace Modus.Casework.Investigation;

/// <summary>Asks the text mapper for the techniques that sentences speak of without naming them.</summary>
internal sealed class ReportSuggestions(FindingCollector findings, double? least)
{
    // With a least probability, one technique a sentence: the others stand beside it as runners-up.
    private const int Top = 1, TopOfWhole = 3;

    private readonly ReportMapper mapper = new(MapperModel.Shipped);

    /// <returns>How many sentences suggest a technique that the text does not print.</returns>
    public int Add(Document document, string file)
    {
        if (ReportWarnings.IsForeign(document))
        {
            findings.Problems.Add(ReportWarnings.Foreign(document, file));
            return 0;
        }

        var added = 0;
        // What a document speaks of is decided for the document as a whole, unless somebody names a probability.
        var mapping = least is null ? mapper.MapWhole(document, TopOfWhole) : mapper.Map(document, least, Top);
        if (mapping.LeftOut > 0)
        {
            findings.Problems.Add(new CaseProblem(
                CaseProblemCodes.TooMuch, FormattableString.Invariant($"more sentences suggest the same techniques than anybody reads; {mapping.LeftOut} of the less likely were left out"), file, Lost: false));
        }

        foreach (var candidate in mapping.Candidates)
        {
            if (candidate.Suggestion.Printed || document.BlockAt(candidate.Quote.Start) is { IsBody: false }) continue;
            var (id, probability) = candidate.Suggestion.Instead is { } parent
                ? (parent, candidate.Suggestion.InsteadProbability)
                : (candidate.Suggestion.Technique, candidate.Suggestion.Probability);
            if (Add(candidate, id, probability, file) && !candidate.IsSetAside) added++;
        }
        return added;
    }

    private bool Add(ReportCandidate candidate, string id, double probability, string file)
    {
        var quote = candidate.Quote;
        var place = FormattableString.Invariant($"offset {quote.SourceStart ?? quote.Start}");
        return findings.Add(findings.Resolver.Resolve(id, "text mapper"), file, place, origin => new SuggestionEvidence(
            file, candidate.IsSetAside ? Standing.Mentioned : Standing.Suggested, origin,
            candidate.Statement.Qualifier.ToString().ToLowerInvariant(), quote.Text, quote.Start, quote.SourceStart, quote.Page, probability,
            [.. candidate.RunnersUp.Select(other => FormattableString.Invariant($"{other.Technique} {other.Probability:0.00}"))],
            [.. candidate.Why.Words.Where(word => word.Weight > 0).Select(word => word.Words)]));
    }
}
