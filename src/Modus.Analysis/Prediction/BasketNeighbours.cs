namespace Modus.Analysis.Prediction;

/// <summary>The most similar incidents, and what else was seen in them. They are the precedents that a reason names.</summary>
internal sealed class BasketNeighbours : IPredictor
{
    private const int Kept = 150;
    private readonly double shrink;
    private readonly double power;
    private readonly Baskets baskets;
    private readonly double[] idf;
    private readonly double[] norms;

    /// <param name="baskets">What was seen together.</param>
    /// <param name="shrink">Keeps short baskets from looking like perfect matches.</param>
    /// <param name="power">How much more the most similar count.</param>
    /// <param name="name">The name of the model.</param>
    public BasketNeighbours(Baskets baskets, double shrink = 6, double power = 2, string name = "basket-kNN")
    {
        this.shrink = shrink;
        this.power = power;
        Name = name;
        this.baskets = baskets;
        idf = [.. baskets.Users.Select(users => Math.Log(1 + (baskets.Rows.Count + 1.0) / (users + 1.0)))];
        norms = [.. baskets.Rows.Select(row => row.Sum(item => idf[item] * idf[item]))];
    }

    public string Name { get; }

    public double[] Score(int[] observed)
    {
        var scores = new double[baskets.Items.Count];
        foreach (var (row, likeness) in Nearest(observed, Kept))
        {
            var weight = Math.Pow(likeness, power);
            foreach (var item in baskets.Rows[row]) scores[item] += weight;
        }
        return scores;
    }

    /// <summary>Baskets most like the observation, best first, ties in the order of the baskets.</summary>
    public IReadOnlyList<(int Row, double Likeness)> Nearest(int[] observed, int count)
    {
        var shared = new double[baskets.Rows.Count];
        foreach (var item in observed)
            foreach (var row in baskets.RowsOf[item]) shared[row] += idf[item] * idf[item];
        var own = observed.Sum(item => idf[item] * idf[item]);
        var keys = new List<double>();
        var rows = new List<int>();
        for (var row = 0; row < shared.Length; row++)
        {
            if (shared[row] == 0) continue;
            keys.Add(-shared[row] / (Math.Sqrt(own * norms[row]) + shrink) + row * 1e-13);
            rows.Add(row);
        }
        var (sorted, order) = (keys.ToArray(), rows.ToArray());
        Array.Sort(sorted, order);
        return [.. order.Take(count).Select((row, at) => (row, -sorted[at] + row * 1e-13))];
    }
}
