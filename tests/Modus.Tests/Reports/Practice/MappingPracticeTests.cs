using Modus.Reports.Documents;
using Modus.Reports.Mapping;
using Modus.Reports.Practice;
using Modus.Reports.Qualifiers;
using Xunit;

namespace Modus.Tests.Reports.Practice;

/// <summary>The checks of mapping practice on one candidate.</summary>
public sealed class MappingPracticeTests
{
    private static readonly DecidingWords[] evenWords = [new(0, 4, "left", 0.4f), new(5, 5, "right", 0.35f)];

    [Fact]
    public void Says_nothing_of_a_clear_candidate()
    {
        Assert.Empty(Notes(Candidate("The visitor opened the cellar door with an iron key at night.")));
    }

    [Theory]
    [InlineData("hxxp://evil[.]example/a 10.1.2.3 44d88612fea8a8f36de82e1278abb02f", "C1", PracticeLevel.Error)]
    [InlineData("Opened the door.", "C4", PracticeLevel.Warning)]
    public void Asks_for_behaviour_and_context(string text, string check, PracticeLevel level)
    {
        var note = Assert.Single(Notes(Candidate(text)));
        Assert.Equal((check, level), (note.Check, note.Level));
    }

    [Theory]
    [InlineData(Qualifier.Negated, PracticeLevel.Error)]
    [InlineData(Qualifier.Recommended, PracticeLevel.Error)]
    [InlineData(Qualifier.Hypothetical, PracticeLevel.Warning)]
    [InlineData(Qualifier.Capability, PracticeLevel.Info)]
    public void Objects_to_what_is_not_said(Qualifier qualifier, PracticeLevel level)
    {
        var note = Assert.Single(Notes(Candidate(statement: new Qualified(qualifier, "cue"))));
        Assert.Equal(("C8", level), (note.Check, note.Level));
        Assert.Contains("\"cue\"", note.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_to_a_leap_from_one_word()
    {
        var note = Assert.Single(Notes(Candidate(words: [new(0, 6, "hammer", 0.9f), new(7, 3, "the", 0.1f), new(11, 4, "late", -0.5f)])));
        Assert.Equal("C8", note.Check);
        Assert.Contains("hammer", note.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_which_tactic_is_meant()
    {
        Assert.Empty(Notes(Candidate(), ["one"]));
        var note = Assert.Single(Notes(Candidate(), ["one", "two"]));
        Assert.Equal("C5", note.Check);
    }

    [Fact]
    public void Weighs_parent_and_sub_technique()
    {
        var tied = Candidate(suggestion: new("T9002.001", 0.5f, "T9002", 0.7f, false));
        Assert.Equal("C11", Assert.Single(Notes(tied)).Check);

        var parent = Candidate(suggestion: new("T9002", 0.5f, null, 0, false), runnersUp: [new("T9002.001", 0.3f, null, 0, false)]);
        Assert.Contains("T9002.001", Assert.Single(Notes(parent)).Says, StringComparison.Ordinal);

        var two = Candidate(suggestion: new("T9002", 0.5f, null, 0, false), runnersUp: [new("T9002.001", 0.3f, null, 0, false), new("T9002.002", 0.3f, null, 0, false)]);
        Assert.Empty(Notes(two));
    }

    [Fact]
    public void Misses_a_precedent()
    {
        Assert.Equal("C13", Assert.Single(Notes(Candidate(precedents: []))).Check);
    }

    private static IReadOnlyList<PracticeNote> Notes(ReportCandidate candidate, IReadOnlyList<string>? tactics = null) =>
        MappingPractice.Of(candidate, tactics, id => id.Contains('.', StringComparison.Ordinal) ? id[..5] : null);

    private static ReportCandidate Candidate(
        string text = "The visitor opened the cellar door with an iron key at night.", MapSuggestion? suggestion = null, MapSuggestion[]? runnersUp = null,
        Qualified statement = default, DecidingWords[]? words = null, Precedent[]? precedents = null)
    {
        var document = ReportReader.ReadText(text, "note.txt", DocumentFormat.PlainText).Document!;
        return new(
            document.Quote(0, document.Text.Length), suggestion ?? new("T9001", 0.9f, null, 0, false), runnersUp ?? [], statement,
            new(words ?? evenWords, precedents ?? [new("T9001", "G9001", 0.5f)]));
    }
}
