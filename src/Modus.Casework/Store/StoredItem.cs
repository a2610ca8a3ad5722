using System.Text.Json;

namespace Modus.Casework.Store;

/// <summary>One thing that the store keeps: a case, a piece of evidence, a procedure, a review, a gap, a decision …</summary>
/// <param name="Kind">What it is; one of <see cref="ItemKinds"/>.</param>
/// <param name="Id">Its id, unique in its kind.</param>
/// <param name="CaseId">The case it belongs to; empty for what belongs to the workspace.</param>
/// <param name="Version">Counts its changes from 1; 0 for an item that is not stored yet.</param>
/// <param name="Body">Its content.</param>
public sealed record StoredItem(string Kind, string Id, string CaseId, long Version, JsonElement Body);

/// <summary>A wish to change one item.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="CaseId">The case it belongs to.</param>
/// <param name="BaseVersion">The version that the change was made on; 0 for a new item.</param>
/// <param name="Body">The new content; null removes the item.</param>
public sealed record ItemChange(string Kind, string Id, string CaseId, long BaseVersion, JsonElement? Body);

/// <summary>One recorded change of one item: what it was, what it became, who did it when, and the hash that chains it to the one before.</summary>
/// <param name="Sequence">Number of the entry, from 1, without holes.</param>
/// <param name="ChangeSet">Number of the change set: all its entries came about in one transaction.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done, in words.</param>
/// <param name="Kind">Kind of the item.</param>
/// <param name="Id">Id of the item.</param>
/// <param name="CaseId">Case of the item.</param>
/// <param name="Before">Content before; null where the item is new.</param>
/// <param name="After">Content after; null where the item was removed.</param>
/// <param name="Previous">Hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over all of the above, in lower-case hexadecimal.</param>
public sealed record JournalEntry(
    long Sequence, long ChangeSet, DateTimeOffset Time, string Actor, string Action,
    string Kind, string Id, string CaseId, string? Before, string? After, string Previous, string Hash);

/// <summary>A change that could not be made because somebody else changed the same members in between.</summary>
/// <param name="Kind">Kind of the item.</param>
/// <param name="Id">Id of the item.</param>
/// <param name="Members">The members that both sides changed to different values.</param>
/// <param name="Stored">The item as it is stored now; null where it was removed.</param>
public sealed record ChangeConflict(string Kind, string Id, IReadOnlyList<string> Members, StoredItem? Stored);

/// <summary>What became of a change set.</summary>
/// <param name="ChangeSet">Its number; 0 where nothing was recorded (a conflict, or nothing changed).</param>
/// <param name="Merged">Items whose change was joined with somebody else's change of other members.</param>
/// <param name="Conflicts">Why nothing was changed; empty where all was.</param>
public sealed record ChangeResult(long ChangeSet, IReadOnlyList<string> Merged, IReadOnlyList<ChangeConflict> Conflicts)
{
    /// <summary>True where every change was made.</summary>
    public bool IsDone => Conflicts.Count == 0;
}

/// <summary>What a check of the journal found.</summary>
/// <param name="Entries">Entries checked.</param>
/// <param name="FirstBroken">Sequence of the first entry that does not fit the chain; null where all fit.</param>
/// <param name="Reason">What does not fit.</param>
public sealed record JournalCheck(long Entries, long? FirstBroken, string? Reason);
