using Modus.Sigma;
using Modus.Tests.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Filters;

public sealed class FilterTests
{
    private const string Rules = """
        title: One
        id: 11111111-1111-4111-8111-111111111111
        logsource: {product: windows, category: process_creation}
        detection: {s: {Image: x}, condition: s}
        ---
        title: Two
        name: two
        logsource: {product: windows, category: process_creation}
        detection: {s: {Image: x}, condition: s}
        ---
        title: Other source
        id: 33333333-3333-4333-8333-333333333333
        logsource: {product: windows, category: file_event}
        detection: {s: {Image: x}, condition: s}
        """;

    [Theory]
    [InlineData("rules: [11111111-1111-4111-8111-111111111111]", "condition: sel", "1")]
    [InlineData("rules: [11111111-1111-4111-8111-111111111111]", "condition: not sel", "1")]
    [InlineData("rules: two", "condition: sel", "0")]
    [InlineData("rules: any", "condition: sel", "")]
    [InlineData("rules: any", "condition: not sel and not other", "")]
    [InlineData("rules: any", "condition: sel and not other", "")]
    [InlineData("rules: any", "condition: sel and other", "0,1")]
    [InlineData("rules: any", "condition: not (sel and other)", "0,1")]
    public void A_filter_takes_events_away_from_the_rules_it_names(string names, string condition, string left)
    {
        var set = Load($"{{{names}, sel: {{User|startswith: adm_}}, other: {{User: nobody}}, {condition}}}");
        Assert.Empty(set.Problems.Where(problem => problem.Code != "MD2010"));

        var matched = EventText.Match(set.Rules, EventText.Process("\"Image\":\"x\",\"User\":\"bob\"") + "\n" + EventText.Process("\"Image\":\"x\",\"User\":\"ADM_bob\"") + "\n" + EventText.Process("\"Image\":\"x\""));

        Assert.Equal([0, 1], matched[0]);
        Assert.Equal(left, string.Join(',', matched[1]));
        Assert.Equal([0, 1], matched[2]);
    }

    [Fact]
    public void A_selection_that_is_itself_negative_still_names_what_goes()
    {
        var set = Load("{rules: any, sel: {User|neq: bob}, condition: sel}");
        var matched = EventText.Match(set.Rules, EventText.Process("\"Image\":\"x\",\"User\":\"bob\"") + "\n" + EventText.Process("\"Image\":\"x\",\"User\":\"eve\""));
        Assert.Equal([0, 1], matched[0]);
        Assert.Empty(matched[1]);
    }

    [Fact]
    public void A_filter_of_another_log_source_touches_nothing_and_says_so()
    {
        var set = Load("{rules: [33333333-3333-4333-8333-333333333333], sel: {User: x}, condition: sel}");
        Assert.Contains(set.Problems, problem => problem.Code == "MD2056");
        Assert.All(set.Rules, rule => Assert.Empty(rule.Filters));
    }

    [Fact]
    public void A_filter_for_no_known_rule_says_so()
    {
        var set = Load("{rules: [missing], sel: {User: x}, condition: sel}");
        Assert.Contains(set.Problems, problem => problem.Code == "MD2055");
    }

    [Fact]
    public void Used_and_refused_documents_add_up()
    {
        var set = Load("{rules: any, sel: {User|wrong: x}, condition: sel}");
        Assert.Equal(new RuleSetCounts(Given: 4, Rules: 3, Correlations: 0, Filters: 0, Refused: 1, Files: 2), set.Counts);
    }

    private static RuleSet Load(string filter) => RuleSet.Parse(
        [("rules.yml", Rules), ("filter.yml", $"title: F\nlogsource: {{product: windows, category: process_creation}}\nfilter: {filter}\n")]);
}
