namespace Modus.Analysis.Knowledge;

/// <summary>For every actor, what the actors most like it do: a better guess at the unreported than the average actor.</summary>
internal static class KindredProfiles
{
    private const int Neighbours = 15;

    /// <summary>Keeps the order of actors that are alike to the last bit.</summary>
    private const double TieBreak = 1e-12;

    public static float[][] Build(KnowledgeView view)
    {
        var actors = view.ActorCount;
        var likeness = Likeness(view);
        var kindred = new float[actors][];
        var nearest = new int[Neighbours];
        var keys = new double[Neighbours];
        for (var a = 0; a < actors; a++)
        {
            kindred[a] = new float[view.TechniqueCount];
            if (view.Size[a] == 0) continue;
            var like = likeness.AsSpan(a * actors, actors);
            var count = Nearest(like, nearest, keys);
            var total = 0.0;
            for (var i = 0; i < count; i++) total += like[nearest[i]] * like[nearest[i]];
            if (total == 0) continue;
            for (var i = 0; i < count; i++)
            {
                var b = nearest[i];
                var share = like[b] * like[b] / total;
                if (share == 0) break;
                foreach (var t in view.TechniquesOfActor[b]) kindred[a][t] += (float)(share * view.Counts[b][t] / view.Length[b]);
            }
        }
        return kindred;
    }

    /// <summary>Cosine of each two actors' techniques, weighted by rarity and by how often they are reported.</summary>
    private static double[] Likeness(KnowledgeView view)
    {
        var actors = view.ActorCount;
        var norms = new double[actors];
        var users = new List<(int Actor, float Weight)>[view.TechniqueCount];
        for (var t = 0; t < users.Length; t++) users[t] = [];
        var likeness = new double[actors * actors];
        for (var a = 0; a < actors; a++)
        {
            // Of each pair the later actor adds up, technique by technique in their order.
            var like = likeness.AsSpan(a * actors, actors);
            foreach (var t in view.TechniquesOfActor[a])
            {
                var weight = view.Idf[t] * Math.Log(1 + view.Counts[a][t]);
                norms[a] += weight * weight;
                var own = (double)(float)weight;
                foreach (var (b, other) in users[t]) like[b] += own * other;
                users[t].Add((a, (float)weight));
            }
        }
        for (var a = 0; a < actors; a++)
            for (var b = 0; b < a; b++)
            {
                var value = norms[a] == 0 || norms[b] == 0 ? 0 : likeness[a * actors + b] / Math.Sqrt(norms[a] * norms[b]);
                likeness[a * actors + b] = likeness[b * actors + a] = value;
            }
        return likeness;
    }

    private static int Nearest(ReadOnlySpan<double> likeness, int[] nearest, double[] keys)
    {
        var count = 0;
        for (var b = 0; b < likeness.Length; b++)
        {
            var key = -likeness[b] + b * TieBreak;
            if (count == nearest.Length && key >= keys[count - 1]) continue;
            var at = count < nearest.Length ? count++ : count - 1;
            for (; at > 0 && keys[at - 1] > key; at--) (keys[at], nearest[at]) = (keys[at - 1], nearest[at - 1]);
            (keys[at], nearest[at]) = (key, b);
        }
        return count;
    }
}
