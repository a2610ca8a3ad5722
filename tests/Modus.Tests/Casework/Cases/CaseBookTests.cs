using Modus.Casework.Cases;
using Modus.Casework.Store;
using Xunit;

namespace Modus.Tests.Casework.Cases;

/// <summary>Records through the store and back, and the rules on changing them.</summary>
public sealed class CaseBookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CaseBook book;

    public CaseBookTests() => book = Open("mira", new FourEyesPolicy(true, ["mapper"], ConfidenceLevel.Moderate));

    public void Dispose()
    {
        book.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Every_record_comes_back_as_it_was_saved()
    {
        var time = new DateTimeOffset(2026, 3, 9, 8, 43, 52, TimeSpan.Zero);
        var procedure = Full(time);
        var evidence = new EvidenceRecord
        {
            Id = "E-1",
            CaseId = "C-x",
            Type = EvidenceKind.Inventory,
            Sha256 = "ab",
            Bytes = 12,
            Path = "logs/ü.csv",
            Kept = ".modus/evidence/ab",
            Format = "CSV log",
            Source = "the vendor",
            Arrived = time,
            By = "mira",
            Tlp = "amber",
            Summary = "3 events",
            Used = 3,
            Skipped = 1,
            First = time,
            Last = time.AddTicks(1),
            Hosts = ["a"],
            Sources = ["windows"],
            Zone = "Europe/Berlin",
            Asides = [new Aside("T1021.006", "Windows Remote Management", procedure.Quotes[0] with { Statement = "negated" })],
            Redacted = "asked for",
        };
        var gap = new GapRecord { Id = "I-1", CaseId = "C-x", Type = "silence", Reason = "r", Source = "s", Host = "h", From = time, To = time, Techniques = ["T1059"], EvidenceIds = ["E-1"], Record = "record 4", Author = "mira", State = GapState.Closed, ClosedBecause = "found" };
        var review = new ReviewRecord { Id = "V-1", CaseId = "C-x", ProcedureId = "P-1", Reviewer = "jon", Time = time, Verdict = ReviewVerdict.Change, Reason = "r", TechniqueBefore = "T1204", TechniqueAfter = "T1204.004" };
        var decision = new DecisionRecord { Id = "D-1", CaseId = "C-x", Author = "mira", Time = time, Text = "t", Reason = "r", About = ["P-1"] };
        var hypothesis = new HypothesisRecord { Id = "H-1", CaseId = "C-x", Author = "mira", Time = time, Text = "t", State = HypothesisState.Refuted, For = ["P-1"], Against = ["I-1"] };
        var note = new NoteRecord { Id = "N-1", CaseId = "C-x", Author = "mira", Time = time, Text = "a\nb", About = ["T1059"] };
        var item = new CaseRecord { Id = "C-x", Name = "X", Status = CaseStatus.Closed, Summary = "s", Tlp = "green", Release = "19.0", Aliases = ["UNC-X"], Opened = time, Closed = time, ClosedBecause = "done" };

        Assert.True(book.Save("all", item, evidence, procedure, gap, review, decision, hypothesis, note).IsDone);

        Same(item);
        Same(evidence);
        Same(procedure);
        Same(gap);
        Same(review);
        Same(decision);
        Same(hypothesis);
        Same(note);
        Assert.Null(book.Store.Verify().Reason);
    }

    [Fact]
    public void A_record_is_found_by_the_beginning_of_its_id_if_it_is_the_only_one()
    {
        book.SaveOrThrow("two", Small("P-aa11"), Small("P-ab22"));

        Assert.Equal("P-ab22", book.Get<ProcedureRecord>("p-ab").Id);
        Assert.Equal(CaseRuleCodes.Ambiguous, Assert.Throws<CaseRuleException>(() => book.Get<ProcedureRecord>("P-a")).Code);
        Assert.Equal(CaseRuleCodes.Unknown, Assert.Throws<CaseRuleException>(() => book.Get<ProcedureRecord>("P-c")).Code);
    }

    [Fact]
    public void A_review_and_what_it_does_are_one_change_that_one_undo_takes_back()
    {
        book.SaveOrThrow("one", Small("P-1"));

        book.Review(book.Get<ProcedureRecord>("P-1") with { Technique = "T1059.001" }, ReviewVerdict.Change, "the text names it");

        Assert.Equal((ProcedureStatus.Confirmed, "T1059.001"), (book.Get<ProcedureRecord>("P-1").Status, book.Get<ProcedureRecord>("P-1").Technique));
        var review = Assert.Single(book.List<ReviewRecord>("C-x"));
        Assert.Equal(("P-1", "mira", "T1059", "T1059.001"), (review.ProcedureId, review.Reviewer, review.TechniqueBefore, review.TechniqueAfter));

        Assert.Single(book.Store.Undo("mira", 1));
        Assert.Equal((ProcedureStatus.Candidate, "T1059"), (book.Get<ProcedureRecord>("P-1").Status, book.Get<ProcedureRecord>("P-1").Technique));
        Assert.Empty(book.List<ReviewRecord>("C-x"));
    }

    [Theory]
    [InlineData("mapper", ConfidenceLevel.Moderate, "mira", false)]
    [InlineData("mapper", ConfidenceLevel.Moderate, "jon", true)]
    [InlineData("mapper", ConfidenceLevel.High, "mira", true)]
    [InlineData("rule", ConfidenceLevel.Low, "mira", true)]
    public void Four_eyes_hold_by_origin_and_confidence(string origin, ConfidenceLevel confidence, string reviewer, bool allowed)
    {
        book.SaveOrThrow("one", Small("P-1") with { Origin = origin, Confidence = confidence, Author = "mira" });
        var other = new CaseBook(book.Store, reviewer, TimeProvider.System, book.FourEyes); // shares the store, so it is not disposed

        var problem = Record.Exception(() => other.Review(other.Get<ProcedureRecord>("P-1"), ReviewVerdict.Accept, ""));

        Assert.Equal(allowed, problem is null);
        if (!allowed) Assert.Equal(CaseRuleCodes.FourEyes, Assert.IsType<CaseRuleException>(problem).Code);
        Assert.Equal(allowed ? 1 : 0, book.List<ReviewRecord>("C-x").Count);
    }

    [Fact]
    public void Two_people_who_change_different_members_are_joined_and_the_same_member_is_a_conflict()
    {
        book.SaveOrThrow("one", Small("P-1"));
        var mine = book.Get<ProcedureRecord>("P-1");
        var yours = book.Get<ProcedureRecord>("P-1");

        book.SaveOrThrow("steps", mine with { Steps = "ran a script" });
        Assert.Equal(["P-1"], book.Save("actor", yours with { Actor = "UNC-X" }).Merged);
        var problem = Assert.Throws<CaseRuleException>(() => book.SaveOrThrow("steps", yours with { Steps = "something else" }));

        Assert.Equal(CaseRuleCodes.Conflict, problem.Code);
        Assert.Contains("steps", problem.Message, StringComparison.Ordinal);
        Assert.Equal(("ran a script", "UNC-X"), (book.Get<ProcedureRecord>("P-1").Steps, book.Get<ProcedureRecord>("P-1").Actor));
    }

    [Fact]
    public void The_case_is_the_named_one_the_usual_one_or_the_only_open_one()
    {
        Assert.Equal(CaseRuleCodes.Unknown, Assert.Throws<CaseRuleException>(() => book.Case(null)).Code);
        book.SaveOrThrow("cases", new CaseRecord { Id = "C-a", Name = "A" }, new CaseRecord { Id = "C-b", Name = "B", Status = CaseStatus.Closed });
        Assert.Equal("C-a", book.Case(null).Id);
        Assert.Equal("C-b", book.Case("b").Id);
        book.SaveOrThrow("third", new CaseRecord { Id = "C-c", Name = "C" });
        Assert.Equal(CaseRuleCodes.WhichCase, Assert.Throws<CaseRuleException>(() => book.Case(null)).Code);
        Assert.Equal("C-c", book.Case(null, "C-c").Id);
    }

    internal static ProcedureRecord Small(string id) => new() { Id = id, CaseId = "C-x", Technique = "T1059" };

    internal static ProcedureRecord Full(DateTimeOffset time) => Small("P-1") with
    {
        Name = "Interpreter",
        Tactics = ["execution"],
        Release = "19.0",
        Steps = "two\nlines",
        First = time,
        Last = time.AddHours(1),
        Hosts = ["a"],
        Accounts = ["b"],
        Software = ["S0002"],
        Actor = "UNC",
        Origin = "mapper",
        Author = "mira",
        Confidence = ConfidenceLevel.High,
        Why = "both",
        Status = ProcedureStatus.Contradicted,
        Quotes = [new CaseQuote { EvidenceId = "E-1", Text = "It ran.", Matched = "ran", Start = 3, Length = 3, SourceStart = 9, SourceLength = 4, Page = 2, Statement = "asserted", Written = "T1059", Release = "16.1", Verdict = "new id", Reason = "r", Probability = 0.25 }],
        Hits = [new CaseHit { EvidenceId = "E-2", File = "a!b", Record = "record 4", First = time, Last = time, Count = 7, Host = "h", Users = ["u", "v"], Rule = "R", RuleId = "1", RuleAuthor = "me", Level = "high", Details = "A=b", Written = "T1059" }],
        Claims = [new CaseClaim("E-3", "$.x", "says", "T1059")],
        RunnersUp = [new RunnerUp("T1204", "User Execution", 0.5, "word")],
    };

    private CaseBook Open(string actor, FourEyesPolicy policy) => new(CaseStores.OpenSqlite(Path.Combine(folder.Path, "cases.db"), TimeProvider.System), actor, TimeProvider.System, policy);

    private void Same<T>(T expected)
        where T : class, ICaseRecord<T>
    {
        var found = book.Find<T>(expected.Id);
        Assert.NotNull(found);
        Assert.Equal(1, found.Version);
        Assert.Equivalent(expected, T.Read(RecordJson.BodyOf(found), found.Id, expected.Version), strict: true);
    }
}
