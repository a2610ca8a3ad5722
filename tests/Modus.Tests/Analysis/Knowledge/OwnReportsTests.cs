using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Profiles;
using Xunit;

namespace Modus.Tests.Analysis.Knowledge;

public sealed class OwnReportsTests
{
    private readonly List<AnalysisProblem> problems = [];

    private ActorKnowledge Join(params OwnReport[] reports) => OwnReports.AddTo(SmallWorld.Knowledge(), reports, problems);

    [Fact]
    public void A_case_is_one_more_source_and_can_be_left_out_again()
    {
        var joined = Join(new OwnReport("case C-1", new(2021, 3, 4), "crimson bear", ["T0", "T5"], ["rake.exe"]));
        var index = new KnowledgeIndex(joined);
        var with = new KnowledgeView(index, Lens.All);
        var before = new KnowledgeView(index, new Lens { AsOf = new(2021, 3, 4) });
        var without = new KnowledgeView(index, new Lens { ExcludedSources = ["case C-1"] });

        float Count(KnowledgeView view, string technique) => view.Counts[index.Actors.Find("G1")][index.Techniques.Find(technique)];
        Assert.Equal(3, Count(with, "T1"));
        Assert.Equal(1, Count(with, "T5"));
        Assert.Equal(2, Count(before, "T1"));
        Assert.Equal(2, Count(without, "T1"));
        Assert.Equal(0, Count(without, "T5"));
        Assert.Equal(2, with.ActorSoftware[index.Actors.Find("G1")][index.Software.Find("S1")]);
        Assert.Empty(problems);
        Assert.Contains("case C-1", new Profiler(joined, Lens.All).Profile("G1")!.Procedures.Single(item => item.Id == "T5").Direct);
    }

    [Fact]
    public void An_actor_that_the_release_lacks_becomes_a_candidate()
    {
        var joined = Join(new OwnReport("case C-2", null, "Night Owl", ["T5", "T6", "T7"], []));
        var answer = new Attributor(joined).Answer(new() { Techniques = ["T5", "T6", "T7"] });

        Assert.Contains(answer.Candidates, item => item.Id == "Night Owl");
        Assert.Contains(problems, item => item is { Code: "MD6006", Skipped: false });
        Assert.Equal(["Night Owl"], new Profiler(joined, Lens.All).Find("night owl"));
    }

    [Fact]
    public void What_cannot_be_used_is_named_and_the_rest_is_used()
    {
        var joined = Join(
            new OwnReport("case C-3", new(2021, 1, 1), "G2", ["T3", "T99"], ["No Such Thing"]),
            new OwnReport("case C-4", new(2021, 1, 1), "Navy", ["T3"], []));

        Assert.Equal(["MD6001", "MD6001", "MD6003"], problems.Select(item => item.Code).Order());
        Assert.All(problems, item => Assert.True(item.Skipped));
        Assert.Contains(joined.Uses, item => item is { Subject: "G2", Object: "T3" } && item.Sources.SequenceEqual(["case C-3"]));
        Assert.DoesNotContain(joined.Sources, item => item.Name == "case C-4");
    }

    [Fact]
    public void Without_cases_the_knowledge_stays_the_same() => Assert.Equal(SmallWorld.Knowledge().Uses.Count, Join().Uses.Count);
}
