using System.Text.Json;
using Modus.Attack;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Every command that writes a layer writes one that the Navigator shows whole.</summary>
public sealed class NavigatorTests : IDisposable
{
    private readonly ModusProgram modus = new();

    public void Dispose() => modus.Dispose();

    [Theory]
    [InlineData("investigate samples/first-case -o out.layer.json")]
    [InlineData("investigate samples/first-case --attack-version 18.1 -o out.layer.json")]
    [InlineData("coverage show --rules rules --all -o out.layer.json")]
    [InlineData("coverage show --rules rules --attack-version 18.1 -o out.layer.json")]
    [InlineData("gap --actor G0016 --rules rules -o out.layer.json")]
    [InlineData("gap --profile samples/first-case/hunt-plan.layer.json --rules rules -o out.layer.json")]
    [InlineData("actor profile G0016 -o out.layer.json")]
    [InlineData("actor compare G0016 G0007 -o out.layer.json")]
    [InlineData("actor compare G0016 samples/first-case/hunt-plan.layer.json --attack-version 18.1 -o out.layer.json")]
    [InlineData("layer upgrade samples/first-case/hunt-plan.layer.json --to 19.0 -o out.layer.json")]
    public void A_written_layer_is_shown_whole(string call)
    {
        modus.Bring("samples/first-case");
        modus.Bring("rules");

        var ended = modus.Run(call.Split(' '));

        Assert.True(ended.Code == 0, ended.Error);
        using var layer = JsonDocument.Parse(File.ReadAllText(Path.Combine(modus.Folder, "out.layer.json")));
        var shown = NavigatorReading.Of(layer.RootElement, KnowledgeBase.Open());
        Assert.Empty(shown.Losses);
        Assert.True(shown.Cells.Count >= 5, $"{shown.Cells.Count} cells");
        Assert.All(shown.Cells.Values, entry => Assert.Equal(JsonValueKind.Number, entry.GetProperty("score").ValueKind));
    }

    [Fact]
    public void What_the_navigator_would_drop_is_counted_as_lost()
    {
        using var layer = JsonDocument.Parse("""
            {"name":"x","versions":{"attack":"18","navigator":"5.1.0","layer":"4.5"},"domain":"enterprise-attack","gradient":{"colors":["#fff"],"minValue":1,"maxValue":1},
             "techniques":[{"techniqueID":"T1003","tactic":"impact","score":1},{"techniqueID":"T1003","score":"2"},{"techniqueID":"T1003","tactic":"credential-access","metadata":[{"name":"a","value":""}]},{"techniqueID":"T9999"},{"techniqueID":"T1110","tactic":"credential-access"},{"techniqueID":"T1110","tactic":"credential-access"}]}
            """);

        Assert.Equal(
            ["T1003 is not under impact", "T1003 has a score that is no number", "T1003: metadata with an empty name or value", "T9999 is in no column of 18.1", "T1110 under credential-access is annotated twice, and the second replaces the first", "a gradient needs two colours", "a gradient from a value to the same value"],
            NavigatorReading.Of(layer.RootElement, KnowledgeBase.Open()).Losses);
    }
}
