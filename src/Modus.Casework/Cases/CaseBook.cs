using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>The records of a workspace: reads them from the store and writes changes back, each with who and why.</summary>
/// <remarks>
/// Records carry the version that they were read at. Saving one that somebody else changed in between joins the two member by
/// member; where both changed the same member, nothing is written and the result names the conflict.
/// </remarks>
public sealed class CaseBook : IDisposable
{
    private readonly TimeProvider time;

    /// <summary>Opens the book; it owns the store.</summary>
    /// <param name="store">Where the records are.</param>
    /// <param name="actor">Who makes the changes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="fourEyes">The workspace's rule on acceptance.</param>
    public CaseBook(ICaseStore store, string actor, TimeProvider time, FourEyesPolicy? fourEyes = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentNullException.ThrowIfNull(time);
        Store = store;
        Actor = actor;
        this.time = time;
        FourEyes = fourEyes ?? FourEyesPolicy.Off;
    }

    /// <summary>The store behind it.</summary>
    public ICaseStore Store { get; }

    /// <summary>Who makes the changes.</summary>
    public string Actor { get; }

    /// <summary>The rule on acceptance.</summary>
    public FourEyesPolicy FourEyes { get; }

    /// <summary>The present time, in whole seconds: records are read by people.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>The record of exactly this id, or null.</summary>
    public T? Find<T>(string id)
        where T : class, ICaseRecord<T> => Store.Find(T.KindName, id) is { } item ? T.Read(item.Body, item.Id, item.Version) : null;

    /// <summary>The record of this id, or the only one whose id begins so (letter case does not count).</summary>
    /// <param name="id">An id, or its beginning.</param>
    /// <param name="caseId">Only records of this case; null for all.</param>
    /// <exception cref="CaseRuleException">None or several.</exception>
    public T Get<T>(string id, string? caseId = null)
        where T : class, ICaseRecord<T>
    {
        ArgumentNullException.ThrowIfNull(id);
        if (Find<T>(id) is { } exact) return exact;
        var candidates = Store.List(T.KindName, T.KindName == ItemKinds.Case ? null : caseId).Where(item => item.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList();
        return candidates switch
        {
            [var only] => T.Read(only.Body, only.Id, only.Version),
            [] => throw new CaseRuleException(CaseRuleCodes.Unknown, $"no {T.KindName} has the id '{id}'", $"list them: modus {Listing(T.KindName)}"),
            _ => throw new CaseRuleException(CaseRuleCodes.Ambiguous, $"'{id}' is the beginning of {candidates.Count} ids: {string.Join(", ", candidates.Take(5).Select(item => item.Id))}", "give more of it"),
        };
    }

    /// <summary>All records of a type, by id.</summary>
    /// <param name="caseId">Only those of this case; null for all.</param>
    public IReadOnlyList<T> List<T>(string? caseId = null)
        where T : class, ICaseRecord<T> => Store.List(T.KindName, caseId, static (body, id, _, version) => T.Read(body, id, version));

    /// <summary>Writes records, all or none.</summary>
    /// <param name="action">What is done, in words, for the journal.</param>
    /// <param name="records">The records, each as it should be; changed copies keep the version they were read at.</param>
    public ChangeResult Save(string action, params IEnumerable<ICaseRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Store.Change(Actor, action, ChangesOf(records));
    }

    /// <summary>Writes records, all or none; a conflict is an error.</summary>
    /// <exception cref="CaseRuleException">Somebody else changed the same members in between: nothing was written.</exception>
    public ChangeResult SaveOrThrow(string action, params IEnumerable<ICaseRecord> records) => Done(Save(action, records));

    /// <summary>Writes records, all or none, and only where the case is still as it was read; a conflict is an error.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="sequence">The store's last sequence number before the case was read.</param>
    /// <param name="action">What is done, in words, for the journal.</param>
    /// <param name="records">The records.</param>
    /// <returns>What was written; null where the case has changed since.</returns>
    /// <exception cref="CaseRuleException">As for <see cref="SaveOrThrow"/>.</exception>
    public ChangeResult? SaveUnlessMoved(string caseId, long sequence, string action, params IEnumerable<ICaseRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Store.ChangeUnlessMoved(caseId, sequence, Actor, action, ChangesOf(records)) is { } result ? Done(result) : null;
    }

    /// <summary>Removes records, all or none. The journal keeps them; undo brings them back.</summary>
    public ChangeResult Remove(string action, params IEnumerable<ICaseRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Store.Change(Actor, action, [.. records.Select(record => new ItemChange(record.Kind, record.Id, record.CaseId, record.Version, null))]);
    }

    /// <summary>The judgement on a procedure together with what it does to it, in one change.</summary>
    /// <param name="procedure">The procedure, edited where the verdict edits it; its status follows from the verdict.</param>
    /// <param name="verdict">What the reviewer does.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="more">Records to write in the same change: a gap that was logged.</param>
    /// <exception cref="CaseRuleException">The rule of four eyes forbids it, or the same members were changed in between.</exception>
    public ChangeResult Review(ProcedureRecord procedure, ReviewVerdict verdict, string reason, params IEnumerable<ICaseRecord> more) =>
        ReviewAll([procedure], verdict, reason, more);

    /// <summary>One judgement on several procedures, in one change: for identical items.</summary>
    /// <inheritdoc cref="Review"/>
    public ChangeResult ReviewAll(IReadOnlyList<ProcedureRecord> procedures, ReviewVerdict verdict, string reason, params IEnumerable<ICaseRecord> more)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(more);
        if (verdict is ReviewVerdict.Accept or ReviewVerdict.Change && procedures.FirstOrDefault(procedure => !FourEyes.Allows(procedure, Actor)) is { } own)
            throw new CaseRuleException(CaseRuleCodes.FourEyes, $"{own.Id} was entered by {own.Author}, and this workspace wants a second person to accept it", "let somebody else review it");
        var now = Now;
        var records = new List<ICaseRecord>();
        foreach (var procedure in procedures)
        {
            var before = Find<ProcedureRecord>(procedure.Id)?.Technique;
            var changed = before is not null && before != procedure.Technique;
            records.Add(procedure with { Status = StatusAfter(verdict, procedure.Status) });
            records.Add(new ReviewRecord
            {
                Id = CaseIds.OfWriting("V-", procedure.CaseId, procedure.Id, Actor, RecordJson.TextOf(time.GetUtcNow()), verdict.ToString(), reason),
                CaseId = procedure.CaseId,
                ProcedureId = procedure.Id,
                Reviewer = Actor,
                Time = now,
                Verdict = verdict,
                Reason = reason,
                TechniqueBefore = changed ? before : null,
                TechniqueAfter = changed ? procedure.Technique : null,
            });
        }
        var what = procedures.Count == 1 ? $"{procedures[0].Id} {procedures[0].Technique}" : $"{procedures.Count} procedures";
        return SaveOrThrow($"{RecordJson.WordOf(verdict)} {what}", records.Concat(more));
    }

    /// <summary>Logs an intelligence gap; one that is there already (same case, reason, source, host and beginning) stays as it is.</summary>
    public GapRecord AddGap(GapRecord gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        if (Find<GapRecord>(gap.Id) is { } there) return there;
        SaveOrThrow($"gap {gap.Id}: {gap.Reason}", gap);
        return gap with { Version = 1 };
    }

    /// <summary>Closes an intelligence gap.</summary>
    public ChangeResult CloseGap(GapRecord gap, string reason)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return SaveOrThrow($"close gap {gap.Id}", gap with { State = GapState.Closed, ClosedBecause = reason });
    }

    /// <summary>The case of an id or its beginning; without one the only open case, or the only case at all.</summary>
    /// <param name="id">What the caller named; null or empty where nothing was named.</param>
    /// <param name="usual">The workspace's usual case; null where it has none.</param>
    /// <exception cref="CaseRuleException">None or several.</exception>
    public CaseRecord Case(string? id, string? usual = null)
    {
        if (!string.IsNullOrEmpty(id)) return GetCase(id);
        if (!string.IsNullOrEmpty(usual) && Find<CaseRecord>(usual) is { } chosen) return chosen;
        var cases = List<CaseRecord>();
        var open = cases.Where(item => item.Status == CaseStatus.Open).ToList();
        return (open, cases) switch
        {
            ([var only], _) => only,
            (_, [var only]) => only,
            (_, []) => throw new CaseRuleException(CaseRuleCodes.Unknown, "this workspace has no case yet", "make one: modus case new NAME"),
            _ => throw new CaseRuleException(CaseRuleCodes.WhichCase, $"this workspace has {cases.Count} cases: {string.Join(", ", cases.Take(5).Select(item => item.Id))}", "name one with --case"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    // People leave the "C-" away.
    private CaseRecord GetCase(string id) => Find<CaseRecord>(id) ?? Find<CaseRecord>("C-" + id.ToLowerInvariant()) ?? Get<CaseRecord>(id);

    private static ProcedureStatus StatusAfter(ReviewVerdict verdict, ProcedureStatus now) => verdict switch
    {
        ReviewVerdict.Accept or ReviewVerdict.Change => ProcedureStatus.Confirmed,
        ReviewVerdict.Reject => ProcedureStatus.Rejected,
        ReviewVerdict.Contradict => ProcedureStatus.Contradicted,
        ReviewVerdict.Reopen => ProcedureStatus.Candidate,
        _ => now,
    };

    private static string Listing(string kind) => kind switch
    {
        ItemKinds.Case => "case list",
        ItemKinds.Evidence => "evidence list",
        ItemKinds.Gap => "gap list",
        _ => "case show",
    };

    private static List<ItemChange> ChangesOf(IEnumerable<ICaseRecord> records) =>
        [.. records.Select(record => new ItemChange(record.Kind, record.Id, record.CaseId, record.Version, RecordJson.BodyOf(record)))];

    private static ChangeResult Done(ChangeResult result)
    {
        if (result.IsDone) return result;
        var conflict = result.Conflicts[0];
        var what = conflict.Members.Count > 0 ? $"'{string.Join("', '", conflict.Members)}' of {conflict.Kind} {conflict.Id}" : $"{conflict.Kind} {conflict.Id}";
        throw new CaseRuleException(CaseRuleCodes.Conflict, $"somebody else changed {what} in between; nothing was written", "look at it again and repeat the change");
    }
}
