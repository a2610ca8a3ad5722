using Modus.Casework.Cases;
using Modus.Casework.Review;
using Modus.Reports.Mapping;

namespace Modus.Cli.Commands.Review;

/// <summary>Why an item is what it is, in lines for people: the words that decided, precedents, evidence counted.</summary>
internal sealed class ReviewReasons
{
    private const int Words = 6, Precedents = 3;

    private readonly Lazy<TechniqueMapper> mapper = new(() => new TechniqueMapper(MapperModel.Shipped));

    public static string Word(ReviewKind kind) => kind switch
    {
        ReviewKind.OtherRelease => "other-release",
        ReviewKind.NotSeen => "not-seen",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Of(ReviewItem item)
    {
        var procedure = item.Procedure;
        var lines = new List<string>
        {
            $"waits because: {item.Why}",
            $"confidence {procedure.Confidence.ToString().ToLowerInvariant()}: {procedure.Why}",
            $"entered by {procedure.Author} as {procedure.Origin}, ATT&CK {procedure.Release}",
        };
        foreach (var quote in procedure.Quotes.Take(2)) lines.AddRange(OfQuote(quote, procedure.Technique));
        foreach (var other in item.Alternatives)
            lines.Add($"{other.Technique} {other.Name}: {other.Why}{(other.Probability is { } p ? FormattableString.Invariant($", p {p:0.00}") : "")}");
        return lines;
    }

    private List<string> OfQuote(CaseQuote quote, string technique)
    {
        var lines = new List<string>();
        if (quote.Verdict is not null) lines.Add($"written as {quote.Written}{(quote.Release is null ? "" : $" in ATT&CK {quote.Release}")}: {quote.Verdict}. {quote.Reason}");
        var explanation = mapper.Value.Explain(quote.Text, technique, Words, Precedents);
        var words = explanation.Words.Where(word => word.Weight > 0).Select(word => word.Words).ToList();
        lines.Add(words.Count > 0 ? $"words that speak for {technique}: {string.Join(" · ", words)}" : $"no word of the quote speaks for {technique} in the mapper's eyes");
        if (explanation.Precedents.Count > 0)
            lines.Add($"nearest procedure examples: {string.Join(", ", explanation.Precedents.Select(one => FormattableString.Invariant($"{one.Source} ({one.Similarity:0.00})")))}");
        return lines;
    }
}
