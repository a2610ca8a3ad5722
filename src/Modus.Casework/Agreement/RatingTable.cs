namespace Modus.Casework.Agreement;

/// <summary>What several coders made of the same units: one row a unit, one value a coder.</summary>
/// <param name="similarity">How alike two values are, 0 to 1; 1 for equal ones.</param>
/// <param name="neighbours">The values that are alike at all, itself among them.</param>
/// <param name="rows">A value a coder; <see cref="Missing"/> where a coder did not judge the unit.</param>
/// <param name="values">How many different values there are; they are numbered from 0.</param>
internal sealed class RatingTable(Func<int, int, double> similarity, Func<int, int[]> neighbours, IReadOnlyList<int[]> rows, int values)
{
    /// <summary>Stands for the value of a coder who did not judge a unit.</summary>
    public const int Missing = -1;

    /// <summary>The rows.</summary>
    public IReadOnlyList<int[]> Rows => rows;

    /// <summary>A table over values that are the same or not.</summary>
    public static RatingTable Nominal(IReadOnlyList<int[]> rows) =>
        new(static (left, right) => left == right ? 1 : 0, static value => [value], rows, 1 + rows.SelectMany(static row => row).DefaultIfEmpty(0).Max());

    /// <summary>A table over numbers from 0 whose disagreement is the square of their difference (Krippendorff's interval metric).</summary>
    public static RatingTable Interval(IReadOnlyList<int[]> rows)
    {
        var values = 1 + rows.SelectMany(static row => row).DefaultIfEmpty(0).Max();
        double widest = Math.Max(1, (values - 1) * (values - 1));
        var all = Enumerable.Range(0, values).ToArray();
        return new((left, right) => 1 - (left - right) * (left - right) / widest, _ => all, rows, values);
    }

    /// <summary>The same table with other rows.</summary>
    public RatingTable With(IReadOnlyList<int[]> others) => new(similarity, neighbours, others, values);

    /// <summary>
    /// Krippendorff's alpha (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011): 1 minus observed by expected
    /// disagreement. Any number of coders; units that fewer than two judged do not count.
    /// </summary>
    /// <returns>At most 1; 0 is what chance gives. Null where every value is the same, so that nothing could disagree.</returns>
    public double? Alpha()
    {
        var counts = new double[values];
        double pairable = 0, observed = 0;
        foreach (var row in rows)
        {
            var judged = 0;
            foreach (var value in row)
                if (value != Missing) judged++;
            if (judged < 2) continue;
            pairable += judged;
            double apart = 0;
            for (var left = 0; left < row.Length; left++)
            {
                if (row[left] == Missing) continue;
                counts[row[left]]++;
                for (var right = left + 1; right < row.Length; right++)
                    if (row[right] != Missing && row[right] != row[left]) apart += 1 - similarity(row[left], row[right]);
            }
            observed += 2 * apart / (judged - 1);
        }
        if (pairable < 2) return null;
        var expected = (pairable * pairable - Alike(counts, counts)) / (pairable - 1);
        return expected <= 1e-12 ? null : 1 - observed / expected;
    }

    /// <summary>
    /// Cohen's kappa of two coders (J. Cohen, 1960), weighted by likeness (J. Cohen, 1968): observed agreement beyond what their
    /// own frequencies give by chance, divided by what is left beyond chance.
    /// </summary>
    /// <returns>At most 1; 0 is what chance gives. Null where no unit was judged by both, or chance alone gives full agreement.</returns>
    public Kappa? Kappa(int one, int other)
    {
        double[] left = new double[values], right = new double[values];
        double agreed = 0;
        var units = 0;
        foreach (var row in rows)
        {
            if (row[one] == Missing || row[other] == Missing) continue;
            units++;
            left[row[one]]++;
            right[row[other]]++;
            agreed += row[one] == row[other] ? 1 : similarity(row[one], row[other]);
        }
        if (units == 0) return null;
        var observed = agreed / units;
        var expected = Alike(left, right) / ((double)units * units);
        return new Kappa(units, observed, expected, expected >= 1 - 1e-12 ? null : (observed - expected) / (1 - expected));
    }

    /// <summary>Sum of products of frequencies, weighted by likeness.</summary>
    private double Alike(double[] left, double[] right)
    {
        double sum = 0;
        for (var value = 0; value < values; value++)
        {
            if (left[value] == 0) continue;
            foreach (var near in neighbours(value))
                if (right[near] != 0) sum += left[value] * right[near] * similarity(value, near);
        }
        return sum;
    }
}

/// <summary>Cohen's kappa with what it is made of.</summary>
/// <param name="Units">Units that both judged.</param>
/// <param name="Observed">Observed agreement, 0 to 1.</param>
/// <param name="Expected">Agreement that chance gives, 0 to 1.</param>
/// <param name="Value">The coefficient; null where chance alone gives full agreement.</param>
public sealed record Kappa(int Units, double Observed, double Expected, double? Value);
