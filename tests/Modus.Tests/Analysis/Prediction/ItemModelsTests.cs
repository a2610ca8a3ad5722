using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Xunit;

namespace Modus.Tests.Analysis.Prediction;

public sealed class ItemModelsTests
{
    private static Baskets Random(int items, int rows, int seed)
    {
        var random = new Random(seed);
        return new(new IdTable(Enumerable.Range(0, items).Select(i => $"T{i:000}")),
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, items).Where(_ => random.NextDouble() < 0.2).ToArray()).Where(row => row.Length > 1)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void An_inverse_times_its_matrix_is_one(int size)
    {
        var random = new Random(size);
        var half = Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5).ToArray();
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                for (var k = 0; k < size; k++) matrix[i * size + j] += half[i * size + k] * half[j * size + k] + (i == j && k == 0 ? 1 : 0);
        var inverse = DenseMatrix.InvertPositive(matrix, size);
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, size).Sum(k => matrix[i * size + k] * inverse[k * size + j]), 8);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentException>(() => DenseMatrix.InvertPositive([1, 2, 2, 1], 2));

    /// <summary>EASE solves one ridge regression an item: each column minimises the squared error of its item from all others.</summary>
    [Fact]
    public void Ease_is_the_ridge_regression_of_each_technique_on_the_others()
    {
        const double ridge = 5;
        var baskets = Random(12, 60, 3);
        var ease = new Ease(baskets, ridge, scaled: false);
        for (var target = 0; target < 12; target++)
        {
            Assert.Equal(0, ease.Evidence(target, target));
            for (var other = 0; other < 12; other++)
            {
                if (other == target) continue;
                // Slope of the penalised error along one weight: nought at the optimum.
                double slope = 2 * ridge * ease.Evidence(other, target);
                foreach (var row in baskets.Rows)
                {
                    if (!row.Contains(other)) continue;
                    slope -= 2 * ((row.Contains(target) ? 1 : 0) - row.Sum(item => ease.Evidence(item, target)));
                }
                Assert.Equal(0, slope, 7);
            }
        }
    }

    [Fact]
    public void Hiding_half_while_learning_is_a_ridge_that_grows_with_how_often_an_item_is_seen()
    {
        // A is seen three times and B twice, together twice: B = 2 / (3 / (1 - .5) + 1) for what A says of B.
        var baskets = new Baskets(new IdTable(["A", "B"]), [[0, 1], [0, 1], [0]]);
        var ease = new Ease(baskets, 1, scaled: false, hidden: 0.5);
        Assert.Equal(2.0 / 7, ease.Evidence(0, 1), 12);
        Assert.Equal(2.0 / 5, ease.Evidence(1, 0), 12);
    }

    [Fact]
    public void Members_of_a_family_share_the_score_of_the_family()
    {
        var baskets = new Baskets(new IdTable(["A", "A.1", "A.2", "B", "C"]), [[1, 3], [2, 3], [0, 1, 4]]);
        var (folded, family) = FamilyModel.Folded(baskets, [-1, 0, 0, -1, -1]);
        Assert.Equal([0, 0, 0, 1, 2], family);
        Assert.Equal([[0, 1], [0, 1], [0, 2]], folded.Rows);
        var scores = new FamilyModel("families", family, new Popularity(folded)).Score([3]);
        Assert.Equal([3, 3, 3, 2, 1], scores);
    }

    /// <summary>The regression is the one that solves (K + ridge) a = baskets less their mean.</summary>
    [Fact]
    public void The_kernel_regression_gives_back_what_its_equations_say()
    {
        var baskets = Random(9, 25, 5);
        var kernel = new BasketKernel(baskets, "kernel");
        double Weight(int item) => Math.Log(1 + (baskets.Rows.Count + 1.0) / (baskets.Users[item] + 1.0));
        double Like(int[] one, int[] other) => Math.Exp(-2 * (2 - 2 * one.Intersect(other).Sum(Weight) / Math.Sqrt(one.Sum(Weight) * other.Sum(Weight))));
        double Less(int row, int item) => (baskets.Rows[row].Contains(item) ? 1.0 : 0) - baskets.Users[item] / (double)baskets.Rows.Count;
        // What is left over on its own baskets is the ridge times the coefficients, so scoring those left-overs brings back the difference.
        var own = baskets.Rows.Select(kernel.Score).ToArray();
        int[] asked = [1, 4];
        for (var item = 0; item < 9; item++)
        {
            var mean = baskets.Users[item] / (double)baskets.Rows.Count;
            var told = mean + Enumerable.Range(0, own.Length).Sum(row => Like(asked, baskets.Rows[row]) * (Less(row, item) + mean - own[row][item]));
            Assert.Equal(told, kernel.Score(asked)[item], 8);
        }
    }

    [Fact]
    public void A_kernel_of_many_baskets_keeps_to_its_bound_and_nothing_seen_is_the_mean_basket()
    {
        var baskets = Random(30, 1_500, 11);
        var scores = new BasketKernel(baskets, "kernel").Score([]);
        Assert.All(scores.Zip(baskets.Users), pair => Assert.Equal(pair.Second / (double)baskets.Rows.Count, pair.First, 0.05));
    }

    [Fact]
    public void Item_neighbours_are_shrunken_cosines()
    {
        var baskets = new Baskets(new IdTable(["A", "B", "C"]), [[0, 1], [0, 1], [0, 2]]);
        var scores = new ItemNeighbours(baskets).Score([0]);
        Assert.Equal(2 / (Math.Sqrt(6) + 5), scores[1], 12);
        Assert.Equal(1 / (Math.Sqrt(3) + 5), scores[2], 12);
    }

    [Fact]
    public void The_walk_goes_by_basket_and_is_damped_for_the_widespread()
    {
        var baskets = new Baskets(new IdTable(["A", "B", "C"]), [[0, 1], [0, 1, 2]]);
        var scores = new RandomWalk(baskets).Score([0]);
        var expected = Math.Pow(1 / 2.0, .8) * (Math.Pow(1 / 2.0, .8) + Math.Pow(1 / 3.0, .8)) / Math.Sqrt(2);
        Assert.Equal(expected, scores[1], 12);
    }

    [Fact]
    public void Factors_find_two_separate_habits()
    {
        var rows = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? new[] { 0, 1, 2 } : [3, 4, 5]).ToList();
        var scores = new WeightedFactors(new(new IdTable(["A", "B", "C", "D", "E", "F"]), rows)).Score([0, 1]);
        Assert.True(scores[2] > scores[3] && scores[2] > scores[4] && scores[2] > scores[5]);
    }

    [Fact]
    public void Whole_incidents_are_learned_from_alone_where_there_are_enough_of_them()
    {
        var items = new IdTable(["A", "B", "C"]);
        int[][] rows = [.. Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? new[] { 0, 1 } : [1, 2])];
        var baskets = new Baskets(items, rows, [.. rows.Select((_, row) => row % 2 == 0)]);
        Assert.Equal([30, 30, 0], baskets.Incidents.Users);
        Assert.Equal([30, 60, 30], baskets.Users);

        // A few, all, or none known: there is nothing to tell apart.
        foreach (var whole in (bool[]?[])[[.. rows.Select((_, row) => row < 10)], [.. rows.Select(_ => true)], null])
        {
            var same = new Baskets(items, rows, whole);
            Assert.Same(same, same.Incidents);
        }
    }

    [Fact]
    public void The_shipped_weights_are_for_the_features_that_are_reckoned()
    {
        var set = new ModelSet(new Baskets(new IdTable(["A", "B", "C"]), [[0, 1], [0, 1, 2]]), [-1, -1, -1]);
        Assert.Equal(PredictionModel.Shipped.Features, set.Names);
        var (open, features) = set.Features([0]);
        Assert.Equal([1, 2], open);
        Assert.Equal(open.Length * set.Names.Count, features.Length);
    }

    [Fact]
    public void The_most_similar_basket_comes_first()
    {
        var baskets = new Baskets(new IdTable(["A", "B", "C", "D"]), [[0, 3], [0, 1, 2], [2, 3]]);
        Assert.Equal(1, new BasketNeighbours(baskets).Nearest([0, 1], 3)[0].Row);
        Assert.Equal(2, new BasketNeighbours(baskets).Nearest([0, 1], 3).Count);
    }
}
