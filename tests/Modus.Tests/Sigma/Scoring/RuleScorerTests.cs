using Modus.Sigma;
using Modus.Sigma.Rules;
using Modus.Sigma.Scoring;
using Xunit;

namespace Modus.Tests.Sigma.Scoring;

public sealed class RuleScorerTests
{
    [Theory]
    [InlineData("Hashes|contains: 'SHA1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'", Robustness.Ephemeral)]
    [InlineData("DestinationIp: '203.0.113.7'", Robustness.Ephemeral)]
    [InlineData("DestinationHostname|endswith: '.example.com'", Robustness.Ephemeral)]
    [InlineData("Image|endswith: '\\evil123.exe'", Robustness.Ephemeral)]
    [InlineData("CommandLine|contains: 'http://203.0.113.7/a'", Robustness.Ephemeral)]
    [InlineData("OriginalFileName: 'evil.exe'", Robustness.BroughtTool)]
    [InlineData("CommandLine|contains: 'Invoke-Mimikatz'", Robustness.BroughtTool)]
    [InlineData("Image|endswith: '\\vssadmin.exe'", Robustness.SystemTool)]
    [InlineData("OriginalFileName: 'VSSADMIN.EXE'", Robustness.SystemTool)]
    [InlineData("CommandLine|contains: ' delete shadows'", Robustness.SystemTool)]
    [InlineData("TargetObject|contains: '\\CurrentVersion\\Run'", Robustness.Implementation)]
    [InlineData("GrantedAccess: '0x1410'", Robustness.Implementation)]
    [InlineData("TargetFilename|endswith: '\\ntds.dit'", Robustness.Implementation)]
    [InlineData("eventName: 'StopLogging'", Robustness.Core)]
    [InlineData("User|contains: 'SYSTEM'", Robustness.None)]
    [InlineData("ParentImage: null", Robustness.None)]
    [InlineData("EventID: 1102", Robustness.Implementation)]
    public void Grades_a_predicate_by_what_must_be_changed_to_escape_it(string item, Robustness level) =>
        Assert.Equal(level, Score($"selection:\n        {item}\n    condition: selection").Level);

    [Fact]
    public void Takes_the_least_of_what_must_all_be_there_and_the_greatest_of_what_may_be_there()
    {
        var both = Score("selection:\n        Image|endswith: '\\vssadmin.exe'\n        DestinationIp: '203.0.113.7'\n    condition: selection");
        var either = Score("a:\n        Image|endswith: '\\vssadmin.exe'\n    b:\n        DestinationIp: '203.0.113.7'\n    condition: a or b");

        Assert.Equal(Robustness.Ephemeral, both.Level);
        Assert.Equal("DestinationIp", both.Weakest!.Field);
        Assert.Equal(Robustness.SystemTool, either.Level);
    }

    [Fact]
    public void Tells_filters_apart_from_what_is_looked_for()
    {
        var score = Score("a:\n        GrantedAccess: '0x1410'\n    filter:\n        SourceImage|endswith: '\\agent7.exe'\n    condition: a and not filter");

        Assert.Equal(Robustness.Implementation, score.Level);
        Assert.Equal(Robustness.Ephemeral, score.FilterLevel);
        Assert.Contains(score.Grades, grade => grade is { IsFilter: true, Field: "SourceImage" });
    }

    [Fact]
    public void Lets_the_level_that_the_author_states_win()
    {
        var score = Score("selection:\n        Image|endswith: '\\x77.exe'\n    condition: selection", "tags: [stp.4k]");

        Assert.Equal(Robustness.Ephemeral, score.Level);
        Assert.Equal(Robustness.Implementation, score.Effective);
        Assert.False(score.DependsOnIndicators);
    }

    [Fact]
    public void Takes_indicators_out_of_a_rule_with_the_day_they_go_stale()
    {
        var score = Score(
            """
            selection:
                    Hashes|contains: 'MD5=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
                    DestinationIp|cidr: 203.0.113.0/24
                    QueryName|endswith: '.bad-host.xyz'
                filter:
                    DestinationIp: '198.51.100.1'
                condition: selection and not filter
            """,
            "date: 2026-01-01");

        Assert.Equal(
            [
                new(IndicatorKind.Hash, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", new(2026, 1, 1), new(2027, 1, 1), score.Header.Key),
                new(IndicatorKind.Address, "203.0.113.0/24", new(2026, 1, 1), new(2026, 1, 31), score.Header.Key),
                new(IndicatorKind.Domain, "bad-host.xyz", new(2026, 1, 1), new(2026, 4, 1), score.Header.Key),
            ],
            score.Indicators.AsEnumerable());
    }

    [Theory]
    [InlineData("c:\\windows\\system32\\cmd.exe /c net.exe use 10.0.0.4 setup.dll")]
    [InlineData("version 10.0.19041.1 of 127.0.0.1")]
    [InlineData("System.Management.Automation powershell.exe -enc AAAA")]
    public void Sees_no_indicator_in_ordinary_text(string text) => Assert.Empty(Indicators.In(text, null, ""));

    [Fact]
    public void Sums_a_set_up_with_its_share_of_indicators()
    {
        var set = RuleSetScore.Of(
        [
            Score("s:\n        DestinationIp: '203.0.113.7'\n    condition: s"),
            Score("s:\n        GrantedAccess: '0x1410'\n    condition: s"),
            Score("s:\n        eventName: 'x'\n    condition: s"),
            Score("s:\n        User: 'x'\n    condition: s"),
        ]);

        Assert.Equal([1, 1, 0, 0, 1, 1], set.ByLevel.AsEnumerable());
        Assert.Equal(1 / 3.0, set.IndicatorShare, 9);
        Assert.Equal(10 / 3.0, set.Mean, 9);
    }

    [Fact]
    public void Finds_our_own_rules_independent_of_indicators()
    {
        var scores = Directory.GetFiles(Path.Combine(TestData.Root, "rules"), "*.yml", SearchOption.AllDirectories)
            .SelectMany(file => RuleParser.Parse(File.ReadAllText(file), file).Documents.OfType<SigmaRule>())
            .Select(rule => RuleScorer.Score(RuleCompiler.Compile(rule, new(), new List<Problem>())!)).ToList();

        Assert.True(scores.Count >= 60);
        Assert.DoesNotContain(scores, score => score.DependsOnIndicators);
    }

    private static RuleScore Score(string detection, string header = "status: test")
    {
        var text = $"title: T\nid: 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6\n{header}\nlogsource:\n    product: windows\n    category: process_creation\ndetection:\n    {detection}\n";
        var parsed = RuleParser.Parse(text, "t.yml");
        var problems = new List<Problem>(parsed.Problems);
        var rule = RuleCompiler.Compile(Assert.IsType<SigmaRule>(Assert.Single(parsed.Documents)), new(), problems);
        Assert.DoesNotContain(problems, problem => problem.Severity == ProblemSeverity.Error);
        return RuleScorer.Score(rule!);
    }
}
