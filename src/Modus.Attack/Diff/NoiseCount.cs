namespace Modus.Attack.Diff;

/// <summary>Counts changes without meaning, by kind of object and field.</summary>
internal sealed class NoiseCount
{
    private readonly List<(ObjectKind? Kind, string Field, int Count)> counts = [];

    /// <summary>Counts more of a field; a null kind stands for relationships.</summary>
    public void Add(ObjectKind? kind, string field, int count = 1)
    {
        if (count == 0) return;
        for (var at = 0; at < counts.Count; at++)
        {
            if (counts[at].Kind != kind || counts[at].Field != field) continue;
            counts[at] = (kind, field, counts[at].Count + count);
            return;
        }
        counts.Add((kind, field, count));
    }

    /// <summary>The counts by kind and field, relationships last.</summary>
    public IReadOnlyList<Bookkeeping> ToList() =>
        [.. counts.OrderBy(count => count.Kind ?? (ObjectKind)int.MaxValue).ThenBy(count => count.Field, StringComparer.Ordinal).Select(count => new Bookkeeping(count.Kind, count.Field, count.Count))];
}
