using Modus.Analysis.Coverage;
using Xunit;
using static Modus.Tests.Analysis.Coverage.Defences;

namespace Modus.Tests.Analysis.Coverage;

/// <summary>Each state follows from the evidence that was given, and from nothing else.</summary>
public sealed class LadderTests
{
    private const string Technique = "T1218.011";
    private static readonly SigmaStream processes = new("windows", "process_creation", null);

    [Fact]
    public void Every_technique_has_one_cell_a_platform_and_one_state()
    {
        var ladder = LadderBuilder.Build(Facts, DefenceInventory.Empty, Today);

        Assert.Equal(Facts.Techniques.Sum(item => item.Platforms.Count), ladder.Cells.Count);
        Assert.Equal(ladder.Cells.Count, ladder.Cells.Select(cell => (cell.TechniqueId, cell.Platform)).Distinct().Count());
        Assert.All(ladder.Cells, cell => Assert.True(cell.Highest == Rung.None && cell.State is CellState.NotCollected or CellState.OutsideTelemetry));
    }

    [Fact]
    public void A_rule_in_a_folder_is_a_claim_only()
    {
        var cell = CellOf(new() { Rules = [Rule("a", Technique, deployed: false)] }, Technique);

        Assert.Equal(CellState.ClaimOnly, cell.State);
        Assert.Equal(Rung.Deployed, cell.Missing);
        Assert.Contains("switch on 'a'", cell.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deployed_rule_whose_log_is_collected_is_untested()
    {
        var cell = CellOf(new() { Rules = [Rule("a", Technique)], LogSources = [Source("sysmon", processes, 0.8)] }, Technique);

        Assert.Equal(CellState.Untested, cell.State);
        Assert.Equal(0.8, cell.HostShare);
        Assert.Contains(cell[Rung.Telemetry].For, item => item.Id == "sysmon");
    }

    [Fact]
    public void A_deployed_rule_whose_log_is_not_collected_cannot_fire()
    {
        var cell = CellOf(new() { Rules = [Rule("a", Technique)], LogSources = [Source("dns", new("windows", "dns_query", null))] }, Technique);

        Assert.Equal(CellState.CannotFire, cell.State);
        Assert.Contains("collect windows/process_creation/*", cell.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_asks_for_an_absent_field_cannot_fire_whatever_is_collected()
    {
        var rule = Rule("a", Technique) with { Fire = new(FireVerdict.Cannot, "no event has 'Imgae'") { MissingFields = ["Imgae"], Fix = "write 'Image' for 'Imgae'" } };

        var cell = CellOf(new() { Rules = [rule], LogSources = [Source("sysmon", processes)] }, Technique);

        Assert.Equal(CellState.CannotFire, cell.State);
        Assert.Contains("write 'Image' for 'Imgae'", cell.NextStep, StringComparison.Ordinal);
        Assert.Contains(cell[Rung.Telemetry].Against, item => item.Detail!.Contains("Imgae", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_does_not_load_is_not_deployed()
    {
        var cell = CellOf(new() { Rules = [Rule("a", Technique) with { Refusal = "no condition (line 9)" }], LogSources = [Source("sysmon", processes)] }, Technique);

        Assert.Equal(CellState.CannotFire, cell.State);
        Assert.False(cell[Rung.Deployed].IsReached);
        Assert.Contains("line 9", cell.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_rule_that_works_takes_the_cell_out_of_cannot_fire()
    {
        var broken = Rule("a", Technique) with { Refusal = "no condition" };

        var cell = CellOf(new() { Rules = [broken, Rule("b", Technique)], LogSources = [Source("sysmon", processes)] }, Technique);

        Assert.Equal(CellState.Untested, cell.State);
    }

    [Fact]
    public void Hits_put_a_cell_on_the_highest_rung_with_host_and_day()
    {
        var hits = new RuleHits("id-a", 7, new(RungEvidenceKind.Hit, "a", "log.jsonl record 9") { Host = "WS-3", Date = new DateOnly(2027, 1, 20) });

        var cell = CellOf(new() { Rules = [Rule("a", Technique)], Hits = [hits] }, Technique);

        Assert.Equal(CellState.Fired, cell.State);
        Assert.Equal("WS-3", cell[Rung.Fired].For[0].Host);
        Assert.Equal(new DateOnly(2027, 1, 20), cell[Rung.Fired].Date);
        Assert.False(cell.IsStale);
    }

    [Fact]
    public void Seen_in_logs_without_a_rule_is_no_rule()
    {
        var seen = new SeenTechnique(Id(Technique), new(RungEvidenceKind.Log, "rundll32 without a file", "log.jsonl record 4") { Date = Today }, ["Windows"]);

        var cell = CellOf(new() { Seen = [seen] }, Technique);

        Assert.Equal((CellState.NoRule, Rung.Claimed), (cell.State, cell.Missing));
    }

    [Fact]
    public void A_bare_claim_hides_neither_a_broken_rule_nor_that_there_is_none()
    {
        var claim = new CoverageClaim(Id(Technique), new(RungEvidenceKind.Layer, "board", "board.json")) { Platforms = ["Windows"] };
        var seen = new SeenTechnique(Id(Technique), new(RungEvidenceKind.Log, "s", "l"), ["Windows"]);
        var broken = Rule("a", Technique) with { Refusal = "no condition" };

        Assert.Equal(CellState.ClaimOnly, CellOf(new() { Claims = [claim], Seen = [seen] }, Technique).State);
        Assert.Equal(CellState.NoRule, CellOf(new() { Claims = [claim], Seen = [seen], Rules = [Rule("b", "T1047")] }, Technique).State);
        Assert.Equal(CellState.CannotFire, CellOf(new() { Claims = [claim], Rules = [broken] }, Technique).State);
    }

    [Fact]
    public void An_analytic_counts_only_when_all_its_logs_are_collected()
    {
        var technique = Facts.Find("T1003.001")!;
        var names = technique.Analytics.Single(analytic => analytic.Platforms.Contains("Windows")).Needs.Select(need => need.Name).Distinct().ToArray();
        Assert.True(names.Length > 1);

        var some = CellOf(new() { LogSources = [Source("one", new("windows", null, "x"), 1, names[0])] }, technique.Id);
        var all = CellOf(new() { LogSources = [Source("all", new("windows", null, "x"), 1, names)] }, technique.Id);

        Assert.Equal(CellState.NotCollected, some.State);
        Assert.NotEmpty(some.MissingSources);
        Assert.Equal(CellState.NoRule, all.State);
    }

    [Fact]
    public void A_source_said_to_be_absent_takes_away_what_a_wider_one_seems_to_give()
    {
        var trail = new LogSourceCoverage("trail", "trail", "i:1") { Platforms = ["IaaS"], AttackSources = [new("AWS:CloudTrail", []), new("AWS:VPCFlowLogs", [])], HostShare = 1 };
        var data = new LogSourceCoverage("s3", "s3 data events", "i:2") { Platforms = ["IaaS"], AttackSources = [new("AWS:CloudTrail", [])], Components = ["Cloud Storage Access"], HostShare = 0, Cost = 3 };

        var with = CellOf(new() { LogSources = [trail] }, "T1530", "IaaS");
        var without = CellOf(new() { LogSources = [trail, data] }, "T1530", "IaaS");

        Assert.Equal(CellState.NoRule, with.State);
        Assert.Equal(CellState.NotCollected, without.State);
        Assert.Equal(["s3"], without.MissingSources);
    }

    [Fact]
    public void What_only_outside_sources_show_is_outside_telemetry()
    {
        Assert.Equal(CellState.OutsideTelemetry, CellOf(DefenceInventory.Empty, "T1583.001", "PRE").State);
    }

    [Fact]
    public void A_miss_after_a_pass_is_a_regression_until_the_next_pass()
    {
        var rule = Rule("a", Technique);
        ExerciseResult[] tests = [Test(Technique, ExerciseOutcome.Detected, new(2026, 10, 1)), Test(Technique, ExerciseOutcome.Missed, new(2027, 1, 5), "SRV-2")];

        var broken = CellOf(new() { Rules = [rule], Exercises = tests }, Technique);
        var mended = CellOf(new() { Rules = [rule], Exercises = [.. tests, Test(Technique, ExerciseOutcome.Detected, new(2027, 1, 9))] }, Technique);
        var fired = CellOf(new() { Rules = [rule], Exercises = tests, Hits = [new("id-a", 1, new(RungEvidenceKind.Hit, "a", "x") { Date = new DateOnly(2027, 1, 20) })] }, Technique);

        Assert.True(broken.IsRegression);
        Assert.Contains("SRV-2", broken.NextStep, StringComparison.Ordinal);
        Assert.False(mended.IsRegression);
        Assert.True(fired.IsRegression);
        Assert.Equal(CellState.Fired, fired.State);
    }

    [Fact]
    public void A_test_that_names_no_platform_counts_where_the_inventory_has_hosts()
    {
        var technique = Facts.Techniques.First(item => item.Platforms.Contains("Windows") && item.Platforms.Contains("Linux") && item.Platforms.Contains("macOS")).Id;
        var test = Test(technique, ExerciseOutcome.Detected, Today, "desks") with { Platforms = [] };
        HostGroup[] hosts = [new("desks", "Windows", 10), new("web", "Linux", 2)];

        string[] Tested(DefenceInventory defence) => [.. LadderBuilder.Build(Facts, defence, Today).Cells.Where(cell => cell.TechniqueId == technique && cell.State == CellState.Tested).Select(cell => cell.Platform).Order(StringComparer.Ordinal)];

        Assert.Equal(["Windows"], Tested(new() { Exercises = [test], Hosts = hosts }));
        Assert.Equal(["Linux", "Windows"], Tested(new() { Exercises = [test with { Host = "LAB-7" }], Hosts = hosts }));
        Assert.Equal(Facts.Find(technique)!.Platforms.Order(StringComparer.Ordinal), Tested(new() { Exercises = [test] }));
    }

    [Fact]
    public void Old_and_undated_evidence_is_stale()
    {
        var old = CellOf(new() { Exercises = [Test(Technique, ExerciseOutcome.Detected, Today.AddDays(-181))] }, Technique);
        var edge = CellOf(new() { Exercises = [Test(Technique, ExerciseOutcome.Detected, Today.AddDays(-180))] }, Technique);
        var undated = CellOf(new() { Exercises = [Test(Technique, ExerciseOutcome.Detected, null)] }, Technique);

        Assert.Equal([true, false, true], new[] { old.IsStale, edge.IsStale, undated.IsStale });
    }

    [Fact]
    public void What_cannot_be_carried_is_named()
    {
        var rule = Rule("a", Technique) with { Techniques = [new("T1999", null, "no release has it"), Id("T0000")] };

        var ladder = LadderBuilder.Build(Facts, new() { Rules = [rule, Rule("b", Technique) with { Techniques = [] }] }, Today);

        Assert.Equal(["T1999", "T0000", "b"], ladder.Unplaced.Select(item => item.What));
    }

    [Fact]
    public void A_platform_that_the_release_does_not_list_gets_a_cell_of_its_own()
    {
        var ladder = LadderBuilder.Build(Facts, new() { Rules = [Rule("a", "T1546.004")] }, Today);

        var cell = ladder.Find("T1546.004", "Windows");
        Assert.True(cell!.IsBeyondRelease);
        Assert.Equal(CellState.ClaimOnly, cell.State);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void More_evidence_never_makes_a_cell_worse(int seed)
    {
        var random = new Random(seed);
        var techniques = Facts.Techniques.Where(item => item.Platforms.Contains("Windows")).Select(item => item.Id).ToArray();
        var defence = DefenceInventory.Empty;
        var before = LadderBuilder.Build(Facts, defence, Today);
        for (var step = 0; step < 25; step++)
        {
            var id = techniques[random.Next(techniques.Length)];
            // Sources stay the same: knowing what is collected is also knowing what is not.
            defence = random.Next(4) switch
            {
                0 => defence with { Rules = [.. defence.Rules, Rule($"r{step}", id)] },
                1 => defence with { Exercises = [.. defence.Exercises, Test(id, ExerciseOutcome.Detected, Today)] },
                2 => defence with { Hits = [.. defence.Hits, new($"h{step}", 1, new(RungEvidenceKind.Hit, "h", "l") { Date = Today }) { Techniques = [Id(id)], Platforms = ["Windows"] }] },
                _ => defence with { Seen = [.. defence.Seen, new(Id(id), new(RungEvidenceKind.Log, "s", "l"), ["Windows"])] },
            };
            var after = LadderBuilder.Build(Facts, defence, Today);
            Assert.All(before.Cells.Zip(after.Cells), pair => Assert.True(pair.Second.State <= pair.First.State, $"{pair.First.TechniqueId} {pair.First.Platform}: {pair.First.State} to {pair.Second.State}"));
            before = after;
        }
    }
}
