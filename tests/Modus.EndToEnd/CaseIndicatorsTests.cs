using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Indicators of a case and rules drafted from its procedures, from the command line.</summary>
public sealed class CaseIndicatorsTests
{
    private static ModusProgram Ingested()
    {
        var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Run("init", "-q");
        Assert.Equal(0, modus.Run("case", "new", "Tidewrack").Code);
        var ended = modus.Run("ingest", "samples/first-case", "--tlp", "amber", "--no-suggestions");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("2 indicators", ended.Error, StringComparison.Ordinal);
        return modus;
    }

    [Fact]
    public void Indicators_are_listed_as_of_a_day_survive_an_export_and_are_undone()
    {
        using var modus = Ingested();

        var all = modus.Run("case", "iocs", "--at", "2026-11-01", "-o", "json");
        var expired = modus.Run("case", "iocs", "--at", "2026-11-01", "--expired", "-o", "csv");
        var table = modus.Run("case", "iocs", "-o", "table");

        using var json = JsonDocument.Parse(all.Out);
        var notes = json.RootElement.EnumerateArray().Single(one => one.GetProperty("value").GetString() == "198.51.100.24");
        Assert.Equal(("ipv4", "198[.]51[.]100[.]24", "expired", "amber", "2026-10-30T01:10:00Z"),
            (notes.GetProperty("type").GetString(), notes.GetProperty("defanged").GetString(), notes.GetProperty("state").GetString(), notes.GetProperty("tlp").GetString(), notes.GetProperty("expires").GetString()));
        Assert.NotEqual(0, notes.GetProperty("procedures").GetArrayLength());
        Assert.Equal(2, expired.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("198.51.100.24", table.Out, StringComparison.Ordinal);
        Assert.Contains("198[.]51[.]100[.]24", table.Out, StringComparison.Ordinal);

        modus.Run("case", "export", "text");
        modus.Run("init", "-q", "other");
        Assert.Equal(0, modus.Run("-C", "other", "case", "import", "../text").Code);
        Assert.Equal(all.Out, modus.Run("-C", "other", "case", "iocs", "--at", "2026-11-01", "-o", "json").Out);
        Assert.Equal(0, modus.Run("-C", "other", "undo").Code);
        Assert.Equal(0, modus.Run("undo").Code);
        Assert.Equal("[]", modus.Run("case", "iocs", "-o", "json").Out.Trim());
    }

    [Fact]
    public void Every_procedure_seen_in_logs_gives_a_rule_that_its_own_events_test()
    {
        using var modus = Ingested();
        using var shown = JsonDocument.Parse(modus.Run("case", "show", "-o", "json").Out);
        var procedures = shown.RootElement.GetProperty("procedures").EnumerateArray().ToList();
        var seen = procedures.Where(one => one.TryGetProperty("hits", out var hits) && hits.GetArrayLength() > 0).ToList();
        var told = procedures.First(one => !one.TryGetProperty("hits", out _));
        Assert.Equal(procedures.Select(one => one.GetProperty("technique").GetString()).Order(StringComparer.Ordinal), procedures.Select(one => one.GetProperty("technique").GetString()));

        foreach (var (procedure, at) in seen.Select((one, at) => (one, at)))
        {
            var drafted = modus.Run("rule", "new", "--from", procedure.GetProperty("id").GetString()!, "-o", $"drafted{at}.yml");
            Assert.True(drafted.Code == 0, drafted.Error);
            Assert.Contains("level ", drafted.Error, StringComparison.Ordinal);
            Assert.Contains("attack." + procedure.GetProperty("technique").GetString()!.ToLowerInvariant(), File.ReadAllText(Path.Combine(modus.Folder, $"drafted{at}.yml")), StringComparison.Ordinal);
            Assert.Equal(0, modus.Run("rule", "test", $"drafted{at}.yml").Code);
        }

        var refused = modus.Run("rule", "new", "--from", told.GetProperty("id").GetString()!, "-o", "none.yml");

        Assert.Equal(2, refused.Code);
        Assert.Contains("MD9029", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(modus.Folder, "none.yml")));

        // Evidence that is not what it was tests nothing.
        File.AppendAllText(Path.Combine(modus.Folder, "samples", "first-case", "hosts.jsonl"), "{}\n");
        Assert.Equal(2, modus.Run("rule", "new", "--from", seen[0].GetProperty("id").GetString()!, "-o", "late.yml").Code);
    }

    [Fact]
    public void An_investigation_and_an_ingest_keep_the_compiled_form_of_many_rules()
    {
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Bring("rules");
        // More files than a pack pays for; copies under other ids.
        var source = Directory.EnumerateFiles(Path.Combine(modus.Folder, "rules"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        for (var copy = 0; copy * source.Count < 500; copy++)
            foreach (var (file, at) in source.Select((file, at) => (file, at)))
                modus.Write($"many/{copy}-{at}.yml", Regex.Replace(File.ReadAllText(file), "\nid: [0-9a-f]{8}", $"\nid: {copy:x8}", RegexOptions.NonBacktracking));
        modus.Run("init", "-q");

        var first = modus.Run("investigate", "samples/first-case/hosts.jsonl", "--rules", "many", "-o", "json");
        var packs = Directory.EnumerateFiles(modus.Home, "*.pack", SearchOption.AllDirectories).ToList();
        var written = File.GetLastWriteTimeUtc(Assert.Single(packs));
        var second = modus.Run("investigate", "samples/first-case/hosts.jsonl", "--rules", "many", "-o", "json");
        var taken = modus.Run("ingest", "samples/first-case/hosts.jsonl", "--rules", "many");

        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(first.Out, second.Out);
        Assert.True(taken.Code == 0, taken.Error);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Directory.EnumerateFiles(modus.Home, "*.pack", SearchOption.AllDirectories))));
    }
}
