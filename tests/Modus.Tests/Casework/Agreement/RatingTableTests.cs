using Modus.Casework.Agreement;
using Xunit;

namespace Modus.Tests.Casework.Agreement;

/// <summary>The coefficients against worked examples of the literature.</summary>
public sealed class RatingTableTests
{
    private const int No = RatingTable.Missing;

    /// <summary>Fleiss, Statistical Methods for Rates and Proportions: two raters, 100 patients, three diagnoses; kappa 0.68.</summary>
    [Fact]
    public void Kappa_of_three_diagnoses()
    {
        var table = RatingTable.Nominal(Rows(new[,] { { 75, 1, 4 }, { 5, 4, 1 }, { 0, 0, 10 } }));

        var kappa = table.Kappa(0, 1)!;

        Assert.Equal(100, kappa.Units);
        Assert.Equal(0.89, kappa.Observed, 12);
        Assert.Equal(0.66, kappa.Expected, 12);
        Assert.Equal(0.23 / 0.34, kappa.Value!.Value, 12);
    }

    /// <summary>The common two-by-two example of 50 grant proposals: 20 and 15 agreed, 5 and 10 not; kappa 0.40.</summary>
    [Fact]
    public void Kappa_of_fifty_proposals() => Assert.Equal(0.4, RatingTable.Nominal(Rows(new[,] { { 20, 5 }, { 10, 15 } })).Kappa(0, 1)!.Value!.Value, 12);

    [Fact]
    public void Kappa_has_no_value_where_chance_agrees_fully() => Assert.Null(RatingTable.Nominal([[0, 0], [0, 0]]).Kappa(0, 1)!.Value);

    /// <summary>Krippendorff (2011), part A: two observers, ten units, two values; alpha 0.095.</summary>
    [Fact]
    public void Alpha_of_two_observers_and_two_values()
    {
        int[] meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];

        Assert.Equal(0.095, RatingTable.Nominal(Transpose(meg, owen)).Alpha()!.Value, 3);
    }

    /// <summary>Krippendorff (2011), part B: two observers, twelve units, five values; alpha 0.692.</summary>
    [Fact]
    public void Alpha_of_two_observers_and_many_values()
    {
        int[] ben = [.. "aabbdcccedda".Select(letter => letter - 'a')], gerry = [.. "babbbccceddd".Select(letter => letter - 'a')];

        Assert.Equal(0.692, RatingTable.Nominal(Transpose(ben, gerry)).Alpha()!.Value, 3);
    }

    /// <summary>Krippendorff (2011), parts C and D: four observers with missing values; alpha 0.743 nominal, 0.849 interval.</summary>
    [Fact]
    public void Alpha_of_four_observers_with_missing_values()
    {
        var rows = Transpose(
            [1, 2, 3, 3, 2, 1, 4, 1, 2, No, No, No],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, No, 3],
            [No, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, No],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, No]);

        Assert.Equal(0.743, RatingTable.Nominal(rows).Alpha()!.Value, 3);
        Assert.Equal(0.849, RatingTable.Interval(rows).Alpha()!.Value, 3);
    }

    [Fact]
    public void Alpha_has_no_value_where_nothing_can_disagree() => Assert.Null(RatingTable.Nominal([[2, 2], [2, 2], [1, No]]).Alpha());

    [Fact]
    public void The_bootstrap_gives_the_same_interval_for_the_same_seed_and_holds_the_figure()
    {
        var table = RatingTable.Nominal(Rows(new[,] { { 75, 1, 4 }, { 5, 4, 1 }, { 0, 0, 10 } }));
        var clusters = Enumerable.Range(0, 100).Select(row => new[] { row }).ToList();
        Func<RatingTable, double?>[] kappa = [sample => sample.Kappa(0, 1)?.Value];

        var first = Bootstrap.Run(table, clusters, 1000, 7, kappa, TestContext.Current.CancellationToken)[0]!;
        var second = Bootstrap.Run(table, clusters, 1000, 7, kappa, TestContext.Current.CancellationToken)[0]!;

        Assert.Equal(first, second);
        // The standard error that Fleiss gives for this table is 0.088: 0.676 ± 1.96 × 0.088 is 0.50 to 0.85.
        Assert.InRange(first.Low, 0.45, 0.57);
        Assert.InRange(first.High, 0.78, 0.87);
    }

    [Fact]
    public void Parent_and_child_are_nearer_than_sisters_and_strangers_have_nothing_in_common()
    {
        var space = new ValueSpace(AgreementLevel.PartialCredit);
        int parent = space.Of(["T1059"]), child = space.Of(["T1059.001"]), sister = space.Of(["T1059.003"]), stranger = space.Of(["T1105"]), none = space.Of([]);

        Assert.Equal(2.0 / 3, space.Similarity(parent, child), 12);
        Assert.Equal(0.5, space.Similarity(child, sister), 12);
        Assert.Equal(0, space.Similarity(child, stranger));
        Assert.Equal(0, space.Similarity(child, none));
        Assert.Equal(2.0 / 3, space.Similarity(space.Of(["T1059.001", "T1105"]), child), 12);
        Assert.Equal([parent, child, sister], space.Neighbours(child).Where(value => value <= sister).Order());
    }

    [Fact]
    public void At_the_level_of_techniques_sisters_are_one_value()
    {
        var space = new ValueSpace(AgreementLevel.Technique);

        Assert.Equal(space.Of(["T1059.001"]), space.Of(["T1059.003", "T1059"]));
    }

    private static List<int[]> Rows(int[,] counts)
    {
        var rows = new List<int[]>();
        for (var one = 0; one < counts.GetLength(0); one++)
            for (var other = 0; other < counts.GetLength(1); other++)
                rows.AddRange(Enumerable.Range(0, counts[one, other]).Select(_ => new[] { one, other }));
        return rows;
    }

    private static List<int[]> Transpose(params int[][] coders) => [.. Enumerable.Range(0, coders[0].Length).Select(unit => coders.Select(coder => coder[unit]).ToArray())];
}
