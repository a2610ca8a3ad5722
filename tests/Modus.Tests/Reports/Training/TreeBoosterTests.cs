using Modus.Reports.Mapping.Models;
using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>Boosted trees and calibration curves.</summary>
public sealed class TreeBoosterTests
{
    [Fact]
    public void Learns_what_only_two_figures_together_tell()
    {
        var (rows, answers) = Exclusive(seed: 11, count: 2_000);
        var trees = TreeBooster.Train(rows, answers, null, new(Trees: 40, Depth: 3, Rate: 0.3f));

        var (fresh, truth) = Exclusive(seed: 12, count: 500);
        Assert.True(fresh.Zip(truth).Count(pair => BoostedTrees.Probability(trees.Score(pair.First)) > 0.5 == pair.Second) > 480);
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(0.5f, 0.5f)]
    public void Rows_side_by_side_score_as_they_do_alone(float sample, float columns)
    {
        var (rows, answers) = Exclusive(seed: 5, count: 400);
        var trees = TreeBooster.Train(rows, answers, null, new(Trees: 20, Depth: 4, Sample: sample, Columns: columns));

        foreach (var count in (int[])[0, 1, 3, 4, 7, 8])
        {
            var sums = new float[count];
            trees.Score(rows[..count], sums);
            Assert.Equal(rows[..count].Select(row => trees.Score(row)), sums);
        }
    }

    [Fact]
    public void A_missing_figure_is_a_figure_of_its_own()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 600).Select(i => new[] { i % 3 == 0 ? float.NaN : random.NextSingle() }).ToArray();
        var trees = TreeBooster.Train(rows, [.. rows.Select(row => float.IsNaN(row[0]))], null, new(Trees: 30, Depth: 2, Rate: 0.3f));

        Assert.True(trees.Score([float.NaN]) > 1);
        Assert.True(trees.Score([0.01f]) < -1);
    }

    [Fact]
    public void The_share_of_right_answers_is_what_trees_without_a_hint_give()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 4_000).Select(_ => new[] { random.NextSingle() }).ToArray();
        var answers = rows.Select(_ => random.Next(4) == 0).ToArray();
        var trees = TreeBooster.Train(rows, answers, null, new(Trees: 5, Depth: 2));

        Assert.InRange(BoostedTrees.Probability(trees.Score([0.5f])), 0.2, 0.3);
    }

    [Fact]
    public void A_curve_never_falls_and_follows_the_shares()
    {
        var random = new Random(3);
        var seen = Enumerable.Range(0, 20_000).Select(_ => random.NextSingle()).Select(score => (score, random.NextSingle() < score * score)).ToList();
        var curve = CurveFitter.Fit(seen);

        Assert.Equal(curve.Y.Order(), curve.Y);
        Assert.All(new[] { 0.2f, 0.5f, 0.8f }, score => Assert.InRange(curve.At(score) - (score * score), -0.06, 0.06));
        Assert.Equal(curve.Y[0], curve.At(-5));
        Assert.Equal(curve.Y[^1], curve.At(5));
    }

    [Fact]
    public void A_curve_keeps_which_of_the_surest_is_surer()
    {
        var random = new Random(4);
        // From .9 on everything is right: steps alone would be flat there.
        var seen = Enumerable.Range(0, 5_000).Select(_ => random.NextSingle()).Select(score => (score, score > 0.9f || random.NextSingle() < score)).ToList();
        var curve = CurveFitter.Fit(seen);

        Assert.True(curve.At(0.92f) < curve.At(0.96f) && curve.At(0.96f) < curve.At(0.99f));
        Assert.InRange(curve.At(0.99f), 0.95f, 1);
    }

    private static (float[][] Rows, bool[] Answers) Exclusive(int seed, int count)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, count).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() }).ToArray();
        return (rows, [.. rows.Select(row => row[0] > 0.4 != row[2] > 0.6)]);
    }
}
