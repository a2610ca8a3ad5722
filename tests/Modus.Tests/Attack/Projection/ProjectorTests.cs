using Modus.Attack;
using Modus.Attack.Projection;
using Xunit;

namespace Modus.Tests.Attack.Projection;

/// <summary>Mappings carried between real releases; what is expected is what MITRE announced of each.</summary>
public sealed class ProjectorTests
{
    private static Projector Forward => new(Real.Enterprise181, Real.Enterprise190, Domains.Enterprise);

    private static Projector Back => new(Real.Enterprise190, Real.Enterprise181, Domains.Enterprise);

    [Theory]
    [InlineData("T1059.001", Verdict.Carried, "T1059.001")]
    [InlineData("T1211", Verdict.Renamed, "T1211")]
    [InlineData("T1557.001", Verdict.Renamed, "T1557.001")]
    [InlineData("T1562", Verdict.Narrowed, "T1685")]
    [InlineData("T1562.001", Verdict.Merged, "T1685")]
    [InlineData("T1562.006", Verdict.Merged, "T1685")]
    [InlineData("T1562.002", Verdict.NewId, "T1685.001")]
    [InlineData("T1562.008", Verdict.NewId, "T1685.002")]
    [InlineData("T1562.011", Verdict.NewId, "T1685.003")]
    [InlineData("T1562.012", Verdict.NewId, "T1685.004")]
    [InlineData("T1070.001", Verdict.NewId, "T1685.005")]
    [InlineData("T1070.002", Verdict.NewId, "T1685.006")]
    [InlineData("T1562.004", Verdict.SplitSuspected, "T1686")]
    [InlineData("T1562.007", Verdict.NewId, "T1686.001")]
    [InlineData("T1562.013", Verdict.NewId, "T1686.002")]
    [InlineData("T1562.009", Verdict.NewId, "T1688")]
    [InlineData("T1562.010", Verdict.NewId, "T1689")]
    [InlineData("T1562.003", Verdict.NewId, "T1690")]
    [InlineData("T1656", Verdict.NewId, "T1684.001")]
    [InlineData("T1672", Verdict.NewId, "T1684.002")]
    [InlineData("T1548.002", Verdict.TacticMoved, "T1548.002")]
    [InlineData("T1112", Verdict.TacticMoved, "T1112")]
    [InlineData(" t1059.001 ", Verdict.Carried, "T1059.001")]
    [InlineData("T9999", Verdict.NeedsReview, null)]
    public void Gives_each_technique_of_18_1_its_verdict_in_19_0(string id, Verdict verdict, string? result)
    {
        var answer = Forward.Project(new ProjectionQuestion(id));

        Assert.Equal((verdict, result), (answer.Verdict, answer.TechniqueId));
        Assert.NotEqual("", answer.Reason);
    }

    [Fact]
    public void Counts_where_the_techniques_of_a_split_tactic_went()
    {
        var tactic = Real.Enterprise181.FindTactics("defense-evasion").Single();
        var answers = tactic.Techniques.Select(technique => Forward.Project(new ProjectionQuestion(technique.Id, tactic.Shortname))).ToList();

        Assert.Equal(215, answers.Count);
        Assert.Equal(17, answers.Count(answer => answer.Route.Count > 1));
        var stayed = answers.Where(answer => answer.Route.Count == 1).ToList();
        Assert.Equal(144, stayed.Count(answer => answer.Tactic == "stealth" && answer.Flags.HasFlag(ProjectionFlags.TacticRenamed)));
        Assert.Equal(41, stayed.Count(answer => answer is { Verdict: Verdict.TacticMoved, Tactic: "defense-impairment" }));
        Assert.Equal(13, stayed.Count(answer => answer.Verdict == Verdict.TacticMoved && answer.Tactic is "privilege-escalation" or "lateral-movement" or "execution"));
        Assert.All(answers, answer => Assert.True(answer.IsSettled));
    }

    [Theory]
    [InlineData("T1574.001", "persistence", "execution")]
    [InlineData("T1574.001", "privilege-escalation", "execution")]
    [InlineData("T1574.001", "defense-evasion", "stealth")]
    [InlineData("T1574.001", "Defense Evasion", "stealth")]
    [InlineData("T1574.001", "TA0005", "stealth")]
    [InlineData("T1550.002", "defense-evasion", "lateral-movement")]
    [InlineData("T1610", "defense_evasion", "execution")]
    [InlineData("T1556", "persistence", "persistence")]
    public void Carries_the_tactic_of_a_mapping(string id, string tactic, string expected) =>
        Assert.Equal(expected, Forward.Project(new ProjectionQuestion(id, tactic)).Tactic);

    [Fact]
    public void Asks_a_person_about_a_tactic_that_was_never_the_technique_s()
    {
        var answer = Forward.Project(new ProjectionQuestion("T1059.001", "exfiltration"));

        Assert.Equal(Verdict.NeedsReview, answer.Verdict);
        Assert.True(answer.Flags.HasFlag(ProjectionFlags.StaleTactic));
        Assert.Equal("T1059.001", answer.TechniqueId);
        Assert.Equal(["execution"], answer.TacticCandidates);
        Assert.False(answer.IsSettled);
        Assert.True(Forward.Project(new ProjectionQuestion("T1059.001", "no-such-tactic")).Flags.HasFlag(ProjectionFlags.UnknownTactic));
    }

    [Theory]
    [InlineData("T1150", "T1150 T1547.011 T1647")]
    [InlineData("T1162", "T1162 T1547.011 T1647")]
    [InlineData("T1073", "T1073 T1574.002 T1574.001")]
    public void Shows_the_whole_route_of_a_chain(string id, string route)
    {
        var answer = Forward.Project(new ProjectionQuestion(id));

        Assert.Equal(route, string.Join(' ', answer.Route.Select(step => step.Id)));
        Assert.True(answer.Flags.HasFlag(ProjectionFlags.Chain));
        Assert.Equal(["revoked", "revoked", "alive"], answer.Route.Select(step => step.State));
    }

    [Theory]
    [InlineData("T1454")]
    [InlineData("T1431")]
    [InlineData("T1434")]
    [InlineData("T1440")]
    [InlineData("T1441")]
    [InlineData("T1442")]
    [InlineData("T1443")]
    [InlineData("T1445")]
    [InlineData("T1455")]
    public void Names_the_dead_ends_of_mobile(string id)
    {
        var answer = new Projector(Real.Release("mobile-attack-17.1.json"), Real.Mobile181, Domains.Mobile).Project(new ProjectionQuestion(id));

        Assert.Equal((Verdict.NeedsReview, null), (answer.Verdict, answer.TechniqueId));
        Assert.True(answer.Flags.HasFlag(ProjectionFlags.DeadEnd));
    }

    [Fact]
    public void Retires_what_was_given_up_without_a_successor() =>
        Assert.Equal((Verdict.Retired, null), Both(Forward.Project(new ProjectionQuestion("T1053.004"))));

    [Fact]
    public void Offers_sub_techniques_of_a_split_by_platform()
    {
        var windows = Forward.Project(new ProjectionQuestion("T1562.004", null, ["windows"]));
        var network = Forward.Project(new ProjectionQuestion("T1562.004", null, ["Network Devices"]));

        Assert.Equal(["T1686.003"], windows.Candidates.Select(candidate => candidate.Id));
        Assert.Equal(["T1686.002"], network.Candidates.Select(candidate => candidate.Id));
        Assert.Equal("T1686", windows.TechniqueId);
        Assert.True(windows.Flags.HasFlag(ProjectionFlags.RefinedByPlatform));
    }

    [Fact]
    public void Answers_backwards_with_the_broadest_of_several()
    {
        var answer = Back.Project(new ProjectionQuestion("T1685", "defense-impairment"));

        Assert.Equal((Verdict.SplitSuspected, "T1562"), Both(answer));
        Assert.Equal("defense-evasion", answer.Tactic);
        Assert.Equal(["T1562.001", "T1562", "T1562.006"], answer.Candidates.Select(candidate => candidate.Id));
    }

    [Theory]
    [InlineData("T1027.018", "T1027")]
    [InlineData("T1682", "")]
    [InlineData("T1683", "")]
    [InlineData("T1683.001", "")]
    [InlineData("T1683.002", "")]
    [InlineData("T1684", "")]
    [InlineData("T1686.003", "T1562.004")]
    [InlineData("T1687", "")]
    public void Names_the_eight_new_techniques_that_nothing_older_stands_for(string id, string nearest)
    {
        var answer = Back.Project(new ProjectionQuestion(id));

        Assert.Equal((Verdict.NeedsReview, null), Both(answer));
        Assert.Equal(nearest, string.Join(' ', answer.Candidates.Select(candidate => candidate.Id)));
    }

    [Fact]
    public void Comes_back_to_where_it_started_for_all_that_was_carried_or_got_a_new_id()
    {
        var checkedCells = 0;
        foreach (var technique in Real.Enterprise181.Techniques)
            foreach (var tactic in technique.Tactics)
            {
                var there = Forward.Project(new ProjectionQuestion(technique.Id, tactic.Shortname));
                if (there.Verdict is not (Verdict.Carried or Verdict.Renamed or Verdict.NewId)) continue;
                var back = Back.Project(new ProjectionQuestion(there.TechniqueId!, there.Tactic));
                Assert.Equal((technique.Id, tactic.Shortname), (back.TechniqueId, back.Tactic));
                checkedCells++;
            }
        Assert.InRange(checkedCells, 700, 887);
    }

    [Fact]
    public void Carries_every_living_technique_to_its_own_release_unchanged()
    {
        var same = new Projector(Real.Enterprise190, Real.Enterprise190, Domains.Enterprise);

        foreach (var technique in Real.Enterprise190.Techniques)
            foreach (var tactic in technique.Tactics)
            {
                var answer = same.Project(new ProjectionQuestion(technique.Id, tactic.Shortname));
                Assert.Equal((Verdict.Carried, ProjectionFlags.None, technique.Id, tactic.Shortname), (answer.Verdict, answer.Flags, answer.TechniqueId, answer.Tactic));
            }
    }

    [Theory]
    [InlineData("T1562.001", null, "T1685", Verdict.Merged)]
    [InlineData("T1086", null, "T1059.001", Verdict.NewId)]
    [InlineData("T1112", "defense-evasion", "T1112", Verdict.TacticMoved)]
    [InlineData("T1562.004", null, "T1686", Verdict.SplitSuspected)]
    public void Works_from_what_the_target_knows_when_the_source_is_not_loaded(string id, string? tactic, string result, Verdict verdict)
    {
        var projector = new Projector(null, Real.Enterprise190, Domains.Enterprise, [Real.Enterprise181], "14.1");
        var answer = projector.Project(new ProjectionQuestion(id, tactic));

        Assert.Equal((verdict, result), Both(answer));
        Assert.True(answer.Flags.HasFlag(ProjectionFlags.NamesNotCompared | ProjectionFlags.TacticsNotCompared));
        Assert.Contains("14.1", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_alike_whether_the_old_release_is_loaded_or_not()
    {
        var old = Real.Release("enterprise-attack-14.1.json.gz");
        var loaded = new Projector(old, Real.Enterprise190, Domains.Enterprise);
        var unloaded = new Projector(null, Real.Enterprise190, Domains.Enterprise, [Real.Enterprise181], "14.1");
        var alone = new Projector(null, Real.Enterprise190, Domains.Enterprise);

        foreach (var technique in old.All<Technique>())
        {
            var expected = loaded.Project(new ProjectionQuestion(technique.Id)).TechniqueId;
            Assert.Equal(expected, unloaded.Project(new ProjectionQuestion(technique.Id)).TechniqueId);
            Assert.Equal(expected, alone.Project(new ProjectionQuestion(technique.Id)).TechniqueId);
        }
    }

    [Theory]
    [InlineData(Domains.Mobile, "defense-evasion")]
    [InlineData(Domains.Ics, "evasion")]
    public void Leaves_another_domain_untouched_by_the_split(Domains domain, string shortname)
    {
        var before = Together("enterprise-attack-18.1.json.gz", "18.1");
        var after = Together("enterprise-attack-19.0-reconstructed.json.gz", "19.0");
        var projector = new Projector(before, after, domain);
        var tactic = before.FindTactics(shortname).Single(tactic => tactic.Domains == domain);

        Assert.NotEmpty(tactic.Techniques);
        foreach (var technique in tactic.Techniques)
        {
            var answer = projector.Project(new ProjectionQuestion(technique.Id, shortname));
            Assert.Equal((Verdict.Carried, ProjectionFlags.None, shortname), (answer.Verdict, answer.Flags, answer.Tactic));
        }
        Assert.True(projector.Project(new ProjectionQuestion("T1059.001")).Flags.HasFlag(ProjectionFlags.UnknownId));
    }

    private static Release Together(string enterprise, string version) => Modus.Attack.Bundles.BundleReader.Read(
        [TestData.Need("attack/" + enterprise), TestData.Need("attack/mobile-attack-18.1.json"), TestData.Need("attack/ics-attack-18.1.json")],
        new Modus.Attack.Bundles.ReadOptions { Version = version }).Release!;

    [Fact]
    public void Guesses_the_release_from_the_ids()
    {
        Release[] releases = [Real.Enterprise171, Real.Enterprise181, Real.Enterprise190];

        var old = ReleaseGuess.Of(["T1562.001", "T1059"], releases, Domains.Enterprise);
        var current = ReleaseGuess.Of(["T1685.001", "T1059"], releases, Domains.Enterprise);

        Assert.Equal(("18.1", false), (old.Release!.Version, old.IsSure));
        Assert.Equal(("19.0", true), (current.Release!.Version, current.IsSure));
        Assert.Null(ReleaseGuess.Of(["X1"], releases, Domains.Enterprise).Release);
    }

    [Fact]
    public void Answers_from_embedded_facts_as_from_the_bundles()
    {
        var knowledge = KnowledgeBase.Open();
        var (before, after) = (knowledge.Get("18.1")!, knowledge.Get("19.0")!);
        foreach (var (facts, bundles) in new[] { (new Projector(before, after, Domains.Enterprise), Forward), (new Projector(after, before, Domains.Enterprise), Back) })
            foreach (var technique in Real.Enterprise181.All<Technique>().Concat(Real.Enterprise190.All<Technique>()))
            {
                var expected = bundles.Project(new ProjectionQuestion(technique.Id));
                var answer = facts.Project(new ProjectionQuestion(technique.Id));
                Assert.Equal((expected.Verdict, expected.Flags, expected.TechniqueId, expected.Reason), (answer.Verdict, answer.Flags, answer.TechniqueId, answer.Reason));
            }
    }

    private static (Verdict Verdict, string? Id) Both(ProjectionAnswer answer) => (answer.Verdict, answer.TechniqueId);

    [Fact]
    public void A_tactic_alone_that_was_split_is_left_to_a_person_with_what_went_where()
    {
        foreach (var name in new[] { "defense-evasion", "TA0005", "Defense Evasion", "defense_evasion" })
        {
            var answer = Forward.ProjectTactic(name);

            Assert.Equal((Verdict.SplitSuspected, "stealth", false), (answer.Verdict, answer.Same?.Shortname, answer.IsSettled));
            Assert.Equal("defense-impairment", answer.Shares[0].Tactic.Shortname);
            Assert.All(answer.Shares, share => Assert.NotEqual("stealth", share.Tactic.Shortname));
            Assert.Contains("is called Stealth", answer.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_tactic_alone_that_stayed_is_carried_and_an_unknown_one_is_named()
    {
        Assert.Equal((Verdict.Carried, "collection"), (Forward.ProjectTactic("collection").Verdict, Forward.ProjectTactic("collection").Same?.Shortname));
        var narrowed = Forward.ProjectTactic("persistence");
        Assert.Equal((Verdict.Narrowed, "persistence", true), (narrowed.Verdict, narrowed.Same?.Shortname, narrowed.IsSettled));
        Assert.Equal("execution", Assert.Single(narrowed.Shares).Tactic.Shortname);
        Assert.Equal(Verdict.NeedsReview, Forward.ProjectTactic("world-peace").Verdict);
        Assert.Null(Forward.ProjectTactic("world-peace").Same);
    }

    [Fact]
    public void A_tactic_alone_goes_back_too_and_needs_no_stated_release()
    {
        Assert.Equal("defense-evasion", Back.ProjectTactic("stealth").Same?.Shortname);
        var unstated = new Projector(null, Real.Enterprise190, Domains.Enterprise, [Real.Enterprise181]);
        Assert.Equal((Verdict.SplitSuspected, "stealth"), (unstated.ProjectTactic("defense-evasion").Verdict, unstated.ProjectTactic("defense-evasion").Same?.Shortname));
    }

    [Fact]
    public void Ids_of_a_release_that_is_not_at_hand_are_known_from_the_history()
    {
        // T1053.004 (Launchd) and T1153 lived in 8.2; neither lives in 18.1 or 19.0.
        var ids = IdHistory.Embedded.AliveIn("T1053.004", Domains.Enterprise);
        var guess = ReleaseGuess.Of(["T1053.004", "T1059"], [Real.Enterprise181, Real.Enterprise190], Domains.Enterprise);

        Assert.Equal(ids[^1], guess.Version);
        Assert.Equal((2, 2), guess.Explained);
        Assert.Contains("not at hand", guess.ToString(), StringComparison.Ordinal);
        Assert.Equal("19.0", ReleaseGuess.Of(["T1059"], [Real.Enterprise181, Real.Enterprise190], Domains.Enterprise).Version);
    }
}
