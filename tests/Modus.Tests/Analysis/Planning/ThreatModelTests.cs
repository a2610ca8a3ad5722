using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Evaluation;
using Modus.Analysis.Planning.Threat;
using Xunit;

namespace Modus.Tests.Analysis.Planning;

/// <summary>Weights of techniques by dated use, and what they are worth looking forward.</summary>
public sealed class ThreatModelTests
{
    private static readonly DateOnly today = new(2025, 1, 1);

    [Fact]
    public void A_use_counts_half_after_each_half_life()
    {
        var weights = ThreatModel.Weigh(["T1", "T2", "T3"],
        [
            Use("G1", "T1", today), Use("G2", "T2", today.AddDays(-100)), Use("G3", "T3", today.AddDays(-200)),
        ], new() { HalfLifeDays = 100, SoftwareShare = 0 });

        Assert.Equal(["T1", "T2", "T3"], weights.Select(row => row.Technique));
        Assert.Equal(4.0 / 7, weights[0].Weight, 9);
        Assert.Equal(2.0 / 7, weights[1].Weight, 9);
        Assert.Equal(1.0 / 7, weights[2].Weight, 9);
    }

    [Fact]
    public void An_actor_counts_once_for_a_technique_and_what_came_later_does_not_exist_yet()
    {
        var uses = new[] { Use("G1", "T1", today.AddDays(-500)), Use("G1", "T1", today.AddDays(-50)), Use("G2", "T2", today.AddDays(-50)), Use("G3", "T2", today.AddDays(9)) };
        var weights = ThreatModel.Weigh(["T1", "T2"], uses, new() { AsOf = today, SoftwareShare = 0 });
        Assert.Equal(0.5, weights[0].Weight, 9);
        Assert.Equal(0.5, weights[1].Weight, 9);
        Assert.Equal(today.AddDays(-50), weights[0].LastSeen);
    }

    [Fact]
    public void Parts_sum_to_the_whole_and_own_history_gains_weight_with_its_size()
    {
        var uses = Enumerable.Range(1, 40).Select(at => Use($"G{at % 7}", $"T{at}", today.AddDays(-at))).Append(new("S1", UserKind.Software, "T3", today, [])).ToList();
        var techniques = Enumerable.Range(1, 40).Select(at => $"T{at}").ToList();
        var none = ThreatModel.Weigh(techniques, uses, new());
        var blended = ThreatModel.Weigh(techniques, uses, new() { OwnActors = ["G1"] });

        Assert.Equal(1, none.Sum(row => row.Weight), 9);
        Assert.Equal(1, blended.Sum(row => row.Weight), 9);
        Assert.Equal(0.1 / 1.1, none.Sum(row => row.Software), 9);
        Assert.Equal(6 / 26.0, blended.Sum(row => row.Own), 9);
        Assert.True(blended.Single(row => row.Technique == "T8").Weight > none.Single(row => row.Technique == "T8").Weight);
    }

    [Fact]
    public void Alike_actors_beat_chance_and_drawn_ones_do_not()
    {
        var random = new Random(5);
        var uses = new List<UseRecord>();
        for (var actor = 0; actor < 60; actor++)
            for (var i = 0; i < 10; i++)
                uses.Add(Use($"G{actor:00}", actor < 5 && i < 6 ? $"T{i}" : $"T{10 + random.Next(80)}", today));
        Assert.True(ProfileChance.Of(uses, ["G00", "G01", "G02", "G03"]).BeatsChance);
        Assert.False(ProfileChance.Of(uses, ["G20", "G31", "G42", "G53"]).BeatsChance);
        Assert.Equal(1, ProfileChance.Of(uses, ["G00", "G01"]).PValue);
    }

    [Fact]
    public void The_interval_holds_the_weight_and_widens_with_fewer_actors()
    {
        var many = Enumerable.Range(0, 200).Select(at => Use($"G{at}", at % 4 == 0 ? "T1" : "T2", today)).ToList();
        var few = many.Take(8).ToList();
        var (low, high) = new WeightBootstrap(["T1", "T2"], many, new()).Interval([("T1", 1)]);
        var (lowFew, highFew) = new WeightBootstrap(["T1", "T2"], few, new()).Interval([("T1", 1)]);
        Assert.InRange(0.25, low, high);
        Assert.True(highFew - lowFew > high - low);
    }

    [Fact]
    public void A_back_test_knows_nothing_of_the_later_release_and_its_control_is_no_better_than_chance()
    {
        var random = new Random(2);
        string[] techniques = [.. Enumerable.Range(0, 200).Select(at => $"T{at:000}")];
        var early = Release("1", new(2023, 1, 1), Actors(0, 40));
        var late = Release("2", new(2024, 1, 1), [.. early.Uses, .. Actors(40, 90)]);

        var answer = BackTest.Run(new() { Releases = [early, late], Picks = [20] });
        var rows = answer.Rows.Where(row => row.JudgedBy == JudgedBy.Actors).ToDictionary(row => row.Ranker);

        Assert.Equal(50, answer.Steps.Single().Actors);
        Assert.True(rows[BackTest.Modus].BeatsChance);
        Assert.False(rows[BackTest.Control].BeatsChance);
        Assert.True(rows[BackTest.Modus].OfOracle is > 0.5 and <= 1);
        // A technique that the rules already cover is no gain.
        var covered = BackTest.Run(new() { Releases = [early, late], Picks = [20], Rules = [new(new(2022, 1, 1), techniques)] });
        Assert.All(covered.Rows.Where(row => row.JudgedBy == JudgedBy.Actors), row => Assert.Equal(0, row.Gain));
        Assert.All(covered.Rows.Where(row => row.JudgedBy == JudgedBy.Actors), row => Assert.Equal(1, row.Before));

        List<UseRecord> Actors(int from, int to)
        {
            var uses = new List<UseRecord>();
            for (var actor = from; actor < to; actor++)
                foreach (var id in Enumerable.Range(0, 12).Select(_ => techniques[(int)(200 * Math.Pow(random.NextDouble(), 3))]).Distinct().ToList())
                    uses.Add(new($"G{actor:00}", UserKind.Group, id, new(2022, 6, 1), [$"report {actor}"]));
            return uses;
        }

        ReleaseUses Release(string version, DateOnly date, IReadOnlyList<UseRecord> uses) => new(version, date, techniques, uses, uses.Select(use => use.User).ToHashSet());
    }

    private static UseRecord Use(string user, string technique, DateOnly date) => new(user, UserKind.Group, technique, date, ["source of " + user]);
}
