using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Plans, exercises, response and patterns on the command line of a machine that has only what Modus brings.</summary>
public sealed class PlanningTests
{
    [Fact]
    public void A_plan_for_logs_is_proven_adds_up_and_keeps_to_its_limits()
    {
        using var modus = new ModusProgram();
        var prices = modus.Write("prices.csv", "item,cost\nWinEventLog:Sysmon,3\nNSM:Flow,2\n");

        var ended = modus.Run("plan", "sources", "--budget", "6", "--platform", "Windows", "--costs", prices, "--have", "WinEventLog:Security", "--without", "WinEventLog:System", "-o", "json");
        using var answer = JsonDocument.Parse(ended.Out);
        var root = answer.RootElement;
        var steps = root.GetProperty("steps").EnumerateArray().ToList();

        Assert.Equal(0, ended.Code);
        Assert.True(root.GetProperty("proven").GetBoolean());
        Assert.True(root.GetProperty("cost").GetDouble() <= 6);
        Assert.Equal(root.GetProperty("cost").GetDouble(), steps.Sum(step => step.GetProperty("cost").GetDouble()), 6);
        Assert.Equal(root.GetProperty("covered").GetDouble(), steps[^1].GetProperty("total").GetDouble(), 5);
        Assert.True(root.GetProperty("greedy").GetDouble() <= root.GetProperty("covered").GetDouble() + 1e-6);
        Assert.True(root.GetProperty("covered").GetDouble() <= root.GetProperty("ceiling").GetDouble() + 1e-6);
        Assert.DoesNotContain(steps, step => step.GetProperty("id").GetString() is "WinEventLog:Security" or "WinEventLog:System");
        Assert.All(steps, step => Assert.True(step.GetProperty("gain_low").GetDouble() <= step.GetProperty("gain_high").GetDouble()));
        Assert.Equal(ended.Out, modus.Run("plan", "sources", "--budget", "6", "--platform", "Windows", "--costs", prices, "--have", "WinEventLog:Security", "--without", "WinEventLog:System", "-o", "json").Out);
    }

    [Fact]
    public void An_item_that_nothing_is_called_is_named_and_the_rest_is_done()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("plan", "controls", "--budget", "2", "--have", "M9999", "-o", "csv");
        Assert.Equal(4, ended.Code);
        Assert.Contains("M9999", ended.Error, StringComparison.Ordinal);
        Assert.Equal(3, ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("MD6204", "plan", "sources", "--budget", "-1")]
    [InlineData("MD6207", "plan", "sources", "--budget", "2", "--platform", "Amiga")]
    [InlineData("MD6205", "plan", "controls", "--budget", "0", "--need", "M1032")]
    [InlineData("MD6201", "plan", "controls", "--budget", "1", "--half-life", "0")]
    public void A_wrong_call_says_what_is_wrong(string code, params string[] args)
    {
        using var modus = new ModusProgram();
        var ended = modus.Run(args);
        Assert.Equal(3, ended.Code);
        Assert.Contains(code, ended.Error, StringComparison.Ordinal);
        Assert.Empty(ended.Out);
    }

    [Fact]
    public void Actors_of_no_likeness_are_said_to_be_so()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("plan", "controls", "--budget", "1", "--actor", "G0001", "--actor", "G0032", "--actor", "G0053", "--actor", "G0143", "-o", "csv");
        Assert.Equal(0, ended.Code);
        Assert.Contains("drawn at random, p =", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_back_test_prints_every_baseline_and_its_control_is_no_better_than_chance()
    {
        using var modus = new ModusProgram();
        modus.Bring("rules");
        var ended = modus.Run("plan", "backtest", "18.1", "19.0", "--rules", "rules", "--top", "20", "-o", "ndjson");
        var rows = ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(0, ended.Code);
        Assert.Contains(rows, row => row.GetProperty("ranker").GetString() == "modus");
        Assert.Contains(rows, row => row.GetProperty("ranker").GetString() == "PageRank of co-use");
        Assert.All(rows.Where(row => row.GetProperty("ranker").GetString()!.StartsWith("control", StringComparison.Ordinal)),
            row => Assert.Equal("no better than chance", row.GetProperty("verdict").GetString()));
    }

    [Fact]
    public void An_exercise_has_steps_in_order_with_tests_logs_and_rules_and_names_what_cannot_be_tried()
    {
        using var modus = new ModusProgram();
        modus.Bring("rules");
        var ended = modus.Run("plan", "exercise", "--actor", "APT29", "--budget", "8", "--platform", "Windows", "--rules", "rules", "-o", "json");
        using var answer = JsonDocument.Parse(ended.Out);
        var steps = answer.RootElement.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(8, steps.Count);
        Assert.Contains(steps, step => step.GetProperty("tests").GetArrayLength() > 0);
        Assert.Contains(steps, step => step.GetProperty("rules").GetArrayLength() > 0);
        Assert.Contains(steps, step => step.GetProperty("telemetry").GetArrayLength() > 0);
        Assert.All(steps, step => Assert.True(step.GetProperty("procedures").GetArrayLength() > 0));
        Assert.All(steps, step => Assert.Equal("Windows", step.GetProperty("platform").GetString()));
        Assert.True(answer.RootElement.GetProperty("not_tried").GetArrayLength() > 0);
    }

    [Fact]
    public void Recorded_outcomes_move_the_ladder_and_a_later_miss_is_a_regression()
    {
        using var modus = new ModusProgram();
        var march = modus.Write("march.csv", "technique,platform,outcome,date\nT1003.001,Windows,detected,2026-03-09\n");
        var june = modus.Write("june.csv", "technique,platform,outcome,date\nT1003.001,Windows,missed,2026-06-09\n");

        var first = modus.Run("exercise", "record", march, "--as-of", "2026-07-01", "-o", "json");
        var again = modus.Run("exercise", "record", march, "--as-of", "2026-07-01", "-o", "json");
        var later = modus.Run("exercise", "record", june, "--as-of", "2026-07-01", "--fail-on-regression", "-o", "json");

        Assert.Equal(0, first.Code);
        using var change = JsonDocument.Parse(first.Out);
        Assert.Contains(change.RootElement.EnumerateArray(), row => row.GetProperty("technique").GetString() == "T1003.001" && row.GetProperty("change").GetString() == "better");
        Assert.Contains("recorded before", again.Error, StringComparison.Ordinal);
        Assert.Equal("[]", again.Out.Trim());
        Assert.Equal(1, later.Code);
        Assert.Contains("MD6223", later.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(modus.Folder, "defence", "exercises")).Length);
    }

    [Fact]
    public void A_file_without_outcomes_is_not_recorded()
    {
        using var modus = new ModusProgram();
        var file = modus.Write("names.csv", "technique,colour\nT1003.001,blue\n");
        Assert.Equal(2, modus.Run("exercise", "record", file).Code);
        Assert.False(Directory.Exists(Path.Combine(modus.Folder, "defence")));
    }

    [Fact]
    public void A_response_stages_measures_for_what_was_seen_and_names_unknown_ids()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("plan", "response", "T1078", "T1566.001", "T9999", "--ahead", "0", "-o", "json");
        using var answer = JsonDocument.Parse(ended.Out);
        var stages = answer.RootElement.GetProperty("stages").EnumerateArray().ToDictionary(item => item.GetProperty("stage").GetString()!);
        Assert.Equal(4, ended.Code);
        Assert.Contains("T9999", ended.Error, StringComparison.Ordinal);
        Assert.Equal(["isolate", "evict", "restore", "mitigate"], stages.Keys);
        Assert.Contains(stages["evict"].GetProperty("steps").EnumerateArray(), step => step.GetProperty("cuts").EnumerateArray().Any(id => id.GetString() == "T1078"));
        Assert.True(stages["mitigate"].GetProperty("steps").GetArrayLength() > 0);
    }

    [Fact]
    public void Motifs_are_read_from_ones_own_reports()
    {
        using var modus = new ModusProgram();
        var lines = string.Join('\n', Enumerable.Range(0, 12).Select(at => $$"""{"id":"case {{at}}","techniques":["T1566.001","T1204.002","T10{{at % 6 + 16}}","T1059.00{{at % 5 + 1}}","T1105","T1082","T1057"]}"""));
        var ended = modus.Run("patterns", "motifs", "--reports", modus.Write("own.jsonl", lines), "-o", "json");
        Assert.Equal(0, ended.Code);
        Assert.Contains("12 cases", ended.Error, StringComparison.Ordinal);
        using var answer = JsonDocument.Parse(ended.Out);
        Assert.Contains(answer.RootElement.EnumerateArray(), row => row.GetProperty("techniques").EnumerateArray().Select(id => id.GetString()).SequenceEqual(["T1566.001", "T1204.002"]));
    }
}
