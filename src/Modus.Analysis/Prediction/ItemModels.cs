namespace Modus.Analysis.Prediction;

/// <summary>How many baskets hold the technique.</summary>
internal sealed class Popularity(Baskets baskets) : IPredictor
{
    public string Name => "popularity";

    public double[] Score(int[] observed) => [.. baskets.Users.Select(users => (double)users)];
}

/// <summary>A table of directed evidence from technique to technique; a score is the sum over what was observed.</summary>
internal abstract class ItemTable(int size, double[] evidence) : IPredictor
{
    public abstract string Name { get; }

    /// <summary>What having seen <paramref name="from"/> says for <paramref name="to"/>.</summary>
    public double Evidence(int from, int to) => evidence[from * size + to];

    public double[] Score(int[] observed)
    {
        var scores = new double[size];
        foreach (var from in observed)
        {
            var row = evidence.AsSpan(from * size, size);
            for (var to = 0; to < size; to++) scores[to] += row[to];
        }
        return scores;
    }
}

/// <summary>Linear autoencoder in closed form: B = I - P / diag(P), P = (XᵀX + λI)⁻¹.</summary>
/// <remarks>With a share hidden the ridge of each item grows with how often it is seen, as if that share of every basket had been hidden while learning.</remarks>
internal sealed class Ease(Baskets baskets, double ridge, bool scaled, string? name = null, double hidden = 0) : ItemTable(baskets.Items.Count, Weights(baskets, ridge, scaled, hidden))
{
    public override string Name => name ?? (scaled ? "EASE (scaled rows)" : "EASE");

    private static double[] Weights(Baskets baskets, double ridge, bool scaled, double hidden)
    {
        var size = baskets.Items.Count;
        var mean = baskets.Rows.Count == 0 ? 1 : baskets.Rows.Average(row => row.Length);
        var gram = baskets.Together(row => scaled ? mean / row.Length : 1);
        for (var i = 0; i < size; i++) gram[i * size + i] = gram[i * size + i] / (1 - hidden) + ridge;
        var inverse = DenseMatrix.InvertPositive(gram, size);
        for (var j = 0; j < size; j++)
        {
            var diagonal = inverse[j * size + j];
            for (var i = 0; i < size; i++) inverse[i * size + j] = i == j ? 0 : -inverse[i * size + j] / diagonal;
        }
        return inverse;
    }
}

/// <summary>Cosine between techniques over baskets, the nearest hundred kept.</summary>
internal sealed class ItemNeighbours(Baskets baskets) : ItemTable(baskets.Items.Count, Weights(baskets))
{
    private const int Kept = 100;
    private const double Shrink = 5;

    public override string Name => "item-kNN";

    private static double[] Weights(Baskets baskets)
    {
        var size = baskets.Items.Count;
        var table = baskets.Together(_ => 1);
        var result = new double[size * size];
        var keys = new double[size];
        var order = new int[size];
        for (var to = 0; to < size; to++)
        {
            for (var from = 0; from < size; from++)
            {
                order[from] = from;
                var together = table[from * size + to];
                keys[from] = from == to || together == 0 ? 0 : -together / (Math.Sqrt((double)baskets.Users[from] * baskets.Users[to]) + Shrink);
            }
            Array.Sort(keys, order);
            for (var i = 0; i < Math.Min(Kept, size) && keys[i] < 0; i++) result[order[i] * size + to] = -keys[i];
        }
        return result;
    }
}

/// <summary>A walk of three steps, technique to basket to technique, dampened for what is everywhere.</summary>
internal sealed class RandomWalk(Baskets baskets) : ItemTable(baskets.Items.Count, Weights(baskets))
{
    private const double Alpha = 0.8;
    private const double Beta = 0.5;

    public override string Name => "RP3beta";

    private static double[] Weights(Baskets baskets)
    {
        var size = baskets.Items.Count;
        var result = baskets.Together(row => Math.Pow(1.0 / row.Length, Alpha));
        for (var from = 0; from < size; from++)
        {
            var leave = baskets.Users[from] == 0 ? 0 : Math.Pow(1.0 / baskets.Users[from], Alpha);
            for (var to = 0; to < size; to++)
                result[from * size + to] = from == to || baskets.Users[to] == 0 ? 0 : result[from * size + to] * leave / Math.Pow(baskets.Users[to], Beta);
        }
        return result;
    }
}

/// <summary>Naive Bayes: how much more often the observed techniques stand beside a technique than anywhere.</summary>
internal sealed class Lift(Baskets baskets) : IPredictor
{
    private const double Smoothing = 20;
    private readonly double[] together = baskets.Together(_ => 1);

    public string Name => "lift";

    public double[] Score(int[] observed)
    {
        var size = baskets.Items.Count;
        var scores = new double[size];
        for (var to = 0; to < size; to++) scores[to] = Math.Log(Share(to));
        foreach (var from in observed)
        {
            var share = Share(from);
            for (var to = 0; to < size; to++)
                scores[to] += Math.Log((together[from * size + to] / share + Smoothing) / (baskets.Users[to] + Smoothing));
        }
        return scores;
    }

    private double Share(int item) => (baskets.Users[item] + 0.5) / (baskets.Rows.Count + 1);
}
