using Modus.Sigma;
using Modus.Sigma.Fixtures;
using Xunit;

namespace Modus.Tests.Sigma.Fixtures;

public sealed class FixtureRunnerTests
{
    private const string Id = "0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6";

    private const string Rule = $$"""
        title: T
        id: {{Id}}
        logsource:
            product: windows
            category: process_creation
        detection:
            selection:
                CommandLine|contains: 'delete shadows'
            filter:
                Image|endswith: '\backup.exe'
            condition: selection and not filter
        """;

    [Fact]
    public void Passes_a_rule_that_does_what_its_cases_ask()
    {
        var results = Run(Rule, [Event("vssadmin.exe", "x delete shadows")], [Event("backup.exe", "x delete shadows"), Event("cmd.exe", "dir")]);

        Assert.All(results, result => Assert.True(result.Passed, result.Why));
        Assert.Equal([1, 0, 0], results.Select(result => result.Matches));
    }

    [Fact]
    public void Says_what_was_not_true_when_a_case_should_have_matched()
    {
        var result = Assert.Single(Run(Rule, [Event("backup.exe", "x delete shadows")], []));

        Assert.False(result.Passed);
        Assert.Contains("not Image = '*\\\\backup.exe'", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_matched_when_a_case_should_not_have()
    {
        var result = Assert.Single(Run(Rule, [], [Event("cmd.exe", "x delete shadows")]));

        Assert.False(result.Passed);
        Assert.Contains("CommandLine = '*delete shadows*'", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_an_event_is_of_another_log_source()
    {
        var result = Assert.Single(Run(Rule, ["""{"Event":{"System":{"EventID":1102,"Channel":"Security","Provider":{"#attributes":{"Name":"x"}}}}}"""], []));

        Assert.False(result.Passed);
        Assert.Contains("windows/process_creation/*", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_a_correlation_over_the_events_of_a_case()
    {
        const string correlation = $$"""
            title: Many
            id: {{Id}}
            correlation:
                type: event_count
                rules: [base]
                group-by: [Computer]
                timespan: 1m
                condition: {gte: 3}
            level: high
            ---
            title: Base
            id: 1c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6
            name: base
            logsource: {product: windows, service: security}
            detection:
                selection: {EventID: 4625}
                condition: selection
            """;

        var near = string.Join(',', Enumerable.Range(0, 3).Select(at => Failure(at * 20)));
        var far = string.Join(',', Enumerable.Range(0, 3).Select(at => Failure(at * 40)));
        var fixtures = Read($$"""{"rule": "{{Id}}", "must_match": [{"says": "near", "events": [{{near}}]}], "must_not_match": [{"says": "far", "events": [{{far}}]}]}""");

        Assert.All(FixtureRunner.Run(RuleSet.Parse([("c.yml", correlation)]), fixtures), result => Assert.True(result.Passed, $"{result.Case.Says}: {result.Why}"));
    }

    [Fact]
    public void Fails_every_case_of_a_rule_that_is_not_there()
    {
        var results = FixtureRunner.Run(RuleSet.Parse([]), Read($$"""{"rule": "{{Id}}", "must_match": [{"events": [{}]}]}"""));

        Assert.False(Assert.Single(results).Passed);
    }

    [Theory]
    [InlineData("[1", "MD2500")]
    [InlineData("{}", "MD2500")]
    [InlineData("{\"rule\": \"r\", \"must_match\": {}}", "MD2501")]
    [InlineData("{\"rule\": \"r\", \"must_match\": [{\"events\": []}]}", "MD2501")]
    [InlineData("{\"rule\": \"r\", \"must_match\": [{\"events\": [{}, \"text\"]}]}", "MD2501")]
    [InlineData("{\"rule\": \"r\", \"must_match\": [{\"events\": [7]}]}", "MD2501")]
    public void Reports_a_fixture_file_that_is_malformed(string json, string code)
    {
        var problems = new List<Problem>();

        FixtureReader.Read(json, "x.json", problems);

        Assert.Equal(code, Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("rules/a.yml", "rules/a.fixtures.json")]
    [InlineData("rules.d/a", "rules.d/a.fixtures.json")]
    public void Lies_beside_the_rule(string rule, string fixtures) => Assert.Equal(fixtures, FixtureSet.NameFor(rule));

    private static string Event(string image, string command) =>
        """{"Event":{"System":{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Provider":{"#attributes":{"Name":"x"}}},"EventData":{"Image":"C:\\x\\IMAGE","CommandLine":"COMMAND"}}}"""
            .Replace("IMAGE", image, StringComparison.Ordinal).Replace("COMMAND", command, StringComparison.Ordinal);

    private static string Failure(int second) =>
        """{"Event":{"System":{"EventID":4625,"Channel":"Security","Provider":{"#attributes":{"Name":"x"}},"TimeCreated":{"#attributes":{"SystemTime":"TIME"}},"Computer":"A"}}}"""
            .Replace("TIME", $"2026-01-01T00:0{second / 60}:{second % 60:00}Z", StringComparison.Ordinal);

    private static FixtureSet Read(string json)
    {
        var problems = new List<Problem>();
        var fixtures = FixtureReader.Read(json, "x.json", problems);
        Assert.Empty(problems);
        return fixtures!;
    }

    private static IEnumerable<FixtureResult> Run(string rule, string[] must, string[] mustNot)
    {
        static string Cases(string[] events) => string.Join(',', events.Select(one => $"{{\"says\": \"case\", \"events\": [{one}]}}"));
        var fixtures = Read($$"""{"rule": "{{Id}}", "must_match": [{{Cases(must)}}], "must_not_match": [{{Cases(mustNot)}}]}""");
        return FixtureRunner.Run(RuleSet.Parse([("a.yml", rule)]), fixtures);
    }
}
