using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Qualifiers;

namespace Modus.Reports.Practice;

/// <summary>
/// Checks a candidate against the practice of good mappings: behaviour and not indicators (C1), enough context (C4), the
/// tactic that is meant (C5), nothing that is not said (C8), the sub-technique only where the text carries it (C11), a precedent (C13).
/// </summary>
public static class MappingPractice
{
    private const int FewWords = 5;
    private const float LoneWordShare = 0.7f;
    private const float NearEnough = 0.2f;
    private const float RivalShare = 0.5f;

    /// <summary>The notes on a candidate, by check.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="tactics">The technique's tactics in a release, by short name; null where no release is at hand.</param>
    /// <param name="parentOf">The parent of a technique's id, or null.</param>
    public static IReadOnlyList<PracticeNote> Of(ReportCandidate candidate, IReadOnlyList<string>? tactics, Func<string, string?> parentOf)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(parentOf);
        var notes = new List<PracticeNote>();
        Words(candidate, notes);
        if (tactics is { Count: > 1 }) notes.Add(new("C5", PracticeLevel.Warning, $"several tactics, choose the one that is meant: {string.Join(", ", tactics)}"));
        Statement(candidate.Statement, notes);
        LoneWord(candidate, notes);
        Family(candidate, parentOf, notes);
        if (!candidate.Why.Precedents.Any(precedent => precedent.Similarity >= NearEnough))
            notes.Add(new("C13", PracticeLevel.Info, "no procedure example of the technique is near"));
        return notes;
    }

    private static void Words(ReportCandidate candidate, List<PracticeNote> notes)
    {
        var lexer = new SentenceLexer();
        lexer.Lex(candidate.Quote.Text);
        var words = 0;
        foreach (var token in lexer.Tokens)
            if (token.Kind == TokenKind.Word && !FunctionWords.Contains(token.Hash)) words++;
        if (words >= FewWords) return;
        notes.Add(lexer.ClassTokens > words
            ? new("C1", PracticeLevel.Error, "the quote holds indicators and no behaviour")
            : new("C4", PracticeLevel.Warning, $"little context: {words} words that say anything"));
    }

    private static void Statement(Qualified statement, List<PracticeNote> notes)
    {
        var cue = statement.Cue is null ? "" : $" (\"{statement.Cue}\")";
        (PracticeLevel Level, string Says)? found = statement.Qualifier switch
        {
            Qualifier.Negated => (PracticeLevel.Error, "the statement denies it"),
            Qualifier.Recommended => (PracticeLevel.Error, "the statement advises against it"),
            Qualifier.Quoted => (PracticeLevel.Error, "the statement belongs to references or navigation"),
            Qualifier.Hypothetical => (PracticeLevel.Warning, "the statement supposes it"),
            Qualifier.Background => (PracticeLevel.Warning, "the statement tells of others or in general"),
            Qualifier.Capability => (PracticeLevel.Info, "the statement tells an ability, not a use"),
            _ => null,
        };
        if (found is { } note) notes.Add(new("C8", note.Level, note.Says + cue));
    }

    /// <summary>A tool's name or another lone word is no act.</summary>
    private static void LoneWord(ReportCandidate candidate, List<PracticeNote> notes)
    {
        var speaking = candidate.Why.Words.Where(word => word.Weight > 0).ToList();
        var sum = speaking.Sum(word => word.Weight);
        if (speaking.Count > 0 && speaking[0].Weight >= LoneWordShare * sum)
            notes.Add(new("C8", PracticeLevel.Warning, $"it rests on \"{speaking[0].Words}\" alone: does the text say what was done?"));
    }

    private static void Family(ReportCandidate candidate, Func<string, string?> parentOf, List<PracticeNote> notes)
    {
        var own = candidate.Suggestion;
        if (own.Instead is not null)
        {
            notes.Add(new("C11", PracticeLevel.Warning, $"the text does not tell the sub-technique: {own.Instead}"));
            return;
        }

        var children = candidate.RunnersUp.Where(other => parentOf(other.Technique) == own.Technique && other.Probability >= RivalShare * own.Probability).ToList();
        if (children.Count == 1) notes.Add(new("C11", PracticeLevel.Warning, $"the text may carry the sub-technique {children[0].Technique}"));
    }
}
