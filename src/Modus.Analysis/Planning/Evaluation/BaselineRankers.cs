using Modus.Analysis.Planning.Threat;

namespace Modus.Analysis.Planning.Evaluation;

/// <summary>The ranking under test and what it has to beat: each an order of techniques made from one release alone.</summary>
internal static class BaselineRankers
{
    public static IEnumerable<(string Name, IReadOnlyList<string> Order)> Of(ReleaseUses release, BackTestInput input, HashSet<string> covered)
    {
        string[] gaps = [.. release.Techniques.Where(id => !covered.Contains(id))];
        var threat = Weights(release, input.Threat with { AsOf = release.Date });
        yield return (BackTest.Modus, ByScore(gaps, threat));
        foreach (var days in (int[])[365, 730, 1460])
            yield return ($"recency, half-life {days} d", ByScore(gaps, Weights(release, new() { HalfLifeDays = days, SoftwareShare = 0, AsOf = release.Date })));
        var counts = Counts(release, use => use.Kind is UserKind.Group or UserKind.Campaign);
        yield return ("frequency, groups + campaigns", ByScore(gaps, counts));
        yield return ("frequency, groups only", ByScore(gaps, Counts(release, use => use.Kind == UserKind.Group)));
        yield return ("frequency incl. software", ByScore(gaps, Counts(release, _ => true)));
        yield return ("greedy cover, square-root utility", GreedyCover(gaps, release));
        yield return ("PageRank of co-use", ByScore(gaps, PageRank(release)));
        yield return ("heat-map top, gaps ignored", ByScore(release.Techniques, counts));
        foreach (var list in input.Lists)
        {
            if (list.Date > release.Date) continue;
            var living = gaps.ToHashSet(StringComparer.Ordinal);
            yield return (list.Name, [.. list.Techniques.Where(living.Contains)]);
        }
        yield return ("ID order", gaps);
    }

    private static Dictionary<string, double> Weights(ReleaseUses release, ThreatOptions options) =>
        ThreatModel.Weigh(release.Techniques, release.Uses, options).ToDictionary(row => row.Technique, row => row.Weight, StringComparer.Ordinal);

    private static string[] ByScore(IEnumerable<string> techniques, Dictionary<string, double> score) =>
        [.. techniques.OrderByDescending(id => score.GetValueOrDefault(id)).ThenBy(id => id, StringComparer.Ordinal)];

    private static Dictionary<string, double> Counts(ReleaseUses release, Func<UseRecord, bool> counts) =>
        release.Uses.Where(counts).GroupBy(use => use.Technique, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (double)group.Select(use => use.User).Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);

    private static List<string[]> Sets(ReleaseUses release) =>
        [.. release.Uses.Where(use => use.Kind is UserKind.Group or UserKind.Campaign).GroupBy(use => use.User, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Select(use => use.Technique).Distinct(StringComparer.Ordinal).ToArray())];

    // Every further technique of an actor that is covered counts less than the one before.
    private static List<string> GreedyCover(string[] gaps, ReleaseUses release)
    {
        var users = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var sets = Sets(release);
        for (var actor = 0; actor < sets.Count; actor++)
            foreach (var id in sets[actor])
            {
                if (!users.TryGetValue(id, out var list)) users[id] = list = [];
                list.Add(actor);
            }
        var seen = new int[sets.Count];
        var left = gaps.Where(users.ContainsKey).ToList();
        var order = new List<string>();
        while (left.Count > 0)
        {
            var best = left.MaxBy(id => users[id].Sum(actor => Math.Sqrt(seen[actor] + 1) - Math.Sqrt(seen[actor])))!;
            order.Add(best);
            left.Remove(best);
            foreach (var actor in users[best]) seen[actor]++;
        }
        return order;
    }

    private static Dictionary<string, double> PageRank(ReleaseUses release)
    {
        var place = release.Techniques.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var size = place.Count;
        var weight = new double[size * size];
        foreach (var set in Sets(release))
            foreach (var a in set)
                foreach (var b in set)
                    if (a != b) weight[place[a] * size + place[b]]++;
        var degree = new double[size];
        for (var i = 0; i < size; i++) for (var j = 0; j < size; j++) degree[i] += weight[i * size + j];
        var rank = Enumerable.Repeat(1.0 / size, size).ToArray();
        for (var round = 0; round < 50; round++)
        {
            var next = Enumerable.Repeat(0.15 / size, size).ToArray();
            for (var i = 0; i < size; i++)
            {
                if (degree[i] == 0) continue;
                for (var j = 0; j < size; j++) next[j] += 0.85 * rank[i] * weight[i * size + j] / degree[i];
            }
            rank = next;
        }
        return place.ToDictionary(item => item.Key, item => rank[item.Value], StringComparer.Ordinal);
    }

    /// <summary>The ranking under test with its weights dealt out at random among the gaps, many times.</summary>
    public static IEnumerable<string[]> Shuffled(ReleaseUses release, HashSet<string> covered, int seed, int times)
    {
        var random = new Random(seed);
        for (var time = 0; time < times; time++)
        {
            string[] shuffled = [.. release.Techniques.Where(id => !covered.Contains(id))];
            random.Shuffle(shuffled);
            yield return shuffled;
        }
    }
}
