using System.Text.Json;
using System.Text.RegularExpressions;
using Modus.Casework.Exchange;
using Modus.Casework.Reporting;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>The case as an Attack Flow: every rule of the extension's schema, and what the case says.</summary>
public sealed class CaseFlowTests(InvestigatedCase investigated) : IClassFixture<InvestigatedCase>
{
    // Members that STIX 2.1 gives every object; the schema of the extension refers to them.
    private static readonly HashSet<string> common = ["type", "spec_version", "id", "created_by_ref", "created", "modified", "revoked", "labels", "confidence", "lang", "external_references", "object_marking_refs", "granular_markings", "extensions"];

    private AttackFlow Flow() => AttackFlow.Of(CaseReportBuilder.Build(investigated.Book, investigated.Book.Case(null), investigated.Knowledge), investigated.Knowledge.Targets);

    [Fact]
    public void The_flow_has_the_48_techniques_in_the_order_of_the_story()
    {
        var flow = Flow();

        Assert.Equal(CaseData.All.Order(StringComparer.Ordinal), flow.Acts.Select(act => act.Procedure.Technique).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["T1003.006", "T1204", "T1219"], flow.LeftOut.Select(one => one.Procedure.Technique).Order(StringComparer.Ordinal));
        Assert.Equal(["T1530", "T1583.001"], flow.Undated.Select(act => act.Procedure.Technique).Order(StringComparer.Ordinal));
        Assert.Equal("T1566.002", flow.Moments[0].Single().Procedure.Technique);
        Assert.Equal("T1486", flow.Moments[^1].Single().Procedure.Technique);
        Assert.Contains(flow.Moments, moment => moment.Select(act => act.Procedure.Technique).SequenceEqual(["T1021.001", "T1078.002"]));
    }

    [Fact]
    public void The_bundle_is_valid_by_the_schema_of_the_extension_and_every_reference_leads_somewhere()
    {
        var schema = JsonDocument.Parse(File.ReadAllBytes(TestData.Need("attack-flow/stix/attack-flow-schema-2.0.0.json"))).RootElement.GetProperty("$defs");
        var objects = Objects(AttackFlowWriter.TextOf(Flow()));
        var ids = objects.ToDictionary(item => item.GetProperty("id").GetString()!);

        foreach (var item in objects.Where(item => schema.TryGetProperty(item.GetProperty("type").GetString()!, out _))) Check(item, schema.GetProperty(item.GetProperty("type").GetString()!));
        foreach (var (id, reference) in ids.SelectMany(pair => References(pair.Value).Select(reference => (pair.Key, reference))))
            Assert.True(ids.ContainsKey(reference) || reference.StartsWith("marking-definition--", StringComparison.Ordinal) || reference.StartsWith("x-mitre-tactic--", StringComparison.Ordinal), $"{id} points to {reference}");
        Assert.Single(objects, item => item.GetProperty("type").GetString() == "attack-flow");
        Assert.Contains(objects, item => item.GetProperty("type").GetString() == "attack-operator");
    }

    [Fact]
    public void Every_act_is_reached_once_and_time_never_runs_back()
    {
        var objects = Objects(AttackFlowWriter.TextOf(Flow())).ToDictionary(item => item.GetProperty("id").GetString()!);
        var flow = objects.Values.Single(item => item.GetProperty("type").GetString() == "attack-flow");
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(string Id, DateTime After)>(Ids(flow, "start_refs").Select(id => (id, DateTime.MinValue)));
        while (open.TryPop(out var next))
        {
            var item = objects[next.Id];
            var time = item.TryGetProperty("execution_start", out var start) ? start.GetDateTime() : next.After;
            Assert.True(time >= next.After);
            if (!reached.Add(next.Id)) continue;
            foreach (var id in Ids(item, "effect_refs")) open.Push((id, time));
        }
        Assert.Equal(objects.Values.Where(item => item.GetProperty("type").GetString() is "attack-action" or "attack-operator").Select(item => item.GetProperty("id").GetString()).Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_case_gives_the_same_bytes_and_carries_its_marking()
    {
        var text = AttackFlowWriter.TextOf(Flow());

        Assert.Equal(text, AttackFlowWriter.TextOf(Flow()));
        Assert.All(Objects(text).Where(item => item.GetProperty("type").GetString()!.StartsWith("attack-", StringComparison.Ordinal) && item.GetProperty("type").GetString() != "attack-pattern"),
            item => Assert.Equal(["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"], Ids(item, "object_marking_refs")));
    }

    private static List<JsonElement> Objects(string text) => [.. JsonDocument.Parse(text).RootElement.GetProperty("objects").EnumerateArray()];

    private static IEnumerable<string> Ids(JsonElement item, string name) => item.TryGetProperty(name, out var ids) ? ids.EnumerateArray().Select(id => id.GetString()!) : [];

    private static IEnumerable<string> References(JsonElement item) => item.EnumerateObject().SelectMany(member =>
        member.Name.EndsWith("_ref", StringComparison.Ordinal) ? [member.Value.GetString()!] : member.Name.EndsWith("_refs", StringComparison.Ordinal) ? Ids(item, member.Name) : []);

    /// <summary>Holds an object against its definition: required and known members, constants, choices, what references may point to, and lists that must not be empty.</summary>
    private static void Check(JsonElement item, JsonElement definition)
    {
        foreach (var required in definition.GetProperty("required").EnumerateArray()) Assert.True(item.TryGetProperty(required.GetString()!, out _), $"{required} is missing");
        Assert.Matches("^[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", item.GetProperty("id").GetString());
        Assert.Equal("new-sdo", item.GetProperty("extensions").GetProperty("extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4").GetProperty("extension_type").GetString());
        foreach (var member in item.EnumerateObject())
        {
            if (!definition.GetProperty("properties").TryGetProperty(member.Name, out var rule))
            {
                Assert.Contains(member.Name, common);
                continue;
            }
            if (rule.TryGetProperty("const", out var constant)) Assert.Equal(constant.GetString(), member.Value.GetString());
            if (rule.TryGetProperty("enum", out var choices)) Assert.Contains(member.Value.GetString(), choices.EnumerateArray().Select(choice => choice.GetString()));
            if (rule.TryGetProperty("minItems", out var least)) Assert.True(member.Value.GetArrayLength() >= least.GetInt32());
            var one = rule.TryGetProperty("items", out var items) ? items : rule;
            if (!one.TryGetProperty("allOf", out var all)) continue;
            foreach (var pattern in all.EnumerateArray().Where(part => part.TryGetProperty("pattern", out _)).Select(part => new Regex(part.GetProperty("pattern").GetString()!, RegexOptions.NonBacktracking)))
                foreach (var value in member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().Select(value => value.GetString()!) : [member.Value.GetString()!]) Assert.Matches(pattern, value);
        }
    }
}
