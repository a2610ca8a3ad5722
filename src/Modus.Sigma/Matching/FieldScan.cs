using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>Finds in the values of one field the texts of all rules of a plan. Immutable: shared by all threads.</summary>
internal sealed class FieldScan
{
    // Below this many bytes a search is as fast as the filter before it; with more texts than these the filter finds something nearly always.
    private const int ShortValue = 96, MaxFiltered = 48;

    private readonly IReadOnlyList<(int Predicate, IReadOnlyList<Literal> Literals, bool AreExact)> wanted;
    // The uses of all texts, those of one side by side; and where those of each begin.
    private readonly int[] uses;
    private readonly int[] usesFrom;
    private readonly EdgeIndex? ends;
    private readonly EdgeIndex? starts;
    private readonly WindowIndex[] inside;
    private readonly WindowIndex? insideBeyondAscii;
    private readonly KeywordFilter? filter;

    private FieldScan(int field, int memo, IReadOnlyList<(int Predicate, IReadOnlyList<Literal> Literals, bool AreExact)> wanted)
    {
        Field = field;
        Memo = memo;
        this.wanted = wanted;
        Predicates = [.. wanted.Select(one => one.Predicate)];
        var numbers = new Dictionary<Literal, int>(LiteralComparer.Instance);
        var called = new List<List<int>>();
        foreach (var (predicate, literals, exact) in wanted)
        {
            foreach (var literal in literals)
            {
                if (!numbers.TryGetValue(literal, out var number))
                {
                    numbers[literal] = number = called.Count;
                    called.Add([]);
                }

                called[number].Add((predicate << 1) | (exact ? 1 : 0));
            }
        }

        uses = [.. called.SelectMany(list => list)];
        usesFrom = new int[called.Count + 1];
        for (var at = 0; at < called.Count; at++) usesFrom[at + 1] = usesFrom[at] + called[at].Count;
        List<(byte[] Text, int Number, bool Alone)> atEnd = [], atStart = [];
        List<(byte[] Text, int Number)> within = [];
        foreach (var (literal, number) in numbers)
        {
            if (literal.AtEnd) atEnd.Add((literal.Needle, number, literal.AtStart));
            else if (literal.AtStart) atStart.Add((literal.Needle, number, false));
            else within.Add((literal.Needle, number));
        }

        ends = atEnd.Count == 0 ? null : new(atEnd, true);
        starts = atStart.Count == 0 ? null : new(atStart, false);
        inside = WindowIndex.For([.. within.Where(item => System.Text.Ascii.IsValid(item.Text))]);
        insideBeyondAscii = WindowIndex.BeyondAscii([.. within.Where(item => !System.Text.Ascii.IsValid(item.Text))]);
        filter = within.Count is > 0 and <= MaxFiltered ? KeywordFilter.For(within.Select(item => item.Text)) : null;
    }

    /// <summary>The number that plans give the field; -1 for all values.</summary>
    public int Field { get; }

    /// <summary>The number of the memo of the field's values; -1 for all values.</summary>
    public int Memo { get; }

    /// <summary>The predicates whose texts are searched for.</summary>
    public int[] Predicates { get; }

    /// <summary>A scan for the texts of predicates, and whether finding one makes the predicate true.</summary>
    public static FieldScan For(int field, int memo, IReadOnlyList<(int Predicate, IReadOnlyList<Literal> Literals, bool AreExact)> wanted) => new(field, memo, wanted);

    /// <summary>The same scan for fewer predicates.</summary>
    public FieldScan Only(Func<int, bool> predicates)
    {
        (int Predicate, IReadOnlyList<Literal> Literals, bool AreExact)[] fewer = [.. wanted.Where(one => predicates(one.Predicate))];
        return fewer.Length == wanted.Count ? this : new(Field, Memo, fewer);
    }

    /// <summary>A guess for each predicate of how often its texts are found, for those that were never seen.</summary>
    public IEnumerable<(int Predicate, double Guess)> Guesses => wanted.Select(one => (one.Predicate, one.Literals.Sum(Guess)));

    /// <summary>Looks at all values of the field in the worker's event.</summary>
    public void Run(LogEvent e, MatchWorker worker)
    {
        if (Field >= 0)
        {
            for (var slot = worker.First(e, Field); slot >= 0; slot = e.Next(slot)) Run(e, slot, worker);
            return;
        }

        // The whole record as it was written shows which values are worth a look.
        var place = KeywordFilter.Anywhere;
        if (ends is null && starts is null && filter is not null && e.RawRecord is [(byte)'{', ..] record)
        {
            place = filter.Find(record);
            if (place == KeywordFilter.None) return;
            if (place >= 0)
            {
                RunAt(e, record, place, worker);
                return;
            }
        }

        for (var slot = 0; slot < e.Count; slot++) Run(e, slot, worker);
    }

    /// <summary>Tells a worker that a text was found.</summary>
    public void Found(int number, MatchWorker worker)
    {
        foreach (var use in uses.AsSpan(usesFrom[number], usesFrom[number + 1] - usesFrom[number])) worker.Mark(use >> 1, (use & 1) != 0);
    }

    /// <summary>The length of the values that the scan looks at, in bytes.</summary>
    public int Length(LogEvent e, MatchWorker worker)
    {
        var length = 0;
        if (Field >= 0)
        {
            for (var slot = worker.First(e, Field); slot >= 0; slot = e.Next(slot)) length += e.Raw(slot, out _).Length;
            return length;
        }

        for (var slot = 0; slot < e.Count; slot++)
            if (e.IsLeaf(slot)) length += e.Raw(slot, out _).Length;
        return length;
    }

    // Longer texts are rarer; texts that are bound to an end of the value rarer still.
    private static double Guess(Literal literal) =>
        0.5 * Math.Pow(0.55, Math.Min(literal.Needle.Length, 20)) * (literal.AtStart ? 0.7 : 1) * (literal.AtEnd ? 0.7 : 1);

    // Values stand in the record in their own order; one that does not is searched as if it held a place.
    private void RunAt(LogEvent e, ReadOnlySpan<byte> record, int place, MatchWorker worker)
    {
        var passed = 0;
        for (var slot = 0; slot < e.Count; slot++)
        {
            if (!e.IsLeaf(slot)) continue;
            var from = e.PlaceInRecord(slot);
            if (from >= passed)
            {
                var end = from + e.Raw(slot, out _).Length;
                passed = end;
                if (place >= 0 && place < from) place = filter!.FindNext(record, from);
                if (place is KeywordFilter.None || place >= end) continue;
                if (place >= 0) place = filter!.FindNext(record, end);
            }

            Run(e, slot, worker);
        }
    }

    private void Run(LogEvent e, int slot, MatchWorker worker)
    {
        if (!e.IsLeaf(slot)) return;
        var hasInside = inside.Length > 0 || insideBeyondAscii is not null;
        if (hasInside && filter is not null && e.Raw(slot, out var encoding) is { Length: > ShortValue } raw
            && encoding is ValueEncoding.Utf8 or ValueEncoding.JsonEscaped && !filter.MayContain(raw))
        {
            if (ends is null && starts is null) return;
            hasInside = false;
        }

        var value = worker.Folded(slot, out var isAscii);
        ends?.Run(value, this, worker);
        starts?.Run(value, this, worker);
        if (!hasInside) return;
        foreach (var index in inside) index.Run(value, this, worker);
        if (!isAscii) insideBeyondAscii?.Run(value, this, worker);
    }

    private sealed class LiteralComparer : IEqualityComparer<Literal>
    {
        public static LiteralComparer Instance { get; } = new();

        public bool Equals(Literal x, Literal y) => x.AtStart == y.AtStart && x.AtEnd == y.AtEnd && x.Needle.AsSpan().SequenceEqual(y.Needle);

        public int GetHashCode(Literal obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Needle);
            hash.Add((obj.AtStart ? 1 : 0) + (obj.AtEnd ? 2 : 0));
            return hash.ToHashCode();
        }
    }
}
