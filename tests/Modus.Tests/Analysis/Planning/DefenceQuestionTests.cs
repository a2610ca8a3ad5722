using Modus.Analysis.Coverage;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Cover;
using Xunit;
using static Modus.Tests.Analysis.Coverage.Defences;

namespace Modus.Tests.Analysis.Planning;

/// <summary>Plans start from what a defence has, cell by cell.</summary>
public sealed class DefenceQuestionTests
{
    private static readonly SigmaStream processes = new("windows", "process_creation", null);

    // A technique with one analytic on Windows whose logs are two of different names: the AND is real there.
    private static readonly (CoverageTechnique Technique, AnalyticNeeds Analytic) sample = Facts.Techniques
        .Select(technique => (technique, Analytics: technique.Analytics.Where(analytic => analytic.NamesLogs && analytic.Platforms.Contains("Windows")).ToList()))
        .Where(item => item.Analytics.Count == 1 && item.Analytics[0].Needs.Select(need => need.Name.ToUpperInvariant()).Distinct().Count() == 2)
        .Select(item => (item.technique, item.Analytics[0])).First();

    private static List<string> Logs => [.. sample.Analytic.Needs.Select(need => need.Name).Distinct(StringComparer.OrdinalIgnoreCase)];

    [Fact]
    public void Without_a_defence_every_log_of_an_analytic_is_to_be_bought()
    {
        var question = Sources(DefenceInventory.Empty);
        Assert.Empty(question.Owned);
        Assert.Equal(Logs.Order(StringComparer.OrdinalIgnoreCase), question.Problem.Items.Select(item => item.Id).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(question.Problem.Items.Count, question.Unpriced.Count);
        Assert.Equal(0, Value(question));
        Assert.Equal(0, Value(question, Logs[0]));
        Assert.Equal(1, Value(question, Logs[0], Logs[1]), 9);
    }

    [Fact]
    public void A_log_that_is_collected_is_owned_and_one_that_the_inventory_lacks_has_its_price()
    {
        var question = Sources(new() { LogSources = [Log("there", Logs[0]), Log("wanted", Logs[1], share: 0, cost: 7)] });
        Assert.Equal(["there"], question.Owned.Select(item => question.Problem.Items[item].Id));
        Assert.Equal(7, question.Problem.Items[question.Find("wanted")].Cost);
        Assert.Empty(question.Unpriced);
        Assert.Equal(0, Value(question));
        Assert.Equal(1, Value(question, "wanted"), 9);
    }

    [Fact]
    public void A_log_of_part_of_the_hosts_covers_that_part_and_the_rest_costs_the_rest()
    {
        var question = Sources(new() { LogSources = [Log("some", Logs[0], share: 0.75, cost: 8), Log("all", Logs[1])] });
        Assert.Equal(0.75, Value(question), 9);
        Assert.Equal(1, Value(question, "some:rest"), 9);
        Assert.Equal(2, question.Problem.Items[question.Find("some:rest")].Cost, 9);
    }

    [Fact]
    public void A_log_that_somebody_has_by_name_counts_though_the_inventory_says_it_is_not_collected()
    {
        var inventory = new DefenceInventory { LogSources = [Log("gone", Logs[0], share: 0), Log("all", Logs[1])] };
        Assert.Equal(-1, Sources(inventory).Find(Logs[0]));
        var question = Sources(inventory, Logs[0]);
        Assert.Equal(1, Value(question, Logs[0]), 9);
    }

    [Fact]
    public void Twins_in_an_inventory_stay_two_and_very_many_ways_are_bounded_and_counted()
    {
        var twins = Sources(new() { LogSources = [Log("a", Logs[0]), Log("A", Logs[0], share: 0), Log("b", Logs[1])] });
        Assert.Equal(1, Value(twins), 9);
        var many = Sources(new() { LogSources = [.. Enumerable.Range(0, 400).Select(at => Log($"x{at}", Logs[at % 2], share: 0, cost: 1 + at))] });
        Assert.True(many.Trimmed > 0);
        Assert.InRange(many.Problem.Targets.Max(target => target.Ways.Count), 1, 256);
        Assert.Equal(1, Value(many, "x0", "x1"), 9);
    }

    [Fact]
    public void Rules_that_run_on_collected_logs_are_owned_and_those_that_cannot_fire_are_no_choice()
    {
        var technique = sample.Technique.Id;
        var inventory = new DefenceInventory
        {
            LogSources = [Log("sysmon", Logs[0]) with { Streams = [processes] }],
            Rules =
            [
                Rule("runs", technique), Rule("lies there", technique, deployed: false), Rule("dns", technique, deployed: false, category: "dns_query"),
                Rule("broken", technique, deployed: false) with { Refusal = "no detection" },
                Rule("blind", technique, deployed: false) with { Fire = new(FireVerdict.Cannot, "no event has 'Imgae'") },
                Rule("low", technique, deployed: false) with { Level = "low" },
            ],
        };
        var question = DefenceQuestions.Detections(Ask(inventory), level => level == "high", withSources: false);
        Assert.Equal(["id-runs"], question.Owned.Select(item => question.Problem.Items[item].Id).Where(id => id.StartsWith("id-", StringComparison.Ordinal)));
        Assert.Equal(["id-lies there", "id-runs"], question.Problem.Items.Select(item => item.Id).Where(id => id.StartsWith("id-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(1, Value(question), 9);
        Assert.Equal(3, question.Useless);
        Assert.Contains("id-dns", question.Known);

        var bought = DefenceQuestions.Detections(Ask(inventory), level => level == "high", withSources: true);
        var walk = new CoverWhatIf(bought.Problem);
        walk.Toggle(bought.Find("id-dns"));
        Assert.Equal(0, walk.Value);
        walk.Toggle(bought.Find("windows/dns_query"));
        Assert.Equal(1, walk.Value, 9);
    }

    [Fact]
    public void A_deployed_rule_whose_log_is_not_collected_covers_nothing_where_logs_are_stated()
    {
        var fed = new DefenceInventory { Rules = [Rule("runs", sample.Technique.Id)] };
        Assert.Equal(1, Value(DefenceQuestions.Detections(Ask(fed), _ => true, withSources: false)), 9);
        var starved = fed with { LogSources = [Log("dns", "DNS") with { Streams = [new("windows", "dns_query", null)] }] };
        Assert.Equal(0, Value(DefenceQuestions.Detections(Ask(starved), _ => true, withSources: false)));
    }

    [Fact]
    public void What_an_exercise_has_shown_needs_no_rule_until_it_regresses()
    {
        var pass = Test(sample.Technique.Id, ExerciseOutcome.Detected, new(2026, 3, 1));
        Assert.Equal(1, Value(DefenceQuestions.Detections(Ask(new() { Exercises = [pass] }), _ => true, withSources: false)), 9);
        var miss = Test(sample.Technique.Id, ExerciseOutcome.Missed, new(2026, 6, 1));
        Assert.Equal(0, Value(DefenceQuestions.Detections(Ask(new() { Exercises = [pass, miss] }), _ => true, withSources: false)));
    }

    [Theory]
    [InlineData(2026, 8, 28, 1, 0)]
    [InlineData(2026, 8, 29, 0, 1)]
    public void What_an_exercise_has_shown_counts_until_it_is_stale(int year, int month, int day, double value, int stale)
    {
        var pass = Test(sample.Technique.Id, ExerciseOutcome.Detected, new(2026, 3, 1));
        var question = DefenceQuestions.Detections(Ask(new() { Exercises = [pass] }) with { Today = new(year, month, day) }, _ => true, withSources: false);
        Assert.Equal(value, Value(question), 9);
        Assert.Equal(stale, question.Stale);
    }

    [Fact]
    public void Controls_in_place_are_owned_partial_ones_count_half_and_grades_are_slices()
    {
        var technique = sample.Technique.Id;
        List<MeasureFact> catalogue = [new("AC-02", "accounts", [new(technique, 1 / 3.0)]), new("SI-4", "watching", [new(technique)])];
        var inventory = new DefenceInventory
        {
            Controls = [new("AC-2", "", ControlState.InPlace, [], "i.yaml:1"), new("SI-4", "", ControlState.Partial, [], "i.yaml:2") { Cost = 9 }, new("own", "", ControlState.Planned, [new(technique, "mitigates", "partial")], "i.yaml:3")],
        };
        var question = DefenceQuestions.Controls(Ask(inventory), catalogue);
        Assert.Equal(0.5, Value(question), 9);
        Assert.Equal(2 / 3.0, Value(question, "own"), 9);
        Assert.Equal(1, Value(question, "SI-4:rest"), 9);
        Assert.Equal(9, question.Problem.Items[question.Find("SI-4:rest")].Cost);
    }

    [Fact]
    public void A_control_on_some_hosts_covers_their_share()
    {
        var inventory = new DefenceInventory
        {
            Hosts = [new("desks", "Windows", 30), new("servers", "Windows", 10)],
            Controls = [new("SI-4", "", ControlState.InPlace, [], "i.yaml:1") { Hosts = ["desks"] }],
        };
        Assert.Equal(0.75, Value(DefenceQuestions.Controls(Ask(inventory), [new("SI-4", "watching", [new(sample.Technique.Id)])])), 9);
    }

    [Fact]
    public void Weights_are_parted_over_the_estate()
    {
        var technique = Facts.Techniques.First(item => item.Platforms.Contains("Windows") && item.Platforms.Contains("Linux"));
        var question = DefenceQuestions.Sources(new(Facts, [new(technique.Id, "", 1, technique.Platforms)], DefenceInventory.Empty, new Dictionary<string, double> { ["Windows"] = 0.9, ["Linux"] = 0.1 }, _ => 2));
        Assert.Equal([("Linux", 0.1), ("Windows", 0.9)], question.Cells.Select(cell => (cell.Platform, cell.Share)).Distinct());
        Assert.All(question.Problem.Items, item => Assert.Equal(2, item.Cost));
        Assert.Equal(0, question.Find(question.Problem.Items[0].Id.ToUpperInvariant()));
    }

    private static DefenceQuestion Ask(DefenceInventory inventory, params string[] named) =>
        new(Facts, [new(sample.Technique.Id, sample.Technique.Name, 1, ["Windows"])], inventory, new Dictionary<string, double> { ["Windows"] = 1 }, _ => null) { Named = named };

    private static PlanQuestion Sources(DefenceInventory inventory, params string[] named) => DefenceQuestions.Sources(Ask(inventory, named));

    private static LogSourceCoverage Log(string id, string attack, double share = 1, double? cost = null) =>
        new(id, id, "inventory.yaml:1") { Platforms = ["Windows"], HostShare = share, Cost = cost, AttackSources = [new(attack, [])] };

    private static double Value(PlanQuestion question, params string[] bought)
    {
        var walk = new CoverWhatIf(question.Problem);
        foreach (var item in question.Owned.Union(bought.Select(question.Find))) walk.Toggle(item);
        return walk.Value;
    }
}
