using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Store;

namespace Modus.Casework.Review;

/// <summary>Decides items, and takes decisions back: the same for the terminal, a script and a page.</summary>
/// <param name="book">The records.</param>
/// <param name="caseId">The case.</param>
/// <param name="nameOf">Full name of a technique; empty where it is not known.</param>
/// <param name="releases">Releases that say which logs show a technique; empty leaves that out of the reasons.</param>
/// <param name="newest">The newest release of a domain at hand; null leaves mappings of older releases unasked.</param>
public sealed class ReviewDesk(CaseBook book, string caseId, Func<string, string> nameOf, IReadOnlyList<Release> releases, Func<Domains, Release?>? newest = null)
{
    private readonly Stack<(long ChangeSet, ReviewVerdict Verdict, int Count, string What)> done = new();
    private long known, expected;

    /// <summary>The case.</summary>
    public string CaseId => caseId;

    /// <summary>Who decides.</summary>
    public string Reviewer => book.Actor;

    /// <summary>Decisions made here and not taken back, by verdict.</summary>
    public SortedDictionary<ReviewVerdict, int> Made { get; } = [];

    /// <summary>What is open now.</summary>
    public IReadOnlyList<ReviewItem> Queue()
    {
        var procedures = book.List<ProcedureRecord>(caseId);
        return ReviewQueue.Of(procedures, nameOf, CaseFindings.Of(book.List<EvidenceRecord>(caseId), procedures, releases, newest));
    }

    /// <summary>Says whether the rule of four eyes keeps this reviewer from accepting an item.</summary>
    public bool MayAccept(ReviewItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return book.FourEyes.Allows(item.Procedure, book.Actor);
    }

    /// <summary>Accepts, rejects, contradicts or reopens.</summary>
    /// <param name="item">The item.</param>
    /// <param name="verdict">The decision.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="identical">True decides the identical items with it, in one change.</param>
    /// <exception cref="CaseRuleException">The rule of four eyes forbids it, or somebody else changed it in between.</exception>
    public string Decide(ReviewItem item, ReviewVerdict verdict, string reason = "", bool identical = false)
    {
        ArgumentNullException.ThrowIfNull(item);
        IReadOnlyList<ProcedureRecord> procedures = identical ? [item.Procedure, .. item.Identical] : [item.Procedure];
        return Note(book.ReviewAll(procedures, verdict, reason), verdict, procedures.Count == 1 ? item.Procedure.Id : FormattableString.Invariant($"{item.Procedure.Id} and {procedures.Count - 1} identical"), procedures.Count);
    }

    /// <summary>Takes another technique instead, and confirms that.</summary>
    /// <param name="item">The item.</param>
    /// <param name="technique">The technique's id: one of the alternatives, or any that has a name.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <exception cref="CaseRuleException">No release at hand knows the technique, or as for <see cref="Decide"/>.</exception>
    public string Take(ReviewItem item, string technique, string reason = "")
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(technique);
        var id = Mappings.TechniqueIds.Normal(technique) ?? throw new CaseRuleException(CaseRuleCodes.BadValue, $"'{technique}' is no technique id", "write it as T0000 or T0000.000");
        var name = nameOf(id);
        if (name.Length == 0) throw new CaseRuleException(CaseRuleCodes.BadValue, $"no release at hand has a technique {id}", "check the id: modus attack search WORDS");
        if (id == item.Procedure.Technique) return Decide(item, ReviewVerdict.Accept, reason);
        // What was taken for right before stays among the runners-up: the record says what was chosen between.
        var before = new RunnerUp(item.Procedure.Technique, item.Procedure.Name, null, "taken for right before the review");
        var changed = item.Procedure with
        {
            Technique = id,
            Name = name,
            Tactics = [],
            RunnersUp = [before, .. item.Procedure.RunnersUp.Where(other => other.Technique != id && other.Technique != before.Technique)],
        };
        return Note(book.Review(changed, ReviewVerdict.Change, reason), ReviewVerdict.Change, $"{item.Procedure.Id}: {before.Technique} to {id}", 1);
    }

    /// <summary>Sets the words of a quote that carry the technique.</summary>
    /// <param name="item">The item.</param>
    /// <param name="quote">Which of its quotes, from 0.</param>
    /// <param name="start">Offset of the words in the quote's text.</param>
    /// <param name="length">Their length.</param>
    /// <exception cref="CaseRuleException">The item has no such words.</exception>
    public string SetSpan(ReviewItem item, int quote, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (quote < 0 || quote >= item.Procedure.Quotes.Count) throw new CaseRuleException(CaseRuleCodes.BadValue, $"{item.Procedure.Id} has no quote {quote + 1}", "only what a document tells has a span");
        var old = item.Procedure.Quotes[quote];
        if (start < 0 || length < 1 || start + length > old.Text.Length) throw new CaseRuleException(CaseRuleCodes.BadValue, "the span lies outside the quote", "give words of the quote");
        var within = old.Matched.Length > 0 ? Math.Max(0, old.Text.IndexOf(old.Matched, StringComparison.Ordinal)) : 0;
        var edited = old with
        {
            Matched = old.Text.Substring(start, length),
            Start = old.Start - within + start,
            Length = length,
            // The source may write the words between with more characters: its offsets are not known any more.
            SourceStart = null,
            SourceLength = null,
        };
        IReadOnlyList<CaseQuote> quotes = [.. item.Procedure.Quotes.Select((one, at) => at == quote ? edited : one)];
        return Note(book.Review(item.Procedure with { Quotes = quotes }, ReviewVerdict.Edit, ""), ReviewVerdict.Edit, $"{item.Procedure.Id}: “{edited.Matched}”", 1);
    }

    /// <summary>Sets the words of the first quote that holds them.</summary>
    /// <exception cref="CaseRuleException">No quote of the item holds them.</exception>
    public string SetSpan(ReviewItem item, string words)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentException.ThrowIfNullOrWhiteSpace(words);
        for (var at = 0; at < item.Procedure.Quotes.Count; at++)
            if (item.Procedure.Quotes[at].Text.IndexOf(words, StringComparison.Ordinal) is var start and >= 0) return SetSpan(item, at, start, words.Length);
        throw new CaseRuleException(CaseRuleCodes.BadValue, $"no quote of {item.Procedure.Id} holds the words '{words}'", "copy them from the quote");
    }

    /// <summary>Logs an intelligence gap about an item and leaves the item open.</summary>
    /// <param name="item">The item.</param>
    /// <param name="reason">What is not known.</param>
    public string LogGap(ReviewItem item, string reason)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var procedure = item.Procedure;
        var host = procedure.Hosts.Count == 1 ? procedure.Hosts[0] : null;
        var gap = new GapRecord
        {
            Id = CaseIds.OfGap(caseId, reason, null, host, procedure.First),
            CaseId = caseId,
            Reason = reason,
            Host = host,
            From = procedure.First,
            To = procedure.Last,
            Techniques = [procedure.Technique],
            EvidenceIds = [.. procedure.EvidenceIds.Order(StringComparer.Ordinal)],
            Author = book.Actor,
        };
        IReadOnlyList<ICaseRecord> more = book.Find<GapRecord>(gap.Id) is null ? [gap] : [];
        return Note(book.Review(procedure, ReviewVerdict.Gap, reason, more), ReviewVerdict.Gap, $"{procedure.Id}: {gap.Id}", 1);
    }

    /// <summary>Takes the last decision made here back.</summary>
    /// <exception cref="CaseRuleException">Nothing was decided here, or somebody else changed something since.</exception>
    public string Undo()
    {
        if (done.Count == 0) throw new CaseRuleException(CaseRuleCodes.BadValue, "nothing was decided in this session", "take back earlier changes with: modus undo");
        var (changeSet, verdict, count, what) = done.Peek();
        if (LastChangeSet() != expected || !book.Store.Undo(book.Actor, 1).Contains(changeSet))
            throw new CaseRuleException(CaseRuleCodes.Conflict, "somebody else changed something since; nothing of yours was taken back", "look at it, then: modus undo");
        done.Pop();
        expected = LastChangeSet();
        if ((Made[verdict] -= count) == 0) Made.Remove(verdict);
        return $"took back: {what}";
    }

    private long LastChangeSet()
    {
        var last = 0L;
        // The journal is read from the front: what is known is stepped over, but for its last entry.
        foreach (var entry in book.Store.Journal(known)) (last, known) = (entry.ChangeSet, Math.Max(known, entry.Sequence - 1));
        return last;
    }

    private string Note(ChangeResult result, ReviewVerdict verdict, string what, int count)
    {
        var said = $"{RecordJson.WordOf(verdict)} {what}";
        if (result.ChangeSet == 0) return said;
        expected = result.ChangeSet;
        done.Push((result.ChangeSet, verdict, count, said));
        Made[verdict] = Made.GetValueOrDefault(verdict) + count;
        return said;
    }
}
