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

    /// <summary>Relationships with another stamp of their last change.</summary>
    public int Restamped { get; private set; }

    /// <summary>Relationships with another STIX id.</summary>
    public int Renumbered { get; private set; }

    private List<RelationChange> Compare(bool hasText)
    {
        var (before, after) = (from.Image.Whole, to.Image.Whole);
        var old = new Dictionary<ulong, int>(before.LinkCount);
        for (var link = 0; link < before.LinkCount; link++)
        {
            var (source, target) = (before.LinkCell(link, Link.Source), before.LinkCell(link, Link.Target));
            if (!IsDead(before, link) && pairs.HasBefore(source) && pairs.HasBefore(target)) old[Key(before, link, source, target)] = link;
        }
        var changes = new List<RelationChange>();
        for (var link = 0; link < after.LinkCount; link++)
        {
            var (source, target) = (after.LinkCell(link, Link.Source), after.LinkCell(link, Link.Target));
            if (IsDead(after, link) || !pairs.HasAfter(source) || !pairs.HasAfter(target)) continue;
            var (oldSource, oldTarget) = (pairs.Before(source), pairs.Before(target));
            if (oldSource == Pairing.None || oldTarget == Pairing.None || !old.Remove(Key(after, link, oldSource, oldTarget), out var match))
            {
                changes.Add(new RelationChange(RelationChangeKind.Added, null, to.Relationship(link)));
                continue;
            }
            if (!hasText) continue;
            if (!Same(before, match, after, link, Link.Description)) changes.Add(new RelationChange(RelationChangeKind.Rewritten, from.Relationship(match), to.Relationship(link)));
            if (!Same(before, match, after, link, Link.Modified)) Restamped++;
            if (!Same(before, match, after, link, Link.StixId)) Renumbered++;
        }
        if (old.Count > 0)
            for (var link = 0; link < before.LinkCount; link++)
                if (old.TryGetValue(Key(before, link, before.LinkCell(link, Link.Source), before.LinkCell(link, Link.Target)), out var left) && left == link)
                    changes.Add(new RelationChange(RelationChangeKind.Removed, from.Relationship(link), null));
        Follow(changes);
        // Links are stored by source, type and target; the sort keeps that order within a type and kind of change.
        return [.. changes.OrderBy(Rank)];
    }

    private int Rank(RelationChange change)
    {
        const int Kinds = 4;
        var type = change.Relationship.Type;
        var number = type == RelationshipType.Other ? (int)RelationshipType.Targets + 1 + types[change.Relationship.TypeName] : (int)type;
        return number * Kinds + (int)change.Change;
    }

    /// <summary>Finds the pairs of which one is gone and one is new because MITRE replaced the target.</summary>
    private void Follow(List<RelationChange> changes)
    {
        var fresh = new Dictionary<(int, int, int), int>();
        for (var at = 0; at < changes.Count; at++)
            if (changes[at] is { Change: RelationChangeKind.Added, After: { } added }) fresh[((int)added.Type, added.Source.Row, added.Target.Row)] = at;
        for (var at = 0; at < changes.Count; at++)
        {
            if (changes[at] is not { Change: RelationChangeKind.Removed, Before: { } gone } || pairs.After(gone.Target.Row) is not (>= 0 and var row)) continue;
            var target = to.ObjectAt(row);
            if (target.IsAlive || target.Succession.Successor is not { } successor) continue;
            if (!fresh.TryGetValue(((int)gone.Type, pairs.After(gone.Source.Row), successor.Row), out var place)) continue;
            changes[at] = changes[at] with { Follows = successor };
            changes[place] = changes[place] with { Follows = gone.Target };
        }
    }

    private static bool IsDead(Image image, int link) => ((RowFlags)image.LinkCell(link, Link.Flags) & (RowFlags.Revoked | RowFlags.Deprecated)) != 0;

    private static bool Same(Image before, int match, Image after, int link, Link cell) =>
        before.Bytes(before.LinkCell(match, cell)).SequenceEqual(after.Bytes(after.LinkCell(link, cell)));

    /// <summary>Type, source and target in the rows of the earlier release.</summary>
    private ulong Key(Image image, int link, int source, int target)
    {
        const int RowBits = 28;
        var type = image.LinkCell(link, Link.Type);
        if (type == (int)RelationshipType.Other)
        {
            var name = image.String(image.LinkCell(link, Link.TypeName)) ?? "";
            if (!types.TryGetValue(name, out var number)) types[name] = number = types.Count;
            // Types that the model does not know come after those that it knows; 8 bits are left for all.
            type = Math.Min((int)RelationshipType.Targets + 1 + number, byte.MaxValue);
        }
        return ((ulong)type << (2 * RowBits)) | ((ulong)source << RowBits) | (uint)target;
    }
}
