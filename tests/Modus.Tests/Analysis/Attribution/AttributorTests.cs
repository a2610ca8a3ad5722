using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Modus.Attack;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class AttributorTests
{
    private static readonly Lazy<Attributor> embedded = new(() =>
        new(ReleaseAdapter.Read(KnowledgeBase.Open().Get("18.1")!, EmbeddedFacts.SourceDates, EmbeddedFacts.SuspectedNations, Domains.Enterprise)));

    private static readonly string[] incident = ["T1566.001", "T1059.001", "T1003.001", "T1547.001", "T1071.001", "T1027"];

    [Fact]
    public void The_opened_score_adds_up_exactly()
    {
        var answer = embedded.Value.Answer(new() { Techniques = incident, Software = ["Mimikatz"], AbsentTechniques = ["T1486"], Explained = 10 });

        Assert.Equal(10, answer.Explanations.Count);
        foreach (var opened in answer.Explanations)
        {
            var score = answer.Candidates.Single(candidate => candidate.Id == opened.Actor).Score;
            Assert.Equal(score, opened.Background + opened.Evidence.Sum(piece => piece.Value), 8);
            Assert.Equal(score, opened.Background + opened.WithoutSource + opened.Sources.Sum(share => share.Value), 8);
            Assert.Equal(incident.Length + 2, opened.Evidence.Count);
        }
    }

    [Theory]
    [InlineData("T1566.001")]
    [InlineData("T1566.001,T1059.001,T1003.001")]
    [InlineData("T1105,T1059.003,T1082,T1083,T1071.001")]
    public void Candidates_and_unknown_make_one(string techniques)
    {
        var answer = embedded.Value.Answer(new() { Techniques = techniques.Split(',') });

        Assert.Equal(1, answer.Unknown + answer.Candidates.Sum(candidate => candidate.Probability), 9);
        Assert.Equal(answer.Candidates.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Id, StringComparer.Ordinal), answer.Candidates);
        Assert.Equal(answer.Candidates.OrderByDescending(candidate => candidate.Probability).Select(candidate => candidate.Probability), answer.Candidates.Select(candidate => candidate.Probability));
    }

    [Fact]
    public void Software_of_one_actor_alone_brings_it_to_the_front()
    {
        var world = SmallWorld.Knowledge();
        var without = new Attributor(world).Answer(new() { Techniques = ["T1", "T2"] });
        var with = new Attributor(world).Answer(new() { Techniques = ["T1", "T2"], Software = ["rake.exe"] });

        Assert.Equal("G1", with.Candidates[0].Id);
        Assert.True(Share(with, "G1") > Share(without, "G1"));

        static double Share(AttributionAnswer answer, string id) => answer.Candidates.Single(candidate => candidate.Id == id).Probability;
    }

    [Fact]
    public void One_technique_is_too_little_evidence() =>
        Assert.Equal(VerdictLevel.TooLittleEvidence, embedded.Value.Answer(new() { Techniques = ["T1059.001"] }).Verdict.Level);

    [Fact]
    public void Ubiquitous_techniques_alone_assert_nobody()
    {
        var answer = embedded.Value.Answer(new() { Techniques = ["T1059.001", "T1105", "T1566.001", "T1204.002", "T1082"] });
        Assert.True(answer.Verdict.Abstains);
        Assert.True(answer.Candidates[0].Probability < 0.5);
        Assert.True(answer.SetSize > 5);
    }

    [Fact]
    public void Every_technique_at_once_asserts_nobody()
    {
        var all = KnowledgeBase.Open().Get("18.1")!.Techniques.Take(500).Select(technique => technique.Id).ToList();
        var answer = embedded.Value.Answer(new() { Techniques = all, Explained = 0 });
        Assert.True(answer.Verdict.Abstains);
        Assert.Equal(1, answer.Unknown + answer.Candidates.Sum(candidate => candidate.Probability), 9);
    }

    [Fact]
    public void Unknown_ids_are_named_and_revoked_ones_are_projected()
    {
        var answer = new Attributor(SmallWorld.Knowledge()).Answer(new() { Techniques = ["T0", "T9999", "T3", "t4"], Software = ["nothing such"] });

        Assert.Equal(["T1", "T3", "T4"], answer.Techniques);
        Assert.Contains(answer.Problems, problem => problem is { Code: "MD6002", Skipped: false });
        Assert.Equal(2, answer.Problems.Count(problem => problem is { Code: "MD6001", Skipped: true }));
    }

    [Fact]
    public void Actors_with_too_few_techniques_are_named() =>
        Assert.Equal(["G3"], new Attributor(SmallWorld.Knowledge()).Answer(new() { Techniques = ["T1", "T2", "T3"] }).Unusable);

    [Fact]
    public void What_was_looked_for_and_not_found_speaks_against_those_who_use_it()
    {
        var attributor = new Attributor(SmallWorld.Knowledge());
        var before = attributor.Answer(new() { Techniques = ["T1", "T2"] });
        var after = attributor.Answer(new() { Techniques = ["T1", "T2"], AbsentTechniques = ["T5"] });

        Assert.True(Score(after, "G2") - Score(after, "G1") < Score(before, "G2") - Score(before, "G1"));
        Assert.Contains(after.Explanations[0].Evidence, piece => piece.Kind == EvidenceKind.AbsentTechnique);

        static double Score(AttributionAnswer answer, string id) => answer.Candidates.Single(candidate => candidate.Id == id).Score;
    }

    [Fact]
    public void A_prior_moves_the_scores_by_its_log_ratio_and_uniform_takes_the_background_out()
    {
        var attributor = new Attributor(SmallWorld.Knowledge());
        var plain = attributor.Answer(new() { Techniques = ["T1", "T2"], UsePrior = false });
        var believed = attributor.Answer(new() { Techniques = ["T1", "T2"], UsePrior = false, Prior = new Dictionary<string, double> { ["G2"] = 10, ["G1"] = 1 } });

        Assert.All(plain.Explanations, opened => Assert.Equal(0, opened.Background, 9));
        Assert.Equal(Math.Log(10), Gap(believed) - Gap(plain), 6);

        static double Gap(AttributionAnswer answer) =>
            answer.Candidates.Single(candidate => candidate.Id == "G2").Score - answer.Candidates.Single(candidate => candidate.Id == "G1").Score;
    }

    [Fact]
    public void A_larger_share_of_unknown_actors_raises_unknown()
    {
        var low = embedded.Value.Answer(new() { Techniques = incident, UnknownShare = 0.1 }).Unknown;
        var high = embedded.Value.Answer(new() { Techniques = incident, UnknownShare = 0.9 }).Unknown;
        Assert.True(high > low + 0.2, $"{low} {high}");
    }

    [Fact]
    public void The_same_question_gives_the_same_answer_through_any_lens_order()
    {
        var attributor = embedded.Value;
        var first = attributor.Answer(new() { Techniques = incident });
        attributor.Answer(new() { Techniques = incident, Lens = new() { AsOf = new(2019, 1, 1) } });
        var again = attributor.Answer(new() { Techniques = [.. incident.Reverse()] });
        Assert.Equal(first.Candidates, again.Candidates);
    }

    [Fact]
    public void As_of_a_day_no_later_source_is_named()
    {
        var day = new DateOnly(2018, 1, 1);
        var answer = embedded.Value.Answer(new() { Techniques = incident, Lens = new() { AsOf = day } });
        Assert.NotEmpty(answer.Explanations.SelectMany(opened => opened.Sources));
        Assert.All(answer.Explanations.SelectMany(opened => opened.Sources), share => Assert.True(EmbeddedFacts.SourceDates[share.Source] < day));
    }

    [Fact]
    public void More_techniques_than_anyone_is_known_for_are_called_a_list()
    {
        var attributor = new Attributor(SmallWorld.Knowledge());
        Assert.Contains(attributor.Answer(new() { Techniques = ["T1", "T2", "T3", "T4", "T5"] }).Problems, item => item is { Code: "MD6007", Skipped: false });
        Assert.DoesNotContain(attributor.Answer(new() { Techniques = ["T1", "T2", "T3", "T4"] }).Problems, item => item.Code == "MD6007");
    }
}
