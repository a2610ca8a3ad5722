using Modus.Attack;
using Modus.Cli.Shell;
using Modus.Reports.Mapping;
using Modus.Reports.Practice;

namespace Modus.Cli.Commands.Map;

/// <summary>Suggestions as columns of a listing.</summary>
internal static class SuggestionColumns
{
    public static Column<ReportCandidate>[] Of(bool explain, bool all, Release? release)
    {
        IReadOnlyList<string>? Tactics(string id) => release?.Find(id) is Technique technique ? [.. technique.Tactics.Select(tactic => tactic.Shortname)] : null;
        string? Parent(string id) => (release?.Find(id) as Technique)?.Parent?.Id;
        List<Column<ReportCandidate>> columns =
        [
            new("technique", "Technique", row => row.Suggestion.Technique),
            new("probability", "p", row => Math.Round(row.Suggestion.Probability, 3)) { Right = true },
            new("instead", "Instead", row => row.Suggestion.Instead),
            new("tactics", null, row => Tactics(row.Suggestion.Technique) ?? []),
            new("practice", explain ? "Practice" : null, row => MappingPractice.Of(row, Tactics(row.Suggestion.Technique), Parent).Select(note => note.ToString())),
            new("printed", null, row => row.Suggestion.Printed),
            new("statement", all ? "Statement" : null, row => row.Statement.Qualifier.ToString().ToLowerInvariant()),
            new("cue", null, row => row.Statement.Cue),
            new("runners_up", null, row => row.RunnersUp.Select(other => FormattableString.Invariant($"{other.Technique} {other.Probability:0.000}"))),
            new("deciding_words", explain ? "Deciding words" : null, row => row.Why.Words.Select(word => FormattableString.Invariant($"{word.Words} {Math.Round(word.Weight, 2):+0.00;-0.00;0.00}"))),
            new("precedents", explain ? "Precedents" : null, row => row.Why.Precedents.Select(one => FormattableString.Invariant($"{one.Source} {one.Similarity:0.00}"))),
            new("page", null, row => row.Quote.Page),
            new("start", null, row => row.Quote.Start),
            new("length", null, row => row.Quote.Length),
            new("quote", "Quote", row => row.Quote.Text) { Gives = true },
        ];
        return [.. columns];
    }
}
