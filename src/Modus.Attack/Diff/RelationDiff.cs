using Modus.Attack.Images;

namespace Modus.Attack.Diff;

/// <summary>Compares the relationships of two releases by type, source and target: their ids change from release to release.</summary>
internal sealed class RelationDiff
{
    private readonly Release from;
    private readonly Release to;
    private readonly Pairing pairs;
    private readonly Dictionary<string, int> types = new(StringComparer.Ordinal);

    public RelationDiff(Release from, Release to, Pairing pairs, bool hasText)
    {
        this.from = from;
        this.to = to;
        this.pairs = pairs;
        Changes = Compare(hasText);
    }

    public IReadOnlyList<RelationChange> Changes { get; }

    public SortedDictionary<string, int> Noise { get; } = new(StringComparer.Ordinal);

    private List<RelationChange> Compare(bool hasText)
    {
        var (before, after) = (from.Image.Whole, to.Image.Whole);
        var old = new Dictionary<(int, int, int), int>(before.LinkCount);
        for (var link = 0; link < before.LinkCount; link++)
            if (IsCompared(before, link, pairs.HasBefore)) old[Key(before, link, row => row)] = link;
        var changes = new List<RelationChange>();
        for (var link = 0; link < after.LinkCount; link++)
        {
            if (!IsCompared(after, link, pairs.HasAfter)) continue;
            if (!old.Remove(Key(after, link, pairs.Before), out var match))
            {
                changes.Add(new RelationChange(RelationChangeKind.Added, null, to.Relationship(link)));
                continue;
            }
            if (hasText && !Bytes(before, match, Link.Description).SequenceEqual(Bytes(after, link, Link.Description)))
                changes.Add(new RelationChange(RelationChangeKind.Rewritten, from.Relationship(match), to.Relationship(link)));
            if (!hasText) continue;
            Note(before, match, after, link, Link.Modified, "modified");
            Note(before, match, after, link, Link.StixId, "identity");
        }
        foreach (var link in old.Values) changes.Add(new RelationChange(RelationChangeKind.Removed, from.Relationship(link), null));
        Follow(changes);
        return [.. changes.OrderBy(change => change.Relationship.Type).ThenBy(change => change.Relationship.TypeName, StringComparer.Ordinal)
            .ThenBy(change => change.Change)
            .ThenBy(change => change.Relationship.Source.Id, StringComparer.Ordinal).ThenBy(change => change.Relationship.Target.Id, StringComparer.Ordinal)
            .ThenBy(change => change.Relationship.Source.StixId, StringComparer.Ordinal).ThenBy(change => change.Relationship.Target.StixId, StringComparer.Ordinal)];
    }

    /// <summary>Finds the pairs of which one is gone and one is new because MITRE replaced the target.</summary>
    private void Follow(List<RelationChange> changes)
    {
        var fresh = new Dictionary<(string, string, string), int>();
        for (var at = 0; at < changes.Count; at++)
            if (changes[at] is { Change: RelationChangeKind.Added, After: { } added }) fresh[(added.TypeName, added.Source.StixId, added.Target.StixId)] = at;
        for (var at = 0; at < changes.Count; at++)
        {
            if (changes[at] is not { Change: RelationChangeKind.Removed, Before: { } gone } || pairs.After(gone.Target.Row) is not (>= 0 and var row)) continue;
            var target = to.ObjectAt(row);
            if (target.IsAlive || target.Succession.Successor is not { } successor) continue;
            if (!fresh.TryGetValue((gone.TypeName, gone.Source.StixId, successor.StixId), out var place)) continue;
            changes[at] = changes[at] with { Follows = successor };
            changes[place] = changes[place] with { Follows = gone.Target };
        }
    }

    private void Note(Image before, int match, Image after, int link, Link cell, string name)
    {
        if (Bytes(before, match, cell).SequenceEqual(Bytes(after, link, cell))) return;
        Noise.TryGetValue(name, out var count);
        Noise[name] = count + 1;
    }

    private static bool IsCompared(Image image, int link, Func<int, bool> isInScope) =>
        ((RowFlags)image.LinkCell(link, Link.Flags) & (RowFlags.Revoked | RowFlags.Deprecated)) == 0
        && isInScope(image.LinkCell(link, Link.Source)) && isInScope(image.LinkCell(link, Link.Target));

    /// <summary>Type, source and target in the rows of the earlier release; rows that it lacks match nothing.</summary>
    private (int Type, int Source, int Target) Key(Image image, int link, Func<int, int> rowBefore)
    {
        var type = image.LinkCell(link, Link.Type);
        if (type == (int)RelationshipType.Other)
        {
            var name = image.String(image.LinkCell(link, Link.TypeName)) ?? "";
            if (!types.TryGetValue(name, out type)) types[name] = type = -1 - types.Count;
        }
        return (type, rowBefore(image.LinkCell(link, Link.Source)), rowBefore(image.LinkCell(link, Link.Target)));
    }

    private static ReadOnlySpan<byte> Bytes(Image image, int link, Link cell) => image.Bytes(image.LinkCell(link, cell));
}
