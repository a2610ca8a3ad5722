using System.Runtime.InteropServices;
using Modus.Attack.Images;

namespace Modus.Attack.Diff;

/// <summary>One comparison of two releases.</summary>
internal sealed class DiffRun
{
    private readonly Release from;
    private readonly Release to;
    private readonly Domains domains;
    private readonly Image before;
    private readonly Image after;
    private readonly Pairing pairs;
    private readonly FieldComparison compare;
    private readonly bool hasText;
    private readonly SortedDictionary<(int Kind, string Field), int> noise = [];
    private readonly List<FieldSweep> sweeps = [];
    private readonly HashSet<(ObjectKind, Column)> swept = [];

    public DiffRun(Release from, Release to, Domains domains)
    {
        this.from = from;
        this.to = to;
        this.domains = domains;
        before = from.Image.Whole;
        after = to.Image.Whole;
        pairs = new Pairing(before, after, domains);
        compare = new FieldComparison(before, after);
        hasText = from.HasText && to.HasText;
    }

    public ReleaseDiff Result()
    {
        FindSweeps();
        var objects = Objects();
        var relations = new RelationDiff(from, to, pairs, hasText);
        var tactics = new TacticDiff(from, to, domains, pairs);
        foreach (var (kind, count) in relations.Noise) Count(RelationRow, kind, count);
        return new ReleaseDiff
        {
            From = from,
            To = to,
            Domains = domains,
            Objects = objects,
            TacticMoves = tactics.Moves,
            TacticFlows = tactics.Flows,
            Relations = relations.Changes,
            Bookkeeping = [.. noise.Select(pair => new Bookkeeping(pair.Key.Kind == RelationRow ? null : (ObjectKind)pair.Key.Kind, pair.Key.Field, pair.Value))],
            Sweeps = sweeps,
            Limits = Limits(),
        };
    }

    /// <summary>Relationships come last in the counts of bookkeeping.</summary>
    private const int RelationRow = int.MaxValue;

    private List<ObjectChange> Objects()
    {
        var changes = new List<ObjectChange>();
        for (var row = 0; row < after.ObjectCount; row++)
        {
            if (!pairs.HasAfter(row)) continue;
            var old = pairs.Before(row);
            if (old == Pairing.None || !pairs.HasBefore(old)) changes.Add(new ObjectChange(ChangeKind.Added, null, to.ObjectAt(row), [], null));
            else if (Compare(old, row) is { } change) changes.Add(change);
        }
        for (var row = 0; row < before.ObjectCount; row++)
            if (pairs.HasBefore(row) && pairs.After(row) is var now && (now == Pairing.None || !pairs.HasAfter(now)))
                changes.Add(new ObjectChange(ChangeKind.Vanished, from.ObjectAt(row), null, [], null));
        return [.. changes.OrderBy(change => change.Object.Kind).ThenBy(change => change.Change)
            .ThenBy(change => change.Object.Id, StringComparer.Ordinal).ThenBy(change => change.Object.StixId, StringComparer.Ordinal)];
    }

    private ObjectChange? Compare(int old, int now)
    {
        const RowFlags Dead = RowFlags.Revoked | RowFlags.Deprecated;
        var kind = after.Kind(now);
        var (flagsBefore, flagsAfter) = (before.Flags(old), after.Flags(now));
        foreach (var field in Fields.Bookkeeping)
            if (IsKept(field, old, now) && compare.Compare(field, old, now) != Likeness.Same) Count((int)kind, field.Name);
        if (before.Cell(old, Column.Domains) != after.Cell(now, Column.Domains)) Count((int)kind, "domains");
        var (itemBefore, itemAfter) = (from.ObjectAt(old), to.ObjectAt(now));
        if ((flagsAfter & Dead) != 0 && (flagsBefore & Dead) != 0) return Repointed(kind, itemBefore, itemAfter, old, now);
        var properties = Properties(kind, old, now);
        if (kind == ObjectKind.Technique) AddParent((Technique)itemBefore, (Technique)itemAfter, properties);
        if (kind == ObjectKind.Technique) TacticDiff.AddProperty((Technique)itemBefore, (Technique)itemAfter, pairs, properties);
        properties.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        if ((flagsAfter & RowFlags.Revoked) != 0) return new ObjectChange(ChangeKind.Revoked, itemBefore, itemAfter, properties, itemAfter.Succession);
        if ((flagsAfter & RowFlags.Deprecated) != 0) return new ObjectChange(ChangeKind.Deprecated, itemBefore, itemAfter, properties, null);
        if ((flagsBefore & Dead) != 0) return new ObjectChange(ChangeKind.Revived, itemBefore, itemAfter, properties, null);
        return properties.Count == 0 ? null : new ObjectChange(ChangeKind.Changed, itemBefore, itemAfter, properties, null);
    }

    /// <summary>A release of facts keeps few stamps and no references: what it lacks is no change.</summary>
    private bool IsKept(Field field, int old, int now) => hasText || !field.IsProse && !compare.IsEmptyBefore(field, old) && !compare.IsEmptyAfter(field, now);

    /// <summary>Of an object that is dead in both only a new successor has meaning.</summary>
    private ObjectChange? Repointed(ObjectKind kind, AttackObject itemBefore, AttackObject itemAfter, int old, int now)
    {
        var (was, becomes) = (Replacement(itemBefore), Replacement(itemAfter));
        if (was?.StixId != becomes?.StixId)
            return new ObjectChange(ChangeKind.Changed, itemBefore, itemAfter, [new PropertyChange("replaced by", was?.Id ?? "", becomes?.Id ?? "", [], [])], itemAfter.Succession);
        foreach (var field in Fields.Meaning)
        {
            if (!IsCompared(kind, field) || compare.Compare(field, old, now) == Likeness.Same) continue;
            Count((int)kind, "content of dead objects");
            break;
        }
        return null;
    }

    private static AttackObject? Replacement(AttackObject item) => item.Outgoing(RelationshipType.RevokedBy).FirstOrDefault()?.Target;

    private List<PropertyChange> Properties(ObjectKind kind, int old, int now)
    {
        var properties = new List<PropertyChange>();
        foreach (var field in Fields.Meaning)
        {
            if (!IsCompared(kind, field)) continue;
            var likeness = compare.Compare(field, old, now);
            if (likeness == Likeness.Different) properties.Add(compare.Describe(field, old, now));
            else if (likeness == Likeness.OtherOrder) Count((int)kind, $"order of {field.Name}");
        }
        return properties;
    }

    private static void AddParent(Technique old, Technique now, List<PropertyChange> properties)
    {
        if (!old.IsSubtechnique && !now.IsSubtechnique) return;
        var (was, becomes) = (old.Parent, now.Parent);
        if (was?.StixId != becomes?.StixId) properties.Add(new PropertyChange("parent", was?.Id ?? "", becomes?.Id ?? "", [], []));
    }

    private bool IsCompared(ObjectKind kind, Field field) => (hasText || !field.IsProse) && !swept.Contains((kind, field.Column));

    /// <summary>Finds the fields that every object of a kind had, and none has any more, or the other way round.</summary>
    private void FindSweeps()
    {
        var (had, has, shared) = (new Dictionary<(ObjectKind, Column), int>(), new Dictionary<(ObjectKind, Column), int>(), new HashSet<ObjectKind>());
        for (var row = 0; row < before.ObjectCount; row++)
        {
            if (!pairs.HasBefore(row)) continue;
            if (pairs.After(row) != Pairing.None) shared.Add(before.Kind(row));
            Note(had, before.Kind(row), field => compare.IsEmptyBefore(field, row));
        }
        for (var row = 0; row < after.ObjectCount; row++)
            if (pairs.HasAfter(row)) Note(has, after.Kind(row), field => compare.IsEmptyAfter(field, row));
        foreach (var kind in shared.Order())
            foreach (var field in Fields.Meaning)
            {
                var (old, now) = (had.GetValueOrDefault((kind, field.Column)), has.GetValueOrDefault((kind, field.Column)));
                if ((old == 0) == (now == 0) || field.IsProse && !hasText) continue;
                swept.Add((kind, field.Column));
                // What a release of facts lacks was not dropped by its makers.
                var lacking = old == 0 ? from : to;
                if (lacking.HasText || from.HasText == to.HasText) sweeps.Add(new FieldSweep(kind, field.Name, now == 0, Math.Max(old, now)));
            }
    }

    private static void Note(Dictionary<(ObjectKind, Column), int> holders, ObjectKind kind, Func<Field, bool> isEmpty)
    {
        foreach (var field in Fields.Meaning)
            if (!isEmpty(field)) CollectionsMarshal.GetValueRefOrAddDefault(holders, (kind, field.Column), out _)++;
    }

    private void Count(int kind, string field, int count = 1)
    {
        noise.TryGetValue((kind, field), out var sum);
        noise[(kind, field)] = sum + count;
    }

    private List<string> Limits()
    {
        var limits = new List<string>();
        foreach (var release in new[] { from, to }.Where(release => !release.HasText))
            limits.Add($"{release.Name} is loaded as facts without text: changes of descriptions, detection notes and procedure texts are not visible. Install the release to see them.");
        foreach (var release in new[] { from, to }.Where(release => (release.Domains & domains) != domains))
            limits.Add($"{release.Name} does not hold {domains.Name()}.");
        if (domains == Domains.None) limits.Add($"{from.Name} and {to.Name} share no domain: nothing was compared.");
        return limits;
    }
}
