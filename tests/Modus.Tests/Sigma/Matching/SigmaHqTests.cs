using System.IO.Compression;
using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

public sealed class SigmaHqTests
{
    private static readonly string[] folders = ["rules", "rules-threat-hunting", "rules-emerging-threats"];

    [Fact]
    public void The_matcher_agrees_with_the_slow_model_on_real_events_rule_by_rule()
    {
        var set = Load();
        using var zipped = new GZipStream(File.OpenRead(TestData.Need("logs/otrf-windows-100k.jsonl.gz")), CompressionMode.Decompress);
        using var lines = new StreamReader(zipped);
        var sample = new StringBuilder();
        for (var number = 0; lines.ReadLine() is { } line; number++)
            if (number % 50 == 0 || line.Contains("\"EventID\":1,", StringComparison.Ordinal)) sample.Append(line).Append('\n');

        var reader = new LogReader();
        var matcher = new Matcher(set.Rules, reader.Fields);
        var worker = matcher.CreateWorker();
        var bound = new Dictionary<LogSource, (int Rule, Modus.Sigma.Expressions.Expression Expression)[]>();
        var differences = new List<string>();
        int events = 0, hits = 0;
        foreach (var logEvent in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(sample.ToString())), "sample.jsonl"))
        {
            if (!bound.TryGetValue(logEvent.Source, out var rules))
                bound[logEvent.Source] = rules = [.. matcher.RulesFor(logEvent.Source).Select(rule => (rule, Matcher.Bind(set.Rules[rule], logEvent.Source)))];
            // The slow model takes seconds for the large sources: it looks at one event in ten of them.
            var found = worker.Match(logEvent).ToArray();
            events++;
            hits += found.Length;
            if (found.Length == 0 && rules.Length > 500 && events % 10 != 0) continue;
            var model = new SlowModel(logEvent.Keep());
            int[] expected = [.. rules.Where(rule => model.IsTrue(rule.Expression)).Select(rule => rule.Rule)];
            if (!expected.SequenceEqual(found))
                differences.Add($"{logEvent.Line}: {string.Join(", ", expected.Except(found).Select(rule => "missed " + set.Rules[rule].Header.Title).Concat(found.Except(expected).Select(rule => "false " + set.Rules[rule].Header.Title)))}");
        }

        Assert.Empty(differences);
        Assert.True(events > 2000, $"{events} events");
        Assert.True(hits > 10, $"{hits} hits");
    }

    internal static RuleSet Load() => RuleSet.Load(folders.Select(folder => TestData.Need("sigma/" + folder)));
}
