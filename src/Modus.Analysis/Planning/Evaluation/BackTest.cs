using Modus.Analysis.Planning.Threat;

namespace Modus.Analysis.Planning.Evaluation;

/// <summary>Ranks the gaps of a defence with what a release knew, and counts how many techniques of the actors and reports that
/// came after are among the first picks.</summary>
/// <remarks>Every baseline runs on the same cases. Random picks are exact (their expected gain), shuffled rankings are run as
/// a control that must not beat them.</remarks>
public static class BackTest
{
    /// <summary>The name of the ranking that plans use.</summary>
    public const string Modus = "modus";

    /// <summary>The name of the shuffled control.</summary>
    public const string Control = "control: shuffled weights";
    private const int Resamples = 2000;
    private const int Shuffles = 200;

    /// <summary>Runs all steps.</summary>
    /// <param name="input">Releases, rules and lists.</param>
    public static BackTestAnswer Run(BackTestInput input)
    {
        var steps = new List<BackTestStep>();
        var gains = new Dictionary<(string Ranker, JudgedBy Kind, int Picks), List<double>>();
        var oracle = new Dictionary<(JudgedBy Kind, int Picks), List<double>>();
        var chance = new Dictionary<(JudgedBy Kind, int Picks), List<double>>();
        var control = new Dictionary<(JudgedBy Kind, int Picks), List<double>>();
        var before = new Dictionary<JudgedBy, List<double>>();
        var ranked = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var count = new Dictionary<JudgedBy, int>();
        var rankers = new List<string>();
        for (var step = 0; step + 1 < input.Releases.Count; step++)
        {
            var (from, to) = (input.Releases[step], input.Releases[step + 1]);
            var (covered, rules) = Defence(input, from);
            var cases = new Dictionary<JudgedBy, List<string[]>> { [JudgedBy.Actors] = NewActors(from, to, input), [JudgedBy.Reports] = NewReports(from, to, input) };
            steps.Add(new(from.Version, to.Version, cases[JudgedBy.Actors].Count, cases[JudgedBy.Reports].Count, rules, covered.Count));
            var orders = BaselineRankers.Of(from, input, covered).ToList();
            var shuffled = BaselineRankers.Shuffled(from, covered, input.Seed, Shuffles).ToList();
            foreach (var name in orders.Select(item => item.Name).Append(Control)) if (!rankers.Contains(name)) rankers.Add(name);
            foreach (var (kind, list) in cases)
            {
                var first = count.GetValueOrDefault(kind);
                count[kind] = first + list.Count;
                List(before, kind).AddRange(list.Select(item => (double)item.Count(covered.Contains) / item.Length));
                string[] hindsight = [.. list.SelectMany(item => item).Where(id => !covered.Contains(id)).GroupBy(id => id, StringComparer.Ordinal)
                    .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
                string[] gaps = [.. from.Techniques.Where(id => !covered.Contains(id))];
                foreach (var picks in input.Picks)
                {
                    List(oracle, (kind, picks)).AddRange(Gains(list, hindsight, picks, covered));
                    var gapSet = gaps.ToHashSet(StringComparer.Ordinal);
                    var share = gaps.Length == 0 ? 0 : Math.Min(1, (double)picks / gaps.Length);
                    List(chance, (kind, picks)).AddRange(list.Select(item => share * item.Count(gapSet.Contains) / item.Length));
                    foreach (var (name, order) in orders)
                        List(gains, (name, kind, picks)).AddRange(Gains(list, order, picks, covered));
                    var dealt = shuffled.Select(order => Gains(list, order, picks, covered).ToArray()).ToList();
                    List(gains, (Control, kind, picks)).AddRange(Enumerable.Range(0, list.Count).Select(item => dealt.Average(gain => gain[item])));
                    var sums = List(control, (kind, picks));
                    for (var time = 0; time < Shuffles; time++)
                        if (sums.Count <= time) sums.Add(dealt[time].Sum());
                        else sums[time] += dealt[time].Sum();
                }
                foreach (var name in orders.Select(item => item.Name).Append(Control)) List(ranked, $"{name}|{kind}").AddRange(Enumerable.Range(first, list.Count));
            }
        }
        var rows = new List<BackTestRow>();
        foreach (var kind in Enum.GetValues<JudgedBy>())
        {
            if (count.GetValueOrDefault(kind) == 0) continue;
            foreach (var picks in input.Picks)
                foreach (var name in rankers)
                {
                    var at = ranked[$"{name}|{kind}"];
                    if (at.Count == 0) continue;
                    var mine = gains[(name, kind, picks)];
                    double[] random = [.. at.Select(i => chance[(kind, picks)][i])];
                    double[] modus = [.. at.Select(i => gains[(Modus, kind, picks)][i])];
                    // Shuffling is chance itself: its interval is that of the shuffles, not of the cases.
                    var (lowChance, highChance) = name == Control ? Middle([.. control[(kind, picks)].Select(sum => sum / at.Count - random.Average())]) : Interval(mine, random, input.Seed);
                    var (lowModus, highModus) = Interval(mine, modus, input.Seed);
                    rows.Add(new(name, kind, picks, at.Count, mine.Average(), at.Average(i => oracle[(kind, picks)][i]), at.Average(i => before[kind][i]),
                        lowChance, highChance, lowModus, highModus));
                }
        }
        return new(rows, steps);
    }

    private static (HashSet<string> Covered, int Rules) Defence(BackTestInput input, ReleaseUses release)
    {
        var living = release.Techniques.ToHashSet(StringComparer.Ordinal);
        var covered = new HashSet<string>(StringComparer.Ordinal);
        var rules = 0;
        foreach (var rule in input.Rules)
        {
            if (rule.Date > release.Date) continue;
            rules++;
            foreach (var id in rule.Techniques)
            {
                if (living.Contains(id)) covered.Add(id);
                if (!input.Earlier.TryGetValue(id, out var earlier)) continue;
                foreach (var old in earlier) if (living.Contains(old)) covered.Add(old);
            }
        }
        return (covered, rules);
    }

    private static List<string[]> NewActors(ReleaseUses from, ReleaseUses to, BackTestInput input) =>
        [.. to.Uses.Where(use => use.Kind is UserKind.Group or UserKind.Campaign && !from.Actors.Contains(use.User))
            .GroupBy(use => use.User, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Select(use => use.Technique).Distinct(StringComparer.Ordinal).ToArray()).Where(list => list.Length >= input.FewestTechniques)];

    // A report is new when nothing in the earlier release cites it; what several actors are told by it counts together.
    private static List<string[]> NewReports(ReleaseUses from, ReleaseUses to, BackTestInput input)
    {
        var known = from.Uses.SelectMany(use => use.Sources).ToHashSet(StringComparer.Ordinal);
        return [.. to.Uses.Where(use => use.Kind is UserKind.Group or UserKind.Campaign)
            .SelectMany(use => use.Sources.Where(source => !known.Contains(source)).Select(source => (Source: source, use.Technique)))
            .GroupBy(item => item.Source, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Select(item => item.Technique).Distinct(StringComparer.Ordinal).ToArray()).Where(list => list.Length >= input.FewestTechniques)];
    }

    private static IEnumerable<double> Gains(List<string[]> cases, IReadOnlyList<string> order, int picks, HashSet<string> covered)
    {
        var picked = order.Take(picks).Where(id => !covered.Contains(id)).ToHashSet(StringComparer.Ordinal);
        return cases.Select(item => (double)item.Count(picked.Contains) / item.Length);
    }

    private static (double Low, double High) Interval(IReadOnlyList<double> one, double[] other, int seed)
    {
        var random = new Random(seed);
        var means = new double[Resamples];
        for (var draw = 0; draw < means.Length; draw++)
        {
            for (var i = 0; i < other.Length; i++)
            {
                var at = random.Next(other.Length);
                means[draw] += one[at] - other[at];
            }
            means[draw] /= other.Length;
        }
        return Middle(means);
    }

    private static (double Low, double High) Middle(double[] values)
    {
        Array.Sort(values);
        return (values[(int)(0.025 * (values.Length - 1))], values[(int)Math.Ceiling(0.975 * (values.Length - 1))]);
    }

    private static List<TValue> List<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key) where TKey : notnull =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
