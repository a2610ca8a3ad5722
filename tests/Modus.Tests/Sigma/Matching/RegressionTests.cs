using System.Globalization;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Modus.Sigma.Yaml;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

/// <summary>SigmaHQ's regression data: each rule with a log that it must match.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void Every_rule_matches_its_sample_at_least_as_often_as_stated()
    {
        var set = SigmaHqTests.Load();
        var root = TestData.Need("sigma");
        var wrong = new List<string>();
        var tests = 0;
        var reader = new LogReader();
        var worker = new Matcher(set.Rules, reader.Fields).CreateWorker();
        foreach (var info in Directory.EnumerateFiles(Path.Combine(root, "regression_data"), "info.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var map = (YamlMapping)YamlReader.Read(File.ReadAllText(info), info, new List<Problem>())[0];
            var rules = (map.Find("rule_metadata") as YamlSequence)?.Items.Cast<YamlMapping>().Select(rule => rule.Text("id")!).ToArray() ?? [];
            if (map.Find("regression_tests_info") is not YamlSequence list) continue;
            foreach (var test in list.Items.Cast<YamlMapping>())
            {
                if (test.Text("type") != "evtx") continue;
                var path = Path.Combine(root, test.Text("path")!);
                var stated = int.Parse(test.Text("match_count") ?? "1", CultureInfo.InvariantCulture);
                tests++;
                var hits = Hits(set, reader, worker, path);
                foreach (var id in rules)
                {
                    var found = hits.GetValueOrDefault(id);
                    if (found < stated) wrong.Add($"{id} {set.Find(id)?.Header.Title ?? "is not loaded"}: {found} of {stated}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(tests > 195, $"{tests} tests");
    }

    private static Dictionary<string, int> Hits(RuleSet set, LogReader reader, MatchWorker worker, string path)
    {
        var hits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var logEvent in reader.Read(path))
            foreach (var rule in worker.Match(logEvent)) hits[set.Rules[rule].Header.Key] = hits.GetValueOrDefault(set.Rules[rule].Header.Key) + 1;
        return hits;
    }
}
