namespace Modus.Analysis.Prediction;

/// <summary>Factors by weighted alternating least squares: everything unseen counts as a weak no.</summary>
internal sealed class WeightedFactors : IPredictor
{
    private const int Rounds = 25;
    private readonly int rank;
    private readonly double confidence;
    private readonly double ridge;
    private readonly double[] items;
    private readonly int size;

    public WeightedFactors(Baskets baskets, int rank = 4, double confidence = 1, double ridge = 0.05, int seed = 1)
    {
        this.rank = rank;
        this.confidence = confidence;
        this.ridge = ridge;
        size = baskets.Items.Count;
        var random = new Random(seed);
        items = new double[size * rank];
        for (var at = 0; at < items.Length; at++) items[at] = random.NextDouble() * 0.1;
        var users = new double[baskets.Rows.Count * rank];
        for (var round = 0; round < Rounds; round++)
        {
            Solve(users, items, baskets.Rows);
            Solve(items, users, baskets.RowsOf);
        }
    }

    public string Name => "WALS";

    public double[] Score(int[] observed)
    {
        var user = new double[rank];
        Solve(user, items, [observed]);
        var scores = new double[size];
        for (var item = 0; item < size; item++)
            for (var k = 0; k < rank; k++) scores[item] += user[k] * items[item * rank + k];
        return scores;
    }

    private void Solve(double[] target, double[] fixedSide, IReadOnlyList<int[]> links)
    {
        var gram = new double[rank, rank];
        for (var at = 0; at < fixedSide.Length; at += rank)
            for (var k = 0; k < rank; k++)
                for (var m = 0; m < rank; m++) gram[k, m] += fixedSide[at + k] * fixedSide[at + m];
        for (var k = 0; k < rank; k++) gram[k, k] += ridge;
        for (var row = 0; row < links.Count; row++)
        {
            var left = (double[,])gram.Clone();
            var right = new double[rank];
            foreach (var link in links[row])
                for (var k = 0; k < rank; k++)
                {
                    var value = fixedSide[link * rank + k];
                    right[k] += (1 + confidence) * value;
                    for (var m = 0; m < rank; m++) left[k, m] += confidence * value * fixedSide[link * rank + m];
                }
            Attribution.LinearSolver.SolvePositive(left, right).CopyTo(target, row * rank);
        }
    }
}
