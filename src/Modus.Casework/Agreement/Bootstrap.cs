namespace Modus.Casework.Agreement;

/// <summary>A 95 % interval by the percentile bootstrap.</summary>
/// <param name="Low">The 2.5th percentile.</param>
/// <param name="High">The 97.5th percentile.</param>
/// <param name="Undefined">Resamples in which the figure was not defined; they are left out.</param>
public sealed record Interval(double Low, double High, int Undefined);

/// <summary>Draws units, or whole documents, again and again, and sees how far a figure moves.</summary>
internal static class Bootstrap
{
    /// <summary>Fewest resamples that make percentiles of the tails.</summary>
    public const int Least = 40;

    /// <param name="table">The table.</param>
    /// <param name="clusters">Rows that are drawn together: those of one document, or each row alone.</param>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="seed">Where the draws begin: the same seed gives the same interval.</param>
    /// <param name="figures">The figures to compute of each resample.</param>
    /// <param name="stop">Stops between two resamples.</param>
    /// <returns>An interval a figure; null where too few resamples were defined.</returns>
    public static Interval?[] Run(RatingTable table, IReadOnlyList<int[]> clusters, int resamples, int seed, IReadOnlyList<Func<RatingTable, double?>> figures, CancellationToken stop)
    {
        if (clusters.Count < 2 || resamples < Least) return new Interval?[figures.Count];
#pragma warning disable CA5394 // a resample is no secret, and has to be the same every time
        var random = new Random(seed);
        var drawn = figures.Select(_ => new List<double>(resamples)).ToArray();
        for (var sample = 0; sample < resamples; sample++)
        {
            stop.ThrowIfCancellationRequested();
            var rows = new List<int[]>(table.Rows.Count);
            for (var draw = 0; draw < clusters.Count; draw++)
                foreach (var row in clusters[random.Next(clusters.Count)]) rows.Add(table.Rows[row]);
            var resampled = table.With(rows);
            for (var at = 0; at < figures.Count; at++)
                if (figures[at](resampled) is { } value) drawn[at].Add(value);
        }
#pragma warning restore CA5394
        return [.. drawn.Select(values => OfSample(values, resamples))];
    }

    private static Interval? OfSample(List<double> values, int resamples)
    {
        if (values.Count < Least) return null;
        values.Sort();
        return new Interval(Percentile(values, 0.025), Percentile(values, 0.975), resamples - values.Count);
    }

    /// <summary>Linear between the two nearest order statistics.</summary>
    private static double Percentile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
