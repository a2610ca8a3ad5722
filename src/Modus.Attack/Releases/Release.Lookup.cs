using System.Buffers;
using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack;

public sealed partial class Release
{
    private const int LongestId = 64;

    /// <summary>The object of a type with an id: the living one where several have had it; null where none has.</summary>
    /// <param name="id">An ATT&amp;CK id in any case; a sub-technique also as in addresses, <c>T1059/001</c>.</param>
    public T? Find<T>(string id) where T : AttackObject => FindAll(id).OfType<T>().FirstOrDefault();

    /// <summary>The object with an id: a living one first, and a technique before the dead mitigation with its id.</summary>
    /// <inheritdoc cref="Find{T}(string)"/>
    public AttackObject? Find(string id) => FindAll(id) is [var first, ..] ? first : null;

    /// <summary>Every object with an id, of every kind, living ones first, then by kind.</summary>
    /// <inheritdoc cref="Find{T}(string)"/>
    public IReadOnlyList<AttackObject> FindAll(string id)
    {
        if (id.Length is 0 or > LongestId) return [];
        Span<byte> wanted = stackalloc byte[LongestId];
        if (!TryNormalize(id, wanted, out var length)) return [];
        List<AttackObject>? alive = null, dead = null;
        for (var kind = (int)ObjectKind.Matrix; kind <= (int)ObjectKind.Analytic; kind++)
            for (var row = FirstWithId(kind, wanted[..length]); row < firstOfKind[kind + 1]; row++)
            {
                if (!SameId(Image.Bytes(row, Column.AttackId), wanted[..length])) break;
                var found = ObjectAt(row);
                (found.IsAlive ? alive ??= [] : dead ??= []).Add(found);
            }
        if (dead is null) return alive is null ? [] : alive;
        if (alive is null) return dead;
        alive.AddRange(dead);
        return alive;
    }

    /// <summary>The object with a STIX id, or null.</summary>
    public AttackObject? FindByStixId(string stixId) =>
        rowByStixId.Value.TryGetValue(stixId, out var row) ? ObjectAt(row) : null;

    /// <summary>Every object with a name or alias, living ones first, then by kind and id; case is ignored.</summary>
    /// <remarks>Names and aliases are shared, within a kind and between kinds: the answer is a set.
    /// A sub-technique is also found by its full name, <c>Parent: Sub</c>. Analytics are named by number and not found by it.</remarks>
    public IReadOnlyList<AttackObject> FindByName(string name) =>
        rowsByName.Value.TryGetValue(name.Trim(), out var rows)
            ? [.. rows.Select(ObjectAt).OrderBy(item => !item.IsAlive).ThenBy(item => item.Row)]
            : [];

    /// <summary>Every object of a type with a name or alias.</summary>
    /// <inheritdoc cref="FindByName(string)"/>
    public IReadOnlyList<T> FindByName<T>(string name) where T : AttackObject => [.. FindByName(name).OfType<T>()];

    /// <summary>The living tactics with a short name: one a domain.</summary>
    /// <param name="shortname">As in a kill-chain phase; case is ignored, underscores and blanks count as hyphens.</param>
    public IReadOnlyList<Tactic> FindTactics(string shortname)
    {
        var wanted = shortname.Trim().Replace('_', '-').Replace(' ', '-');
        return [.. Tactics.Where(tactic => tactic.Shortname.Equals(wanted, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Searches ids, names, aliases and (where it is loaded) text; the surest first, living before dead.</summary>
    /// <param name="query">An id, a name or words, as a person types them; misspellings are forgiven where nothing else fits.</param>
    /// <param name="kind">Only objects of this kind; null for all.</param>
    /// <param name="limit">How many answers at most.</param>
    public IReadOnlyList<SearchHit> Search(string query, ObjectKind? kind = null, int limit = 20) => search.Find(query, kind, limit);

    internal int OrderOf(Tactic tactic) => tacticIndex.Value.Order(tactic);

    internal IReadOnlyList<Tactic> TacticsOf(Technique technique) => tacticIndex.Value.TacticsOf(technique);

    internal IReadOnlyList<Technique> TechniquesOf(Tactic tactic) => tacticIndex.Value.TechniquesOf(tactic);

    internal DetectionStrategy? StrategyOf(Analytic analytic) =>
        strategyByAnalytic.Value.TryGetValue(analytic.Row, out var row) ? (DetectionStrategy)ObjectAt(row) : null;

    private static bool TryNormalize(string id, Span<byte> wanted, out int length)
    {
        length = 0;
        foreach (var character in id.AsSpan().Trim())
        {
            if (!char.IsAscii(character)) return false;
            wanted[length++] = character == '/' ? (byte)'.' : (byte)char.ToUpperInvariant(character);
        }
        return length > 0;
    }

    // Ids of tactics, techniques and the rest are in capitals in the data; a matrix's is not.
    private static bool SameId(ReadOnlySpan<byte> id, ReadOnlySpan<byte> wanted) => Ascii.EqualsIgnoreCase(id, wanted);

    private int FirstWithId(int kind, ReadOnlySpan<byte> wanted)
    {
        var low = firstOfKind[kind];
        var high = firstOfKind[kind + 1];
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (CompareIds(Image.Bytes(middle, Column.AttackId), wanted) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int CompareIds(ReadOnlySpan<byte> id, ReadOnlySpan<byte> wanted)
    {
        for (var i = 0; i < Math.Min(id.Length, wanted.Length); i++)
        {
            var difference = Upper(id[i]) - wanted[i];
            if (difference != 0) return difference;
        }
        return id.Length - wanted.Length;
    }

    private static int Upper(byte value) => value is >= (byte)'a' and <= (byte)'z' ? value - 32 : value;

    private int[] RowByString()
    {
        var rows = new int[Image.Ends.Length];
        Array.Fill(rows, -1);
        for (var row = 0; row < Image.ObjectCount; row++) rows[Image.Cell(row, Column.StixId)] = row;
        return rows;
    }

    private Dictionary<string, int> RowByStixId()
    {
        var rows = new Dictionary<string, int>(Image.ObjectCount, StringComparer.Ordinal);
        for (var row = 0; row < Image.ObjectCount; row++) rows[Image.String(row, Column.StixId)!] = row;
        return rows;
    }

    private Dictionary<string, List<int>> RowsByName()
    {
        var rows = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in All())
        {
            if (item.Kind is ObjectKind.Other or ObjectKind.Analytic) continue;
            Add(item.Name, item.Row);
            if (item is Technique { IsSubtechnique: true }) Add(item.FullName, item.Row);
            foreach (var alias in Image.List(item.Row, Column.Aliases)) Add(Image.String(alias)!, item.Row);
        }
        return rows;

        void Add(string name, int row)
        {
            if (!rows.TryGetValue(name, out var list)) rows[name] = list = [];
            if (!list.Contains(row)) list.Add(row);
        }
    }

    private Dictionary<int, int> StrategyByAnalytic()
    {
        var rows = new Dictionary<int, int>();
        foreach (var strategy in All<DetectionStrategy>())
            foreach (var analytic in strategy.Analytics)
                rows.TryAdd(analytic.Row, strategy.Row);
        return rows;
    }
}
