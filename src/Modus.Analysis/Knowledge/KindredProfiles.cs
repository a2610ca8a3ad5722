namespace Modus.Analysis.Knowledge;

/// <summary>For every actor, what the actors most like it do: a better guess at the unreported than the average actor.</summary>
internal static class KindredProfiles
{
    private const int Neighbours = 15;

    public static float[] Build(KnowledgeView view)
    {
        var width = view.TechniqueCount;
        var weights = new float[view.Counts.Length];
        var norms = new double[view.ActorCount];
        var users = new List<int>[width];
        for (var t = 0; t < width; t++) users[t] = [];
        for (var a = 0; a < view.ActorCount; a++)
            foreach (var t in view.TechniquesOfActor[a])
            {
                var weight = view.Idf[t] * Math.Log(1 + view.Counts[a * width + t]);
                weights[a * width + t] = (float)weight;
                norms[a] += weight * weight;
                users[t].Add(a);
            }

        var kindred = new float[view.Counts.Length];
        var likeness = new double[view.ActorCount];
        var order = new int[view.ActorCount];
        var keys = new double[view.ActorCount];
        for (var a = 0; a < view.ActorCount; a++)
        {
            if (view.Size[a] == 0) continue;
            Array.Clear(likeness);
            foreach (var t in view.TechniquesOfActor[a])
                foreach (var b in users[t]) likeness[b] += (double)weights[a * width + t] * weights[b * width + t];
            for (var b = 0; b < likeness.Length; b++)
            {
                likeness[b] = b == a || norms[b] == 0 ? 0 : likeness[b] / Math.Sqrt(norms[a] * norms[b]);
                order[b] = b;
                keys[b] = -likeness[b] + b * 1e-12;
            }
            Array.Sort(keys, order);
            var total = 0.0;
            for (var i = 0; i < Math.Min(Neighbours, order.Length); i++) total += likeness[order[i]] * likeness[order[i]];
            if (total == 0) continue;
            for (var i = 0; i < Math.Min(Neighbours, order.Length); i++)
            {
                var b = order[i];
                var share = likeness[b] * likeness[b] / total;
                if (share == 0) break;
                foreach (var t in view.TechniquesOfActor[b])
                    kindred[a * width + t] += (float)(share * view.Counts[b * width + t] / view.Length[b]);
            }
        }
        return kindred;
    }
}
