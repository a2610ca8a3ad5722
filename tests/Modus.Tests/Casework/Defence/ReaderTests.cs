using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Modus.Sigma;
using Xunit;

namespace Modus.Tests.Casework.Defence;

/// <summary>Readers of what others write, on files of other hands where they are there.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void A_table_of_outcomes_is_read_whatever_its_columns_are_called()
    {
        using var folder = new DefenceFolder();
        folder.Write("vectr.csv", "Campaign,Test Case,MITRE ID,Outcome,Target Assets,Start Time,Detecting Rule,Outcome Notes\nQ1,Dump memory,T1003.001,Alerted,SRV-1,2027-01-10,Dump rule,fine\nQ1,Old id,T1562.001,Not Detected,SRV-1,2027-01-11,,\nQ1,Nobody knows,T1047,Shrugged,SRV-1,2027-01-12,,\n");
        folder.Write("semi.csv", "\uFEFFtechnique;result;date\n\"T1053.005 - Scheduled Task\";logged;2027-01-12\nT7777;missed;2027-01-12\n");

        var results = folder.Load().Inventory.Exercises;

        Assert.Equal(["T1053.005", null, "T1003.001", "T1685", "T1047"], results.Select(result => result.Technique.Id));
        Assert.Equal([ExerciseOutcome.Logged, ExerciseOutcome.Missed, ExerciseOutcome.Detected, ExerciseOutcome.Missed, ExerciseOutcome.NotRun], results.Select(result => result.Outcome));
        Assert.Equal(("Q1", "SRV-1", new DateOnly(2027, 1, 10), "Dump rule", "vectr.csv:2"), (results[2].Exercise, results[2].Host, results[2].Date!.Value, results[2].Rules[0], results[2].Place));
        Assert.Contains(folder.Context.Problems, problem => problem.Message.Contains("Shrugged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_with_only_the_id_of_an_atomic_test_gets_its_technique_from_the_index()
    {
        using var folder = new DefenceFolder();
        folder.Write("windows-index.csv", "Tactic,Technique #,Technique Name,Test #,Test Name,Test GUID,Executor Name\nexecution,T1047,WMI,1,Query users,aaaaaaaa-0000-4000-8000-000000000001,sh\npersistence,T1047,WMI,1,Query users,aaaaaaaa-0000-4000-8000-000000000001,sh\n");
        folder.Write("run.csv", "Test GUID,Outcome,Date\naaaaaaaa-0000-4000-8000-000000000001,detected,2027-01-03\n");

        var inventory = folder.Load().Inventory;

        Assert.Equal("T1047", Assert.Single(inventory.Exercises).Technique.Id);
        Assert.Equal(["Windows"], Assert.Single(inventory.Tests).Platforms);
    }

    [Fact]
    public void Hits_of_a_hunt_are_read_in_every_form()
    {
        const string Line = """{"time":"2027-01-05T10:00:00Z","level":"high","host":"H1","rule":"Dump","rule_id":"r1","author":"","techniques":["T1003.001"],"user":"","process":"","details":"","file":"a.jsonl","line":4,"record":77,"source":"windows sysmon process_access"}""";
        using var folder = new DefenceFolder();
        folder.Write("a.ndjson", Line + "\n" + Line.Replace("01-05", "01-09", StringComparison.Ordinal).Replace("77", "99", StringComparison.Ordinal) + "\n");
        folder.Write("b.json", $$"""{"accounting":{},"hits":[{{Line}}]}""");
        folder.Write("c.csv", "time,level,host,rule,rule_id,author,techniques,user,process,details,file,line,record,source\n2027-01-05T10:00:00Z,high,H1,Dump,r1,,\"T1003.001, T1047\",,,,a.jsonl,4,77,windows sysmon\n");

        var hits = folder.Load().Inventory.Hits;

        Assert.Equal([2, 1, 1], hits.Select(hit => hit.Count));
        Assert.Equal(("a.jsonl record 99", new DateOnly(2027, 1, 9), new DateOnly(2027, 1, 5)), (hits[0].Evidence.Place, hits[0].Evidence.Date!.Value, hits[0].First!.Value));
        Assert.Equal(2, hits[2].Techniques.Count);
        Assert.Equal(["Windows"], hits[0].Platforms);
    }

    [Fact]
    public void Fixtures_and_fields_of_logs_decide_what_can_fire()
    {
        using var folder = new DefenceFolder();
        folder.Write("inventory.yaml", "rules: [{path: r}]");
        folder.Write("r/good.yml", "title: Good\nid: 11111111-1111-4111-8111-111111111111\ntags: [attack.t1021.001]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4624, LogonType: 10, IpAddress: 10.9.9.9}, condition: s}\n");
        folder.Write("r/bad.yml", "title: Bad\nid: 22222222-2222-4222-8222-222222222222\ntags: [attack.t1078.002]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4624, SourceIp: 10.9.9.9}, condition: s}\n");
        folder.Write("r/broken.yml", "title: Broken\nid: 33333333-3333-4333-8333-333333333333\ntags:\n  - attack.t1136.001\nlogsource:\n  product: windows\n  service: security\ndetection:\n  s:\n    EventID: 4720\n    condition: s\n");
        var log = folder.Write("logs.txt/log.jsonl", """{"Event":{"System":{"EventID":4624,"Channel":"Security","Computer":"H1","EventRecordID":5,"TimeCreated":{"#attributes":{"SystemTime":"2027-01-05T10:00:00Z"}}},"EventData":{"LogonType":10,"IpAddress":"10.9.9.9","TargetUserName":"x"}}}""" + "\n");

        var load = folder.Load(log);

        var rules = load.Inventory.Rules.ToDictionary(rule => rule.Title);
        Assert.Equal(FireVerdict.Can, rules["Good"].Fire.Verdict);
        Assert.Equal((FireVerdict.Cannot, "SourceIp"), (rules["Bad"].Fire.Verdict, Assert.Single(rules["Bad"].Fire.MissingFields)));
        Assert.NotNull(rules["Broken"].Refusal);
        Assert.False(rules["Broken"].IsDeployed);
        var ladder = LadderBuilder.Build(DefenceFolder.Knowledge, load.Inventory, new(2027, 1, 20));
        Assert.Equal(CellState.Fired, ladder.Find("T1021.001", "Windows")!.State);
        Assert.Equal(CellState.CannotFire, ladder.Find("T1078.002", "Windows")!.State);
        Assert.Equal(CellState.CannotFire, ladder.Find("T1136.001", "Windows")!.State);
    }

    [Theory]
    [InlineData("windows/*/security", CellState.Untested, CellState.CannotFire, CellState.Untested)]
    [InlineData("windows/*/sysmon", CellState.Untested, CellState.Untested, CellState.CannotFire)]
    [InlineData("windows/process_creation/*", CellState.Untested, CellState.CannotFire, CellState.CannotFire)]
    [InlineData("windows/*/own-agent", CellState.Untested, CellState.Untested, CellState.CannotFire)]
    public void A_service_feeds_rules_for_the_categories_that_its_events_are_of(string collected, CellState process, CellState image, CellState service)
    {
        using var folder = new DefenceFolder();
        folder.Write("inventory.yaml", $"log_sources: [{{id: one, platforms: [Windows], sigma: [{collected}]}}]\nrules: [{{path: r}}]\n");
        folder.Write("r/process.yml", "title: Process\ntags: [attack.t1021.001]\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {Image: a}, condition: s}\n");
        folder.Write("r/image.yml", "title: Image\ntags: [attack.t1078.002]\nlogsource: {product: windows, category: image_load}\ndetection: {s: {ImageLoaded: a}, condition: s}\n");
        folder.Write("r/service.yml", "title: Service\ntags: [attack.t1136.001]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4720}, condition: s}\n");

        var ladder = LadderBuilder.Build(DefenceFolder.Knowledge, folder.Load().Inventory, new(2027, 1, 20));

        Assert.Equal([process, image, service], new[] { "T1021.001", "T1078.002", "T1136.001" }.Select(id => ladder.Find(id, "Windows")!.State));
    }

    [Fact]
    public void Heads_and_whole_rules_say_the_same_of_our_own_rules() => Same(Path.Combine(TestData.Root, "rules"));

    [Fact]
    public void Heads_and_whole_rules_say_the_same_of_a_large_tree() => Same(Path.Combine(TestData.Need("sigma"), "rules"));

    [Fact]
    public void Scoring_files_of_another_tool_lose_nothing()
    {
        var context = DefenceFolder.Make();
        var load = DefenceLoader.Load(context, new() { Paths = [TestData.Need("dettect/sample-data/data-sources-endpoints.yaml"), TestData.Need("dettect/sample-data/techniques-administration-endpoints.yaml")] }, TestContext.Current.CancellationToken);

        Assert.Equal((2, 0), (load.Used, load.Skipped));
        Assert.Contains(load.Inventory.LogSources, source => source.Name == "Process Creation" && source.Platforms.SequenceEqual(["Windows"]) && source.HostShare == 0.25);
        Assert.Contains(load.Inventory.Claims, claim => claim.Kind == ClaimKind.Nothing && claim.Score == -1);
        Assert.Contains(load.Inventory.Claims, claim => claim.Kind == ClaimKind.Visibility && claim.Score == 2 && claim.Evidence.Date == new DateOnly(2021, 9, 22));
        var ladder = LadderBuilder.Build(context.Knowledge, load.Inventory, new(2027, 1, 1));
        Assert.All(load.Inventory.Claims.Where(claim => claim.Technique.Id is null), claim => Assert.Contains(ladder.Unplaced, item => item.What == claim.Technique.Given));
    }

    [Fact]
    public void A_catalogue_of_controls_is_carried_to_the_release_or_named()
    {
        using var folder = new DefenceFolder();
        folder.Write("inventory.yaml", "controls: [{id: AC-2, framework: nist_800_53, state: in place}]");
        File.Copy(TestData.Need("mappings/nist_800_53-rev5_attack-16.1-enterprise.json"), Path.Combine(Path.GetDirectoryName(folder.Write("x/y.txt", ""))!, "nist.json"));

        var inventory = folder.Load().Inventory;

        var control = Assert.Single(inventory.Controls);
        Assert.NotEmpty(control.Effects);
        Assert.All(control.Effects, effect => Assert.NotNull(DefenceFolder.Knowledge.Find(effect.TechniqueId)));
        Assert.True(inventory.Unplaced.Count(item => item.Reason.Contains("no control answers it", StringComparison.Ordinal)) == 96);
    }

    [Fact]
    public void A_sensor_mapping_says_what_events_show_and_not_that_they_are_collected()
    {
        using var folder = new DefenceFolder();
        folder.Write("inventory.yaml", "log_sources: [{name: host monitor, platforms: [Windows], sigma: windows/*/sysmon, events: [11]}]");
        folder.Write("Sysmon-sensors.csv", "EVENT ID,EVENT DESCRIPTION,ATT&CK DATA SOURCE ID,ATT&CK DATA SOURCE,ATT&CK DATA COMPONENT,SOURCE,RELATIONSHIP,TARGET\n11,FileCreate,DS0022,File,File Creation,Process,Created,File\n6,Driver,DS0027,Driver,Driver Load,Driver,Loaded,\n");
        folder.Write("Zeek-sensors.csv", "EVENT ID,ATT&CK DATA COMPONENT\nconn,Network Traffic Flow\n");

        var inventory = folder.Load().Inventory;

        Assert.Equal(["File Creation"], Assert.Single(inventory.LogSources).Components);
        Assert.Equal("Zeek", Assert.Single(inventory.Unplaced).What);
    }

    [Fact]
    public void Layers_from_the_wild_become_claims_or_are_named()
    {
        var read = 0;
        foreach (var file in Directory.EnumerateFiles(TestData.Need("layers"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var context = DefenceFolder.Make();
            var load = DefenceLoader.Load(context, new() { Paths = [file] }, TestContext.Current.CancellationToken);
            if (load.Used == 0) { Assert.NotEmpty(context.Problems); continue; }
            read++;
            var ladder = LadderBuilder.Build(context.Knowledge, load.Inventory, new(2027, 1, 1));
            foreach (var claim in load.Inventory.Claims)
                Assert.True(claim.Technique.Id is { } id ? ladder.Of(id).Any(cell => cell[Rung.Claimed].IsReached) : ladder.Unplaced.Any(item => item.What == claim.Technique.Given), $"{file}: {claim.Technique.Given}");
        }
        Assert.True(read > 60, $"{read} layers were read");
    }

    private static void Same(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var context = DefenceFolder.Make();
        var heads = new RuleInventory(context).Heads(files, file => file);
        var (whole, _) = new RuleInventory(context).Whole(files, file => file, withFixtures: false);

        string Key(DeployedRule rule) => string.Join('|', rule.Id, rule.Title, rule.Place, rule.Level, rule.Status, rule.Date, rule.Author, string.Join(',', rule.Techniques), string.Join(',', rule.Platforms));
        Assert.NotEmpty(heads);
        Assert.Equal(whole.Where(rule => rule.Refusal is null).Select(Key).Order(StringComparer.Ordinal), heads.Where(head => whole.All(rule => rule.Refusal is null || rule.Place != head.Place)).Select(Key).Order(StringComparer.Ordinal));
        // Nearly all are read without parsing their YAML whole.
        Assert.True(files.Count(file => RuleHeaderScanner.Scan(File.ReadAllText(file)) is not null) > files.Count * 0.9);
    }
}
