using System.Text.Json;

namespace Modus.Casework.Store;

/// <summary>Where cases live. Every change is one transaction that also writes the journal.</summary>
public interface ICaseStore : IDisposable
{
    /// <summary>The database behind it, for people: no passwords.</summary>
    string Name { get; }

    /// <summary>The item of a kind and id, or null.</summary>
    StoredItem? Find(string kind, string id);

    /// <summary>All items of a kind, by id.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="caseId">Only those of this case; null for all.</param>
    IReadOnlyList<StoredItem> List(string kind, string? caseId = null);

    /// <summary>What a reader makes of all items of a kind, by id; it may be called on several threads.</summary>
    IReadOnlyList<T> List<T>(string kind, string? caseId, ItemReader<T> read);

    /// <summary>How many items of a kind a case has.</summary>
    long Count(string kind, string caseId);

    /// <summary>Makes all the changes, or none.</summary>
    /// <remarks>
    /// A change made on an older version is merged member by member where both sides changed different members; where both
    /// changed the same member to different values, nothing is changed and the conflict is returned. A change that changes
    /// nothing is not recorded.
    /// </remarks>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="action">What is done, in words.</param>
    /// <param name="changes">The changes.</param>
    ChangeResult Change(string actor, string action, IReadOnlyList<ItemChange> changes);

    /// <summary>The number of the last journal entry; 0 while nothing was written.</summary>
    long LastSequence { get; }

    /// <summary>Makes all the changes, or none, and only where the case is still as it was read.</summary>
    /// <remarks>What follows from all that a case holds (which procedure an event belongs to) must not be written over what somebody else added meanwhile.</remarks>
    /// <param name="caseId">The case.</param>
    /// <param name="sequence">What <see cref="LastSequence"/> was before the case was read.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="action">What is done, in words.</param>
    /// <param name="changes">The changes.</param>
    /// <returns>As for <see cref="Change"/>; null where the case has changed since, so that nothing was written.</returns>
    ChangeResult? ChangeUnlessMoved(string caseId, long sequence, string actor, string action, IReadOnlyList<ItemChange> changes);

    /// <summary>The journal, in order.</summary>
    /// <param name="after">Only entries after this sequence number.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<JournalEntry> Journal(long after = 0, int limit = int.MaxValue);

    /// <summary>Takes the last change sets back, newest first, each as a change set of its own.</summary>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="count">How many; those that are undos themselves, or were undone, do not count.</param>
    /// <returns>The numbers of the change sets that were taken back.</returns>
    IReadOnlyList<long> Undo(string actor, int count);

    /// <summary>Checks that every journal entry fits the one before and that the items are what the journal says.</summary>
    JournalCheck Verify();
}

/// <summary>Makes something of an item. The body is only good during the call.</summary>
/// <param name="body">Its content.</param>
/// <param name="id">Its id.</param>
/// <param name="caseId">Its case.</param>
/// <param name="version">Its version.</param>
public delegate T ItemReader<out T>(JsonElement body, string id, string caseId, long version);

/// <summary>The kinds of items.</summary>
public static class ItemKinds
{
    /// <summary>A case.</summary>
    public const string Case = "case";

    /// <summary>A document, a log, a layer, a bundle.</summary>
    public const string Evidence = "evidence";

    /// <summary>One thing an adversary did, as seen.</summary>
    public const string Procedure = "procedure";

    /// <summary>A person's judgement on a procedure.</summary>
    public const string Review = "review";

    /// <summary>What could not be seen, and why.</summary>
    public const string Gap = "gap";

    /// <summary>A decision with its reason.</summary>
    public const string Decision = "decision";

    /// <summary>A supposition that evidence speaks for or against.</summary>
    public const string Hypothesis = "hypothesis";

    /// <summary>A note.</summary>
    public const string Note = "note";

    /// <summary>An address, a name, a hash: a value of one day.</summary>
    public const string Indicator = "indicator";

    /// <summary>All kinds, in the order of exports.</summary>
    public static IReadOnlyList<string> All { get; } = [Case, Evidence, Procedure, Review, Gap, Decision, Hypothesis, Note, Indicator];
}
