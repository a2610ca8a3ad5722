using Modus.Sigma;
using Modus.Sigma.Conversion;
using Modus.Sigma.Rules;
using Xunit;

namespace Modus.Tests.Sigma.Conversion;

public sealed class RuleConverterTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Splunk => CaseTable.Read("convert-splunk.cases");

    public static IEnumerable<TheoryDataRow<string, string>> Kql => CaseTable.Read("convert-kql.cases");

    public static IEnumerable<TheoryDataRow<string, string>> Esql => CaseTable.Read("convert-esql.cases");

    public static IEnumerable<TheoryDataRow<string, string>> Lucene => CaseTable.Read("convert-lucene.cases");

    public static IEnumerable<TheoryDataRow<string, string>> ClickHouse => CaseTable.Read("convert-clickhouse.cases");

    public static IEnumerable<TheoryDataRow<string, string>> DuckDb => CaseTable.Read("convert-duckdb.cases");

    [Theory]
    [MemberData(nameof(Splunk))]
    public void Writes_Splunk(string rule, string expected) => Check(rule, expected, QueryTarget.Splunk, "");

    [Theory]
    [MemberData(nameof(Kql))]
    public void Writes_Kusto(string rule, string expected) => Check(rule, expected, QueryTarget.Kql, "events | where ");

    [Theory]
    [MemberData(nameof(Esql))]
    public void Writes_ESQL(string rule, string expected) => Check(rule, expected, QueryTarget.Esql, "FROM events | WHERE ");

    [Theory]
    [MemberData(nameof(Lucene))]
    public void Writes_Lucene(string rule, string expected) => Check(rule, expected, QueryTarget.Lucene, "");

    [Theory]
    [MemberData(nameof(ClickHouse))]
    public void Writes_ClickHouse(string rule, string expected) => Check(rule, expected, QueryTarget.ClickHouse, "SELECT * FROM `events` WHERE ");

    [Theory]
    [MemberData(nameof(DuckDb))]
    public void Writes_DuckDB(string rule, string expected) => Check(rule, expected, QueryTarget.DuckDb, "SELECT * FROM \"events\" WHERE ");

    [Theory]
    [InlineData(QueryTarget.Lucene)]
    [InlineData(QueryTarget.Esql)]
    public void Refuses_a_correlation_where_no_window_slides(QueryTarget target)
    {
        var set = RuleSet.Parse([("c.yml", Correlation("event_count", "gte: 5"))]);

        var result = RuleConverter.Convert(set, Assert.Single(set.Correlations), target);

        Assert.Null(result.Query);
        Assert.Contains("window", Assert.Single(result.Refusals), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("temporal_ordered", "gte: 2")]
    [InlineData("temporal", "lt: 1")]
    [InlineData("value_percentile", "field: Size, percentile: 90, gte: 1")]
    [InlineData("event_count", "lt: 5")]
    public void Refuses_a_correlation_that_one_query_cannot_say(string type, string condition)
    {
        var set = RuleSet.Parse([("c.yml", Correlation(type, condition))]);

        Assert.Null(RuleConverter.Convert(set, Assert.Single(set.Correlations), QueryTarget.Sqlite).Query);
    }

    [Fact]
    public void Writes_a_counting_correlation_for_Splunk() => Assert.Equal(
        "Kind=\"bad\"\n| eval modus_g0=lower(Host)\n| eval modus_v=lower(User)\n| sort 0 _time\n| streamstats time_window=300s dc(modus_v) AS measured by modus_g0\n| where measured>=5",
        Written("value_count", "field: User, gte: 5", QueryTarget.Splunk));

    [Fact]
    public void Writes_sums_for_Splunk() => Assert.Equal(
        "Kind=\"bad\"\n| eval modus_g0=lower(Host)\n| eval modus_v=tonumber('net.size')\n| sort 0 _time\n| streamstats time_window=300s sum(modus_v) AS measured by modus_g0\n| where measured>5",
        Written("value_sum", "field: net.size, gt: 5", QueryTarget.Splunk));

    [Fact]
    public void Writes_rules_seen_together_for_Splunk() => Assert.Equal(
        "*\n| where lower(Kind)=\"bad\" OR lower(Kind)=\"worse\"\n| eval modus_g0=lower(Host)\n| eval modus_r0=if(lower(Kind)=\"bad\", 1, 0)\n| eval modus_r1=if(lower(Kind)=\"worse\", 1, 0)\n| sort 0 _time\n| streamstats time_window=300s max(modus_r0) AS modus_m0 max(modus_r1) AS modus_m1 by modus_g0\n| eval measured=modus_m0+modus_m1\n| where measured>=2",
        Written("temporal", "gte: 2", QueryTarget.Splunk, "base, other"));

    [Theory]
    [InlineData("event_count", "gte: 5", "count()", "", "")]
    [InlineData("value_avg", "field: Size, gte: 5", "avgif(modus_v, isnotnull(modus_v))", ", modus_v = todouble(Size)", ", modus_v")]
    [InlineData("value_count", "field: User, gte: 5", "count_distinctif(modus_v, isnotempty(modus_v))", ", modus_v = iff(isnotempty(User), strcat_delim(\"\\u0001\", tolower(tostring(User))), \"\")", ", modus_v")]
    public void Writes_correlations_for_Kusto(string type, string condition, string measure, string column, string kept) => Assert.Equal(
        $"let base = materialize(events\n| where (Kind =~ @\"bad\") and isnotempty(Host) and isnotnull(['time'])\n| extend modus_g = strcat_delim(\"\\u0001\", tolower(tostring(Host))){column}\n| serialize modus_n = row_number());\n"
        + $"let held = base\n| project modus_n, modus_g, modus_e = ['time']\n| join kind=inner (base | project modus_g, modus_t = ['time']{kept}) on modus_g\n| where modus_t between (modus_e - 300s .. modus_e)\n| summarize measured = {measure} by modus_n\n| where measured >= 5;\nbase\n| join kind=inner held on modus_n",
        Written(type, condition, QueryTarget.Kql)?.Replace("= time", "= ['time']", StringComparison.Ordinal).Replace("isnotnull(time)", "isnotnull(['time'])", StringComparison.Ordinal));

    private static string? Written(string type, string condition, QueryTarget target, string rules = "base")
    {
        var set = RuleSet.Parse([("c.yml", Correlation(type, condition).Replace("rules: [base]", $"rules: [{rules}]", StringComparison.Ordinal)), ("o.yml", "title: O\nname: other\nlogsource: {product: p}\ndetection:\n    s: {Kind: worse}\n    condition: s\n")]);
        return RuleConverter.Convert(set, Assert.Single(set.Correlations), target).Query;
    }

    [Fact]
    public void Converts_most_of_the_published_rules_and_gives_a_reason_for_the_rest()
    {
        var set = RuleSet.Load([TestData.Need("sigma/rules/windows/process_creation")]);
        foreach (var target in RuleConverter.Targets.Values)
        {
            var results = set.Rules.Select(rule => RuleConverter.Convert(rule, target)).ToList();

            Assert.All(results, result => Assert.True(result.Query is null == result.Refusals.Length > 0));
            Assert.True(results.Count(result => result.Query is not null) > results.Count * 8 / 10, $"{target}: {results.Count(result => result.Query is null)} of {results.Count} refused");
        }
    }

    private static string Correlation(string type, string condition) =>
        $"title: C\nid: 1c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6\ncorrelation:\n    type: {type}\n    rules: [base]\n    group-by: [Host]\n    timespan: 5m\n    condition: {{{condition}}}\n---\n"
        + "title: B\nname: base\nlogsource: {product: p}\ndetection:\n    s: {Kind: bad}\n    condition: s\n";

    private static void Check(string written, string expected, QueryTarget target, string start)
    {
        var parts = written.Split(" | ");
        var yaml = $"title: T\nlogsource: {{product: p}}\ndetection:\n{string.Concat(parts.Skip(1).Select(part => $"    {part}\n"))}    condition: {parts[0]}\n";
        var problems = new List<Problem>();
        var rule = RuleCompiler.Compile(Assert.IsType<SigmaRule>(Assert.Single(RuleParser.Parse(yaml, "t.yml").Documents)), new(), problems);
        Assert.Empty(problems);

        var result = RuleConverter.Convert(rule!, target);

        if (expected.StartsWith("refused: ", StringComparison.Ordinal))
        {
            Assert.Null(result.Query);
            Assert.Contains(expected["refused: ".Length..], string.Join(' ', result.Refusals), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(start + expected, result.Query?.Replace('\n', ' '));
    }
}
