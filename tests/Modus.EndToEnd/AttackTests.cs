using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>The ATT&amp;CK commands on a fresh machine.</summary>
public sealed class AttackTests
{
    [Fact]
    public void A_fresh_machine_answers_from_embedded_facts()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run("attack", "show", "T1562.001", "-o", "json");

        Assert.Equal(0, ended.Code);
        using var json = JsonDocument.Parse(ended.Out);
        Assert.Equal("revoked", json.RootElement.GetProperty("state").GetString());
        Assert.Contains("T1685", json.RootElement.GetProperty("succession").GetString(), StringComparison.Ordinal);
        Assert.Contains("modus attack install", json.RootElement.GetProperty("texts").GetString(), StringComparison.Ordinal);
        Assert.Equal(["alive", "revoked"], json.RootElement.GetProperty("history").EnumerateArray().Select(row => row.GetProperty("state").GetString()));
    }

    [Fact]
    public void An_installed_release_brings_texts_and_installing_again_changes_nothing()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        var first = modus.Run("attack", "install", "samples/attack/tiny.json", "-o", "json");
        var again = modus.Run("attack", "install", "samples/attack/tiny.json", "-o", "json");
        var shown = modus.Run("attack", "show", "T9002", "--attack-version", "0.1");
        var found = modus.Run("attack", "search", "blow", "--attack-version", "0.1", "-o", "csv");

        Assert.Equal((0, 0), (first.Code, again.Code));
        Assert.Contains("\"new\":true", first.Out, StringComparison.Ordinal);
        Assert.Contains("\"new\":false", again.Out, StringComparison.Ordinal);
        Assert.Contains("blow --loud", shown.Out, StringComparison.Ordinal);
        Assert.Contains("T9002,technique,Trumpet", found.Out, StringComparison.Ordinal);
        Assert.Equal(0, modus.Run("attack", "show", "T1059.001").Code);
    }

    [Theory]
    [InlineData(2, "MD1002", "{\"type\":\"bundle\",\"objects\":[")]
    [InlineData(2, "MD1003", "{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--1\"}]}")]
    public void A_bad_bundle_ends_with_one_clear_problem(int code, string problem, string text)
    {
        using var modus = new ModusProgram();
        modus.Write("bad.json", text);

        var ended = modus.Run("attack", "install", "bad.json");

        Assert.Equal(code, ended.Code);
        Assert.Contains(problem, ended.Error, StringComparison.Ordinal);
        Assert.Contains("bad.json", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Out);
    }

    [Theory]
    [InlineData("MD1013", "attack", "show", "T1059", "--attack-version", "3.7")]
    [InlineData("MD9010", "attack", "list", "tecniques")]
    [InlineData("MD9013", "attack", "list", "techniques", "--tactic", "stelth")]
    [InlineData("MD9015", "attack", "show", "thrip")]
    [InlineData("MD9016", "attack", "show", "cobalt strke")]
    public void A_wrong_call_says_what_is_right(string problem, params string[] words)
    {
        using var modus = new ModusProgram();

        var ended = modus.Run(words);

        Assert.Equal(3, ended.Code);
        Assert.Contains(problem, ended.Error, StringComparison.Ordinal);
        Assert.Contains("help:", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_matrix_has_every_tactic_in_its_order()
    {
        using var modus = new ModusProgram();

        var rows = modus.Run("attack", "matrix", "-s", "-o", "csv", "--attack-version", "18.1").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();

        Assert.Equal(887, rows.Count);
        Assert.Equal(14, rows.Select(row => row.Split(',')[0]).Distinct().Count());
        Assert.StartsWith("TA0043,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("TA0040,", rows[^1], StringComparison.Ordinal);
    }
}
