using Modus.Analysis.Coverage;
using Modus.Attack.Layers;
using Xunit;
using static Modus.Tests.Analysis.Coverage.Defences;

namespace Modus.Tests.Analysis.Coverage;

public sealed class GapAnalysisTests
{
    private static readonly ThreatProfile threat = new("test", "as given",
        [new("T1218", 3, null, ["x"]), new("T1059.004", 1, Today, ["x"]), new("T1583.001", 2, null, ["x"]), new("T9999", 1, null, ["x"])]);

    private static GapReport Report(DefenceInventory defence, params string[] estate) =>
        GapAnalysis.Compare(Facts, threat, LadderBuilder.Build(Facts, defence, Today, new() { Techniques = GapAnalysis.Scope(Facts, threat) }), estate);

    [Fact]
    public void Rows_and_unplaced_are_all_that_was_given()
    {
        var report = Report(DefenceInventory.Empty);

        Assert.Equal(threat.Techniques.Count, report.Rows.Count + report.Unplaced.Count);
        Assert.Equal(report.Rows.Count, report.Counts.Sum(pair => pair.Count));
        Assert.Equal(["T1218", "T1583.001", "T1059.004"], report.Rows.Select(row => row.Technique.Id));
    }

    [Fact]
    public void A_hit_below_a_parent_shows_under_it_and_does_not_cover_it()
    {
        var report = Report(new() { Rules = [Rule("a", "T1218.011")], Hits = [new("id-a", 1, new(RungEvidenceKind.Hit, "a", "l") { Date = Today })] });

        var row = report.Rows.Single(item => item.Technique.Id == "T1218");
        Assert.True(row.IsGap);
        Assert.Equal(("T1218.011", CellState.Fired), row.Children.Select(child => (child.Id, child.State)).Single());
    }

    [Fact]
    public void A_covered_parent_proves_nothing_about_a_child()
    {
        var report = Report(new() { Rules = [Rule("a", "T1059", product: "linux")], Hits = [new("id-a", 1, new(RungEvidenceKind.Hit, "a", "l") { Date = Today })] });

        var row = report.Rows.Single(item => item.Technique.Id == "T1059.004");
        Assert.Equal(CellState.Fired, row.ParentState);
        Assert.True(row.IsGap);
    }

    [Fact]
    public void Only_platforms_of_the_estate_count_where_the_technique_has_them()
    {
        var defence = new DefenceInventory { Rules = [Rule("a", "T1059.004", product: "macos")] };

        var linux = Report(defence, "Linux").Rows.Single(row => row.Technique.Id == "T1059.004");
        var mac = Report(defence, "macOS").Rows.Single(row => row.Technique.Id == "T1059.004");
        var outside = Report(defence, "Linux").Rows.Single(row => row.Technique.Id == "T1583.001");

        Assert.Equal(CellState.NotCollected, linux.State);
        Assert.Equal(CellState.ClaimOnly, mac.State);
        Assert.Equal("PRE", outside.Best!.Platform);
    }

    [Fact]
    public void A_layer_of_gaps_opens_with_nothing_lost()
    {
        var report = Report(new() { Rules = [Rule("a", "T1218"), Rule("b", "T1218.011")] });

        var layer = CoverageLayer.Of(Facts, report);

        var read = LayerReader.Read(LayerWriter.ToBytes(layer));
        Assert.Empty(read.Problems);
        Assert.Empty(LayerCheck.Against(read.Layers[0], Release));
        Assert.Equal(report.Rows.Sum(row => row.Technique.Tactics.Count), read.Layers[0].Techniques.Count);
        Assert.All(read.Layers[0].Techniques, entry => Assert.NotNull(entry.Score));
    }

    [Fact]
    public void A_layer_of_a_whole_ladder_opens_with_nothing_lost()
    {
        var ladder = LadderBuilder.Build(Facts, new() { Rules = [.. Facts.Techniques.Select(item => Rule(item.Id, item.Id))] }, Today);

        var read = LayerReader.Read(LayerWriter.ToBytes(CoverageLayer.Of(Facts, ladder, "all")));

        Assert.Empty(LayerCheck.Against(read.Layers[0], Release));
        Assert.Equal(Facts.Techniques.Sum(item => item.Tactics.Count), read.Layers[0].Techniques.Count);
        Assert.Equal(read.Layers[0].Techniques.Count, read.Layers[0].Techniques.Select(entry => (entry.TechniqueId, entry.Tactic)).Distinct().Count());
    }

    [Fact]
    public void Recency_halves_and_never_grows()
    {
        Assert.Equal(1, ThreatProfile.Recency(Today, Today));
        Assert.Equal(0.5, ThreatProfile.Recency(Today.AddDays(-ThreatProfile.HalfLifeDays), Today), 6);
        Assert.True(ThreatProfile.Recency(null, Today) < ThreatProfile.Recency(Today.AddDays(-1000), Today));
        Assert.Equal(1, ThreatProfile.Recency(Today.AddDays(30), Today));
    }

    [Fact]
    public void A_random_choice_of_actors_is_no_more_alike_than_chance_and_copies_are()
    {
        var random = new Random(11);
        var ids = Facts.Techniques.Select(item => item.Id).ToArray();
        var actors = Enumerable.Range(0, 60).Select(at => ($"A{at}", (IReadOnlyList<string>)[.. Enumerable.Range(0, 20).Select(_ => ids[random.Next(ids.Length)]).Distinct()])).ToList();
        var twins = actors.Concat(Enumerable.Range(0, 6).Select(at => ($"T{at}", (IReadOnlyList<string>)[.. ids.Take(15 + at)]))).ToList();

        Assert.False(ChoiceCheck.Of(["A1", "A7", "A20", "A33", "A41"], actors).IsMoreThanChance);
        Assert.True(ChoiceCheck.Of(["T0", "T1", "T2", "T3"], twins).IsMoreThanChance);
        Assert.Equal(ChoiceCheck.Of(["A1", "A2"], actors), ChoiceCheck.Of(["A1", "A2"], actors));
    }

    [Fact]
    public void A_diff_names_losses_first()
    {
        var hit = new RuleHits("id-a", 1, new(RungEvidenceKind.Hit, "a", "l") { Date = Today });
        var before = LadderBuilder.Build(Facts, new() { Rules = [Rule("a", "T1218.011"), Rule("b", "T1047")], Hits = [hit] }, Today);
        var after = LadderBuilder.Build(Facts, new() { Rules = [Rule("a", "T1218.011"), Rule("b", "T1047"), Rule("c", "T1053.005")], Exercises = [Test("T1047", ExerciseOutcome.Detected, Today)] }, Today);

        var diff = LadderDiff.Of(before, after);

        Assert.Equal([(CellChangeKind.Worse, "T1218.011"), (CellChangeKind.Better, "T1047"), (CellChangeKind.Better, "T1053.005")], diff.Changes.Select(change => (change.Kind, change.TechniqueId)));
        Assert.Equal(before.Cells.Count, diff.Same + diff.Changes.Count);
        Assert.Equal("a", Assert.Single(diff.Changes[0].Removed).What);
    }
}
