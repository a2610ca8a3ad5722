using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Rules and hunts from the command line, as a build server or an analyst uses them.</summary>
public sealed class RuleAndHuntTests
{
    private const string Log = "samples/first-case/hosts.jsonl";

    private const string Faulty = """
        title: Dump
        id: 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6
        status: test
        description: Finds memory being dumped to a file.
        author: Tester
        date: 2026-01-01
        tags: [attack.t9999]
        logsource: {product: windows, category: process_creation}
        detection:
          selection: {CommandLine|contains: comsvcs}
          condition: selection
        level: high
        """;

    [Fact]
    public void Placeholders_get_their_values_from_a_file_in_every_command_that_compiles_rules()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples/first-case");
        modus.Write("rules/admins.yml", "title: Tools\nid: 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a7\nlogsource: {product: windows, category: process_creation}\ndetection:\n    s: {Image|expand: '%tools%'}\n    condition: s\n");
        modus.Write("values.yml", "tools: ['*.exe', '*.com']\n");

        Assert.Contains("MD2131", modus.Run("hunt", Log, "--rules", "rules", "-o", "csv").Error, StringComparison.Ordinal);
        Assert.Contains("Tools", modus.Run("hunt", Log, "--rules", "rules", "--placeholders", "values.yml", "-o", "csv").Out, StringComparison.Ordinal);
        Assert.Contains("*.com", modus.Run("rule", "convert", "-t", "splunk", "rules", "--placeholders", "values.yml").Out, StringComparison.Ordinal);
        Assert.Equal(0, modus.Run("rule", "why", "rules/admins.yml", Log, "--placeholders", "values.yml").Code);
        Assert.Equal(3, modus.Run("hunt", Log, "--rules", "rules", "--placeholders", "none.yml").Code);
    }

    [Fact]
    public void Lint_fails_a_build_only_when_asked_and_writes_what_a_code_host_reads()
    {
        using var modus = new ModusProgram();
        modus.Write("bad.yml", Faulty);

        var asked = modus.Run("rule", "lint", "bad.yml", "--fail-on", "error", "-o", "sarif");
        var unasked = modus.Run("rule", "lint", "bad.yml", "-o", "json");

        Assert.Equal(1, asked.Code);
        Assert.Equal(0, unasked.Code);
        using var sarif = JsonDocument.Parse(asked.Out);
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().First(one => one.GetProperty("level").GetString() == "error");
        Assert.Equal(7, result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("bad.yml", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        using var json = JsonDocument.Parse(unasked.Out);
        Assert.Contains(json.RootElement.EnumerateArray(), finding => finding.GetProperty("name").GetString() == "technique-unknown");
    }

    [Fact]
    public void Lint_writes_a_test_report_that_is_XML()
    {
        using var modus = new ModusProgram();
        modus.Write("bad.yml", Faulty);

        var report = System.Xml.Linq.XDocument.Parse(modus.Run("rule", "lint", "bad.yml", "-o", "junit").Out);

        Assert.Equal("1", report.Root!.Attribute("failures")!.Value);
    }

    [Fact]
    public void A_failing_case_ends_a_test_run_with_one_and_says_why()
    {
        using var modus = new ModusProgram();
        modus.Write("a.yml", Faulty);
        modus.Write("a.fixtures.json", """{"rule": "0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6", "must_match": [{"says": "x", "events": [{"Event":{"System":{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Provider":{"#attributes":{"Name":"x"}}},"EventData":{"CommandLine":"calc"}}}]}]}""");

        var ended = modus.Run("rule", "test", "a.yml", "-o", "json");

        Assert.Equal(1, ended.Code);
        Assert.Contains("CommandLine = '*comsvcs*'", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hunt_names_authors_tactics_in_order_and_what_was_silent()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Bring("rules");

        var ended = modus.Run("hunt", Log, "--rules", "rules", "-o", "json");

        Assert.Equal(0, ended.Code);
        using var json = JsonDocument.Parse(ended.Out);
        var root = json.RootElement;
        var tactics = root.GetProperty("tactics").EnumerateArray().Select(tactic => tactic.GetProperty("short_name").GetString()).ToList();
        Assert.True(tactics.IndexOf("execution") is >= 0 and var first && first < tactics.IndexOf("exfiltration"));
        Assert.All(root.GetProperty("rules").EnumerateArray(), rule => Assert.Equal("Modus", rule.GetProperty("author").GetString()));
        Assert.Contains(root.GetProperty("sources_without_events").EnumerateArray(), source => source.GetProperty("source").GetString() == "aws/*/cloudtrail");
        Assert.Equal(root.GetProperty("accounting").GetProperty("hits").GetInt64(), root.GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public void A_hunt_is_the_same_with_any_number_of_threads_and_from_a_pipe()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Bring("rules");

        var one = modus.Run("hunt", Log, "--threads", "1", "-o", "csv");
        var two = modus.Run("hunt", Log, "--threads", "2", "-o", "csv");
        var pipe = modus.RunWithInput(File.ReadAllText(Path.Combine(modus.Folder, Log)), "hunt", "-", "--threads", "1", "-o", "csv");

        Assert.Equal(one.Out, two.Out);
        Assert.Equal(one.Out.Split('\n').Length, pipe.Out.Split('\n').Length);
        Assert.True(one.Out.Split('\n').Length > 5);
    }

    [Fact]
    public void A_hunt_can_be_narrowed_by_time_host_and_level()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Bring("rules");

        int Count(params string[] options) => modus.Run(["hunt", Log, "-o", "ndjson", .. options]).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

        var all = Count();
        Assert.InRange(Count("--host", "nds-fs1*"), 1, all - 1);
        Assert.InRange(Count("--from", "2026-09-30T00:00:00Z"), 1, all - 1);
        Assert.Equal(all, Count("--from", "2026-09-30T00:00:00Z") + Count("--to", "2026-09-30T00:00:00Z"));
        Assert.InRange(Count("--min-level", "high"), 1, all - 1);
    }

    [Fact]
    public void A_page_of_a_hunt_shows_values_of_logs_as_text()
    {
        using var modus = new ModusProgram();
        modus.Write("r.yml", Faulty);
        modus.Write("evil.json", """{"Event":{"System":{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"<script>alert(1)</script>","Provider":{"#attributes":{"Name":"x"}}},"EventData":{"CommandLine":"comsvcs <img src=x onerror=alert(1)>"}}}""");

        modus.Run("hunt", "evil.json", "--rules", "r.yml", "-o", "page.html");

        var page = File.ReadAllText(Path.Combine(modus.Folder, "page.html"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_read_and_no_rules_are_told_apart()
    {
        using var modus = new ModusProgram();
        modus.Write("r.yml", Faulty);
        modus.Write("noise.bin", "\u0001\u0002\u0003 nothing here");

        Assert.Equal(2, modus.Run("hunt", "noise.bin", "--rules", "r.yml").Code);
        Assert.Equal(3, modus.Run("hunt", "noise.bin", "--rules", "absent").Code);
        Assert.Equal(3, modus.Run("rule", "convert", "-t", "cobol", "r.yml").Code);
        Assert.Equal(2, modus.Run("rule", "why", "r.yml", "noise.bin").Code);
    }

    [Fact]
    public void A_draft_from_an_event_lies_beside_its_fixtures_and_passes_them()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");

        Assert.Equal(0, modus.Run("rule", "new", "--from", Log, "--record", "2", "-o", "draft.yml").Code);
        Assert.Equal(0, modus.Run("rule", "test", "draft.yml").Code);
    }
}
