using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>Which words a space keeps.</summary>
public sealed class FeatureSpaceBuilderTests
{
    [Fact]
    public void Among_more_sentences_a_word_must_stand_in_more_of_them()
    {
        Assert.True(Knows(1_000, 2));
        Assert.False(Knows(1_000, 1));
        Assert.False(Knows(45_000, 2));
        Assert.True(Knows(45_000, 3));
    }

    [Fact]
    public void A_number_that_is_named_holds_whatever_the_sentences()
    {
        Assert.True(Knows(45_000, 1, leastWord: 1));
    }

    private static bool Knows(int sentences, int times, int? leastWord = null)
    {
        var builder = new FeatureSpaceBuilder(NameMask.Of([]), characters: false);
        for (var i = 0; i < sentences; i++) builder.Add(i < times ? "lantern" : "river");
        var scanner = new FeatureScanner(NameMask.Of([]));
        scanner.Scan("lantern");
        return builder.Build(leastWord).Find(scanner.WordKeys[0]).Index >= 0;
    }
}
