namespace Modus.Analysis.Planning.Threat;

/// <summary>Whether a set of actors has more in common than equally many others.</summary>
/// <param name="Actors">How many of the named actors are known.</param>
/// <param name="Likeness">Mean likeness of each actor to the rest of the set: the cosine of their techniques, the rare ones counting more.</param>
/// <param name="Expected">The same for sets of as many actors drawn at random, on average.</param>
/// <param name="PValue">Share of drawn sets that are as alike; 1 where there are fewer than three actors, which cannot be tested.</param>
public sealed record ProfileChance(int Actors, double Likeness, double Expected, double PValue)
{
    /// <summary>Actors below which nothing can be said.</summary>
    public const int Fewest = 3;

    /// <summary>True where the set is alike beyond chance.</summary>
    public bool BeatsChance => PValue <= 0.05;

    /// <summary>Compares a set of actors with sets drawn at random.</summary>
    /// <param name="uses">Who used what; only groups and campaigns count.</param>
    /// <param name="actors">The set.</param>
    /// <param name="draws">How many sets to draw.</param>
    /// <param name="seed">The same seed gives the same answer.</param>
    public static ProfileChance Of(IReadOnlyList<UseRecord> uses, IReadOnlyCollection<string> actors, int draws = 999, int seed = 1)
    {
        var sets = uses.Where(use => use.Kind is UserKind.Group or UserKind.Campaign)
            .GroupBy(use => use.User, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Id: group.Key, Techniques: group.Select(use => use.Technique).Distinct(StringComparer.Ordinal).ToArray())).ToList();
        var df = sets.SelectMany(set => set.Techniques).GroupBy(id => id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var vectors = sets.Select(set => Vector(set.Techniques, df, sets.Count)).ToArray();
        int[] asked = [.. Enumerable.Range(0, sets.Count).Where(at => actors.Contains(sets[at].Id))];
        if (asked.Length < Fewest) return new(asked.Length, 0, 0, 1);
        var likeness = MeanLikeness(asked, vectors);
        // Drawn actors match the asked ones in size, because large profiles are alike for that alone.
        int[] bySize = [.. Enumerable.Range(0, sets.Count).OrderBy(at => sets[at].Techniques.Length).ThenBy(at => at)];
        var rank = new int[sets.Count];
        for (var at = 0; at < bySize.Length; at++) rank[bySize[at]] = at;
        var random = new Random(seed);
        var sum = 0.0;
        var reached = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var drawn = new HashSet<int>();
            foreach (var actor in asked)
            {
                const int reach = 10;
                for (var tries = 0; tries < 100; tries++)
                    if (drawn.Add(bySize[Math.Clamp(rank[actor] + random.Next(-reach, reach + 1), 0, bySize.Length - 1)])) break;
            }
            var other = MeanLikeness([.. drawn], vectors);
            sum += other;
            if (other >= likeness - 1e-12) reached++;
        }
        return new(asked.Length, likeness, sum / draws, (reached + 1.0) / (draws + 1));
    }

    private static Dictionary<string, double> Vector(string[] techniques, Dictionary<string, int> df, int count)
    {
        var vector = techniques.ToDictionary(id => id, id => Math.Log((count + 1.0) / df[id]), StringComparer.Ordinal);
        var norm = Math.Sqrt(vector.Values.Sum(value => value * value));
        return norm == 0 ? vector : vector.ToDictionary(pair => pair.Key, pair => pair.Value / norm, StringComparer.Ordinal);
    }

    private static double MeanLikeness(IReadOnlyList<int> set, Dictionary<string, double>[] vectors)
    {
        double sum = 0;
        var pairs = 0;
        for (var i = 0; i < set.Count; i++)
            for (var j = i + 1; j < set.Count; j++, pairs++)
                foreach (var (id, value) in vectors[set[i]])
                    if (vectors[set[j]].TryGetValue(id, out var other)) sum += value * other;
        return pairs == 0 ? 0 : sum / pairs;
    }
}
