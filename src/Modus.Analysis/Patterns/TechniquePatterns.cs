using System.Numerics;

namespace Modus.Analysis.Patterns;

/// <summary>Techniques that come together more often than the sizes of profiles and the popularity of techniques explain.</summary>
/// <param name="Techniques">Their ids, two or more.</param>
/// <param name="Support">How many actors have all of them.</param>
/// <param name="Expected">How many the drawn tables have on average.</param>
/// <param name="Score">Support less expected, in standard deviations of the drawn tables.</param>
/// <param name="Chance">Chance of at least this support in such a table.</param>
public sealed record TechniquePattern(IReadOnlyList<string> Techniques, int Support, double Expected, double Score, double Chance)
{
    /// <summary>Support over expected.</summary>
    public double Lift => Expected > 0 ? Support / Expected : double.PositiveInfinity;
}

/// <summary>What was tested and what is left.</summary>
/// <param name="Patterns">The significant ones, surest first.</param>
/// <param name="Tested">How many were tested.</param>
/// <param name="Draws">Tables drawn.</param>
/// <param name="Owners">Actors.</param>
public sealed record PatternAnswer(IReadOnlyList<TechniquePattern> Patterns, int Tested, int Draws, int Owners);

/// <summary>How patterns are looked for.</summary>
public sealed record PatternOptions
{
    /// <summary>Techniques of fewer actors are not tested.</summary>
    public int FewestUsers { get; init; } = 8;

    /// <summary>Tables to draw.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Share of what is shown that may be chance.</summary>
    public double FalseShare { get; init; } = 0.05;

    /// <summary>The largest sets to look for.</summary>
    public int LargestSet { get; init; } = 4;

    /// <summary>The same seed gives the same answer.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A technique's family: parts of one technique are not tested with each other, because who reports one reports the other.</summary>
    public Func<string, string> Family { get; init; } = id => id;
}

/// <summary>Finds significant pairs and sets of techniques.</summary>
public static class TechniquePatterns
{
    /// <summary>Pairs.</summary>
    /// <param name="table">Actors with their techniques.</param>
    /// <param name="options">Limits.</param>
    public static PatternAnswer Pairs(Occurrence table, PatternOptions options)
    {
        var (kept, slot) = Common(table, options);
        var width = kept.Length;
        var observed = Count(table.Rows, slot, width);
        var sum = new double[width * width];
        var square = new double[width * width];
        var reached = new int[width * width];
        var curveball = new Curveball(table, options.Seed);
        for (var draw = 0; draw < options.Draws; draw++)
        {
            curveball.Next();
            var counts = Count(curveball.Rows, slot, width);
            for (var at = 0; at < counts.Length; at++)
            {
                sum[at] += counts[at];
                square[at] += counts[at] * counts[at];
                if (counts[at] >= observed[at]) reached[at]++;
            }
        }
        var tested = 0;
        var found = new List<TechniquePattern>();
        for (var a = 0; a < width; a++)
            for (var b = a + 1; b < width; b++)
            {
                var (one, other) = (table.Techniques[kept[a]], table.Techniques[kept[b]]);
                if (options.Family(one) == options.Family(other)) continue;
                tested++;
                if (Judge([one, other], observed[a * width + b], sum[a * width + b], square[a * width + b], reached[a * width + b], options.Draws) is { } pattern) found.Add(pattern);
            }
        return Keep(found, tested, table, options);
    }

    /// <summary>Sets of three or more in which every pair is significant, tested in their own right; a set inside a larger one with the same support is left out.</summary>
    /// <param name="table">Actors with their techniques.</param>
    /// <param name="pairs">The significant pairs.</param>
    /// <param name="options">Limits.</param>
    public static PatternAnswer Sets(Occurrence table, PatternAnswer pairs, PatternOptions options)
    {
        var place = table.Techniques.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var linked = pairs.Patterns.SelectMany(pair => new[] { (pair.Techniques[0], pair.Techniques[1]), (pair.Techniques[1], pair.Techniques[0]) }).ToHashSet();
        var nodes = linked.Select(link => link.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        const int mostSets = 20_000;
        var sets = new List<string[]>();
        var layer = pairs.Patterns.Select(pair => pair.Techniques.Order(StringComparer.Ordinal).ToArray()).ToList();
        for (var size = 3; size <= options.LargestSet && sets.Count < mostSets; size++)
        {
            layer = [.. layer.SelectMany(set => nodes.Where(id => string.CompareOrdinal(id, set[^1]) > 0 && set.All(member => linked.Contains((member, id)))).Select(id => set.Append(id).ToArray())).Take(mostSets)];
            sets.AddRange(layer);
        }
        if (sets.Count == 0) return new([], 0, options.Draws, table.Owners.Count);
        int[][] members = [.. sets.Select(set => set.Select(id => place[id]).ToArray())];
        var observed = Supports(table.Rows, members, table.Techniques.Count);
        var sum = new double[members.Length];
        var square = new double[members.Length];
        var reached = new int[members.Length];
        var curveball = new Curveball(table, options.Seed + 1);
        for (var draw = 0; draw < options.Draws; draw++)
        {
            curveball.Next();
            var counts = Supports(curveball.Rows, members, table.Techniques.Count);
            for (var at = 0; at < counts.Length; at++)
            {
                sum[at] += counts[at];
                square[at] += (double)counts[at] * counts[at];
                if (counts[at] >= observed[at]) reached[at]++;
            }
        }
        var found = new List<TechniquePattern>();
        for (var at = 0; at < sets.Count; at++)
            if (observed[at] > 1 && Judge(sets[at], observed[at], sum[at], square[at], reached[at], options.Draws) is { } pattern) found.Add(pattern);
        var kept = Keep(found, sets.Count, table, options);
        return kept with { Patterns = [.. kept.Patterns.Where(set => !kept.Patterns.Any(larger => larger.Techniques.Count > set.Techniques.Count && larger.Support == set.Support && set.Techniques.All(larger.Techniques.Contains)))] };
    }

    private static (int[] Kept, int[] Slot) Common(Occurrence table, PatternOptions options)
    {
        int[] kept = [.. Enumerable.Range(0, table.Techniques.Count).Where(t => table.Users[t] >= options.FewestUsers)];
        var slot = new int[table.Techniques.Count];
        Array.Fill(slot, -1);
        for (var at = 0; at < kept.Length; at++) slot[kept[at]] = at;
        return (kept, slot);
    }

    private static int[] Count(int[][] rows, int[] slot, int width)
    {
        var counts = new int[width * width];
        var used = new int[width];
        foreach (var row in rows)
        {
            var count = 0;
            foreach (var t in row) if (slot[t] >= 0) used[count++] = slot[t];
            Array.Sort(used, 0, count);
            for (var i = 0; i < count; i++)
                for (var j = i + 1; j < count; j++) counts[used[i] * width + used[j]]++;
        }
        return counts;
    }

    private static int[] Supports(int[][] rows, int[][] sets, int techniques)
    {
        var words = (rows.Length + 63) / 64;
        var bits = new ulong[techniques * words];
        for (var row = 0; row < rows.Length; row++)
            foreach (var t in rows[row]) bits[t * words + row / 64] |= 1UL << (row % 64);
        var counts = new int[sets.Length];
        for (var set = 0; set < sets.Length; set++)
            for (var word = 0; word < words; word++)
            {
                var all = ulong.MaxValue;
                foreach (var t in sets[set]) all &= bits[t * words + word];
                counts[set] += BitOperations.PopCount(all);
            }
        return counts;
    }

    private static TechniquePattern? Judge(IReadOnlyList<string> ids, int support, double sum, double square, int reached, int draws)
    {
        var mean = sum / draws;
        if (support <= mean) return null;
        var variance = Math.Max(square / draws - mean * mean, 1e-12);
        // Where enough tables reach the count, they are the chance themselves; beyond them a distribution is fitted.
        var chance = reached >= 10 ? (reached + 1.0) / (draws + 1) : mean <= 0 ? 1.0 / (draws + 1) : Significance.UpperTail(support, mean, variance);
        return new(ids, support, mean, (support - mean) / Math.Sqrt(variance), chance);
    }

    private static PatternAnswer Keep(List<TechniquePattern> found, int tested, Occurrence table, PatternOptions options)
    {
        var limit = Significance.Limit(found.Select(pattern => pattern.Chance), tested, options.FalseShare);
        return new([.. found.Where(pattern => limit > 0 && pattern.Chance <= limit).OrderBy(pattern => pattern.Chance).ThenByDescending(pattern => pattern.Score)
            .ThenBy(pattern => string.Join(' ', pattern.Techniques), StringComparer.Ordinal)], tested, options.Draws, table.Owners.Count);
    }
}
