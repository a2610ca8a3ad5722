using Modus.Attack;
using Xunit;

namespace Modus.Tests.Attack.Model;

/// <summary>The traps of the real data: identity, life-cycle, techniques, tactics. Numbers are counted independently of Modus.</summary>
public sealed class GotchaTests
{
    [Fact]
    public void Gotcha_1_revoked_and_deprecated_are_apart_and_absent_means_false()
    {
        var release = Real.Enterprise181;

        Assert.DoesNotContain(release.All(), item => item.IsRevoked && item.IsDeprecated);
        Assert.Equal(
            (132, 12, 6, 9, 2, 1, 224, 38, 3),
            (Count<Technique>(item => item.IsRevoked), Count<Technique>(item => item.IsDeprecated),
                Count<Group>(item => item.IsRevoked), Count<Group>(item => item.IsDeprecated),
                Count<Software>(item => item.IsRevoked), Count<Software>(item => item.IsDeprecated),
                Count<Mitigation>(item => item.IsDeprecated), Count<DataSource>(item => item.IsDeprecated),
                Count<DataComponent>(item => item.IsDeprecated)));
        // 8.2 has no deprecated flag on living objects at all.
        Assert.True(Real.Enterprise82.Find<Technique>("T1059.001")!.IsAlive);

        int Count<T>(Func<T, bool> test) where T : AttackObject => release.All<T>().Count(test);
    }

    [Theory]
    [InlineData("T1150", "T1150 T1547.011 T1647")]
    [InlineData("T1162", "T1162 T1547.011 T1647")]
    [InlineData("T1073", "T1073 T1574.002 T1574.001")]
    [InlineData("T1059.001", "T1059.001")]
    public void Gotcha_2_chains_of_replacement_are_followed_to_their_end(string id, string route)
    {
        var succession = Real.Enterprise181.Find<Technique>(id)!.Succession;

        Assert.Equal(route, string.Join(' ', succession.Route.Select(step => step.Id)));
        Assert.True(succession.Successor!.IsAlive);
        Assert.Equal(succession.Route.Count == 1 ? SuccessionEnd.NotReplaced : SuccessionEnd.Successor, succession.End);
    }

    [Fact]
    public void Gotcha_2_dead_ends_are_named_as_such()
    {
        var dead = Real.Mobile181.All<Technique>().Where(technique => technique.IsRevoked && technique.Succession.Successor is null)
            .ToDictionary(technique => technique.Id, technique => technique.Succession.End);

        Assert.Equal(["T1431", "T1434", "T1440", "T1441", "T1442", "T1443", "T1445", "T1454", "T1455"], dead.Keys.Order());
        Assert.Equal(SuccessionEnd.NoSuccessor, dead["T1454"]);
        Assert.All(dead.Where(pair => pair.Key != "T1454"), pair => Assert.Equal(SuccessionEnd.Deprecated, pair.Value));
        Assert.Equal(6, Real.Mobile181.Find<Technique>("T1638")!.Incoming(RelationshipType.RevokedBy).Count());
    }

    [Fact]
    public void Gotcha_2_every_revoked_enterprise_technique_has_a_living_successor()
    {
        Assert.All(
            Real.Enterprise181.All<Technique>().Where(technique => technique.IsRevoked),
            technique => Assert.Equal(SuccessionEnd.Successor, technique.Succession.End));
    }

    [Fact]
    public void Gotcha_3_a_dead_mitigation_with_a_techniques_id_does_not_hide_the_technique()
    {
        var release = Real.Enterprise181;
        var collisions = release.All<Mitigation>().Where(item => release.Find<Technique>(item.Id) is { IsAlive: true }).ToList();

        Assert.Equal(224, release.All<Mitigation>().Count(item => item.Id.StartsWith('T')));
        Assert.Equal(95, collisions.Count);
        Assert.All(collisions, item =>
        {
            Assert.IsType<Technique>(release.Find(item.Id));
            Assert.Same(item, release.Find<Mitigation>(item.Id));
            Assert.Equal(2, release.FindAll(item.Id).Count);
        });
        Assert.Equal(2, Real.Mobile181.All<Matrix>().Count(matrix => matrix.Id == "mobile-attack"));
        Assert.Single(Real.Mobile181.Matrices);
    }

    [Fact]
    public void Gotcha_4_an_id_can_pass_to_another_object_and_software_can_change_its_kind()
    {
        var release = Real.Enterprise181;
        var ngrok = release.Find<Software>("S0508")!;
        var old = release.Find<Software>("S9000")!;

        Assert.False(ngrok.IsMalware);
        Assert.True(old.IsMalware);
        Assert.True(old.IsRevoked);
        Assert.Same(ngrok, old.Succession.Successor);
        Assert.NotEqual(ngrok.StixId, old.StixId);
        Assert.True(release.Find<Software>("S0154")!.IsMalware);
    }

    [Fact]
    public void Gotcha_4_relationships_vanish_between_releases()
    {
        Assert.Equal(2_116, Real.Enterprise171.Relationships(RelationshipType.Detects).Count(link => link.Source is DataComponent));
        Assert.DoesNotContain(Real.Enterprise181.Relationships(RelationshipType.Detects), link => link.Source is DataComponent);
    }

    [Fact]
    public void Gotcha_5_relationships_are_keyed_by_type_source_and_target()
    {
        foreach (var release in new[] { Real.Enterprise171, Real.Enterprise181, Real.Ics181, Real.Mobile181 })
            Assert.Equal(release.RelationshipCount, release.Relationships().Select(link => (link.TypeName, link.Source.StixId, link.Target.StixId)).Distinct().Count());

        var old = Real.Release("enterprise-attack-16.1.json.gz").Relationships().ToDictionary(Key, link => link.StixId);
        Assert.Equal(10, Real.Enterprise171.Relationships().Count(link => old.TryGetValue(Key(link), out var id) && id != link.StixId));
        Assert.Equal(2, Real.Enterprise181.Relationships(RelationshipType.SubtechniqueOf).Count(link => !link.Source.IsAlive));

        static (string, string, string) Key(Relationship link) => (link.TypeName, link.Source.StixId, link.Target.StixId);
    }

    [Fact]
    public void Gotcha_5_old_releases_relate_to_dead_objects()
    {
        var dead = Real.Release("enterprise-attack-12.1.json.gz").Relationships()
            .Where(link => link.Target is Technique { IsRevoked: true } && link.Type != RelationshipType.RevokedBy).ToLookup(link => link.Type);

        Assert.Equal(330, dead[RelationshipType.Mitigates].Count());
        Assert.Equal(76, dead[RelationshipType.Uses].Count());
    }

    [Fact]
    public void Gotcha_6_versions_are_texts_and_the_content_hash_sees_through_stamps()
    {
        var release = Real.Enterprise181;
        Assert.Equal("1.10", release.Find<Software>("S0002")!.Version);
        Assert.Equal("1.13", release.Find<Software>("S0154")!.Version);
        Assert.True(ReleaseVersion.Comparer.Compare("1.10", "1.9") > 0);

        var changed = release.All<Technique>().Where(technique => technique.IsAlive)
            .Select(technique => (New: technique, Old: (Technique?)Real.Enterprise171.FindByStixId(technique.StixId)))
            .Where(pair => pair.Old is { IsAlive: true } && Meaning(pair.New) != Meaning(pair.Old)).ToList();
        // 49 living techniques changed in what they say; four of them without a new version.
        Assert.Equal(49, changed.Count);
        Assert.Equal(["T1036.008", "T1037.004", "T1552", "T1566.004"], changed.Where(pair => pair.New.Version == pair.Old!.Version).Select(pair => pair.New.Id).Order());
        Assert.All(changed, pair => Assert.NotEqual(pair.Old!.ContentHash, pair.New.ContentHash));

        static string Meaning(Technique technique) =>
            $"{technique.Name}|{technique.Description}|{string.Join(',', technique.Platforms.Order())}|{string.Join(',', technique.Tactics.Select(tactic => tactic.Shortname).Order())}";
    }

    [Fact]
    public void Gotcha_6_equal_content_has_equal_hashes_in_both_forms_of_a_release()
    {
        var other = Real.Release("enterprise-attack-18.1.stix20.json.gz");
        foreach (var item in Real.Enterprise181.All())
            if (item.Kind != ObjectKind.Other) Assert.Equal(item.ContentHash, other.FindByStixId(item.StixId)!.ContentHash);
        // The hash tells different objects apart.
        Assert.Equal(Real.Enterprise181.All<Technique>().Count, Real.Enterprise181.All<Technique>().Select(technique => technique.ContentHash).Distinct().Count());
    }

    [Fact]
    public void Gotcha_8_techniques_have_up_to_four_tactics_and_subs_those_of_their_parent()
    {
        var release = Real.Enterprise181;
        var byCount = release.Techniques.CountBy(technique => technique.Tactics.Count).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));

        Assert.Equal([(1, 537), (2, 117), (3, 32), (4, 5)], byCount);
        Assert.Equal(887, release.Tactics.Sum(tactic => tactic.Techniques.Count));
        Assert.All(release.Techniques.Where(technique => technique.IsSubtechnique), technique =>
            Assert.Equal(technique.Parent!.Tactics, technique.Tactics));
        Assert.Equal(6, release.Techniques.Count(technique => technique.Parent is { } parent && technique.Platforms.Except(parent.Platforms).Any()));
    }

    [Fact]
    public void Gotcha_9_parents_come_from_the_relationship_and_dead_subs_may_lack_it()
    {
        var release = Real.Enterprise181;

        Assert.All(release.Techniques.Where(technique => technique.IsSubtechnique), technique =>
        {
            Assert.Same(release.Find<Technique>(technique.Id[..5]), technique.Parent);
            Assert.Contains(technique, technique.Parent!.Subtechniques);
        });
        foreach (var id in new[] { "T1053.001", "T1547.011" })
        {
            var dead = release.Find<Technique>(id)!;
            Assert.False(dead.IsAlive);
            Assert.Empty(dead.Outgoing(RelationshipType.SubtechniqueOf));
            Assert.Equal(id[..5], dead.Parent!.Id);
        }
        Assert.All(release.Techniques, technique => Assert.Equal(technique.Id.Contains('.', StringComparison.Ordinal), technique.IsSubtechnique));
    }

    [Fact]
    public void Gotcha_10_names_are_not_unique_but_full_names_are()
    {
        var live = Real.Enterprise181.Techniques;

        Assert.Equal(23, live.GroupBy(technique => technique.Name).Count(group => group.Count() > 1));
        Assert.Equal(live.Count, live.Select(technique => technique.FullName).Distinct().Count());
        Assert.Equal(3, Real.Enterprise181.FindByName<Technique>("digital certificates").Count(technique => technique.IsAlive));
        Assert.Equal("T1587.003", Real.Enterprise181.FindByName<Technique>("Develop Capabilities: Digital Certificates").Single().Id);
        foreach (var release in new[] { Real.Mobile181, Real.Ics181 })
            Assert.Equal(release.Techniques.Count, release.Techniques.Select(technique => technique.Name).Distinct().Count());
    }

    [Fact]
    public void Gotcha_11_tactics_are_joined_by_short_name_within_their_domain_and_ordered_by_the_living_matrix()
    {
        Assert.Equal(
            ["TA0002", "TA0041", "TA0104"],
            new[] { Real.Enterprise181, Real.Mobile181, Real.Ics181 }.Select(release => release.FindTactics("execution").Single().Id));
        Assert.Equal(
            ["reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation", "stealth",
                "defense-impairment", "credential-access", "discovery", "lateral-movement", "collection", "command-and-control", "exfiltration", "impact"],
            Real.Enterprise190.Tactics.Select(tactic => tactic.Shortname));
        Assert.Equal(Enumerable.Range(0, 15), Real.Enterprise190.Tactics.Select(tactic => tactic.Order));
        Assert.Equal("TA0005", Real.Enterprise190.FindTactics("stealth").Single().Id);
        // Mobile's second matrix is dead, and so are its two tactics.
        Assert.Equal((12, 14), (Real.Mobile181.Tactics.Count, Real.Mobile181.All<Tactic>().Count));
        foreach (var release in new[] { Real.Enterprise82, Real.Enterprise181, Real.Enterprise190, Real.Mobile181, Real.Ics181 })
            Assert.All(release.Techniques, technique => Assert.Equal(technique.Phases.Count, technique.Tactics.Count));
    }

    [Fact]
    public void Gotcha_12_platforms_are_taken_as_the_release_spells_them()
    {
        Assert.Contains("Azure AD", Real.Release("enterprise-attack-14.1.json.gz").Techniques.SelectMany(technique => technique.Platforms));
        Assert.DoesNotContain("Azure AD", Real.Enterprise181.Techniques.SelectMany(technique => technique.Platforms));
        Assert.Equal(82, Real.Ics181.Techniques.Count(technique => technique.Platforms is ["None"]));
        Assert.All(Real.Enterprise181.All<Technique>(), technique => Assert.Null(technique.Detection));
        Assert.Contains(Real.Enterprise171.Techniques, technique => technique.Detection is not null);
    }
}
