using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Coverage and gaps from the command line, on a small estate of its own.</summary>
public sealed class CoverageTests
{
    private const string Logon = """{"Event":{"System":{"EventID":4624,"Channel":"Security","Computer":"QUAY-2","EventRecordID":51,"TimeCreated":{"#attributes":{"SystemTime":"2027-01-05T10:00:00Z"}}},"EventData":{"LogonType":10,"IpAddress":"10.9.9.9","TargetUserName":"x"}}}""";

    private static void Estate(ModusProgram modus)
    {
        modus.Write("defence/inventory.yaml", """
            attack: "18.1"
            hosts:
              - {name: desks, platform: Windows, count: 30}
              - {name: quay, platform: Linux, count: 10}
            log_sources:
              - {id: sec, name: Security log, hosts: [desks], share: 90%, retention_days: 30, seen: 2027-01-10, sigma: windows/*/security, attack: ["WinEventLog:Security"]}
            rules: [{path: ../detections, since: 2027-01-01, owner: blue}]
            """);
        modus.Write("defence/autumn.csv", "campaign,test,technique,outcome,date,host\nautumn,Remote logon,T1021.001,detected,2026-10-01,QUAY-2\nwinter,Remote logon,T1021.001,missed,2027-01-08,QUAY-3\n");
        modus.Write("detections/logon.yml", "title: Remote logon\nid: 11111111-1111-4111-8111-111111111111\nlevel: high\ntags: [attack.t1021.001]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4624, LogonType: 10}, condition: s}\n");
        modus.Write("detections/source.yml", "title: Logon from afar\nid: 22222222-2222-4222-8222-222222222222\nlevel: low\ntags: [attack.t1078.002]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4624, SourceIp: 10.9.9.9}, condition: s}\n");
        modus.Write("evidence/logons.jsonl", Logon + "\n");
    }

    [Fact]
    public void The_ladder_keeps_apart_what_fired_what_failed_and_what_never_can()
    {
        using var modus = new ModusProgram();
        Estate(modus);

        var ended = modus.Run("coverage", "show", "--logs", "evidence", "--as-of", "2027-01-15", "-o", "json");

        Assert.True(ended.Code == 0, ended.Error);
        using var json = JsonDocument.Parse(ended.Out);
        var cells = json.RootElement.GetProperty("cells").EnumerateArray().ToDictionary(cell => $"{cell.GetProperty("technique")} {cell.GetProperty("platform")}");
        Assert.Equal("fired", cells["T1021.001 Windows"].GetProperty("state").GetString());
        Assert.True(cells["T1021.001 Windows"].GetProperty("regression").GetBoolean());
        Assert.Contains("QUAY-3", cells["T1021.001 Windows"].GetProperty("next_step").GetString(), StringComparison.Ordinal);
        Assert.Equal("cannot fire", cells["T1078.002 Windows"].GetProperty("state").GetString());
        Assert.Contains("SourceIp", cells["T1078.002 Windows"].GetProperty("next_step").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_names_evidence_and_place_for_each_rung()
    {
        using var modus = new ModusProgram();
        Estate(modus);

        var ended = modus.Run("coverage", "why", "T1021.001", "--logs", "evidence", "--platform", "Windows", "--as-of", "2027-01-15");

        Assert.Equal(0, ended.Code);
        foreach (var text in new[] { "Windows: fired, regression", "logs from 90% of its hosts", "evidence/logons.jsonl record 51", "defence/autumn.csv:3", "detections/logon.yml:1", "defence/inventory.yaml:7", "owner blue", "on QUAY-3" })
            Assert.Contains(text, ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Gap_says_what_is_missing_and_writes_layer_and_page()
    {
        using var modus = new ModusProgram();
        Estate(modus);
        modus.Write("threat.yaml", "name: Quay thieves\nattack: '18.1'\ntechniques:\n  - {id: T1021.001, weight: 2, seen: 2026-12-01}\n  - T1078.002\n  - T1562.001\n  - T4321\n");

        var json = modus.Run("gap", "--profile", "threat.yaml", "--logs", "evidence", "--as-of", "2027-01-15", "-o", "json");
        var layer = modus.Run("gap", "--profile", "threat.yaml", "--as-of", "2027-01-15", "-o", "gaps.layer.json");
        var page = modus.Run("gap", "--profile", "threat.yaml", "--logs", "evidence", "--as-of", "2027-01-15", "-o", "html");
        var check = modus.Run("layer", "validate", "gaps.layer.json");

        using var report = JsonDocument.Parse(json.Out);
        var rows = report.RootElement.GetProperty("techniques").EnumerateArray().ToList();
        Assert.Equal(["T1021.001", "T1685", "T1078.002"], rows.Select(row => row.GetProperty("id").GetString()).OrderBy(id => id switch { "T1021.001" => 0, "T1685" => 1, _ => 2 }));
        Assert.Equal("T4321", report.RootElement.GetProperty("unplaced")[0].GetProperty("what").GetString());
        Assert.Equal(rows.Count, report.RootElement.GetProperty("counts").EnumerateObject().Sum(state => state.Value.GetInt32()));
        Assert.Equal((0, 0), (layer.Code, check.Code));
        Assert.DoesNotContain("error", check.Error, StringComparison.Ordinal);
        Assert.Contains("href=\"#T1021.001\"", page.Out, StringComparison.Ordinal);
        Assert.Contains("id=\"T1021.001\"", page.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_coloured_cell_of_the_page_opens_evidence()
    {
        using var modus = new ModusProgram();
        Estate(modus);
        modus.Write("detections/evil.yml", "title: '<img src=x onerror=alert(1)>'\nid: 33333333-3333-4333-8333-333333333333\ntags: [attack.t1047]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 1}, condition: s}\n");

        var page = modus.Run("coverage", "show", "--logs", "evidence", "-o", "html").Out;

        var links = System.Text.RegularExpressions.Regex.Matches(page, "<a href=\"#(T[0-9.]+)\" class=\"cell").Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Contains("T1047", links);
        Assert.All(links, id => Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_and_stale_gate_a_build()
    {
        using var modus = new ModusProgram();
        Estate(modus);
        modus.Run("coverage", "show", "--all", "--as-of", "2027-01-15", "-o", "before.json");
        File.Delete(Path.Combine(modus.Folder, "detections", "logon.yml"));

        var diff = modus.Run("coverage", "diff", "before.json", "defence", "--as-of", "2027-01-15", "--fail-on-loss", "--evidence", "-o", "csv");
        var fresh = modus.Run("coverage", "stale", "--as-of", "2027-01-11", "--fail-on-stale", "--max-age", "tested=365");
        var stale = modus.Run("coverage", "stale", "--as-of", "2029-01-11", "-o", "csv");

        Assert.Contains("T1021.001", diff.Out, StringComparison.Ordinal);
        Assert.Equal(1, fresh.Code);
        Assert.Contains("T1021.001", fresh.Out, StringComparison.Ordinal);
        Assert.Contains("Remote logon", stale.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_fields_of_logs_answer_like_the_logs_themselves()
    {
        using var modus = new ModusProgram();
        Estate(modus);

        var observed = modus.Run("coverage", "observe", "evidence", "-o", "defence/observed.json");
        var why = modus.Run("coverage", "why", "T1078.002", "--platform", "Windows");

        Assert.Equal(0, observed.Code);
        Assert.Contains("cannot fire", why.Out, StringComparison.Ordinal);
        Assert.Contains("'SourceIp'", why.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls_end_with_what_to_write_instead()
    {
        using var modus = new ModusProgram();
        modus.Bring("rules");

        var nothing = modus.Run("gap", "--rules", "rules");
        var state = modus.Run("coverage", "show", "--rules", "rules", "--state", "perfect");
        var empty = modus.Run("coverage", "show");

        Assert.Equal((3, 3, 2), (nothing.Code, state.Code, empty.Code));
        Assert.Contains("--actor", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("cannot fire", state.Error, StringComparison.Ordinal);
        Assert.Contains("--rules DIR", empty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sector_chooses_actors_without_installed_texts_and_says_whether_they_are_alike()
    {
        using var modus = new ModusProgram();
        modus.Bring("rules");
        var ended = modus.Run("gap", "--sector", "oil", "--rules", "rules", "-o", "csv");
        Assert.Equal(0, ended.Code);
        Assert.Contains("groups that target energy", ended.Error, StringComparison.Ordinal);
        Assert.Contains("draws as much alike", ended.Error, StringComparison.Ordinal);
        Assert.True(ended.Out.Split('\n').Length > 20);
        var none = modus.Run("gap", "--sector", "bakeries", "--rules", "rules", "-o", "csv");
        Assert.Equal(2, none.Code);
        Assert.Contains("MD6129", none.Error, StringComparison.Ordinal);
        Assert.Contains("financial-services", none.Error, StringComparison.Ordinal);
    }
}
