using System.Text.Json;
using Modus.Attack;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Published layers of many makers and ages, carried to the newest release and drawn.</summary>
public sealed class RealLayerTests : IDisposable
{
    private static readonly string layers = Path.Combine(ModusProgram.Root, "..", "shared", "data", "layers");
    private readonly ModusProgram modus = new();

    public void Dispose() => modus.Dispose();

    [Theory]
    [InlineData("18.1")]
    [InlineData("19.0")]
    public void Upgraded_layers_are_shown_whole(string to)
    {
        Assert.SkipUnless(Directory.Exists(layers), "no folder ../shared/data/layers");
        var knowledge = KnowledgeBase.Open();
        var files = Directory.EnumerateFiles(layers, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();

        var ended = modus.Run(["layer", "upgrade", .. files, "--to", to, "-o", "out.json"]);

        Assert.True(ended.Code is 0 or 4, ended.Error); // 4: one file is a report of sightings, and is named
        using var text = JsonDocument.Parse(File.ReadAllText(Path.Combine(modus.Folder, "out.json")));
        var written = text.RootElement.EnumerateArray().ToList();
        // A note without a text is dropped by the Navigator as it came, in the maker's own file too.
        var losses = written.SelectMany(layer => NavigatorReading.Of(layer, knowledge).Losses.Select(loss => $"{layer.GetProperty("name")}: {loss}"))
            .Where(loss => !loss.EndsWith("metadata with an empty name or value", StringComparison.Ordinal)).ToList();
        Assert.True(losses.Count == 0, string.Join('\n', losses));
        Assert.True(written.Count > 60);
    }
}
