using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Xunit;

namespace Modus.Tests.Analysis.Attribution;

public sealed class RankersTests
{
    [Fact]
    public void Bm25_is_what_its_formula_says()
    {
        var index = new KnowledgeIndex(SmallWorld.Knowledge());
        var view = new KnowledgeView(index, Lens.All);
        var scores = Rankers.Bm25(view, new([index.Techniques.Find("T3")], [], [], []));

        // Three actors, one of them with T3 from one source; Red's length is 5, the average (5 + 4 + 1) / 3.
        var idf = Math.Log(1 + (3 - 1 + 0.5) / (1 + 0.5));
        Assert.Equal(idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 5 / (10 / 3.0))), scores[index.Actors.Find("G1")], 12);
        Assert.Equal(0, scores[index.Actors.Find("G2")]);
    }

    /// <summary>Figures that an independent program printed for the same protocols and formulas.</summary>
    [Theory]
    [InlineData("loro", "BM25", .378, .587, .480)]
    [InlineData("loro", "software", .528, .713, .616)]
    [InlineData("causal", "software", .455, .648, .541)]
    [InlineData("temporal", "BM25", .158, .406, .279)]
    [InlineData("temporal", "software", .396, .535, .477)]
    public void Plain_formulas_repeat_known_figures_of_leak_free_protocols(string protocol, string ranker, double top1, double top5, double mrr)
    {
        var releases = new Dictionary<string, KnowledgeIndex>();
        var ranks = new List<double>();
        foreach (var item in AttributionCase.Read(File.ReadLines(TestData.Need($"attribution/{protocol}.queries.jsonl")), File.ReadLines(TestData.Need($"attribution/{protocol}.truth.jsonl"))))
        {
            if (!item.Known) continue;
            if (!releases.TryGetValue(item.Release, out var index)) releases[item.Release] = index = new(SmallWorld.Real(item.Release));
            var view = new KnowledgeView(index, new Lens { AsOf = item.AsOf, ExcludedSources = item.ExcludedSources });
            var seen = new Observation([.. item.Techniques.Select(index.Techniques.Find).Where(t => t >= 0)], [.. item.Software.Select(index.Software.Find).Where(s => s >= 0)], [], []);
            ranks.Add(RankMetrics.Rank(ranker == "BM25" ? Rankers.Bm25(view, seen) : Rankers.Bm25Software(view, seen), index.Actors.Find(item.Actor)));
        }
        var metrics = RankMetrics.Of(ranks);

        // Ties broken by the last digit move one case in a hundred.
        Assert.Equal(top1, metrics.Top1, 0.011);
        Assert.Equal(top5, metrics.Top5, 0.011);
        Assert.Equal(mrr, metrics.Mrr, 0.006);
    }
}
