using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>The plain models side by side, and what they say about each unobserved technique as features.</summary>
internal sealed class ModelSet
{
    private const double ObservedAverage = 2;
    private const double IncidentsPerRidge = 3;

    /// <summary>Four times the usual: the fewer techniques were seen, the more an evidence table must be held back.</summary>
    private const double StiffRidge = 800;
    private const double FamilyRidge = 50;
    private const double HiddenWhileLearning = 0.5;
    private static readonly string[] users = ["ln users", "ln incidents"];
    private readonly Baskets baskets;
    private readonly int[] parent;
    private readonly IPredictor[] models;
    private readonly double[][] popularity;

    /// <param name="baskets">What was seen together.</param>
    /// <param name="parent">The parent of each technique, or -1.</param>
    public ModelSet(Baskets baskets, int[] parent)
    {
        this.baskets = baskets;
        this.parent = parent;
        Precedents = new(baskets);
        Evidence = new(baskets, 200, scaled: false);
        Walk = new(baskets);
        var incidents = baskets.Incidents;
        IPredictor[] alone = ReferenceEquals(incidents, baskets) ? [Evidence, Precedents]
            : [new Ease(incidents, Math.Clamp(incidents.Rows.Count / IncidentsPerRidge, 20, 200), scaled: false), new BasketNeighbours(incidents, 15, 3)];
        var (folded, family) = FamilyModel.Folded(baskets, parent);
        models = [Evidence, Precedents, Walk, new Lift(baskets), new ItemNeighbours(baskets), new WeightedFactors(baskets), new Ease(baskets, StiffRidge, scaled: false, "EASE, held back"),
            new FamilyModel("EASE of families", family, new Ease(folded, FamilyRidge, scaled: false, hidden: HiddenWhileLearning)),
            new FamilyModel("kNN of families", family, new BasketNeighbours(folded)), new BasketKernel(incidents, "kernel of incidents"), .. alone];
        popularity = [[.. baskets.Users.Select(users => Math.Log(1 + users))], [.. incidents.Users.Select(users => Math.Log(1 + users))]];
        string[] plain = [.. models.Take(models.Length - alone.Length).Select(model => model.Name), "EASE of incidents", "kNN of incidents"];
        Names = [.. plain, .. users, "parent seen", "part seen", "sibling seen",
            .. plain.Concat(users).Select(name => name + " × ln seen"), .. users.Select(name => name + " × sub-technique share"),
            .. plain.Select(name => "root " + name)];
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
        var columns = models.Select(model => model.Score(observed)).Concat(popularity)
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
            for (var count = models.Length; count < columns.Length; count++) rows[at++] = columns[count][item] * detailed;
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
