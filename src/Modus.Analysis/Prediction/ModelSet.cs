using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>The plain models side by side, and what they say about each unobserved technique as features.</summary>
internal sealed class ModelSet
{
    private const double ObservedAverage = 2;
    private readonly Baskets baskets;
    private readonly int[] parent;
    private readonly IPredictor[] models;
    private readonly double[] popularity;

    /// <param name="baskets">What was seen together.</param>
    /// <param name="parent">The parent of each technique, or -1.</param>
    public ModelSet(Baskets baskets, int[] parent)
    {
        this.baskets = baskets;
        this.parent = parent;
        Precedents = new(baskets);
        Evidence = new(baskets, 200, scaled: false);
        Walk = new(baskets);
        models = [Evidence, Precedents, Walk, new Lift(baskets), new ItemNeighbours(baskets), new WeightedFactors(baskets)];
        popularity = [.. baskets.Users.Select(users => Math.Log(1 + users))];
        Names = [.. models.Select(model => model.Name), "ln users", "parent seen", "part seen", "sibling seen",
            .. models.Select(model => model.Name + " × ln seen"), "ln users × ln seen", "ln users × sub-technique share",
            .. models.Select(model => "root " + model.Name)];
    }

    /// <summary>Where directed evidence from technique to technique is read.</summary>
    public Ease Evidence { get; }

    /// <summary>Where the most similar incidents are read.</summary>
    public BasketNeighbours Precedents { get; }

    public RandomWalk Walk { get; }

    public Baskets Baskets => baskets;

    public IReadOnlyList<string> Names { get; }

    /// <summary>Techniques worth ranking, each with its features: standardised over everything unobserved.</summary>
    public (int[] Items, double[] Rows) Features(int[] observed, int most = int.MaxValue)
    {
        var seen = new bool[baskets.Items.Count];
        foreach (var item in observed) seen[item] = true;
        var open = Enumerable.Range(0, seen.Length).Where(item => !seen[item]).ToArray();
        var columns = models.Select(model => model.Score(observed)).Append(popularity)
            .Select(scores => Standardised(scores, open)).ToArray();
        if (most < open.Length)
        {
            var sum = new double[seen.Length];
            foreach (var item in open) sum[item] = columns[0][item] + columns[1][item] + columns[2][item];
            open = [.. open.OrderByDescending(item => sum[item]).ThenBy(item => item).Take(most).Order()];
        }

        var size = Math.Log(Math.Max(1, observed.Length)) - ObservedAverage;
        var detailed = observed.Length == 0 ? 0 : observed.Count(item => parent[item] >= 0) / (double)observed.Length - 0.5;
        var parents = observed.Where(item => parent[item] >= 0).Select(item => parent[item]).ToHashSet();
        var rows = new double[open.Length * Names.Count];
        for (var i = 0; i < open.Length; i++)
        {
            var item = open[i];
            var at = i * Names.Count;
            foreach (var column in columns) rows[at++] = column[item];
            rows[at++] = parent[item] >= 0 && seen[parent[item]] ? 1 : 0;
            rows[at++] = parents.Contains(item) ? 1 : 0;
            rows[at++] = parent[item] >= 0 && parents.Contains(parent[item]) ? 1 : 0;
            foreach (var column in columns) rows[at++] = column[item] * size;
            rows[at++] = columns[^1][item] * detailed;
            for (var model = 0; model < models.Length; model++) rows[at++] = Math.Sign(columns[model][item]) * Math.Sqrt(Math.Abs(columns[model][item]));
        }
        return (open, rows);
    }

    private static double[] Standardised(double[] scores, int[] open)
    {
        double mean = 0, square = 0;
        foreach (var item in open) mean += scores[item];
        mean /= Math.Max(1, open.Length);
        foreach (var item in open) square += (scores[item] - mean) * (scores[item] - mean);
        var deviation = Math.Sqrt(square / Math.Max(1, open.Length)) + 1e-12;
        return [.. scores.Select(score => (score - mean) / deviation)];
    }
}
