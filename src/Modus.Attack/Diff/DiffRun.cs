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
    private readonly NoiseCount noise = new();
    private readonly List<FieldSweep> sweeps = [];
    private readonly HashSet<int> swept = [];

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
        noise.Add(null, "modified", relations.Restamped);
        noise.Add(null, "identity", relations.Renumbered);
        return new ReleaseDiff
        {
            From = from,
            To = to,
            Domains = domains,
            Objects = objects,
            TacticMoves = tactics.Moves,
            TacticFlows = tactics.Flows,
            Relations = relations.Changes,
            Bookkeeping = noise.ToList(),
            Sweeps = sweeps,
            Limits = Limits(),
        };
    }

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
        // Rows are stored by kind and id; the sort keeps that order within a kind of object and of change.
        return [.. changes.OrderBy(change => (int)change.Object.Kind * 8 + (int)change.Change)];
    }

    private ObjectChange? Compare(int old, int now)
    {
        const RowFlags Dead = RowFlags.Revoked | RowFlags.Deprecated;
        var kind = after.Kind(now);
        var (flagsBefore, flagsAfter) = (before.Flags(old), after.Flags(now));
        foreach (var field in Fields.Bookkeeping)
            if (IsKept(field, old, now) && compare.Compare(field, old, now) != Likeness.Same) noise.Add(kind, field.Name);
        if (before.Cell(old, Column.Domains) != after.Cell(now, Column.Domains)) noise.Add(kind, "domains");
        if ((flagsAfter & Dead) != 0 && (flagsBefore & Dead) != 0) return Repointed(kind, from.ObjectAt(old), to.ObjectAt(now), old, now);
        var properties = Properties(kind, old, now);
        if (kind == ObjectKind.Technique) AddParent((Technique)from.ObjectAt(old), (Technique)to.ObjectAt(now), properties);
        if (kind == ObjectKind.Technique) TacticDiff.AddProperty((Technique)from.ObjectAt(old), (Technique)to.ObjectAt(now), pairs, properties);
        if (properties.Count == 0 && ((flagsBefore | flagsAfter) & Dead) == 0) return null;
        var (itemBefore, itemAfter) = (from.ObjectAt(old), to.ObjectAt(now));
        properties.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        if ((flagsAfter & RowFlags.Revoked) != 0) return new ObjectChange(ChangeKind.Revoked, itemBefore, itemAfter, properties, itemAfter.Succession);
        if ((flagsAfter & RowFlags.Deprecated) != 0) return new ObjectChange(ChangeKind.Deprecated, itemBefore, itemAfter, properties, null);
        if ((flagsBefore & Dead) != 0) return new ObjectChange(ChangeKind.Revived, itemBefore, itemAfter, properties, null);
        return new ObjectChange(ChangeKind.Changed, itemBefore, itemAfter, properties, null);
    }

    /// <summary>A release of facts keeps few stamps and no references: what it lacks is no change.</summary>
    private bool IsKept(Field field, int old, int now) => hasText || !field.IsProse && !compare.IsEmptyBefore(field, old) && !compare.IsEmptyAfter(field, now);

    /// <summary>Of an object that is dead in both only a new successor has meaning.</summary>
    private ObjectChange? Repointed(ObjectKind kind, AttackObject itemBefore, AttackObject itemAfter, int old, int now)
    {
        var (was, becomes) = (Replacement(itemBefore), Replacement(itemAfter));
        if (was?.StixId != becomes?.StixId)
            return new ObjectChange(ChangeKind.Changed, itemBefore, itemAfter, [new PropertyChange("replaced by", was?.Id ?? "", becomes?.Id ?? "", [], [])], itemAfter.Succession);
        for (var at = 0; at < Fields.Meaning.Length; at++)
        {
            if (compare.Compare(Fields.Meaning[at], old, now) == Likeness.Same || !IsCompared(kind, at)) continue;
            noise.Add(kind, "content of dead objects");
            break;
        }
        return null;
    }

    private static AttackObject? Replacement(AttackObject item) => item.Outgoing(RelationshipType.RevokedBy).FirstOrDefault()?.Target;

    private List<PropertyChange> Properties(ObjectKind kind, int old, int now)
    {
        var properties = new List<PropertyChange>();
        for (var at = 0; at < Fields.Meaning.Length; at++)
        {
            var field = Fields.Meaning[at];
            var likeness = compare.Compare(field, old, now);
            if (likeness == Likeness.Same || !IsCompared(kind, at)) continue;
            if (likeness == Likeness.Different) properties.Add(compare.Describe(field, old, now));
            else if (likeness == Likeness.OtherOrder) noise.Add(kind, $"order of {field.Name}");
        }
        return properties;
    }

    private static void AddParent(Technique old, Technique now, List<PropertyChange> properties)
    {
        if (!old.IsSubtechnique && !now.IsSubtechnique) return;
        var (was, becomes) = (old.Parent, now.Parent);
        if (was?.StixId != becomes?.StixId) properties.Add(new PropertyChange("parent", was?.Id ?? "", becomes?.Id ?? "", [], []));
    }

    private bool IsCompared(ObjectKind kind, int field) =>
        (hasText || !Fields.Meaning[field].IsProse) && (swept.Count == 0 || !swept.Contains((int)kind * Fields.Meaning.Length + field));

    /// <summary>Finds the fields that every object of a kind had, and none has any more, or the other way round.</summary>
    private void FindSweeps()
    {
        var kinds = (int)ObjectKind.Analytic + 1;
        var (had, has) = (new int[kinds * Fields.Meaning.Length], new int[kinds * Fields.Meaning.Length]);
        var isShared = new bool[kinds];
        for (var row = 0; row < before.ObjectCount; row++)
        {
            if (!pairs.HasBefore(row)) continue;
            var kind = (int)before.Kind(row);
            isShared[kind] |= pairs.After(row) != Pairing.None;
            for (var at = 0; at < Fields.Meaning.Length; at++)
                if (!compare.IsEmptyBefore(Fields.Meaning[at], row)) had[kind * Fields.Meaning.Length + at]++;
        }
        for (var row = 0; row < after.ObjectCount; row++)
        {
            if (!pairs.HasAfter(row)) continue;
            for (var at = 0; at < Fields.Meaning.Length; at++)
                if (!compare.IsEmptyAfter(Fields.Meaning[at], row)) has[(int)after.Kind(row) * Fields.Meaning.Length + at]++;
        }
        for (var cell = 0; cell < had.Length; cell++)
        {
            var (kind, field) = ((ObjectKind)(cell / Fields.Meaning.Length), Fields.Meaning[cell % Fields.Meaning.Length]);
            if (!isShared[(int)kind] || (had[cell] == 0) == (has[cell] == 0) || field.IsProse && !hasText) continue;
            swept.Add(cell);
            // What a release of facts lacks was not dropped by its makers.
            var lacking = had[cell] == 0 ? from : to;
            if (lacking.HasText || from.HasText == to.HasText) sweeps.Add(new FieldSweep(kind, field.Name, has[cell] == 0, Math.Max(had[cell], has[cell])));
        }
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
