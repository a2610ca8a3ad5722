using System.Text.Json;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Explanation;
using Modus.Sigma.Fixtures;
using Modus.Sigma.Hunting;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>What the company's rules and the responders' queries do on the case.</summary>
public sealed class CaseRuleTests
{
    private static readonly Lazy<HuntOutcome> hunt = new(() => HuntOutcome.Of(["rules", "hunts"], ShippedCase.PathOf("logs"), 2));

    [Fact]
    public void Of_23_rules_one_does_not_load_and_its_error_has_line_and_column()
    {
        var files = Directory.GetFiles(ShippedCase.PathOf("rules"), "*.yml");
        var set = RuleSet.Load(files.Order(StringComparer.Ordinal));

        Assert.Equal(23, files.Length);
        Assert.Equal(1, set.Counts.Refused);
        Assert.Equal(1, set.Counts.Filters);
        var error = Assert.Single(set.Problems, problem => problem.Severity == ProblemSeverity.Error);
        Assert.EndsWith("R23.yml", error.File, StringComparison.Ordinal);
        Assert.Equal((13, 4), (error.Line, error.Column));
    }

    public static TheoryData<string> Expectations => [.. Directory.GetFiles(Path.Combine(ShippedCase.Folder, "expected"), "*.yml.expected.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Path.Combine(ShippedCase.Folder, "expected"), file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Expectations))]
    public void A_rule_hits_as_often_as_the_case_says(string expectation)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(ShippedCase.PathOf("expected/" + expectation)));
        var name = expectation.Replace(".expected.json", "", StringComparison.Ordinal);

        Assert.Equal(expected.RootElement.GetProperty("hits").GetInt64(), hunt.Value.Hits.GetValueOrDefault(name.Replace('\\', '/')));
    }

    [Fact]
    public void Rules_and_queries_together_show_the_46() =>
        Assert.Equal(CaseData.Seen.Order(StringComparer.Ordinal), hunt.Value.Techniques.Order(StringComparer.Ordinal));

    [Fact]
    public void The_rules_alone_show_the_20() => Assert.Equal(
        CaseData.Techniques.Where(row => row.State == "fired").Select(row => row.Id).Order(StringComparer.Ordinal),
        HuntOutcome.Of(["rules"], ShippedCase.PathOf("logs"), 2).Techniques.Order(StringComparer.Ordinal));

    [Fact]
    public void Records_that_the_evtx_file_repeats_are_hit_once()
    {
        Assert.True(hunt.Value.Report.RepeatedHits > 0);
        Assert.Equal(61_204 + 421, hunt.Value.Report.Logs.Events);
        Assert.Equal(100, hunt.Value.Report.Logs.Files.Sum(file => file.Skipped.Values.Sum()));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        var one = HuntOutcome.Of(["rules", "hunts"], ShippedCase.PathOf("logs"), 1);

        Assert.Equal(one.Lines, hunt.Value.Lines);
        Assert.Equal(one.Report.RepeatedHits, hunt.Value.Report.RepeatedHits);
    }

    [Fact]
    public void Alerts_come_when_the_case_says()
    {
        var rules = hunt.Value.Alerts.Where(alert => alert.Rule.StartsWith("rules/", StringComparison.Ordinal)).ToList();
        var entry = new DateTime(2026, 3, 9, 8, 43, 52, DateTimeKind.Utc);

        Assert.Equal((entry, "rules/R01.yml"), rules.Select(alert => (alert.Time, alert.Rule)).Min());
        var (high, by) = rules.Where(alert => alert.IsHigh).Select(alert => (alert.Time, alert.Rule)).Min();
        Assert.Equal("rules/R09.yml", by);
        Assert.Equal(new TimeSpan(17, 40, 53), high - entry);
        Assert.Equal(new TimeSpan(0, 2, 48), hunt.Value.Alerts.Where(alert => alert.IsHigh).Min(alert => alert.Time) - entry);
    }

    [Fact]
    public void Why_not_names_the_field_that_R21_means_and_proves_it_on_E13()
    {
        var set = RuleSet.Load([ShippedCase.PathOf("rules/R21.yml")]);
        var explained = LogExplainer.Explain(set.Rules[0], null, new LogReader(new() { Threads = 1 }).Read(ShippedCase.PathOf("logs/win-events.jsonl.gz")), TestContext.Current.CancellationToken);

        Assert.Equal(0, explained.Matches);
        Assert.Contains("has the field 'SourceIp'. Did you mean 'IpAddress'? With it the rule matches 1 event: ", explained.Causes[0], StringComparison.Ordinal);
        var line = int.Parse(explained.Causes[0].TrimEnd('.').Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("E13", CaseTotalsTests.Labels("win-events.jsonl.gz")[line]);
    }

    public static TheoryData<string> Fixtures => [.. Directory.GetFiles(ShippedCase.PathOf("rules/tests")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Fixtures_pass_except_for_the_rule_that_can_never_fire(string file)
    {
        var rule = file.Replace(".fixtures.json", "", StringComparison.Ordinal);
        var problems = new List<Problem>();
        var fixtures = FixtureReader.Read(File.ReadAllText(ShippedCase.PathOf("rules/tests/" + file)), file, problems);
        var set = RuleSet.Load(rule == "R07" ? [ShippedCase.PathOf("rules/R07.yml"), ShippedCase.PathOf("rules/R08.yml")] : [ShippedCase.PathOf($"rules/{rule}.yml")]);

        var results = FixtureRunner.Run(set, fixtures!);

        Assert.Empty(problems);
        Assert.Equal(2, results.Length);
        Assert.All(results, result => Assert.Equal(rule != "R21" || !result.Case.MustMatch, result.Passed));
    }
}

/// <summary>A hunt over the case.</summary>
internal sealed class HuntOutcome
{
    public Dictionary<string, long> Hits { get; } = new(StringComparer.Ordinal);

    public List<(string Rule, DateTime Time, bool IsHigh)> Alerts { get; } = [];

    public List<string> Lines { get; } = [];

    public SortedSet<string> Techniques { get; } = new(StringComparer.Ordinal);

    public HuntReport Report { get; private set; } = null!;

    public static HuntOutcome Of(string[] rules, string logs, int threads)
    {
        var outcome = new HuntOutcome();
        var set = RuleSet.Load(rules.SelectMany(folder => Directory.GetFiles(ShippedCase.PathOf(folder), "*.yml")).Order(StringComparer.Ordinal));
        outcome.Report = Hunt.Run(
            set, [logs], new HuntOptions { Read = new LogReadOptions { Threads = threads, AssumedOffset = TimeSpan.Zero }, WithEvidence = false },
            hit => outcome.Add(hit.Rule.Header, hit.Event.Time.Utc, $"{hit.Event.File}:{hit.Event.Line}:{hit.Event.RecordId}"),
            hit => outcome.Add(hit.Correlation.Header, hit.Events[^1].Time, string.Join(',', hit.Group)));
        return outcome;
    }

    private void Add(Modus.Sigma.Rules.RuleHeader header, DateTime time, string place)
    {
        var name = $"{Path.GetFileName(Path.GetDirectoryName(header.File))}/{Path.GetFileName(header.File)}";
        Hits[name] = Hits.GetValueOrDefault(name) + 1;
        Alerts.Add((name, time, header.Level >= Modus.Sigma.Rules.RuleLevel.High));
        Lines.Add($"{name} {time:O} {place}");
        foreach (var tag in header.Tags.Where(tag => tag.Namespace == "attack" && tag.Value[0] == 't' && char.IsAsciiDigit(tag.Value[1]))) Techniques.Add(tag.Value.ToUpperInvariant());
    }
}
