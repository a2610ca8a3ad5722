using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Modus.Attack;
using Xunit;

namespace Modus.Tests.Analysis.Prediction;

public sealed class PredictorTests
{
    private static readonly Lazy<ActorKnowledge> knowledge = new(() => ReleaseAdapter.Read(KnowledgeBase.Open().Get("18.1")!, EmbeddedFacts.SourceDates, null, Domains.Enterprise));
    private static readonly Lazy<Predictor> embedded = new(() => new(knowledge.Value));

    [Fact]
    public void Nothing_observed_is_predicted_and_probabilities_fall()
    {
        string[] seen = ["T1566.001", "T1059.001", "T1003.001"];
        var answer = embedded.Value.Unseen(new() { Techniques = seen, Count = 50 });

        Assert.Equal(50, answer.Ranking.Count);
        Assert.Empty(answer.Ranking.Select(item => item.Id).Intersect(seen));
        Assert.Equal(answer.Ranking.OrderByDescending(item => item.Probability).Select(item => item.Id), answer.Ranking.Select(item => item.Id));
        Assert.All(answer.Ranking, item => Assert.InRange(item.Probability, 0, 1));
    }

    [Fact]
    public void Reasons_are_observed_techniques_and_precedents_that_hold_the_prediction()
    {
        string[] seen = ["T1566.001", "T1059.001", "T1003.001"];
        var answer = embedded.Value.Unseen(new() { Techniques = seen, Count = 5 });
        Assert.NotEmpty(answer.Ranking[0].Because);
        Assert.NotEmpty(answer.Ranking[0].Precedents);
        Assert.All(answer.Ranking.SelectMany(item => item.Because), id => Assert.Contains(id, seen));
        foreach (var item in answer.Ranking)
            foreach (var precedent in item.Precedents)
            {
                var subject = precedent.Name.Split(" · ")[0];
                Assert.Contains(knowledge.Value.Uses, relation => relation.Subject == subject && relation.Object == item.Id);
            }
    }

    [Fact]
    public void A_platform_filter_leaves_only_techniques_for_it()
    {
        var answer = embedded.Value.Unseen(new() { Techniques = ["T1059.004"], Platforms = ["linux"], Count = 30 });
        var platforms = knowledge.Value.Techniques.ToDictionary(item => item.Id, item => item.Platforms);
        Assert.All(answer.Ranking, item => Assert.Contains("Linux", platforms[item.Id]));
    }

    [Fact]
    public void Once_per_family_means_a_technique_or_its_parts_not_both()
    {
        var parents = knowledge.Value.Techniques.ToDictionary(item => item.Id, item => item.Parent ?? item.Id);
        var answer = embedded.Value.Unseen(new() { Techniques = ["T1566.001"], OncePerFamily = true, Count = 60 });
        Assert.Equal(answer.Ranking.Count, answer.Ranking.Select(item => parents[item.Id]).Distinct().Count());
    }

    [Fact]
    public void The_more_is_thought_unseen_the_likelier_each_technique()
    {
        var half = embedded.Value.Unseen(new() { Techniques = ["T1566.001", "T1105"], SeenShare = 0.5, Count = 10 });
        var tenth = embedded.Value.Unseen(new() { Techniques = ["T1566.001", "T1105"], SeenShare = 0.1, Count = 10 });
        Assert.Equal(half.Ranking.Select(item => item.Id), tenth.Ranking.Select(item => item.Id));
        Assert.All(half.Ranking.Zip(tenth.Ranking), pair => Assert.True(pair.Second.Probability > pair.First.Probability));
    }

    [Fact]
    public void Reports_of_ones_own_become_precedents()
    {
        var own = Enumerable.Range(0, 30).Select(i => new OwnBasket($"case {i}", ["T1", "T7"])).ToList();
        var before = new Predictor(SmallWorld.Knowledge()).Unseen(new() { Techniques = ["T1"], Count = 7 });
        var after = new Predictor(SmallWorld.Knowledge(), own).Unseen(new() { Techniques = ["T1"], Count = 7 });
        Assert.NotEqual("T7", before.Ranking[0].Id);
        Assert.Equal("T7", after.Ranking[0].Id);
        Assert.StartsWith("case", after.Ranking[0].Precedents[0].Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Learning_from_ones_own_reports_alone_forgets_the_release()
    {
        var own = Enumerable.Range(0, 5).Select(i => new OwnBasket($"case {i}", ["T1", "T7"])).ToList();
        var answer = new Predictor(SmallWorld.Knowledge(), own, ownOnly: true).Unseen(new() { Techniques = ["T1"], Count = 7 });
        Assert.Equal("T7", answer.Ranking[0].Id);
        Assert.All(answer.Ranking.SelectMany(item => item.Precedents), item => Assert.StartsWith("case", item.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_share_of_nothing_or_everything_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => embedded.Value.Unseen(new() { Techniques = ["T1105"], SeenShare = share }));

    [Fact]
    public void Where_everything_was_seen_nothing_is_expected()
    {
        var answer = new Predictor(SmallWorld.Knowledge()).Unseen(new() { Techniques = [.. SmallWorld.Knowledge().Techniques.Select(item => item.Id)] });
        Assert.Empty(answer.Ranking);
        Assert.Equal(0, answer.ExpectedUnseen);
    }

    [Fact]
    public void Without_any_step_one_is_still_expected()
    {
        var answer = new Predictor(SmallWorld.Knowledge()).Next(new() { Techniques = [], Count = 3 }, NextStepModel.Empty);
        Assert.Equal(1, answer.ExpectedUnseen);
        Assert.All(answer.Ranking, item => Assert.InRange(item.Probability, 0, 0.99));
    }

    [Fact]
    public void A_step_that_often_followed_is_likelier_than_without_the_sequences()
    {
        var flows = new NextStepModel(Enumerable.Repeat(new Transition("T1", "T5"), 20));
        Assert.True(Chance("T5", flows, "T1") > 2 * Chance("T5", NextStepModel.Empty, "T1"));
    }

    [Fact]
    public void What_usually_follows_is_likelier_and_so_is_a_part_of_it_a_little()
    {
        var usual = new NextStepModel([], new(new Dictionary<string, string[]> { ["T1"] = ["T6", "T2"] }, []));
        var (exact, part) = (Gain("T6"), Gain("T2.001"));
        Assert.True(exact > part, $"{exact} {part}");
        Assert.True(part > Gain("T3"));
        Assert.Equal(Chance("T6", NextStepModel.Empty, "T2"), Chance("T6", usual, "T2"));

        double Gain(string id) => Chance(id, usual, "T1") / Chance(id, NextStepModel.Empty, "T1");
    }

    [Fact]
    public void A_usual_sequence_lifts_what_comes_soon_or_later_in_it()
    {
        var usual = new NextStepModel([], new(new Dictionary<string, string[]>(), [["T1", "T2", "T3", "T4", "T6", "T7"], ["T5", "T2", "T3"]]));
        Assert.True(Gain("T2") > Gain("T6"));
        Assert.True(Gain("T6") > Gain("T5"));

        double Gain(string id) => Chance(id, usual, "T1") / Chance(id, NextStepModel.Empty, "T1");
    }

    [Fact]
    public void Ids_that_gave_way_are_carried_on_in_known_and_usual_steps()
    {
        var old = new NextStepModel([new("T0", "T5")], new(new Dictionary<string, string[]> { ["T0"] = ["T6", "T99"] }, [["T0", "T99", "T3"]]));
        var now = new NextStepModel([new("T1", "T5")], new(new Dictionary<string, string[]> { ["T1"] = ["T6"] }, [["T1", "T3"]]));
        foreach (var id in new[] { "T3", "T5", "T6" }) Assert.Equal(Chance(id, now, "T1"), Chance(id, old, "T0"));
    }

    [Fact]
    public void The_usual_steps_name_techniques_of_the_releases_that_come_with_them()
    {
        var ids = UsualSteps.Shipped.Next.SelectMany(item => item.Value.Append(item.Key)).Concat(UsualSteps.Shipped.Sequences.SelectMany(item => item)).Distinct().ToList();
        foreach (var release in new[] { "18.1", "19.0" })
        {
            var facts = ReleaseAdapter.Read(KnowledgeBase.Open().Get(release)!, domains: Domains.Enterprise);
            var live = facts.Techniques.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
            Assert.DoesNotContain(ids, id => !live.Contains(facts.Successors.GetValueOrDefault(id, id)));
        }
        Assert.All(UsualSteps.Shipped.Next, item => Assert.Equal(item.Value.Length, item.Value.Distinct().Except([item.Key]).Count()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"next\":[],\"sequences\":[]}")]
    [InlineData("{\"next\":{\"T1\":1},\"sequences\":[]}")]
    public void Usual_steps_that_are_none_are_refused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => UsualSteps.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private static double Chance(string id, NextStepModel steps, params string[] seen) =>
        new Predictor(SmallWorld.Knowledge()).Next(new() { Techniques = seen, Count = 7 }, steps).Ranking.Single(item => item.Id == id).Probability;
}
