using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary><c>modus map lint</c> and <c>modus map agree</c> through the built program.</summary>
public sealed class MappingPracticeTests
{
    [Fact]
    public void Lint_finds_what_the_sample_does_wrong_and_gates_on_it()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        var ended = modus.Run("map", "lint", "samples/agreement/ann.csv", "--fail-on", "error", "-o", "ndjson");

        Assert.Equal(1, ended.Code);
        var findings = ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            [("indicator-as-behaviour", 13), ("negation-mapped", 6), ("recommendation-mapped", 7)],
            findings.Where(finding => finding.GetProperty("severity").GetString() == "error").Select(finding => (finding.GetProperty("name").GetString()!, finding.GetProperty("line").GetInt32())).Order());
        Assert.All(findings, finding => Assert.NotEqual("", finding.GetProperty("remedy").GetString()));
    }

    [Fact]
    public void Lint_refuses_a_call_without_files_and_names_a_file_without_mappings()
    {
        using var modus = new ModusProgram();

        Assert.Equal(3, modus.Run("map", "lint").Code);
        Assert.Equal(3, modus.Run("map", "lint", "x", "--without", "nonsense").Code);
        var ended = modus.Run("map", "lint", modus.Write("x.csv", "a,b\n1,2\n"));
        Assert.Equal(2, ended.Code);
        Assert.Contains("MD5653", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_is_the_same_at_every_run_and_reads_every_format()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        string[] call = ["map", "agree", "samples/agreement/ann.csv", "samples/agreement/bob.ndjson", "samples/agreement/tool.tram.json", "-o", "json"];

        var (first, second) = (modus.Run(call), modus.Run(call));

        Assert.Equal((0, first.Out), (first.Code, second.Out));
        var report = JsonDocument.Parse(first.Out).RootElement;
        Assert.Equal(("evidence", 12, 3), (report.GetProperty("basis").GetString(), report.GetProperty("units").GetInt32(), report.GetProperty("coders").GetArrayLength()));
        foreach (var level in report.GetProperty("levels").EnumerateArray())
        {
            Assert.InRange(level.GetProperty("alpha").GetDouble(), level.GetProperty("alpha_low").GetDouble(), level.GetProperty("alpha_high").GetDouble());
            Assert.Equal(3, level.GetProperty("pairs").GetArrayLength());
        }
    }

    [Fact]
    public void Agreement_counts_what_it_could_not_read()
    {
        using var modus = new ModusProgram();
        var a = modus.Write("a.csv", "text,technique\none sentence of the report,T1105\nanother one of it,T1059\nbroken,abc\n");
        var b = modus.Write("b.csv", "text,technique\none sentence of the report,T1105\nanother one of it,T1059\n");

        var ended = modus.Run("map", "agree", a, b, "-o", "json");

        Assert.Equal(4, ended.Code);
        Assert.Contains("MD5652", ended.Error, StringComparison.Ordinal);
        Assert.Equal(2, modus.Run("map", "agree", a).Code);
        Assert.Equal(1, modus.Run("map", "agree", b, modus.Write("c.csv", "text,technique\none sentence of the report,T1190\nanother one of it,T1003\n"), "--fail-under", "0.667").Code);
    }
}
