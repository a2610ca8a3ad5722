using System.Text.Json;
using Modus.Attack.Layers;
using Xunit;

namespace Modus.Tests.Attack.Layers;

/// <summary>What people published is read whole, and written so that nothing is lost.</summary>
public sealed class RealLayerTests
{
    public static TheoryData<string> Files => RealLayers.Files();

    [Fact]
    public void Reads_every_published_layer_with_all_its_entries()
    {
        var folder = TestData.Need("layers");
        var results = RealLayers.All(TestData.Folder!).Select(path => LayerReader.ReadFile(Path.Combine(TestData.Folder!, path))).ToList();

        Assert.NotEmpty(folder);
        Assert.Equal(82, results.Count);
        Assert.Equal(81, results.Sum(result => result.Layers.Count));
        Assert.Equal(0, results.Sum(result => result.Skipped));
        var byDomain = results.SelectMany(result => result.Layers).GroupBy(layer => layer.Domain)
            .ToDictionary(group => group.Key!, group => (Files: group.Count(), Entries: group.Sum(layer => layer.Techniques.Count)));
        Assert.Equal((79, 9239), byDomain["enterprise-attack"]);
        Assert.Equal((2, 126), byDomain["mobile-attack"]);
    }

    [Fact]
    public void Counts_the_stated_formats_as_the_files_state_them()
    {
        TestData.Need("layers");
        var formats = RealLayers.All(TestData.Folder!)
            .SelectMany(path => LayerReader.ReadFile(Path.Combine(TestData.Folder!, path)).Layers)
            .GroupBy(layer => layer.Versions.Format ?? "none").ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(
            new Dictionary<string, int> { ["4.2"] = 20, ["4.5"] = 16, ["4.3"] = 15, ["3.0"] = 8, ["4.4"] = 6, ["4.1"] = 6, ["2.2"] = 6, ["2.0"] = 1, ["none"] = 3 },
            formats);
    }

    [Fact]
    public void Tells_a_sighting_report_from_a_layer()
    {
        var path = RealLayers.All(Path.GetDirectoryName(TestData.Need("layers"))!).Single(name => name.EndsWith(RealLayers.SightingReport, StringComparison.Ordinal));

        var result = LayerReader.ReadFile(Path.Combine(TestData.Folder!, path));

        Assert.Empty(result.Layers);
        Assert.Equal(LayerCodes.NotALayer, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void Names_the_misspelt_member_of_twelve_files()
    {
        TestData.Need("layers");
        var misspelt = RealLayers.All(TestData.Folder!)
            .SelectMany(path => LayerReader.ReadFile(Path.Combine(TestData.Folder!, path)).Problems)
            .Where(problem => problem.Code == LayerCodes.Misspelt).ToList();

        Assert.Equal(12, misspelt.Count);
        Assert.All(misspelt, problem => Assert.Equal("write hideDisabled", problem.Fix));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Writes_back_every_member_of_a_published_layer(string file)
    {
        var path = TestData.Need(file);
        var layer = Assert.Single(LayerReader.ReadFile(path).Layers);

        using var before = JsonDocument.Parse(File.ReadAllBytes(path));
        using var after = JsonDocument.Parse(LayerWriter.ToBytes(layer));

        Assert.Empty(LayerLosses.Between(before.RootElement, after.RootElement));
        Assert.Empty(FormatRules.Broken(after.RootElement));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Reads_what_it_wrote_as_the_same_layer(string file)
    {
        var first = LayerWriter.ToBytes(Assert.Single(LayerReader.ReadFile(TestData.Need(file)).Layers));
        var again = LayerReader.Read(first);

        Assert.Equal(first, LayerWriter.ToBytes(Assert.Single(again.Layers)));
        Assert.DoesNotContain(again.Problems, problem => problem.Code is LayerCodes.WrongType or LayerCodes.OutOfRange or LayerCodes.EntrySkipped);
    }
}
