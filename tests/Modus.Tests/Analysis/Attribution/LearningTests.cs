using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
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
        Assert.Equal(Situations.Names.SelectMany(question => CandidateFeatures.Names.Select(measure => (question, measure))), model.Weights.Select(item => (item.Question, item.Measure)));
    }

    [Fact]
    public void A_model_whose_regressions_look_at_other_inputs_is_refused()
    {
        var model = JsonNode.Parse(AttributionModel.Shipped.Write())!;
        model["software"]!["right"]!["mean"]!.AsArray().RemoveAt(0);
        Assert.Throws<JsonException>(() => AttributionModel.Read(Encoding.UTF8.GetBytes(model.ToJsonString())));
    }

    [Fact]
    public void With_few_cases_weights_stay_near_those_they_start_from()
    {
        double[] start = [3, -1];
        var one = (new StandardRows([0, 1], [1, 0, -1, 0], 2), 1, 1.0);
        Assert.Equal(start, ConditionalLogit.Train([], 1, start));
        var held = ConditionalLogit.Train([one], 1e6, start);
        Assert.Equal(start[0], held[0], 3);
        // The case says that the first weight is too high and nothing of the second.
        var moved = ConditionalLogit.Train([one], 0.1, start);
        Assert.True(moved[0] < 1);
        Assert.Equal(start[1], moved[1], 9);
    }

    [Fact]
    public void Each_kind_of_question_has_weights_of_its_own()
    {
        var index = new KnowledgeIndex(SmallWorld.Knowledge());
        Assert.Equal(Situations.Now, Situations.Of(index, Lens.All));
        Assert.Equal(Situations.Now, Situations.Of(index, new() { ExcludedSources = ["nobody wrote this"] }));
        Assert.Equal(Situations.Now, Situations.Of(index, new() { AsOf = new(2030, 1, 1) }));
        Assert.Equal(Situations.LeftOut, Situations.Of(index, new() { ExcludedSources = ["red 2018"] }));
        Assert.Equal(Situations.AsOf, Situations.Of(index, new() { ExcludedSources = ["red 2018"], AsOf = new(2020, 1, 1) }));
        var stage = AttributionModel.Shipped.Software;
        Assert.Equal(Situations.Names.Count, stage.Weights.Length);
        Assert.Same(stage.Weights[Situations.AsOf], stage.WeightsOf(new(index, new() { AsOf = new(2020, 1, 1) })));
        Assert.NotEqual(stage.Weights[Situations.Now], stage.Weights[Situations.LeftOut]);
    }

    [Fact]
    public void A_model_with_weights_for_one_kind_of_question_only_is_refused()
    {
        var text = Encoding.UTF8.GetString(AttributionModel.Shipped.Write());
        var first = text.IndexOf("\"weights\": [", StringComparison.Ordinal) + "\"weights\": [".Length;
        var end = text.IndexOf(']', first) + 1;
        var next = text.IndexOf("],\n    \"right\"", StringComparison.Ordinal);
        Assert.True(first < end && end < next);
        Assert.Throws<JsonException>(() => AttributionModel.Read(Encoding.UTF8.GetBytes(text[..end] + text[next..])));
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
