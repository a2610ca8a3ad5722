using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>What changes from release to release, asked on the command line of a machine that has only what Modus brings.</summary>
public sealed class ReleaseChangeTests
{
    [Fact]
    public void Diff_shows_the_split_of_a_tactic_and_the_revoked_ids()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run("attack", "diff", "18.1", "19.0", "-o", "json");
        using var diff = JsonDocument.Parse(ended.Out);

        var split = diff.RootElement.GetProperty("tactics").EnumerateArray().Single(flow =>
            flow.GetProperty("before").ValueKind == JsonValueKind.Object && flow.GetProperty("before").GetProperty("name").GetString() != flow.GetProperty("after").GetProperty("name").GetString());
        Assert.Equal((144, 13, 17), (split.GetProperty("stayed").GetInt32(), split.GetProperty("left_only").GetInt32(), split.GetProperty("died").GetInt32()));
        Assert.Equal(41, split.GetProperty("moved_to")[0].GetProperty("count").GetInt32());
        Assert.Equal(17, diff.RootElement.GetProperty("objects").EnumerateArray().Count(change => change.GetProperty("change").GetString() == "revoked"));
        Assert.Contains("facts without text", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, ended.Code);
    }

    [Fact]
    public void Upgrade_writes_a_layer_that_reads_as_one_of_the_new_release()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        var upgraded = modus.Run("layer", "upgrade", "samples/first-case/hunt-plan.layer.json", "--to", "19.0", "-o", "new.json");
        var checkedAgain = modus.Run("layer", "validate", "new.json", "--attack-version", "19.0", "--check");

        Assert.Equal((0, 0), (upgraded.Code, checkedAgain.Code));
        Assert.Contains("6 entries = 5 written + 1 joined to another + 0 dropped", upgraded.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_that_is_not_at_hand_is_named_with_what_to_do()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run("attack", "diff", "17.1", "18.1");

        Assert.Equal(3, ended.Code);
        Assert.Contains("17.1 is not at hand", ended.Error, StringComparison.Ordinal);
        Assert.Contains("modus attack install", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_layer_is_named_and_the_others_are_upgraded()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Write("broken.json", "{\"name\":");

        var ended = modus.Run("layer", "upgrade", "broken.json", "samples/first-case/hunt-plan.layer.json", "-o", "table");

        Assert.Equal(4, ended.Code);
        Assert.Contains("MD5101", ended.Error, StringComparison.Ordinal);
        Assert.Contains("T1685", ended.Out, StringComparison.Ordinal);
    }
}
