using Modus.Casework.Cases;
using Modus.Casework.Review;
using Modus.Casework.Store;
using Xunit;

namespace Modus.Tests.Casework.Review;

/// <summary>What waits, in which order, and what deciding does to it.</summary>
public sealed class ReviewDeskTests : IDisposable
{
    private static readonly DateTimeOffset monday = new(2026, 3, 9, 8, 43, 52, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Disputes_come_first_and_uncertain_suggestions_before_sure_ones()
    {
        var told = Told("P-told", "T1003.006", "The vendor claims DCSync.");
        var sister = Seen("P-seen", "T1003.003");
        var lone = Told("P-lone", "T1530", "About 40 GB were copied from the bucket.");
        var sure = Suggested("P-sure", "T1105", 0.95);
        var open = Suggested("P-open", "T1059", 0.5);
        var torn = Seen("P-torn", "T1486") with { Status = ProcedureStatus.Contradicted };
        var weak = Seen("P-weak", "T1572") with { Confidence = ConfidenceLevel.Moderate, Why = "none above level low" };
        var claim = new ProcedureRecord { Id = "P-claim", CaseId = "C-x", Technique = "T1112", Claims = [new CaseClaim("E-3", "$", "layer", "T1112")] };
        var done = Told("P-done", "T1566.002", "done") with { Status = ProcedureStatus.Confirmed };

        var queue = ReviewQueue.Of([sure, open, sister, told, lone, torn, weak, claim, done], id => id + " name");

        Assert.Equal(["P-torn", "P-told", "P-lone", "P-weak", "P-claim", "P-open", "P-sure", "P-seen"], queue.Select(item => item.Procedure.Id));
        Assert.Equal(3, queue.Count(item => item.IsDisputed));
        var item = queue[1];
        Assert.Equal(ReviewKind.Differs, item.Kind);
        Assert.Contains("T1003.003", item.Why, StringComparison.Ordinal);
        Assert.Equal("T1003.003", item.Alternatives[0].Technique);
    }

    [Fact]
    public void Identical_items_are_decided_in_one_change_and_taken_back_in_one()
    {
        using var book = Open("jon", Told("P-1", "T1105", "The loader fetched a stage."), Told("P-2", "T1105", "The loader  fetched a stage"), Told("P-3", "T1105", "Another sentence."));
        var desk = new ReviewDesk(book, "C-x", id => id, []);
        var item = desk.Queue().First(one => one.Procedure.Id == "P-1");

        Assert.Equal(["P-2"], item.Identical.Select(other => other.Id));
        desk.Decide(item, ReviewVerdict.Accept, identical: true);

        Assert.Equal(["P-1", "P-2"], Confirmed(book));
        Assert.Equal(2, desk.Made[ReviewVerdict.Accept]);
        desk.Undo();
        Assert.Empty(Confirmed(book));
        Assert.Empty(book.List<ReviewRecord>("C-x"));
        Assert.Empty(desk.Made);
    }

    [Fact]
    public void Undo_goes_back_step_by_step_and_stops_at_what_others_did()
    {
        using var book = Open("jon", Told("P-1", "T1105", "one"), Told("P-2", "T1486", "two"));
        var desk = new ReviewDesk(book, "C-x", id => id, []);
        desk.Decide(desk.Queue().First(item => item.Procedure.Id == "P-1"), ReviewVerdict.Accept);
        desk.Decide(desk.Queue().First(item => item.Procedure.Id == "P-2"), ReviewVerdict.Reject, "no");
        desk.Undo();
        desk.Undo();
        Assert.All(book.List<ProcedureRecord>("C-x"), procedure => Assert.Equal(ProcedureStatus.Candidate, procedure.Status));
        Assert.Throws<CaseRuleException>(desk.Undo);

        desk.Decide(desk.Queue()[0], ReviewVerdict.Accept);
        using (var other = Book("mira")) other.SaveOrThrow("note", new NoteRecord { Id = "N-1", CaseId = "C-x", Text = "hello" });
        Assert.Equal(CaseRuleCodes.Conflict, Assert.Throws<CaseRuleException>(desk.Undo).Code);
        Assert.Single(Confirmed(book));
    }

    [Fact]
    public void Another_technique_is_taken_with_the_old_one_kept_as_runner_up()
    {
        using var book = Open("jon", Told("P-1", "T1204", "The user pasted a line.") with { RunnersUp = [new RunnerUp("T1204.004", "x", 0.6)] });
        var desk = new ReviewDesk(book, "C-x", id => id == "T9999" ? "" : id + " name", []);

        desk.Take(desk.Queue()[0], "t1204.004", "the text says pasted");

        var procedure = book.Get<ProcedureRecord>("P-1");
        Assert.Equal(("T1204.004", "T1204.004 name", ProcedureStatus.Confirmed), (procedure.Technique, procedure.Name, procedure.Status));
        Assert.Equal("T1204", Assert.Single(procedure.RunnersUp).Technique);
        var review = Assert.Single(book.List<ReviewRecord>("C-x"));
        Assert.Equal((ReviewVerdict.Change, "T1204", "T1204.004", "the text says pasted"), (review.Verdict, review.TechniqueBefore, review.TechniqueAfter, review.Reason));
        Assert.Throws<CaseRuleException>(() => desk.Take(new ReviewItem(procedure, ReviewKind.NotSeen, "", [], []), "T9999"));
    }

    [Fact]
    public void Who_entered_it_may_reject_it_but_not_accept_it_where_four_eyes_are_demanded()
    {
        using var book = Open("mira", Told("P-1", "T1105", "one"));
        using var strict = new CaseBook(Store(), "mira", TimeProvider.System, new FourEyesPolicy(true, []));
        var desk = new ReviewDesk(strict, "C-x", id => id, []);
        var item = desk.Queue()[0];

        Assert.False(desk.MayAccept(item));
        Assert.Equal(CaseRuleCodes.FourEyes, Assert.Throws<CaseRuleException>(() => desk.Decide(item, ReviewVerdict.Accept)).Code);
        Assert.Equal(CaseRuleCodes.FourEyes, Assert.Throws<CaseRuleException>(() => desk.Take(item, "T1106")).Code);
        desk.Decide(item, ReviewVerdict.Reject);
        Assert.Equal(ProcedureStatus.Rejected, strict.Get<ProcedureRecord>("P-1").Status);
    }

    [Fact]
    public void A_span_is_moved_within_the_quote_and_its_place_in_the_document_with_it()
    {
        var procedure = Told("P-1", "T1204.004", "the user pasted a prepared line into the dialog");
        procedure = procedure with { Quotes = [procedure.Quotes[0] with { Matched = "pasted", Start = 109, Length = 6, SourceStart = 200, SourceLength = 6 }] };
        using var book = Open("jon", procedure);
        var desk = new ReviewDesk(book, "C-x", id => id, []);

        desk.SetSpan(desk.Queue()[0], "pasted a prepared line");

        var quote = book.Get<ProcedureRecord>("P-1").Quotes[0];
        Assert.Equal(("pasted a prepared line", 109L, 22L, null), (quote.Matched, quote.Start, quote.Length, quote.SourceStart));
        Assert.Throws<CaseRuleException>(() => desk.SetSpan(desk.Queue()[0], "not there"));
        Assert.Equal(ProcedureStatus.Candidate, book.Get<ProcedureRecord>("P-1").Status);
    }

    [Fact]
    public void A_gap_is_logged_beside_the_item_which_stays_open()
    {
        using var book = Open("jon", Seen("P-1", "T1021.001") with { Hosts = ["SRV-FS02"], First = monday });
        var desk = new ReviewDesk(book, "C-x", id => id, []);

        desk.LogGap(desk.Queue()[0], "how they came onto SRV-FS02");

        var gap = Assert.Single(book.List<GapRecord>("C-x"));
        Assert.Equal(("how they came onto SRV-FS02", "SRV-FS02", monday), (gap.Reason, gap.Host, gap.From!.Value));
        Assert.Equal(["T1021.001"], gap.Techniques);
        Assert.Single(desk.Queue());
    }

    private static IEnumerable<string> Confirmed(CaseBook book) => book.List<ProcedureRecord>("C-x").Where(procedure => procedure.Status == ProcedureStatus.Confirmed).Select(procedure => procedure.Id);

    private static ProcedureRecord Told(string id, string technique, string text) => new()
    {
        Id = id,
        CaseId = "C-x",
        Technique = technique,
        Name = technique,
        Release = "19.0",
        Author = "mira",
        Origin = "text",
        Confidence = ConfidenceLevel.Moderate,
        Quotes = [new CaseQuote { EvidenceId = "E-1", Text = text, Statement = "asserted" }],
    };

    private static ProcedureRecord Suggested(string id, string technique, double p) => Told(id, technique, id) with
    {
        Origin = "mapper",
        Quotes = [new CaseQuote { EvidenceId = "E-1", Text = id + " sentence", Probability = p }],
        Confidence = ConfidenceLevel.Low,
    };

    private static ProcedureRecord Seen(string id, string technique) => new()
    {
        Id = id,
        CaseId = "C-x",
        Technique = technique,
        Name = technique,
        Release = "19.0",
        Author = "mira",
        Origin = "rule",
        Confidence = ConfidenceLevel.High,
        Hits = [new CaseHit { EvidenceId = "E-2", Rule = "rule " + id, Record = "record 1", First = monday, Level = "high" }],
    };

    private ICaseStore Store() => CaseStores.OpenSqlite(Path.Combine(folder.Path, "modus.db"), TimeProvider.System);

    private CaseBook Book(string actor) => new(Store(), actor, TimeProvider.System);

    private CaseBook Open(string actor, params ProcedureRecord[] procedures)
    {
        using (var setup = Book("setup")) setup.SaveOrThrow("setup", procedures);
        return Book(actor);
    }
}
