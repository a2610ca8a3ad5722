namespace Modus.Logs;

/// <summary>What kept events of one kind have in common: names and kinds of their values in order, and further names. Most events of a source share one.</summary>
internal sealed class KeptLayout
{
    private static readonly Dictionary<string, int> noNames = [];

    private readonly ulong hash;
    private readonly int[] fields;
    private readonly List<(int Alias, int Slot)> aliases = [];

    private KeptLayout(LogEvent e, ulong hash)
    {
        this.hash = hash;
        fields = new int[e.Count];
        Names = new string[e.Count];
        Kinds = new ValueKind[e.Count];
        for (var slot = 0; slot < fields.Length; slot++)
        {
            fields[slot] = e.FieldOf(slot);
            Names[slot] = fields[slot] < 0 ? "" : e.Fields.Name(fields[slot]);
            Kinds[slot] = e.Kind(slot);
        }

        if (e.Trie is null) return;
        foreach (var alias in e.Trie.AliasFields)
            if (Aliased(e, alias) is >= 0 and var slot) aliases.Add((alias, slot));
        if (aliases.Count == 0) return;
        var others = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (alias, slot) in aliases) others[e.Fields.Name(alias)] = slot;
        OtherNames = others;
    }

    public string[] Names { get; }

    public ValueKind[] Kinds { get; }

    public IReadOnlyDictionary<string, int> OtherNames { get; } = noNames;

    /// <summary>The layout of an event, if it is the known one, or a new one.</summary>
    public static KeptLayout Of(LogEvent e, KeptLayout?[] known)
    {
        var hash = (ulong)e.Count;
        for (var slot = 0; slot < e.Count; slot++) hash = (hash * 0x9E3779B97F4A7C15) + (uint)((e.FieldOf(slot) << 3) + (int)e.Kind(slot));
        ref var place = ref known[(int)((hash ^ (hash >> 32)) % (ulong)known.Length)];
        return place is not null && place.hash == hash && place.IsOf(e) ? place : place = new(e, hash);
    }

    // The slot that goes by another field's name, or -1.
    private static int Aliased(LogEvent e, int alias) => e.First(alias) is >= 0 and var slot && e.FieldOf(slot) != alias ? slot : -1;

    private bool IsOf(LogEvent e)
    {
        if (e.Count != fields.Length) return false;
        for (var slot = 0; slot < fields.Length; slot++)
            if (e.FieldOf(slot) != fields[slot] || e.Kind(slot) != Kinds[slot]) return false;
        var at = 0;
        if (e.Trie is not null)
        {
            foreach (var alias in e.Trie.AliasFields)
            {
                if (Aliased(e, alias) is not (>= 0 and var slot)) continue;
                if (at == aliases.Count || aliases[at] != (alias, slot)) return false;
                at++;
            }
        }

        return at == aliases.Count;
    }
}
