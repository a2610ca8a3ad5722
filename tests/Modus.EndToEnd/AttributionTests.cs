using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Attribution, prediction and actors on the command line of a machine that has only what Modus brings.</summary>
public sealed class AttributionTests
{
    [Fact]
    public void A_batch_answers_each_line_in_order_and_accounts_for_the_rest()
    {
        using var modus = new ModusProgram();
        var questions = modus.Write("questions.jsonl", """
            {"id":"b","techniques":["T1566.001","T1059.001","T1003.001"],"release":"18.1"}
            not a question
            {"id":"a","techniques":["T1566.001","T9999"],"software":["Mimikatz"],"as_of":"2019-01-01","release":"18.1"}
            {"id":"c","techniques":["T1566.001"],"release":"3.0"}
            """);

        var ended = modus.Run("attribute", "--batch", questions, "-o", "ndjson");
        var answers = ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(4, ended.Code);
        Assert.Equal(["b", "a"], answers.Select(answer => answer.GetProperty("id").GetString()));
        Assert.Contains("2 questions answered, 2 skipped", ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, answers[1].GetProperty("skipped").GetInt32());
        foreach (var answer in answers)
        {
            var sum = answer.GetProperty("unknown").GetDouble() + answer.GetProperty("ranking").EnumerateArray().Sum(item => item.GetProperty("p").GetDouble());
            Assert.Equal(1, sum, 3);
        }
    }

    [Fact]
    public void A_batch_finds_the_releases_of_its_lines_in_a_folder()
    {
        using var modus = new ModusProgram();
        foreach (var (release, actor) in ((string, string)[])[("1.0", "G0001"), ("2.0", "G0002")])
            modus.Write($"kb/kb-{release}.json", $$$"""
                {"release":"{{{release}}}","techniques":{"T0001":{"name":"a"},"T0002":{"name":"b"},"T0003":{"name":"c"}},"groups":{"{{{actor}}}":{"name":"Red"}},
                 "software":{"S0001":{"name":"Rake"}},"campaigns":{},"uses":[["{{{actor}}}","T0001",["r"]],["{{{actor}}}","T0002",["r"]],["{{{actor}}}","T0003",["r"]]],
                 "groupSoftware":[["{{{actor}}}","S0001",["r"]]],"attributedTo":[],"addresses":{}}
                """);
        var questions = modus.Write("questions.jsonl", """
            {"id":"a","techniques":["T0001","T0002"],"release":"2.0","absent_software":["Rake"]}
            {"id":"b","techniques":["T0001","T0002"],"release":"v1.0"}
            {"id":"c","techniques":["T0001"],"as_of":"2020/01/01"}
            """);

        var ended = modus.Run("attribute", "--batch", questions, "--knowledge", "kb", "-o", "ndjson");
        var answers = ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(["G0002", "G0001"], answers.Select(answer => answer.GetProperty("ranking")[0].GetProperty("id").GetString()));
        Assert.Contains("as_of is no day like 2024-03-09: '2020/01/01'", ended.Error, StringComparison.Ordinal);
        Assert.Equal(4, ended.Code);
    }

    [Fact]
    public void The_same_batch_gives_the_same_bytes()
    {
        using var modus = new ModusProgram();
        var questions = modus.Write("questions.jsonl", """{"id":"b","techniques":["T1566.001","T1059.001","T1003.001"]}""");
        Assert.Equal(modus.Run("next", "--batch", questions, "-o", "ndjson").Out, modus.Run("next", "--batch", questions, "-o", "ndjson").Out);
    }

    [Fact]
    public void A_layer_from_standard_input_is_what_was_seen()
    {
        using var modus = new ModusProgram();
        var ended = modus.RunWithInput("""{"techniques":[{"techniqueID":"T1566.001","score":1},{"techniqueID":"T1105","score":0},{"techniqueID":"T1059.001","score":3}]}""", "attribute", "-", "-o", "json");
        using var answer = JsonDocument.Parse(ended.Out);
        Assert.Equal(["T1059.001", "T1566.001"], answer.RootElement.GetProperty("techniques").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(0, ended.Code);
    }

    [Fact]
    public void Nothing_usable_ends_with_two_and_names_the_id()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("attribute", "T9999");
        Assert.Equal(2, ended.Code);
        Assert.Contains("T9999", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_becomes_a_layer()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("actor", "compare", "G0016", "G0007", "-o", "navigator");
        using var layer = JsonDocument.Parse(ended.Out);
        Assert.Contains(layer.RootElement.GetProperty("techniques").EnumerateArray(), item => item.GetProperty("score").GetDouble() == 2);
    }

    [Fact]
    public void An_actor_that_nobody_knows_is_said_to_be_so()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("actor", "show", "Nobody At All");
        Assert.Equal(2, ended.Code);
        Assert.Contains("no actor is called", ended.Error, StringComparison.Ordinal);
    }
}
