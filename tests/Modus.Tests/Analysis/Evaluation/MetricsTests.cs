using Modus.Analysis.Evaluation;
using Xunit;

namespace Modus.Tests.Analysis.Evaluation;

public sealed class MetricsTests
{
    [Fact]
    public void Ties_share_the_mean_of_their_ranks()
    {
        Assert.Equal(1, RankMetrics.Rank([3, 2, 1], 0));
        Assert.Equal(2.5, RankMetrics.Rank([3, 2, 2], 2));
        Assert.Equal(2, RankMetrics.Rank([1, 1, 1], 1));
    }

    [Fact]
    public void A_shared_first_rank_is_not_first() =>
        Assert.Equal(0, RankMetrics.Of([1.5]).Top1);

    [Fact]
    public void Coverage_is_the_longest_start_with_the_wanted_precision()
    {
        (double, bool)[] answers = [(.9, true), (.8, true), (.7, false), (.6, true), (.5, true), (.4, false)];
        Assert.Equal(5 / 6.0, OpenSetMetrics.Coverage(answers, 0.8), 12);
        Assert.Equal(2 / 6.0, OpenSetMetrics.Coverage(answers, 0.9), 12);
    }

    [Fact]
    public void Answers_of_equal_confidence_stand_or_fall_together() =>
        Assert.Equal(0, OpenSetMetrics.Coverage([(.9, true), (.9, false)], 0.9));

    [Fact]
    public void Calibration_error_is_the_mean_gap_of_the_bins()
    {
        // One bin says .8 and is right half of the time, the other says .2 and is never right.
        (double, bool)[] answers = [(.8, true), (.8, false), (.2, false), (.2, false)];
        Assert.Equal((0.3 + 0.2) / 2, OpenSetMetrics.CalibrationErrorOf(answers), 12);
    }

    [Fact]
    public void Few_answers_look_badly_calibrated_by_chance_and_many_do_not()
    {
        // Four coins of .5 in one bin: the mean gap of heads from two is (2·1/16·2 + 8/16·1)/4 of the answers.
        Assert.Equal((2 * 2 / 16.0 + 8 / 16.0) / 4, OpenSetMetrics.CalibrationErrorByChanceOf([.5, .5, .5, .5]), 0.03);
        Assert.True(OpenSetMetrics.CalibrationErrorByChanceOf([.. Enumerable.Repeat(0.5, 4000)]) < 0.01);
        Assert.Equal(0, OpenSetMetrics.CalibrationErrorByChanceOf([1, 1, 0]));
    }

    [Fact]
    public void Hidden_items_count_by_recall_gain_and_precision()
    {
        var metrics = BasketMetrics.Of([9, 8, 7, 6, 5], observed: [0], hidden: [1, 4], unknown: 2);
        Assert.Equal(2 / 4.0, metrics.Recall20);
        Assert.Equal(2 / 10.0, metrics.Precision10);
        var ideal = Enumerable.Range(2, 4).Sum(rank => 1 / Math.Log2(rank));
        Assert.Equal((1 / Math.Log2(2) + 1 / Math.Log2(5)) / ideal, metrics.Ndcg20, 12);
    }
}
