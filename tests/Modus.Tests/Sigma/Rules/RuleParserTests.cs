using Modus.Sigma;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;
using Xunit;

namespace Modus.Tests.Sigma.Rules;

public sealed class RuleParserTests
{
    private const string Simple = """
        title: Odd shell
        id: 7F2B6C1E-1111-4222-8333-444455556666
        status: test
        level: high
        author: A, B
        date: 2026-01-02
        tags:
            - attack.t1059.001
        logsource:
            product: windows
            category: process_creation
        detection:
            selection:
                Image|endswith:
                    - '\cmd.exe'
                    - 7
                User: null
            words:
                - one
                - two
            condition: selection or words
        """;

    [Fact]
    public void A_rule_keeps_what_it_states()
    {
        var rule = Assert.IsType<SigmaRule>(Assert.Single(RuleParser.Parse(Simple, "r.yml").Documents));

        Assert.Equal("7f2b6c1e-1111-4222-8333-444455556666", rule.Header.Id);
        Assert.Equal((RuleStatus.Test, RuleLevel.High), (rule.Header.Status, rule.Header.Level));
        Assert.Equal(new DateOnly(2026, 1, 2), rule.Header.Date);
        Assert.Equal("windows/process_creation/*", rule.LogSource.ToString());
        Assert.Equal(("attack", "t1059.001"), (rule.Header.Tags[0].Namespace, rule.Header.Tags[0].Value));
        Assert.Equal("selection or words", Assert.Single(rule.Conditions).Text);
    }

    [Fact]
    public void Values_keep_their_kind_and_place()
    {
        var rule = (SigmaRule)RuleParser.Parse(Simple, "r.yml").Documents[0];
        var map = Assert.IsType<AllOfItems>(rule.Selections[0].Body);
        var image = Assert.IsType<FieldItem>(map.Items[0]);
        var user = Assert.IsType<FieldItem>(map.Items[1]);
        var words = Assert.IsType<FieldItem>(rule.Selections[1].Body);

        Assert.Equal("Image", image.Field);
        Assert.Equal(["endswith"], image.Modifiers);
        Assert.Equal([RuleValueKind.Text, RuleValueKind.Number], image.Values.Select(value => value.Kind));
        Assert.Equal(new SourcePosition(15, 15), image.Values[0].Position);
        Assert.Equal(RuleValueKind.Null, user.Values[0].Kind);
        Assert.Null(words.Field);
        Assert.Equal(["one", "two"], words.Values.Select(value => value.Text));
    }

    [Theory]
    [InlineData("title: x\ndetection: {s: {a: 1}, condition: s}", "MD2020")]
    [InlineData("title: x\nlogsource: {product: windows}", "MD2030")]
    [InlineData("title: x\nlogsource: {product: windows}\ndetection: {s: {a: 1}}", "MD2032")]
    [InlineData("title: x\nlogsource: {product: windows}\ndetection: {s: {a: {b: 1}}, condition: s}", "MD2031")]
    [InlineData("title: x\nlogsource: {product: windows}\ndetection: {s: {a: 1}, condition: s, timeframe: 5m}", "MD2034")]
    [InlineData("title: x\nlogsource: {product: windows}\ndetection: {s: {a: 1, a: 2}, condition: s}", "MD2003")]
    [InlineData("- a\n- b", "MD2005")]
    [InlineData("title: x\ncorrelation: {type: odd, rules: [a], timespan: 5m, condition: {gte: 1}}", "MD2041")]
    [InlineData("title: x\ncorrelation: {type: event_count, rules: [a], timespan: five, condition: {gte: 1}}", "MD2043")]
    [InlineData("title: x\ncorrelation: {type: event_count, rules: [a], timespan: 5m}", "MD2044")]
    [InlineData("title: x\ncorrelation: {type: value_sum, rules: [a], timespan: 5m, condition: {gte: 1}}", "MD2044")]
    [InlineData("title: x\nlogsource: {product: windows}\nfilter: {s: {a: 1}, condition: s}", "MD2051")]
    public void What_cannot_be_used_is_refused_with_a_code(string text, string code)
    {
        var parsed = RuleParser.Parse(text, "r.yml");

        Assert.Empty(parsed.Documents);
        Assert.Equal(1, parsed.Given);
        Assert.Contains(parsed.Problems, problem => problem.Code == code && problem.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public void A_correlation_keeps_its_groups_bounds_and_aliases()
    {
        var text = """
            title: Many
            name: many
            correlation:
                type: value_count
                rules: [one, two]
                group-by: [user]
                timespan: 2h
                aliases:
                    user: {one: UserName, two: TargetUser}
                condition: {field: host, gte: 3, lt: 10}
            generate: true
            """;
        var correlation = Assert.IsType<SigmaCorrelation>(Assert.Single(RuleParser.Parse(text, "c.yml").Documents));

        Assert.Equal(CorrelationType.ValueCount, correlation.Type);
        Assert.Equal(TimeSpan.FromHours(2), correlation.Timespan);
        Assert.Equal([(Comparison.Gte, 3m), (Comparison.Lt, 10m)], correlation.Bounds.Select(bound => (bound.Comparison, bound.Value)));
        Assert.Equal("TargetUser", correlation.Aliases[0].Fields[1].Field);
        Assert.True(correlation.Generate);
    }

    [Fact]
    public void Old_global_parts_are_laid_under_the_rules_after_them()
    {
        var text = """
            action: global
            title: Shared
            level: low
            logsource: {product: windows}
            detection: {condition: selection}
            ---
            detection: {selection: {EventID: 1}}
            ---
            level: high
            detection: {selection: {EventID: 2}}
            ---
            action: reset
            ---
            title: Alone
            logsource: {product: linux}
            detection: {s: {a: 1}, condition: s}
            """;
        var parsed = RuleParser.Parse(text, "g.yml");

        Assert.Equal(["Shared", "Shared", "Alone"], parsed.Documents.Select(document => document.Header.Title));
        Assert.Equal([RuleLevel.Low, RuleLevel.High, RuleLevel.Unstated], parsed.Documents.Select(document => document.Header.Level));
        Assert.Equal(3, parsed.Given);
        Assert.Contains(parsed.Problems, problem => problem.Code == "MD2006" && problem.Severity == ProblemSeverity.Warning);
    }

    [Fact]
    public void All_rules_of_SigmaHQ_are_read_or_refused_with_a_reason()
    {
        var folder = TestData.Need("sigma");
        var unread = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Where(file => !file.Contains("regression_data", StringComparison.Ordinal)))
        {
            var parsed = RuleParser.Parse(File.ReadAllText(file), file);
            var refused = parsed.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
            if (parsed.Documents.Length != parsed.Given && refused == 0) unread.Add(file);
            if (refused > 0 && !file.Contains("/unsupported/", StringComparison.Ordinal) && !file.Contains("/deprecated/", StringComparison.Ordinal)) unread.Add($"{file}: {parsed.Problems[0]}");
        }

        Assert.Empty(unread);
    }
}
