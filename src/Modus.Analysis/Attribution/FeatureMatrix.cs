namespace Modus.Analysis.Attribution;

/// <summary>One row a candidate, one column a feature; every value is the sum of what the pieces of evidence add.</summary>
/// <remarks>The last piece, <see cref="Background"/>, is what an actor brings without any evidence. With
/// <c>keepParts</c> the addends are kept, so that a score can be opened exactly.</remarks>
internal sealed class FeatureMatrix(int actors, int features, int pieces, bool keepParts)
{
    private readonly double[]? parts = keepParts ? new double[(pieces + 1) * actors * features] : null;

    public int Actors => actors;
    public int Features => features;

    /// <summary>How many pieces of evidence there are, the background not counted.</summary>
    public int Pieces => pieces;
    public int Background => pieces;
    public double[] Values { get; } = new double[actors * features];

    /// <summary>Candidates that can win: the others rank last.</summary>
    public bool[] Usable { get; } = new bool[actors];

    public void Add(int actor, int feature, int piece, double value)
    {
        var at = actor * features + feature;
        Values[at] += value;
        if (parts is not null) parts[piece * actors * features + at] += value;
    }

    public double Part(int piece, int actor, int feature) =>
        parts is null ? throw new InvalidOperationException("The parts were not kept.") : parts[(piece * actors + actor) * features + feature];

    /// <summary>Mean and standard deviation of each feature over the usable candidates.</summary>
    public (double[] Mean, double[] Deviation) Moments()
    {
        var mean = new double[features];
        var deviation = new double[features];
        var count = 0;
        for (var a = 0; a < actors; a++)
        {
            if (!Usable[a]) continue;
            count++;
            for (var k = 0; k < features; k++) mean[k] += Values[a * features + k];
        }
        if (count == 0) return (mean, deviation);
        for (var k = 0; k < features; k++) mean[k] /= count;
        for (var a = 0; a < actors; a++)
        {
            if (!Usable[a]) continue;
            for (var k = 0; k < features; k++)
            {
                var off = Values[a * features + k] - mean[k];
                deviation[k] += off * off;
            }
        }
        for (var k = 0; k < features; k++) deviation[k] = Math.Sqrt(deviation[k] / count);
        return (mean, deviation);
    }

    /// <summary>The usable candidates' rows, each feature with mean 0 and deviation 1 over them.</summary>
    public StandardRows Standardise()
    {
        var (mean, deviation) = Moments();
        var usable = Enumerable.Range(0, actors).Where(a => Usable[a]).ToArray();
        var rows = new double[usable.Length * features];
        for (var i = 0; i < usable.Length; i++)
            for (var k = 0; k < features; k++)
                rows[i * features + k] = deviation[k] < 1e-9 ? 0 : (Values[usable[i] * features + k] - mean[k]) / deviation[k];
        return new(usable, rows, features);
    }
}

/// <summary>Standardised features of the usable candidates.</summary>
internal sealed record StandardRows(int[] Actors, double[] Rows, int Features);
