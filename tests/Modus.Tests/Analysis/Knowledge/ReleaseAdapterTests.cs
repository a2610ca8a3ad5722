using Modus.Analysis.Knowledge;
using Modus.Attack;
using Modus.Attack.Bundles;
using Xunit;

namespace Modus.Tests.Analysis.Knowledge;

public sealed class ReleaseAdapterTests
{
    [Fact]
    public void A_release_gives_the_same_relations_as_the_compact_knowledge_base()
    {
        var compact = SmallWorld.Real();
        var read = BundleReader.Read([TestData.Need("attack/enterprise-attack-16.1.json.gz")], new ReadOptions(), TestContext.Current.CancellationToken);
        var knowledge = ReleaseAdapter.Read(read.Release!);

        Assert.Equal(Lines(compact.Uses), Lines(knowledge.Uses));
        Assert.Equal(Lines(compact.SoftwareUses), Lines(knowledge.SoftwareUses));
        Assert.Equal(Lines(compact.Attributions), Lines(knowledge.Attributions));
        Assert.Equal(compact.Actors.Select(actor => actor.Id).Order(), knowledge.Actors.Select(actor => actor.Id).Order());
    }

    [Fact]
    public void Facts_without_prose_give_the_same_relations_and_nearly_all_dates_of_the_full_bundle()
    {
        var read = BundleReader.Read([TestData.Need("attack/enterprise-attack-18.1.json.gz")], new ReadOptions(), TestContext.Current.CancellationToken);
        var full = ReleaseAdapter.Read(read.Release!);
        var facts = ReleaseAdapter.Read(KnowledgeBase.Open().Get("18.1")!, EmbeddedFacts.SourceDates);

        Assert.Equal(Lines(full.Uses), Lines(facts.Uses));
        Assert.Equal(Lines(full.SoftwareUses), Lines(facts.SoftwareUses));
        var days = facts.Sources.ToDictionary(source => source.Name, source => source.Date);
        Assert.Equal(full.Sources.Count, facts.Sources.Count);
        Assert.True(full.Sources.Count(source => days[source.Name] != source.Date) <= 5);
    }

    [Fact]
    public void The_embedded_facts_hold_sources_with_days_and_tactics_in_order()
    {
        var release = KnowledgeBase.Open().Newest()!;
        var knowledge = ReleaseAdapter.Read(release, EmbeddedFacts.SourceDates, EmbeddedFacts.SuspectedNations);

        Assert.True(knowledge.Sources.Count(source => source.Date is not null) > 1_200);
        Assert.Equal(release.Tactics[0].Shortname, knowledge.TacticOrder[0]);
        Assert.Contains(knowledge.Actors, actor => actor.SuspectedNation is not null);
        Assert.NotEmpty(knowledge.Successors);
    }

    private static IEnumerable<string> Lines(IEnumerable<Relation> relations) => relations.Where(relation => relation.Sources.Count > 0)
        .Select(relation => $"{relation.Subject} {relation.Object} {string.Join('|', relation.Sources.Order(StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal);
}
