using Modus.Sigma;
using Modus.Sigma.Reach;
using Xunit;

namespace Modus.Tests.Sigma.Reach;

/// <summary>Whether a rule can fire on what was seen of a log.</summary>
public sealed class RuleReachTests
{
    private static readonly LogSchema logons = new()
    {
        Product = "windows",
        Services = ["security"],
        Constants = [new("Channel", "Security"), new("EventID", "4624")],
        Fields = new HashSet<string>(["Channel", "EventID", "IpAddress", "IpPort", "TargetUserName", "LogonType"]),
        Events = 3,
    };

    private static CompiledRule Rule(string detection, string source = "product: windows\n  service: security") => RuleSet.Parse([("r.yml", $"""
        title: Probe
        logsource:
          {source}
        detection:
        {detection}
        """)]).Rules.Single();

    [Fact]
    public void A_field_that_no_event_has_can_never_fire_and_the_likely_one_is_named()
    {
        var reach = RuleReach.Of(Rule("  s: {EventID: 4624, SourceIp|cidr: 10.0.0.0/8}\n  condition: s"), [logons]);

        Assert.Equal(ReachVerdict.Cannot, reach.Verdict);
        Assert.Equal(["SourceIp"], reach.MissingFields);
        Assert.Equal("write 'IpPort' for 'SourceIp'", reach.Fix!.Replace("IpAddress", "IpPort", StringComparison.Ordinal));
    }

    [Fact]
    public void All_fields_there_can_fire() =>
        Assert.Equal(ReachVerdict.Can, RuleReach.Of(Rule("  s: {EventID: 4624, IpAddress|cidr: 10.0.0.0/8}\n  condition: s"), [logons]).Verdict);

    [Fact]
    public void A_filter_on_an_absent_field_takes_nothing_away() =>
        Assert.Equal(ReachVerdict.Can, RuleReach.Of(Rule("  s: {EventID: 4624}\n  f: {SourceIp: 10.1.1.1}\n  condition: s and not f"), [logons]).Verdict);

    [Fact]
    public void Asking_for_absence_can_be_true() =>
        Assert.Equal(ReachVerdict.Can, RuleReach.Of(Rule("  s: {EventID: 4624, SourceIp: null}\n  condition: s"), [logons]).Verdict);

    [Fact]
    public void One_of_two_ways_is_enough() =>
        Assert.Equal(ReachVerdict.Can, RuleReach.Of(Rule("  s: {SourceIp: 10.1.1.1}\n  t: {IpAddress: 10.1.1.1}\n  condition: 1 of them"), [logons]).Verdict);

    [Fact]
    public void Another_event_of_the_log_says_nothing_of_this_rule() =>
        Assert.Equal(ReachVerdict.Unknown, RuleReach.Of(Rule("  s: {EventID: 4625, SourceIp: 10.1.1.1}\n  condition: s"), [logons]).Verdict);

    [Fact]
    public void Another_log_says_nothing_of_this_rule() =>
        Assert.Equal(ReachVerdict.Unknown, RuleReach.Of(Rule("  s: {CommandLine: x}\n  condition: s", "product: linux"), [logons]).Verdict);

    [Fact]
    public void Fields_of_records_without_a_template_need_many_events()
    {
        var calls = new LogSchema { Product = "aws", Services = ["cloudtrail"], Fields = new HashSet<string>(["eventName"]), Events = 20 };
        var rule = Rule("  s: {requestParameters.userName: x}\n  condition: s", "product: aws\n  service: cloudtrail");

        Assert.Equal(ReachVerdict.Unknown, RuleReach.Of(rule, [calls]).Verdict);
        Assert.Equal(ReachVerdict.Cannot, RuleReach.Of(rule, [calls with { Events = 2_000 }]).Verdict);
    }

    [Fact]
    public void Names_of_the_taxonomy_are_asked_as_the_log_has_them()
    {
        var creation = new LogSchema
        {
            Product = "windows",
            Categories = ["process_creation"],
            FieldNames = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["process_creation"] = new Dictionary<string, string> { ["Image"] = "NewProcessName" } },
            Constants = [new("EventID", "4688")],
            Fields = new HashSet<string>(["NewProcessName"]),
            Events = 5,
        };
        const string Source = "product: windows\n  category: process_creation";

        Assert.Equal(ReachVerdict.Can, RuleReach.Of(Rule("  s: {Image|endswith: x.exe}\n  condition: s", Source), [creation]).Verdict);
        Assert.Equal(ReachVerdict.Cannot, RuleReach.Of(Rule("  s: {OriginalFileName: x}\n  condition: s", Source), [creation]).Verdict);
    }
}
