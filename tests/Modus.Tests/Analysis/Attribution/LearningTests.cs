using System.Text;
using System.Text.Json;
using Modus.Analysis.Attribution;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class LearningTests
{
    [Fact]
    public void The_trained_weights_stand_where_the_slope_is_nought()
    {
        var random = new Random(7);
        var cases = Enumerable.Range(0, 40).Select(_ =>
        {
            var rows = Enumerable.Range(0, 5 * 3).Select(_ => random.NextDouble() * 2 - 1).ToArray();
            var best = Enumerable.Range(0, 5).MaxBy(i => 2 * rows[i * 3] - rows[i * 3 + 1] + random.NextDouble());
            return (new StandardRows([0, 1, 2, 3, 4], rows, 3), best, 1.0);
        }).ToList();
        var weights = ConditionalLogit.Train(cases, 1);

        var at = Objective(weights);
        for (var k = 0; k < 3; k++)
            foreach (var step in (double[])[1e-3, -1e-3])
            {
                var moved = (double[])weights.Clone();
                moved[k] += step;
                Assert.True(Objective(moved) <= at);
            }
        Assert.True(weights[0] > 0 && weights[1] < 0);

        double Objective(double[] w) => -0.5 * w.Sum(x => x * x) + cases.Sum(item => Math.Log(ConditionalLogit.Softmax(item.Item1, w)[item.best]));
    }

    [Fact]
    public void Logistic_regression_finds_the_odds_of_two_groups()
    {
        // Of 10 with x = 0, 2 are true; of 10 with x = 1, 7 are.
        double[][] inputs = [.. Enumerable.Range(0, 20).Select(i => new[] { i < 10 ? 0.0 : 1.0 })];
        bool[] truth = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? i < 2 : i < 17)];
        var head = LogisticRegression.Train(inputs, truth, [.. inputs.Select(_ => 1.0)], 1e-9);
        Assert.Equal(0.2, head.Probability([0]), 4);
        Assert.Equal(0.7, head.Probability([1]), 4);
    }

    [Fact]
    public void The_shipped_model_reads_back_as_written()
    {
        var model = AttributionModel.Shipped;
        Assert.Equal(model.Hash, AttributionModel.Read(model.Write()).Hash);
        Assert.Equal(CandidateFeatures.Names, model.Weights.Select(item => item.Measure));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"measures\":[\"Other\"]}")]
    [InlineData("{\"measures\":")]
    public void What_is_no_model_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => AttributionModel.Read(Encoding.UTF8.GetBytes(text)));
}
