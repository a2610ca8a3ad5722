using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>The sample case through the built program.</summary>
public sealed class DemoTests
{
    [Fact]
    public void Demo_shows_one_screen_and_leaves_nothing_behind()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run("demo", "-o", "text");

        Assert.Equal(0, ended.Code);
        Assert.InRange(ended.Out.Split('\n').Length, 10, 25);
        Assert.StartsWith("Tidewrack · 2 reports, 8 log sources, 61,204 events, 23 rules", ended.Out, StringComparison.Ordinal);
        Assert.Contains("48 techniques  46 seen in logs · 20 told by reports · 2 only claimed   13 tactics", ended.Out, StringComparison.Ordinal);
        Assert.Contains("First high-severity alert 17 h 41 min after entry", ended.Out, StringComparison.Ordinal);
        Assert.Contains("INCONCLUSIVE: Scattered Spider .33 and Storm-0501 .31 are not distinguishable", ended.Out, StringComparison.Ordinal);
        Assert.Equal([".home"], Directory.GetFileSystemEntries(modus.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void No_expected_finding_differs_and_the_same_run_gives_the_same_json()
    {
        using var modus = new ModusProgram();

        var once = modus.Run("demo", "-o", "json");
        var again = modus.Run("demo", "-o", "json");

        Assert.Equal(once.Out, again.Out);
        using var answer = JsonDocument.Parse(once.Out);
        Assert.Equal(0, answer.RootElement.GetProperty("differ").GetInt32());
        Assert.Equal(answer.RootElement.GetProperty("findings").GetArrayLength(), answer.RootElement.GetProperty("agree").GetInt32());
        var review = answer.RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("what").GetString()!.StartsWith("items to review", StringComparison.Ordinal));
        Assert.Equal("T1003.006 T1204 T1219 T1530 T1562.001 T1566.002 T1572 T1583.001 clock", review.GetProperty("found").GetString());
    }

    [Fact]
    public void The_kept_case_can_be_worked_on_and_its_faults_are_named()
    {
        using var modus = new ModusProgram();
        Assert.Equal(0, modus.Run("demo", "--into", "tidewrack").Code);

        var hunt = modus.Run("hunt", "tidewrack/logs", "--rules", "tidewrack/rules", "-o", "json");
        var tests = modus.Run("rule", "test", "tidewrack/rules", "--failed", "-o", "json");
        var refused = modus.Run("demo", "--into", "tidewrack");
        var again = modus.Run("-C", "tidewrack", "ingest", "logs/wks-0417.evtx", "--again", "--rules", "rules");
        var gap = modus.Run("-C", "tidewrack", "gap", "--case", "C-tidewrack", "--attack-version", "18.1", "--all", "-o", "json");

        Assert.Equal(4, hunt.Code);
        Assert.Contains("R23.yml:13:4", hunt.Error, StringComparison.Ordinal);
        Assert.Contains("records that the header of a chunk counts are not in it: 99 of 100", hunt.Error, StringComparison.Ordinal);
        using var found = JsonDocument.Parse(hunt.Out);
        Assert.Equal(100, found.RootElement.GetProperty("accounting").GetProperty("skipped").GetInt32());
        Assert.Equal(1, tests.Code);
        Assert.Contains("R21", tests.Out, StringComparison.Ordinal);
        Assert.Equal(3, refused.Code);
        Assert.Equal(4, again.Code);
        using var laid = JsonDocument.Parse(gap.Out);
        Assert.Equal(20, laid.RootElement.GetProperty("counts").GetProperty("fired").GetInt32());
        Assert.Contains("MD9040", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hunt_takes_zones_file_by_file_and_the_workspace_remembers_them()
    {
        using var modus = new ModusProgram();
        modus.Run("demo", "--into", "tidewrack");
        string[] call = ["-C", "tidewrack", "hunt", "logs/fw.csv", "--rules", "hunts/H17.yml", "-o", "ndjson"];

        var remembered = modus.Run(call); // the answer that the case's responders gave: one hour ahead of UTC
        var given = modus.Run([.. call, "--zone", "fw.csv=America/New_York"]);
        var wrong = modus.Run([.. call, "--zone", "fw.csv=Mars/Base"]);

        Assert.Contains("2026-03-10T03:51:00Z", remembered.Out, StringComparison.Ordinal);
        Assert.Contains("2026-03-10T08:51:00Z", given.Out, StringComparison.Ordinal);
        Assert.Contains("America/New_York", File.ReadAllText(Path.Combine(modus.Folder, "tidewrack", "modus.yaml")), StringComparison.Ordinal);
        Assert.Equal(3, wrong.Code);
        Assert.Equal(given.Out, modus.Run(call).Out);
    }

    [Fact]
    public void Hostile_content_of_logs_does_no_harm()
    {
        using var modus = new ModusProgram();
        modus.Run("demo", "--into", "tidewrack");
        modus.Write("all.yml", "title: Hostile\nid: 4c1f6a20-9001-4000-8000-000000000001\nstatus: test\nlogsource:\n  product: windows\ndetection:\n  s:\n    - Computer|contains: onerror\n    - TargetFilename|contains: 'Public'\n  condition: s\nlevel: low\n");

        var table = modus.Run("hunt", "tidewrack/logs/win-events.jsonl.gz", "--rules", "all.yml", "-o", "table");
        var page = modus.Run("hunt", "tidewrack/logs/win-events.jsonl.gz", "--rules", "all.yml", "-o", "html");
        var sheet = modus.Run("logs", "show", "tidewrack/logs/fw.csv", "-o", "csv", "--limit", "400");

        Assert.Contains("img src", table.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', table.Out);
        Assert.DoesNotContain("<img", page.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\n=cmd", sheet.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", sheet.Out, StringComparison.Ordinal);
    }
}
