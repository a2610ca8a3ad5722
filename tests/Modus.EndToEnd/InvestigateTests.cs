using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary><c>modus investigate</c> through the built program, on the shipped samples and on bad input.</summary>
public sealed class InvestigateTests
{
    [Fact]
    public void The_sample_case_gives_all_its_techniques_with_evidence()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        var ended = modus.Run("investigate", "samples/first-case", "-o", "json");

        Assert.Equal(0, ended.Code);
        using var answer = JsonDocument.Parse(ended.Out);
        var standing = answer.RootElement.GetProperty("techniques").EnumerateArray()
            .ToDictionary(technique => technique.GetProperty("id").GetString()!, technique => technique.GetProperty("standing").GetString());
        // Told by a person who wrote the case: what its logs show, what its documents tell, what only the layer claims.
        Assert.Equal("seen", standing["T1003.001"]);
        Assert.Equal("seen", standing["T1685"]);
        Assert.Equal("seen", standing["T1685.005"]);
        Assert.Equal("told", standing["T1566.002"]);
        Assert.Equal("told", standing["T1490"]);
        Assert.Equal("claimed", standing["T1574.001"]);
        Assert.DoesNotContain("T1550.002", standing.Keys);
        Assert.DoesNotContain("T1486", standing.Keys);
        Assert.DoesNotContain("T1485", standing.Keys);
        Assert.All(answer.RootElement.GetProperty("techniques").EnumerateArray(), technique => Assert.NotEqual(0, technique.GetProperty("evidence").GetArrayLength()));
    }

    [Theory]
    [InlineData("hosts.jsonl", "T1003.001")]
    [InlineData("vendor-report.html", "T1566.002")]
    public void Standard_input_is_evidence_like_a_file(string file, string technique)
    {
        using var modus = new ModusProgram();

        var ended = modus.RunWithInput(File.ReadAllText(Path.Combine(ModusProgram.Root, "samples", "first-case", file)), "investigate", "-", "-o", "json");

        Assert.Equal(0, ended.Code);
        using var answer = JsonDocument.Parse(ended.Out);
        var evidence = answer.RootElement.GetProperty("techniques").EnumerateArray().Single(one => one.GetProperty("id").GetString() == technique).GetProperty("evidence");
        Assert.All(evidence.EnumerateArray(), item => Assert.Equal("-", item.GetProperty("file").GetString()));
    }

    [Fact]
    public void A_pipe_gets_one_line_a_technique_and_no_talk()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        var ended = modus.Run("investigate", "samples/first-case/responder-notes.txt");

        var lines = ended.Out.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains(lines, line => line.StartsWith("{\"id\":\"T1003.001\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_written_in_the_format_of_their_ending()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        Assert.Equal(0, modus.Run("investigate", "samples/first-case", "-o", "case.html").Code);
        Assert.Equal(0, modus.Run("investigate", "samples/first-case", "-o", "case.layer.json").Code);

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(modus.Folder, "case.html")), StringComparison.Ordinal);
        using var layer = JsonDocument.Parse(File.ReadAllText(Path.Combine(modus.Folder, "case.layer.json")));
        Assert.Equal("4.5", layer.RootElement.GetProperty("versions").GetProperty("layer").GetString());
        Assert.Equal(2, modus.Run("investigate", "nothing-here").Code);
        // The layer that one run wrote is evidence for the next.
        Assert.Equal(0, modus.Run("investigate", "case.layer.json").Code);
    }

    [Fact]
    public void One_bad_file_among_good_ones_is_named_and_ends_with_4()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Write("samples/first-case/torn.json", "{\"type\":\"bundle\",\"objects\":[{\"type\":");

        var ended = modus.Run("investigate", "samples/first-case", "-o", "table");

        Assert.Equal(4, ended.Code);
        Assert.Contains("torn.json", ended.Error, StringComparison.Ordinal);
        Assert.Contains("T1003.001", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_usable_ends_with_2_and_a_wrong_format_with_3()
    {
        using var modus = new ModusProgram();
        modus.Write("empty/.keep", "");

        Assert.Equal(2, modus.Run("investigate", "empty").Code);
        var wrong = modus.Run("investigate", "empty", "-o", "sarif");
        Assert.Equal(3, wrong.Code);
        Assert.Contains("navigator", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(3, modus.Run("investigate", "empty", "--attack-version", "7.7").Code);
    }

    [Fact]
    public void The_same_call_gives_the_same_bytes()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        Assert.Equal(modus.Run("investigate", "samples", "-o", "html").Out, modus.Run("investigate", "samples", "-o", "html").Out);
    }
}
