namespace Modus.Analysis.Prediction;

/// <summary>Kernel ridge regression from what was seen to what was there: likeness of whole baskets falls off as a bell curve, so only near ones speak.</summary>
internal sealed class BasketKernel : IPredictor
{
    /// <summary>More baskets would cost seconds and hundreds of megabytes; beyond it evenly spaced ones stand for all.</summary>
    private const int MostRows = 1_000;
    private const double Sharpness = 2;
    private const double Ridge = 1;
    private readonly Baskets baskets;
    private readonly int[][] rows;
    private readonly double[] weight;
    private readonly double[] norms;
    private readonly double[] mean;
    private readonly double[] inverse;
    private readonly List<int>[] rowsOf;

    public BasketKernel(Baskets baskets, string name)
    {
        Name = name;
        this.baskets = baskets;
        var all = baskets.Rows.Where(row => row.Length > 0).ToArray();
        rows = all.Length <= MostRows ? all : [.. Enumerable.Range(0, MostRows).Select(at => all[(int)((long)at * all.Length / MostRows)])];
        // Squared, so that a dot product adds these up.
        weight = [.. baskets.Users.Select(users => Math.Log(1 + (baskets.Rows.Count + 1.0) / (users + 1.0)))];
        norms = [.. rows.Select(row => row.Sum(item => weight[item]))];
        mean = new double[baskets.Items.Count];
        rowsOf = new List<int>[baskets.Items.Count];
        for (var item = 0; item < rowsOf.Length; item++) rowsOf[item] = [];
        for (var row = 0; row < rows.Length; row++)
            foreach (var item in rows[row])
            {
                rowsOf[item].Add(row);
                mean[item] += 1.0 / rows.Length;
            }
        var kernel = new double[rows.Length * rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            Likeness(rows[row], norms[row]).CopyTo(kernel, row * rows.Length);
            kernel[row * rows.Length + row] += Ridge;
        }
        inverse = DenseMatrix.InvertPositive(kernel, rows.Length);
    }

    public string Name { get; }

    public double[] Score(int[] observed)
    {
        var scores = (double[])mean.Clone();
        var norm = observed.Sum(item => weight[item]);
        if (norm == 0) return scores;
        var like = Likeness(observed, norm);
        double all = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            var pull = DenseMatrix.Dot(inverse.AsSpan(row * rows.Length, rows.Length), like);
            foreach (var item in rows[row]) scores[item] += pull;
            all += pull;
        }
        // Baskets are taken as what they differ from the mean basket by.
        for (var item = 0; item < scores.Length; item++) scores[item] -= all * mean[item];
        return scores;
    }

    private double[] Likeness(int[] items, double norm)
    {
        var like = new double[rows.Length];
        foreach (var item in items)
            foreach (var row in rowsOf[item]) like[row] += weight[item];
        for (var row = 0; row < like.Length; row++)
            like[row] = Math.Exp(-Sharpness * (2 - 2 * like[row] / Math.Sqrt(norm * norms[row])));
        return like;
    }
}
