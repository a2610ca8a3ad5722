namespace Modus.Analysis.Patterns;

/// <summary>Actors that are more alike than any in drawn tables, and how firmly they hold together.</summary>
/// <param name="Members">Ids of the actors.</param>
/// <param name="Likeness">Mean cosine of the pairs, rare techniques counting more.</param>
/// <param name="Stability">Mean overlap (Jaccard) with the most similar cluster when techniques are drawn anew; 0.75 and more is stable.</param>
/// <param name="Shared">Techniques that most members have, the rarest first.</param>
public sealed record ActorCluster(IReadOnlyList<string> Members, double Likeness, double Stability, IReadOnlyList<string> Shared);

/// <summary>Clusters of actors.</summary>
/// <param name="Clusters">The stable ones, firmest first.</param>
/// <param name="Unstable">How many came out of the data and did not hold.</param>
/// <param name="Threshold">The likeness that pairs reach in one of twenty drawn tables at most.</param>
public sealed record ClusterAnswer(IReadOnlyList<ActorCluster> Clusters, int Unstable, double Threshold)
{
    private const double Firm = 0.75;
    private const int NullDraws = 40, Resamples = 100;

    /// <summary>Joins actors by average likeness as long as that is beyond chance, and keeps what holds when techniques are drawn anew.</summary>
    /// <param name="table">Actors with their techniques.</param>
    /// <param name="fewest">Actors with fewer techniques are left out.</param>
    /// <param name="seed">The same seed gives the same answer.</param>
    public static ClusterAnswer Of(Occurrence table, int fewest = 5, int seed = 1)
    {
        int[] actors = [.. Enumerable.Range(0, table.Owners.Count).Where(actor => table.Rows[actor].Length >= fewest)];
        if (actors.Length < 2) return new([], 0, 1);
        var weight = new double[table.Techniques.Count];
        for (var t = 0; t < weight.Length; t++) weight[t] = Math.Log((table.Owners.Count + 1.0) / table.Users[t]);
        var threshold = Chance(table, actors, weight, seed);
        var found = Join(Likeness(table.Rows, actors, weight), threshold);
        var overlap = new double[found.Count];
        var random = new Random(seed);
        for (var draw = 0; draw < Resamples; draw++)
        {
            var drawn = new double[weight.Length];
            for (var i = 0; i < drawn.Length; i++)
            {
                var t = random.Next(drawn.Length);
                drawn[t] += weight[t] * weight[t];
            }
            for (var t = 0; t < drawn.Length; t++) drawn[t] = Math.Sqrt(drawn[t]);
            var again = Join(Likeness(table.Rows, actors, drawn), threshold);
            for (var at = 0; at < found.Count; at++)
                overlap[at] += again.Count == 0 ? 0 : again.Max(other => (double)other.Intersect(found[at]).Count() / other.Union(found[at]).Count());
        }
        var likeness = Likeness(table.Rows, actors, weight);
        var clusters = found.Select((members, at) => new ActorCluster([.. members.Select(actor => table.Owners[actors[actor]])],
            Pairs(members).Average(pair => likeness[pair.A, pair.B]), overlap[at] / Resamples, Shared(table, [.. members.Select(actor => actors[actor])]))).ToList();
        return new([.. clusters.Where(cluster => cluster.Stability >= Firm).OrderByDescending(cluster => cluster.Stability).ThenByDescending(cluster => cluster.Likeness)
            .ThenBy(cluster => cluster.Members[0], StringComparer.Ordinal)], clusters.Count(cluster => cluster.Stability < Firm), threshold);
    }

    private static double Chance(Occurrence table, int[] actors, double[] weight, int seed)
    {
        var curveball = new Curveball(table, seed);
        var highest = new double[NullDraws];
        for (var draw = 0; draw < NullDraws; draw++)
        {
            curveball.Next();
            var likeness = Likeness(curveball.Rows, actors, weight);
            for (var a = 0; a < actors.Length; a++) for (var b = a + 1; b < actors.Length; b++) highest[draw] = Math.Max(highest[draw], likeness[a, b]);
        }
        Array.Sort(highest);
        return highest[(int)Math.Ceiling(0.95 * (NullDraws - 1))];
    }

    private static double[,] Likeness(int[][] rows, int[] actors, double[] weight)
    {
        var likeness = new double[actors.Length, actors.Length];
        var vector = new double[weight.Length];
        var norm = new double[actors.Length];
        for (var a = 0; a < actors.Length; a++) norm[a] = Math.Sqrt(rows[actors[a]].Sum(t => weight[t] * weight[t]));
        for (var a = 0; a < actors.Length; a++)
        {
            foreach (var t in rows[actors[a]]) vector[t] = weight[t];
            for (var b = a + 1; b < actors.Length; b++)
            {
                var dot = 0.0;
                foreach (var t in rows[actors[b]]) dot += vector[t] * weight[t];
                likeness[a, b] = likeness[b, a] = norm[a] * norm[b] > 0 ? dot / (norm[a] * norm[b]) : 0;
            }
            foreach (var t in rows[actors[a]]) vector[t] = 0;
        }
        return likeness;
    }

    // Average linkage; sums of likeness are kept, so a merge costs one pass.
    private static List<int[]> Join(double[,] likeness, double threshold)
    {
        var count = likeness.GetLength(0);
        var sums = (double[,])likeness.Clone();
        var members = Enumerable.Range(0, count).Select(at => new List<int> { at }).ToList();
        var open = Enumerable.Range(0, count).ToList();
        while (true)
        {
            var best = threshold;
            int one = -1, other = -1;
            for (var i = 0; i < open.Count; i++)
                for (var j = i + 1; j < open.Count; j++)
                {
                    var mean = sums[open[i], open[j]] / (members[open[i]].Count * members[open[j]].Count);
                    if (mean <= best) continue;
                    best = mean;
                    (one, other) = (open[i], open[j]);
                }
            if (one < 0) break;
            members[one].AddRange(members[other]);
            open.Remove(other);
            foreach (var at in open) sums[one, at] = sums[at, one] = sums[one, at] + sums[other, at];
        }
        return [.. open.Where(at => members[at].Count > 1).Select(at => members[at].Order().ToArray())];
    }

    private static IEnumerable<(int A, int B)> Pairs(int[] members)
    {
        for (var i = 0; i < members.Length; i++) for (var j = i + 1; j < members.Length; j++) yield return (members[i], members[j]);
    }

    private static IReadOnlyList<string> Shared(Occurrence table, int[] members) =>
        [.. members.SelectMany(actor => table.Rows[actor]).GroupBy(t => t).Where(group => 2 * group.Count() > members.Length)
            .OrderBy(group => table.Users[group.Key]).ThenBy(group => group.Key).Select(group => table.Techniques[group.Key])];
}
