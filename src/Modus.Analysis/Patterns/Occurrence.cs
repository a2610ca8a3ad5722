namespace Modus.Analysis.Patterns;

/// <summary>Who has what: actors (or cases) with their techniques, as numbers.</summary>
public sealed class Occurrence
{
    /// <summary>Takes sets.</summary>
    /// <param name="sets">Actors with their techniques; both by id.</param>
    public Occurrence(IEnumerable<(string Owner, IEnumerable<string> Techniques)> sets)
    {
        var rows = sets.Select(set => (set.Owner, Ids: set.Techniques.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()))
            .Where(row => row.Ids.Length > 0).OrderBy(row => row.Owner, StringComparer.Ordinal).ToList();
        Owners = [.. rows.Select(row => row.Owner)];
        Techniques = [.. rows.SelectMany(row => row.Ids).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var place = Techniques.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        Rows = [.. rows.Select(row => row.Ids.Select(id => place[id]).ToArray())];
        Users = new int[Techniques.Count];
        foreach (var row in Rows) foreach (var t in row) Users[t]++;
    }

    /// <summary>Ids of the actors.</summary>
    public IReadOnlyList<string> Owners { get; }

    /// <summary>Ids of the techniques.</summary>
    public IReadOnlyList<string> Techniques { get; }

    /// <summary>Numbers of each actor's techniques, ascending.</summary>
    internal int[][] Rows { get; }

    /// <summary>How many actors have each technique.</summary>
    internal int[] Users { get; }
}

/// <summary>Random tables in which every actor keeps its number of techniques and every technique its number of actors.</summary>
/// <remarks>The curveball way: two actors pool what only one of them has, and deal it out again in the old numbers. It
/// reaches every such table with the same chance.</remarks>
internal sealed class Curveball
{
    private readonly int[][] rows;
    private readonly Random random;
    private readonly int[] mark;
    private readonly int[] pool;

    public Curveball(Occurrence table, int seed)
    {
        rows = [.. table.Rows.Select(row => (int[])row.Clone())];
        random = new(seed);
        mark = new int[table.Techniques.Count];
        pool = new int[table.Techniques.Count * 2];
        Trade(20 * rows.Length);
    }

    /// <summary>The present table; rows are in no order.</summary>
    public int[][] Rows => rows;

    /// <summary>Goes on to a table that owes nothing to the one before.</summary>
    public void Next() => Trade(2 * rows.Length);

    private void Trade(int times)
    {
        if (rows.Length < 2) return;
        for (var time = 0; time < times; time++)
        {
            var a = random.Next(rows.Length);
            var b = random.Next(rows.Length - 1);
            if (b >= a) b++;
            Trade(rows[a], rows[b]);
        }
    }

    private void Trade(int[] one, int[] other)
    {
        foreach (var t in one) mark[t] = 1;
        foreach (var t in other) if (mark[t] == 1) mark[t] = 2;
        var count = 0;
        var own = 0;
        foreach (var t in one) if (mark[t] == 1) { pool[count++] = t; own++; }
        foreach (var t in other) if (mark[t] != 2) pool[count++] = t;
        // Only as many as one row gives need be drawn.
        for (var i = 0; i < own; i++)
        {
            var at = i + random.Next(count - i);
            (pool[i], pool[at]) = (pool[at], pool[i]);
        }
        int next = 0, rest = own;
        for (var i = 0; i < one.Length; i++) if (mark[one[i]] == 1) { mark[one[i]] = 0; one[i] = pool[next++]; } else mark[one[i]] = 3;
        for (var i = 0; i < other.Length; i++) if (mark[other[i]] == 3) mark[other[i]] = 0; else other[i] = pool[rest++];
    }
}
