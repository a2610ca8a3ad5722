using System.Globalization;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Modus.Sigma.Yaml;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

/// <summary>SigmaHQ's regression data: each rule with a log, as EVTX and as JSON, that it must match as often as stated, and no other count.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void Every_rule_matches_its_sample_as_often_as_stated_and_no_other_count()
    {
        var set = SigmaHqTests.Load();
        var samples = Samples().ToList();
        var deviations = Deviations();
        var reader = new LogReader();
        var matcher = new Matcher(set.Rules, reader.Fields);
        var worker = matcher.CreateWorker();
        var wrong = new List<string>();
        foreach (var sample in samples)
        {
            var rule = Enumerable.Range(0, set.Rules.Length).FirstOrDefault(at => set.Rules[at].Header.Id == sample.Rule, -1);
            if (rule < 0)
            {
                wrong.Add($"{sample.Rule} is not loaded");
                continue;
            }

            if (deviations.TryGetValue(sample.Rule, out var deviation) && deviation.Stated != sample.Stated) wrong.Add($"{sample.Rule}: the deviation is from {deviation.Stated}, and {sample.Stated} is stated");
            foreach (var path in (string[])[sample.Path, Path.ChangeExtension(sample.Path, ".json")])
            {
                var (fast, slow) = Count(reader, matcher, worker, set, rule, path);
                // Where no count is stated, the obvious evaluation of the rule says how many there are.
                var expected = deviation?.Held ?? sample.Stated ?? slow;
                if (fast != expected || fast != slow || fast == 0) wrong.Add($"{set.Rules[rule].Header.Title} ({Path.GetFileName(path)}): {fast} found, {slow} by the slow model, {expected} expected");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(202, samples.Count);
        Assert.Equal(172, samples.Count(sample => sample.Stated is not null));
        Assert.Empty(deviations.Keys.Except(samples.Select(sample => sample.Rule)));
    }

    private static (int Fast, int Slow) Count(LogReader reader, Matcher matcher, MatchWorker worker, RuleSet set, int rule, string path)
    {
        int fast = 0, slow = 0;
        foreach (var logEvent in reader.Read(path))
        {
            foreach (var hit in worker.Match(logEvent))
                if (hit == rule) fast++;
            if (matcher.RulesFor(logEvent.Source).Contains(rule) && new SlowModel(logEvent.Keep()).IsTrue(Matcher.Bind(set.Rules[rule], logEvent.Source))) slow++;
        }

        return (fast, slow);
    }

    private sealed record Deviation(int Stated, int Held);

    private static Dictionary<string, Deviation> Deviations() =>
        File.ReadLines(Path.Combine(TestData.Root, "tests", "cases", "sigma", "regression-deviations.tsv")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => new Deviation(int.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    private static IEnumerable<(string Rule, string Path, int? Stated)> Samples()
    {
        var root = TestData.Need("sigma");
        foreach (var info in Directory.EnumerateFiles(Path.Combine(root, "regression_data"), "info.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var map = (YamlMapping)YamlReader.Read(File.ReadAllText(info), info, new List<Problem>())[0];
            var rules = (map.Find("rule_metadata") as YamlSequence)?.Items.Cast<YamlMapping>().Select(rule => rule.Text("id")!).ToArray() ?? [];
            if (map.Find("regression_tests_info") is not YamlSequence list) continue;
            foreach (var test in list.Items.Cast<YamlMapping>().Where(test => test.Text("type") == "evtx"))
                foreach (var rule in rules)
                    yield return (rule, Path.Combine(root, test.Text("path")!), test.Text("match_count") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : null);
        }
    }
}
