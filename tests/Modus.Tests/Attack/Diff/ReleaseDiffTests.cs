using Modus.Attack;
using Modus.Attack.Diff;
using Xunit;

namespace Modus.Tests.Attack.Diff;

/// <summary>Real releases compared; the expected figures were counted from the bundles by other means.</summary>
public sealed class ReleaseDiffTests
{
    private static readonly Lazy<ReleaseDiff> to181 = new(() => ReleaseDiff.Between(Real.Enterprise171, Real.Enterprise181));
    private static readonly Lazy<ReleaseDiff> to190 = new(() => ReleaseDiff.Between(Real.Enterprise181, Real.Enterprise190));

    [Fact]
    public void Counts_procedures_and_texts_from_17_1_to_18_1()
    {
        var diff = to181.Value;

        Assert.Equal((1083, 54, 204), Relations(diff, RelationshipType.Uses));
        Assert.Equal((24, 0, 5), Relations(diff, RelationshipType.Mitigates));
        Assert.Equal((691, 2116, 0), Relations(diff, RelationshipType.Detects));
        Assert.Equal((7, 0, 0), Relations(diff, RelationshipType.SubtechniqueOf));
        Assert.Equal((2, 0, 0), Relations(diff, RelationshipType.AttributedTo));
        Assert.Equal((0, 0, 0), Relations(diff, RelationshipType.RevokedBy));
    }

    [Fact]
    public void Lists_the_49_techniques_that_changed_and_not_the_noise()
    {
        var techniques = to181.Value.Objects.Where(change => change.Object.Kind == ObjectKind.Technique).ToList();

        Assert.Equal(12, techniques.Count(change => change.Change == ChangeKind.Added));
        Assert.Equal(49, techniques.Count(change => change.Change == ChangeKind.Changed));
        Assert.Equal(61, techniques.Count);
        Assert.Equal(["T1036.008", "T1037.004", "T1552", "T1566.004"],
            techniques.Where(change => change is { Change: ChangeKind.Changed, IsUnannounced: true }).Select(change => change.Object.Id));
        Assert.Empty(to181.Value.TacticMoves);
    }

    [Fact]
    public void Counts_all_kinds_from_17_1_to_18_1()
    {
        var counts = to181.Value.Objects.GroupBy(change => (change.Object.Kind, change.Change)).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(6, counts[(ObjectKind.Group, ChangeKind.Added)]);
        Assert.Equal(29, counts[(ObjectKind.Software, ChangeKind.Added)]);
        Assert.Equal(5, counts[(ObjectKind.Campaign, ChangeKind.Added)]);
        Assert.Equal(37, counts[(ObjectKind.DataSource, ChangeKind.Deprecated)]);
        Assert.Equal(51, counts[(ObjectKind.DataComponent, ChangeKind.Changed)]);
        Assert.Equal(691, counts[(ObjectKind.DetectionStrategy, ChangeKind.Added)]);
        Assert.Equal(1739, counts[(ObjectKind.Analytic, ChangeKind.Added)]);
        Assert.Equal(2, counts[(ObjectKind.Mitigation, ChangeKind.Changed)]);
        Assert.DoesNotContain(counts.Keys, key => key.Change is ChangeKind.Revoked or ChangeKind.Vanished);
    }

    [Fact]
    public void Tells_once_what_a_release_gave_up_as_a_whole()
    {
        var sweeps = to181.Value.Sweeps.Where(sweep => sweep.Kind == ObjectKind.Technique).ToDictionary(sweep => sweep.Field);

        Assert.Equal(["data sources", "detection"], sweeps.Keys.Order());
        Assert.All(sweeps.Values, sweep => Assert.True(sweep.IsDropped));
        Assert.Equal(639, sweeps["data sources"].Count);
    }

    [Fact]
    public void Shows_the_split_of_a_tactic_in_19_0()
    {
        var flows = to190.Value.TacticFlows;
        var split = flows.Single(flow => flow.Before?.Name != flow.After?.Name && flow.Before is not null);
        var fresh = flows.Single(flow => flow.Before is null);

        Assert.Equal(("Defense Evasion", "Stealth", "TA0005"), (split.Before!.Name, split.After!.Name, split.After.Id));
        Assert.Equal((144, 41, 13, 17, 0), (split.Stayed, Assert.Single(split.MovedTo).Count, split.LeftOnly, split.Died, split.StayedAndGained));
        Assert.Equal((0, 4), (split.Entered, split.New));
        Assert.Equal(("TA0112", 41, 15), (fresh.After!.Id, fresh.Entered, fresh.New));
        Assert.Equal(215, split.Stayed + split.MovedTo.Sum(move => move.Count) + split.LeftOnly + split.Died);
    }

    [Fact]
    public void Lists_18_moves_beyond_the_split()
    {
        var further = to190.Value.TacticMoves.Where(move => !move.IsPartOfSplit).ToList();

        Assert.Equal(54, to190.Value.TacticMoves.Count(move => move.IsPartOfSplit));
        Assert.Equal(
            ["T1127", "T1127.001", "T1127.002", "T1127.003", "T1197", "T1574", "T1574.001", "T1574.004", "T1574.005", "T1574.006", "T1574.007", "T1574.008", "T1574.009", "T1574.010", "T1574.011", "T1574.012", "T1574.013", "T1574.014"],
            further.Select(move => move.After.Id));
        var hijack = further.Single(move => move.After.Id == "T1574");
        Assert.Equal(["persistence", "privilege-escalation"], hijack.Lost.Select(tactic => tactic.Shortname));
        Assert.Equal(["execution"], hijack.Gained.Select(tactic => tactic.Shortname));
    }

    [Fact]
    public void Lists_17_revocations_with_their_successors_and_3_that_were_pointed_anew()
    {
        var revoked = to190.Value.Objects.Where(change => change.Change == ChangeKind.Revoked).ToList();
        var again = to190.Value.Objects.Where(change => change.Properties.Any(property => property.Name == "replaced by"))
            .ToDictionary(change => change.Object.Id, change => change.Properties[0].After);

        Assert.Equal(17, revoked.Count);
        Assert.Equal("T1685.005", revoked.Single(change => change.Object.Id == "T1070.001").Succession!.Successor!.Id);
        Assert.All(revoked, change => Assert.True(change.Succession!.Successor!.IsAlive));
        Assert.Equal(new Dictionary<string, string?> { ["T1089"] = "T1685", ["T1054"] = "T1685", ["T1148"] = "T1690" }, again);
    }

    [Fact]
    public void Counts_the_rest_of_19_0()
    {
        var diff = to190.Value;
        var added = diff.Objects.Where(change => change.Change == ChangeKind.Added).GroupBy(change => change.Object.Kind).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal((1191, 264, 0), Relations(diff, RelationshipType.Uses));
        Assert.Equal((50, 47, 0), Relations(diff, RelationshipType.Mitigates));
        Assert.Equal((23, 17, 0), Relations(diff, RelationshipType.Detects));
        Assert.Equal((14, 14, 0), Relations(diff, RelationshipType.SubtechniqueOf));
        Assert.Equal((20, 3, 0), Relations(diff, RelationshipType.RevokedBy));
        Assert.Equal((23, 2, 36, 4, 1, 8, 19, 1), (added[ObjectKind.Technique], added[ObjectKind.Group], added[ObjectKind.Software], added[ObjectKind.Campaign],
            added[ObjectKind.DataComponent], added[ObjectKind.DetectionStrategy], added[ObjectKind.Analytic], added[ObjectKind.Tactic]));
        Assert.Equal(["T1211", "T1222.001", "T1222.002", "T1557.001"], diff.Objects
            .Where(change => change.Object is Technique && change.Properties.Any(property => property.Name == "name")).Select(change => change.Object.Id));
        Assert.Contains(diff.Objects, change => change.Object is Matrix && change.Properties.Any(property => property.Name == "order of tactics"));
    }

    [Fact]
    public void Finds_nothing_between_a_release_and_itself_or_its_other_form()
    {
        var itself = ReleaseDiff.Between(Real.Enterprise181, Real.Enterprise181);
        var stix20 = ReleaseDiff.Between(Real.Enterprise181, Real.Release("enterprise-attack-18.1.stix20.json.gz"));

        Assert.Empty(itself.Objects);
        Assert.Empty(itself.Relations);
        Assert.Empty(itself.Bookkeeping);
        Assert.DoesNotContain(itself.TacticFlows, flow => flow.IsChanged);
        Assert.Empty(stix20.Relations);
        Assert.Empty(stix20.TacticMoves);
        Assert.Empty(stix20.Objects);
    }

    [Fact]
    public void Leaves_mobile_and_ics_without_tactic_moves_and_keeps_domains_apart()
    {
        var mobile = ReleaseDiff.Between(Real.Release("mobile-attack-17.1.json"), Real.Mobile181);
        var ics = ReleaseDiff.Between(Real.Release("ics-attack-17.1.json"), Real.Ics181);
        var mixed = ReleaseDiff.Between(Real.Mobile181, Real.Ics181);

        Assert.Empty(mobile.TacticMoves);
        Assert.Empty(ics.TacticMoves);
        Assert.Equal((83, 1, 20), Relations(mobile, RelationshipType.Uses));
        Assert.Equal((161, 0, 0), Relations(ics, RelationshipType.Targets));
        Assert.Empty(mixed.Objects);
        Assert.Contains(mixed.Limits, limit => limit.Contains("share no domain", StringComparison.Ordinal));
    }

    [Fact]
    public void Goes_backwards_as_the_mirror_of_forwards()
    {
        var back = ReleaseDiff.Between(Real.Enterprise190, Real.Enterprise181);

        Assert.Equal((264, 1191, 0), Relations(back, RelationshipType.Uses));
        Assert.Equal(17, back.Objects.Count(change => change.Change == ChangeKind.Revived));
        Assert.Equal(23, back.Objects.Count(change => change is { Change: ChangeKind.Vanished, Object: Technique }));
        Assert.Equal(72, back.TacticMoves.Count);
    }

    [Fact]
    public void Names_the_new_sources_of_a_procedure()
    {
        var added = to181.Value.Procedures.Where(change => change.Change == RelationChangeKind.Added).ToList();

        Assert.All(added, change => Assert.Equal(change.After!.Citations, change.NewCitations));
        Assert.Contains(added, change => change.NewCitations.Count > 0);
        Assert.Contains(to181.Value.Procedures, change => change is { Change: RelationChangeKind.Rewritten, NewCitations.Count: > 0 });
    }

    [Fact]
    public void Tells_procedures_that_only_follow_a_replacement_from_those_that_are_new()
    {
        var gone = to190.Value.Procedures.Where(change => change.Change == RelationChangeKind.Removed).ToList();
        var added = to190.Value.Procedures.Where(change => change.Change == RelationChangeKind.Added).ToList();

        Assert.All(gone.Where(change => change.Follows is not null), change =>
        {
            Assert.Equal(change.Follows, Real.Enterprise190.FindByStixId(change.Before!.Target.StixId)!.Succession.Successor);
            Assert.Contains(added, other => other.After!.Source.StixId == change.Before.Source.StixId && other.After.Target == change.Follows && other.Follows is not null);
        });
        Assert.Contains(gone, change => change.Follows is not null);
        Assert.Contains(added, change => change.Follows is null);
        Assert.All(to181.Value.Relations, change => Assert.Null(change.Follows));
    }

    private static (int Added, int Removed, int Rewritten) Relations(ReleaseDiff diff, RelationshipType type)
    {
        var changes = diff.Relations.Where(change => change.Relationship.Type == type).ToList();
        return (changes.Count(change => change.Change == RelationChangeKind.Added), changes.Count(change => change.Change == RelationChangeKind.Removed),
            changes.Count(change => change.Change == RelationChangeKind.Rewritten));
    }
}
