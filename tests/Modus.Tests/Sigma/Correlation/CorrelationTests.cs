using System.Globalization;
using Modus.Sigma;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;
using Modus.Tests.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Correlation;

public sealed class CorrelationTests
{
    private static readonly DateTime start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static string Base(int rules) => string.Join("\n---\n", Enumerable.Range(0, rules).Select(rule =>
        $"title: R{rule}\nname: r{rule}\nlogsource: {{product: windows, category: process_creation}}\ndetection: {{s: {{Image: r{rule}}}, condition: s}}"));

    private static string Line(StreamEvent item) => EventText.Process(
        $"\"UtcTime\":\"{start.AddSeconds(item.Second).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)}\",\"Image\":\"r{item.Rule}\",\"User\":\"{item.User}\",\"Host\":\"{item.Host}\""
        + (item.Size is null ? "" : $",\"Size\":\"{item.Size.Value.ToString(CultureInfo.InvariantCulture)}\""));

    public static TheoryData<string, string, int> Types => new()
    {
        { "event_count", "{gte: 3}", 2 }, { "event_count", "{gt: 2, lte: 4}", 2 }, { "event_count", "{eq: 2}", 1 }, { "event_count", "{lt: 3}", 2 }, { "event_count", "{neq: 2}", 2 },
        { "value_count", "{field: Host, gte: 3}", 2 }, { "value_count", "{field: Host, eq: 1}", 2 },
        { "temporal", "", 3 }, { "temporal", "{gte: 2}", 3 },
        { "temporal_ordered", "", 3 }, { "temporal_ordered", "{gte: 2}", 3 },
        { "value_sum", "{field: Size, gt: 20}", 2 }, { "value_avg", "{field: Size, gte: 6}", 2 }, { "value_median", "{field: Size, lt: 4}", 2 },
        { "value_percentile", "{field: Size, percentile: 90, gte: 8}", 2 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Windows_slide_as_in_the_slow_model(string type, string condition, int rules)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            var events = Enumerable.Range(0, 120).Select(_ => new StreamEvent(
                random.Next(0, 300), random.Next(0, rules + 1), "u" + random.Next(0, 2), random.Next(0, 2) == 0 ? "A" + random.Next(0, 3) : "a" + random.Next(0, 3),
                random.Next(0, 5) == 0 ? null : random.Next(0, 11))).ToList();
            var names = string.Join(", ", Enumerable.Range(0, rules).Select(rule => "r" + rule));
            var text = $"title: C\nname: c\ncorrelation: {{type: {type}, rules: [{names}], group-by: [User], timespan: 20s{(condition.Length == 0 ? "" : $", condition: {condition}")}}}";
            var set = RuleSet.Parse([("r.yml", Base(rules + 1)), ("c.yml", text)]);
            var correlation = Assert.Single(set.Correlations);
            var bounds = correlation.Rule.Bounds.IsEmpty ? [new(Comparison.Gte, rules, default)] : correlation.Rule.Bounds;

            var hits = Run(set, events);
            var instants = CorrelationModel.Instants(events, correlation.Rule.Type, rules, 20, correlation.Rule.Percentile ?? 0, bounds, item => item.User);

            // Every moment of the model lies in a hit of its group, every hit starts and ends as the model says.
            foreach (var group in new[] { "u0", "u1" })
            {
                var expected = instants.Where(instant => instant.Group == group).Select(instant => start.AddSeconds(events[instant.Place].Second)).ToList();
                var found = hits.Where(hit => hit.Group.Single() == group).ToList();
                Assert.Equal(expected.Count > 0, found.Count > 0);
                Assert.All(expected, moment => Assert.Contains(found, hit => hit.First <= moment && moment <= hit.Last));
                Assert.All(found, hit => Assert.Contains(hit.Last, expected));
                Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.Last <= pair.Second.First));
            }
        }
    }

    [Fact]
    public void Both_ends_of_the_window_belong_to_it()
    {
        const string rule = "title: C\ncorrelation: {type: event_count, rules: [r0], group-by: [User], timespan: 10s, condition: {gte: 2}}";
        Assert.Single(Hits(rule, 1, At(0), At(10)));
        Assert.Empty(Hits(rule, 1, At(0), At(11)));
    }

    [Fact]
    public void Overlapping_windows_are_one_hit_and_apart_ones_two()
    {
        const string rule = "title: C\ncorrelation: {type: event_count, rules: [r0], group-by: [User], timespan: 10s, condition: {gte: 2}}";
        var hits = Hits(rule, 1, At(0), At(8), At(16), At(100), At(105));
        Assert.Equal([(0, 16), (100, 105)], hits.Select(hit => (Seconds(hit.First), Seconds(hit.Last))));
        Assert.Equal([2, 2], hits.Select(hit => hit.Events.Length));
    }

    [Fact]
    public void Order_counts_for_all_rules_not_only_for_the_first()
    {
        const string rule = "title: C\ncorrelation: {type: temporal_ordered, rules: [r0, r1, r2], group-by: [User], timespan: 1m}";
        Assert.Single(Hits(rule, 3, At(0, 0), At(1, 1), At(2, 2)));
        Assert.Empty(Hits(rule, 3, At(0, 0), At(1, 2), At(2, 1)));
        Assert.Empty(Hits(rule, 3, At(0, 1), At(1, 0), At(2, 2)));
    }

    [Fact]
    public void At_equal_times_the_order_of_the_log_decides()
    {
        const string rule = "title: C\ncorrelation: {type: temporal_ordered, rules: [r0, r1], group-by: [User], timespan: 1m}";
        Assert.Single(Hits(rule, 2, At(5, 0), At(5, 1)));
        Assert.Empty(Hits(rule, 2, At(5, 1), At(5, 0)));
    }

    [Fact]
    public void Late_events_are_put_in_their_place()
    {
        const string rule = "title: C\ncorrelation: {type: temporal_ordered, rules: [r0, r1], group-by: [User], timespan: 1m}";
        Assert.Single(Hits(rule, 2, At(9, 1), At(5, 0)));
    }

    [Fact]
    public void One_event_of_two_rules_counts_once_and_cannot_follow_itself()
    {
        var both = Base(1) + "\n---\ntitle: Same\nname: same\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {Image: r0}, condition: s}";
        List<CorrelationHit> Both(string correlation) => Run(RuleSet.Parse([("r.yml", both), ("c.yml", correlation)]), [At(1)]);

        Assert.Single(Both("title: C\ncorrelation: {type: temporal, rules: [r0, same], group-by: [User], timespan: 1m}"));
        Assert.Empty(Both("title: C\ncorrelation: {type: temporal_ordered, rules: [r0, same], group-by: [User], timespan: 1m}"));
        Assert.Empty(Both("title: C\ncorrelation: {type: event_count, rules: [r0, same], group-by: [User], timespan: 1m, condition: {gte: 2}}"));
    }

    [Fact]
    public void An_event_without_the_group_field_takes_no_part_and_is_counted()
    {
        var set = RuleSet.Parse([("r.yml", Base(1)), ("c.yml", "title: C\ncorrelation: {type: event_count, rules: [r0], group-by: [Missing], timespan: 1m, condition: {gte: 1}}")]);
        HuntReport? report = null;
        Assert.Empty(Run(set, [At(1), At(2)], made => report = made));
        Assert.Equal(2, report!.Uncorrelated.Single().Value);
    }

    [Fact]
    public void Aliases_join_fields_of_different_names()
    {
        const string rule = "title: C\ncorrelation: {type: temporal, rules: [r0, r1], group-by: [who], timespan: 1m, aliases: {who: {r0: User, r1: Host}}}";
        Assert.Single(Hits(rule, 2, new(0, 0, "eve", "x", null), new(1, 1, "y", "EVE", null)));
        Assert.Empty(Hits(rule, 2, new(0, 0, "eve", "x", null), new(1, 1, "eve", "y", null)));
    }

    [Fact]
    public void A_chain_sees_the_moments_of_the_inner_correlation()
    {
        const string rules = """
            title: Many
            name: many
            correlation: {type: event_count, rules: [r0], group-by: [User, Host], timespan: 10s, condition: {gte: 3}}
            ---
            title: Then
            correlation: {type: temporal_ordered, rules: [many, r1], group-by: [User], timespan: 1m}
            """;
        var then = Hits(rules, 2, At(0), At(1), At(2), At(5, 1));
        Assert.Equal("Then", Assert.Single(then).Correlation.Header.Title);
        Assert.Empty(Hits(rules, 2, At(0), At(1), At(5, 1)));
        Assert.Empty(Hits(rules, 2, At(0, 1), At(1), At(2), At(3)));
    }

    [Fact]
    public void Rules_of_a_correlation_report_their_own_hits_only_when_asked()
    {
        const string rule = "title: C\ncorrelation: {type: event_count, rules: [r0], group-by: [User], timespan: 10s, condition: {gte: 9}}";
        Assert.False(Load(rule, 1).Rules[0].IsReported);
        Assert.True(Load(rule + "\ngenerate: true", 1).Rules[0].IsReported);
        Assert.True(Load(rule, 2).Rules[1].IsReported);
    }

    [Fact]
    public void References_that_lead_nowhere_or_in_a_circle_are_refused()
    {
        var set = RuleSet.Parse([("c.yml", """
            title: A
            name: a
            correlation: {type: temporal, rules: [b], group-by: [x], timespan: 1m}
            ---
            title: B
            name: b
            correlation: {type: temporal, rules: [a], group-by: [x], timespan: 1m}
            ---
            title: C
            correlation: {type: temporal, rules: [nothing], group-by: [x], timespan: 1m}
            """)]);
        Assert.Empty(set.Correlations);
        Assert.Equal(["MD2048", "MD2049", "MD2049"], set.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Code).Order());
        Assert.Equal((3, 3), (set.Counts.Given, set.Counts.Refused));
    }

    private static StreamEvent At(int second, int rule = 0) => new(second, rule, "u", "h", null);

    private static int Seconds(DateTime time) => (int)(time - start).TotalSeconds;

    private static RuleSet Load(string correlation, int rules) => RuleSet.Parse([("r.yml", Base(rules)), ("c.yml", correlation)]);

    private static List<CorrelationHit> Hits(string correlation, int rules, params StreamEvent[] events) => Run(Load(correlation, rules), events);

    private static List<CorrelationHit> Run(RuleSet set, IReadOnlyList<StreamEvent> events, Action<HuntReport>? onReport = null)
    {
        Assert.Empty(set.Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, string.Join("\n", events.Select(Line)));
            var hits = new List<CorrelationHit>();
            var report = Hunt.Run(set, [file], new(), _ => { }, hits.Add);
            Assert.Equal(events.Count, report.Events);
            onReport?.Invoke(report);
            return hits;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
