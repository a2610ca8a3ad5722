using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>Curves from scores to the share that was right.</summary>
public sealed class CurveFitterTests
{
    [Fact]
    public void Cases_that_stand_wholly_apart_give_a_steep_curve()
    {
        var seen = Enumerable.Range(0, 700).Select(i => i % 7 == 0 ? (0.97f, true) : (0.01f + (i % 5 * 0.002f), false)).ToList();

        var curve = CurveFitter.Fit(seen);

        Assert.InRange(curve.At(0.97f), 0.9f, 1f);
        Assert.InRange(curve.At(0.01f), 0f, 0.05f);
    }

    [Fact]
    public void A_curve_follows_what_was_right_and_never_falls()
    {
        var random = new Random(3);
        var seen = Enumerable.Range(0, 20_000).Select(_ => random.NextSingle()).Select(score => (score, random.NextSingle() < score * score)).ToList();

        var curve = CurveFitter.Fit(seen);

        foreach (var score in new[] { 0.1f, 0.3f, 0.5f, 0.7f, 0.9f }) Assert.InRange(curve.At(score), (score * score) - 0.04f, (score * score) + 0.04f);
        Assert.Equal(curve.Y.Order(), curve.Y);
    }
}
