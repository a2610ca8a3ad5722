namespace Modus.Analysis.Planning.Threat;

/// <summary>Weights as they would be had other actors been reported: groups and campaigns drawn with replacement.</summary>
public sealed class WeightBootstrap
{
    private readonly double[][] draws;
    private readonly IReadOnlyDictionary<string, int> place;

    /// <summary>Draws.</summary>
    /// <param name="techniques">Ids of the techniques that count.</param>
    /// <param name="uses">Who used what.</param>
    /// <param name="options">How uses become weights.</param>
    /// <param name="count">How many draws.</param>
    /// <param name="seed">The same seed gives the same draws.</param>
    public WeightBootstrap(IEnumerable<string> techniques, IReadOnlyList<UseRecord> uses, ThreatOptions options, int count = 200, int seed = 1)
    {
        var table = new ThreatTable(techniques, uses, options);
        place = table.Place;
        var random = new Random(seed);
        draws = new double[count][];
        var times = new int[table.UserCount];
        for (var draw = 0; draw < count; draw++)
        {
            Array.Clear(times);
            for (var i = 0; i < times.Length; i++) times[random.Next(times.Length)]++;
            draws[draw] = [.. table.Weights(times).Select(parts => parts.Everybody + parts.Software + parts.Own)];
        }
    }

    /// <summary>How many draws there are.</summary>
    public int Count => draws.Length;

    /// <summary>The weight of a technique in a draw, 0 for one that is not known.</summary>
    /// <param name="draw">The number of the draw.</param>
    /// <param name="technique">The id.</param>
    public double Weight(int draw, string technique) => place.TryGetValue(technique, out var t) ? draws[draw][t] : 0;

    /// <summary>The middle 80 % of what a sum over techniques is in the draws.</summary>
    /// <param name="techniques">Techniques, each with the share of its weight that counts.</param>
    public (double Low, double High) Interval(IReadOnlyList<(string Technique, double Share)> techniques)
    {
        if (draws.Length == 0) return (0, 0);
        var sums = new double[draws.Length];
        for (var draw = 0; draw < sums.Length; draw++)
            foreach (var (technique, share) in techniques) sums[draw] += share * Weight(draw, technique);
        Array.Sort(sums);
        return (sums[(int)(0.1 * (sums.Length - 1))], sums[(int)Math.Ceiling(0.9 * (sums.Length - 1))]);
    }
}
