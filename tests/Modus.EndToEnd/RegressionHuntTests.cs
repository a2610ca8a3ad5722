using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>SigmaHQ's rules over their own regression samples, as an analyst would hunt: as many hits as stated, and no other count.</summary>
public sealed partial class RegressionHuntTests
{
    [Fact]
    public void A_hunt_finds_in_every_sample_what_is_stated_and_no_other_count()
    {
        var data = Environment.GetEnvironmentVariable("MODUS_TEST_DATA") is { Length: > 0 } named ? named : Path.Combine(ModusProgram.Root, "..", "shared", "data");
        var sigma = Path.GetFullPath(Path.Combine(data, "sigma"));
        Assert.SkipUnless(Directory.Exists(Path.Combine(sigma, "regression_data")), "third-party data is missing: set MODUS_TEST_DATA or put it at ../shared/data");
        using var modus = new ModusProgram();
        string[] rules = [.. ((string[])["rules", "rules-threat-hunting", "rules-emerging-threats"]).SelectMany(folder => new[] { "-r", Path.Combine(sigma, folder) })];

        var ended = modus.Run(["hunt", Path.Combine(sigma, "regression_data"), .. rules, "-o", "ndjson"]);

        Assert.Equal(4, ended.Code); // the samples' notes are no logs
        var found = new Dictionary<(string Rule, string File), int>();
        foreach (var line in ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var hit = JsonDocument.Parse(line);
            var key = (hit.RootElement.GetProperty("rule_id").GetString()!, Path.GetFileName(hit.RootElement.GetProperty("file").GetString()!));
            found[key] = found.GetValueOrDefault(key) + 1;
        }

        var held = File.ReadLines(Path.Combine(ModusProgram.Root, "tests", "cases", "sigma", "regression-deviations.tsv")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => int.Parse(cells[2], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var wrong = new List<string>();
        var samples = 0;
        foreach (var info in Directory.EnumerateFiles(Path.Combine(sigma, "regression_data"), "info.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Sample().Match(File.ReadAllText(info)) is not { Success: true } sample) continue;
            samples++;
            var (rule, file) = (sample.Groups["rule"].Value, sample.Groups["path"].Value);
            var count = found.GetValueOrDefault((rule, Path.GetFileName(file)));
            // A record that an earlier sample holds too counts there: alone, the file has it.
            if (count == 0) count = modus.Run(["hunt", Path.Combine(sigma, file), .. rules, "-o", "ndjson"]).Out.Split('\n').Count(line => line.Contains(rule, StringComparison.Ordinal));
            var isStated = int.TryParse(sample.Groups["count"].Value, CultureInfo.InvariantCulture, out var stated);
            if (held.TryGetValue(rule, out var more)) stated = more;
            if (isStated ? count != stated : count == 0) wrong.Add($"{rule}: {count} found, {(isStated ? stated : "at least 1")} expected");
        }

        Assert.Empty(wrong);
        Assert.Equal(202, samples);
    }

    [GeneratedRegex(@"\n    - id: (?<rule>\S+)[^#]*\n      type: evtx\s[^#]*?(match_count: (?<count>\d+)\s[^#]*)?\n      path: (?<path>\S+)")]
    private static partial Regex Sample();
}
