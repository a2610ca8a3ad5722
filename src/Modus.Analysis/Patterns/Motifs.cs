namespace Modus.Analysis.Patterns;

/// <summary>Steps of one case in their order.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Techniques">Ids of the techniques, the earliest first.</param>
public sealed record CaseSequence(string Case, IReadOnlyList<string> Techniques);

/// <summary>A step that follows another in several cases, more often than the order of steps would by chance.</summary>
/// <param name="Techniques">Techniques in their order.</param>
/// <param name="Cases">Cases that have it.</param>
/// <param name="Expected">Cases that have it when the order within each case is shuffled, on average.</param>
/// <param name="Chance">Chance of so many in shuffled cases.</param>
public sealed record Motif(IReadOnlyList<string> Techniques, IReadOnlyList<string> Cases, double Expected, double Chance);

/// <summary>Recurring motifs.</summary>
/// <param name="Found">The significant ones, surest first.</param>
/// <param name="Tested">How many recur and were tested.</param>
/// <param name="Cases">Cases.</param>
public sealed record MotifAnswer(IReadOnlyList<Motif> Found, int Tested, int Cases)
{
    private const int LongestCase = 2000;

    /// <summary>Finds what follows what within a few steps in at least two cases.</summary>
    /// <param name="sequences">Cases with their steps in order.</param>
    /// <param name="reach">How many steps later the next one may come.</param>
    /// <param name="draws">Shuffles.</param>
    /// <param name="falseShare">Share of what is shown that may be chance.</param>
    /// <param name="seed">The same seed gives the same answer.</param>
    public static MotifAnswer Of(IReadOnlyList<CaseSequence> sequences, int reach = 3, int draws = 2000, double falseShare = 0.05, int seed = 1)
    {
        var cases = sequences.OrderBy(item => item.Case, StringComparer.Ordinal).Select(item => (item.Case, Steps: Collapse(item.Techniques).Take(LongestCase).ToArray())).ToList();
        var names = cases.SelectMany(item => item.Steps).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var number = names.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        int[][] steps = [.. cases.Select(item => item.Steps.Select(id => number[id]).ToArray())];
        var has = steps.Select(row => Follows(row, reach)).ToList();
        var recurring = has.SelectMany(set => set).GroupBy(pair => pair).Where(group => group.Count() > 1).ToDictionary(group => group.Key, group => group.Count());
        if (recurring.Count == 0) return new([], 0, cases.Count);
        var sum = recurring.Keys.ToDictionary(pair => pair, _ => 0);
        var reached = recurring.Keys.ToDictionary(pair => pair, _ => 0);
        var random = new Random(seed);
        var now = new Dictionary<(int, int), int>();
        for (var draw = 0; draw < draws; draw++)
        {
            now.Clear();
            foreach (var row in steps)
            {
                random.Shuffle(row);
                foreach (var pair in Follows(row, reach))
                    if (recurring.ContainsKey(pair)) now[pair] = now.GetValueOrDefault(pair) + 1;
            }
            foreach (var (pair, count) in now)
            {
                sum[pair] += count;
                if (count >= recurring[pair]) reached[pair]++;
            }
        }
        var found = recurring.Select(item => new Motif([names[item.Key.Item1], names[item.Key.Item2]],
            [.. cases.Where((_, at) => has[at].Contains(item.Key)).Select(one => one.Case)], (double)sum[item.Key] / draws, (reached[item.Key] + 1.0) / (draws + 1))).ToList();
        var limit = Significance.Limit(found.Select(motif => motif.Chance), found.Count, falseShare);
        return new([.. found.Where(motif => limit > 0 && motif.Chance <= limit).OrderBy(motif => motif.Chance).ThenByDescending(motif => motif.Cases.Count)
            .ThenBy(motif => string.Join(' ', motif.Techniques), StringComparer.Ordinal)], found.Count, cases.Count);
    }

    // The same step over and over is one step.
    private static IEnumerable<string> Collapse(IReadOnlyList<string> steps)
    {
        for (var at = 0; at < steps.Count; at++) if (at == 0 || steps[at] != steps[at - 1]) yield return steps[at];
    }

    private static HashSet<(int, int)> Follows(int[] row, int reach)
    {
        var pairs = new HashSet<(int, int)>();
        for (var i = 0; i < row.Length; i++)
            for (var j = i + 1; j < row.Length && j <= i + reach; j++)
                if (row[i] != row[j]) pairs.Add((row[i], row[j]));
        return pairs;
    }
}
