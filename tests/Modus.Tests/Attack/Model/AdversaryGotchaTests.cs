using Modus.Attack;
using Modus.Attack.Bundles;
using Xunit;

namespace Modus.Tests.Attack.Model;

/// <summary>The traps of the real data: groups, software, campaigns, texts, detection, STIX forms.</summary>
public sealed class AdversaryGotchaTests
{
    [Fact]
    public void Gotcha_7_a_bundle_with_doubled_objects_is_read_once_and_says_so()
    {
        var text = File.ReadAllText(TestData.Need("attack/ics-attack-18.1.json"));
        var start = text.IndexOf("\"type\": \"x-mitre-asset\"", StringComparison.Ordinal);
        start = text.LastIndexOf('{', start);
        var end = text.IndexOf("\n        },", start, StringComparison.Ordinal) + "\n        },".Length;
        var doubled = text.Insert(end, text[start..end]);

        var result = BundleReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(doubled)), "doubled", null, TestContext.Current.CancellationToken);

        Assert.Equal((1_827, 1_826, 1, 0), (result.Inputs[0].Given, result.Inputs[0].Used, result.Inputs[0].Merged, result.Inputs[0].Skipped));
        Assert.Equal(ProblemCodes.DuplicateId, Assert.Single(result.Problems).Code);
        Assert.Equal(18, result.Release!.Assets.Count);
    }

    [Fact]
    public void Gotcha_13_aliases_are_sets_over_groups_and_software()
    {
        var release = Real.Enterprise181;

        Assert.Equal(["G1003", "G1031"], release.FindByName<Group>("UAC-0056").Select(group => group.Id).Order());
        Assert.Equal(["G0030", "G0076"], release.FindByName<Group>("thrip").Select(group => group.Id).Order());
        Assert.Equal(["S0145", "S0146"], release.FindByName<Software>("DNSMessenger").Select(software => software.Id).Order());
        Assert.Equal(["S0284", "S0646"], release.FindByName<Software>("SpicyOmelette").Select(software => software.Id).Order());
        var shared = Names(release.Groups).Intersect(Names(release.Software)).Order();
        Assert.Equal(
            ["akira", "anunak", "applejeus", "carbanak", "cozyduke", "evilnum", "ixeshe", "keyboy", "machete", "pirpi", "play",
                "projectsauron", "rtm", "sednit", "snake", "sofacy", "strongpity", "whitebear"],
            shared);
        Assert.All(shared, name => Assert.True(release.FindByName(name).Select(item => item.Kind).Distinct().Count() >= 2));
        Assert.All(release.Groups, group => Assert.DoesNotContain(group.Name, group.Aliases));

        static HashSet<string> Names(IEnumerable<NamedActor> actors) =>
            [.. actors.SelectMany(actor => actor.Aliases.Append(actor.Name)).Select(name => name.ToLowerInvariant())];
    }

    [Fact]
    public void Gotcha_14_uses_has_eight_kinds()
    {
        var kinds = Real.Enterprise181.Relationships(RelationshipType.Uses).CountBy(link => $"{Word(link.Source)}→{Word(link.Target)}").ToDictionary();

        Assert.Equal(8, kinds.Count);
        Assert.Equal(
            (9_836, 4_362, 1_019, 800, 647, 457, 84, 65),
            (kinds["malware→technique"], kinds["group→technique"], kinds["campaign→technique"], kinds["tool→technique"],
                kinds["group→malware"], kinds["group→tool"], kinds["campaign→malware"], kinds["campaign→tool"]));

        static string Word(AttackObject item) => item is Software software ? software.IsMalware ? "malware" : "tool" : item.Kind.Words();
    }

    [Fact]
    public void Gotcha_15_campaigns_may_be_attributed_to_none_one_or_two_groups()
    {
        var campaigns = Real.Enterprise181.Campaigns;

        Assert.Equal(24, campaigns.Count(campaign => campaign.AttributedTo.Count > 0));
        Assert.Equal(["APT5", "Ke3chang"], campaigns.Single(campaign => campaign.AttributedTo.Count == 2).AttributedTo.Select(group => group.Name).Order());
        Assert.All(campaigns, campaign =>
        {
            Assert.True(campaign.FirstSeen!.Date <= campaign.LastSeen!.Date);
            Assert.NotEmpty(campaign.FirstSeen.Citations);
        });
        var frankenstein = campaigns.Single(campaign => campaign.Name == "Frankenstein");
        Assert.Equal(("2019-01", "2019-04"), (frankenstein.FirstSeen!.ToString(), frankenstein.LastSeen!.ToString()));
        Assert.Contains(campaigns, campaign => campaign.FirstSeen!.Precision == SeenPrecision.Day);
    }

    [Fact]
    public void Gotcha_16_coverage_is_skewed()
    {
        var counts = Real.Enterprise181.Groups.Select(group => group.Techniques(Inheritance.Direct).Count).Where(count => count > 0).Order().ToList();

        Assert.Equal((168, 17, 109, 25), (counts.Count, counts[counts.Count / 2], counts[^1], Real.Enterprise181.Groups.Count(group => group.Techniques(Inheritance.Direct).Count is > 0 and <= 5)));
        Assert.Equal((7, 20), Pairs(Real.Ics181));
        Assert.Equal((11, 31), Pairs(Real.Mobile181));

        static (int, int) Pairs(Release release)
        {
            var found = release.Groups.Select(group => group.Techniques(Inheritance.Direct).Count).ToList();
            return (found.Count(count => count > 0), found.Sum());
        }
    }

    [Fact]
    public void Gotcha_17_the_same_object_of_several_domains_is_one_and_has_all_its_domains()
    {
        var result = BundleReader.Read([.. new[] { "enterprise-attack-18.1.json.gz", "mobile-attack-18.1.json", "ics-attack-18.1.json" }.Select(file => TestData.Need("attack/" + file))], null, TestContext.Current.CancellationToken);
        var all = result.Release!;

        Assert.Equal((Domains.Enterprise | Domains.Mobile | Domains.Ics, "18.1"), (all.Domains, all.Version));
        // Three collections, matrices of three domains, one order each.
        Assert.Equal(14 + 12 + 12, all.Tactics.Count);
        Assert.Equal((38, 108, 14), (Shared(Real.Enterprise181, Real.Mobile181), Shared(Real.Enterprise181, Real.Ics181), Shared(Real.Mobile181, Real.Ics181)));
        Assert.Equal((910, 176, 55), (all.Software.Count, all.Groups.Count, all.Campaigns.Count));
        Assert.Equal(691 + 124 + 83, all.Techniques.Count);
        Assert.Contains(all.Groups, group => group.Domains == (Domains.Enterprise | Domains.Mobile));
        Assert.Equal(result.Inputs.Sum(input => input.Given), result.Inputs.Sum(input => input.Used + input.Merged + input.Skipped));
        Assert.DoesNotContain(result.Problems, problem => problem.Code == ProblemCodes.DuplicateId);

        // Objects and relationships, identity and marking among them.
        static int Shared(Release one, Release other) => one.All().Count(item => other.FindByStixId(item.StixId) is not null)
            + one.Relationships().Select(link => link.StixId).Intersect(other.Relationships().Select(link => link.StixId)).Count();
    }

    [Fact]
    public void Gotcha_18_procedures_cite_their_sources_and_names_may_hold_parentheses()
    {
        var uses = Real.Enterprise181.Relationships(RelationshipType.Uses).ToList();
        Assert.Equal((5, 17_250, 1_456), (
            uses.Count(use => use.Description is null), uses.Count(use => use.Description?.Contains("(Citation:", StringComparison.Ordinal) == true),
            uses.Max(use => use.Description?.Length ?? 0)));

        var unresolved = Real.Enterprise181.Relationships().SelectMany(link => Prose.CitationNames(link.Description ?? "").Except(link.Citations.Select(source => source.Name.Trim())))
            .Concat(Real.Enterprise181.All().SelectMany(item => Prose.CitationNames(item.Description ?? "").Except(item.References.Select(source => source.Name.Trim())))).Distinct();
        Assert.Equal(["Microsoft System Services Fundamentals"], unresolved);
        Assert.Equal(["One (two) three"], Prose.CitationNames("It ran.(Citation: One (two) three) Again."));
    }

    [Fact]
    public void Gotcha_19_empty_texts_are_absent()
    {
        var release = Real.Enterprise181;

        Assert.Equal(791, release.Relationships().Count(link => link.Description is null) - NoDescriptionAtAll);
        Assert.All(release.All(), item => Assert.NotEqual("", item.Description));
        Assert.All(release.DataComponents, component => Assert.Null(component.Source));
        Assert.True(Real.Result("enterprise-attack-18.1.json.gz").Repairs["empty text read as absent"] > 1_600);
    }

    // 20,048 relationships, 19,526 of them with a description field.
    private const int NoDescriptionAtAll = 20_048 - 19_526;

    [Fact]
    public void Gotcha_20_the_release_stamp_is_the_collections()
    {
        Assert.Equal(new DateTimeOffset(2025, 11, 13, 14, 0, 0, 188, TimeSpan.Zero), Real.Enterprise181.Stamp);
        Assert.Equal(new DateTimeOffset(2021, 1, 27, 14, 49, 39, 188, TimeSpan.Zero), Real.Enterprise82.Stamp);
        Assert.All(Real.Enterprise181.All<Technique>(), technique => Assert.True(technique.Modified >= technique.Created));
    }

    [Fact]
    public void Gotcha_21_detection_goes_from_strategy_to_analytic_to_log_source()
    {
        var release = Real.Enterprise181;
        var references = release.Analytics.SelectMany(analytic => analytic.LogSources).ToList();

        Assert.All(release.Techniques, technique => Assert.Single(technique.DetectionStrategies));
        Assert.Equal(1_739, release.DetectionStrategies.Sum(strategy => strategy.Analytics.Count));
        Assert.Equal(307, release.DetectionStrategies.Count(strategy => strategy.Analytics.Count == 1));
        Assert.All(release.Analytics, analytic => Assert.Contains(analytic, analytic.Strategy!.Analytics));
        Assert.Equal((4_126, 263, 1_290, 856), (references.Count, references.Select(source => source.Name).Distinct().Count(),
            references.Count(source => source.Channel.Contains("EventCode=", StringComparison.Ordinal)), references.Count(source => source.Name == "WinEventLog:Sysmon")));
        Assert.Equal(41, release.Analytics.Count(analytic => analytic.LogSources.Count == 0));
        Assert.Equal(4_337, release.Analytics.Sum(analytic => analytic.TuningKnobs.Count));
        Assert.All(references.Where(source => source.Channel.Contains("EventCode=", StringComparison.Ordinal)), source => Assert.NotEmpty(source.EventCodes));
        Assert.All(references, source => Assert.NotNull(source.Component));
        Assert.Contains(4688, release.Find<Technique>("T1059.001")!.DetectionStrategies.Concat(release.Find<Technique>("T1059.003")!.DetectionStrategies)
            .SelectMany(strategy => strategy.Analytics).SelectMany(analytic => analytic.LogSources).SelectMany(source => source.EventCodes));
    }

    [Fact]
    public void Gotcha_22_detection_before_18_is_in_the_old_releases()
    {
        var release = Real.Enterprise171;

        Assert.Equal(2_116, release.DataComponents.Sum(component => component.Techniques.Count));
        Assert.All(release.DataComponents, component => Assert.NotNull(component.Source));
        Assert.Contains(release.Find<Technique>("T1059.001")!.DataComponents, component => component.FullName == "Command: Command Execution");
        Assert.NotNull(release.Relationships(RelationshipType.Detects).First().Description);
    }

    [Fact]
    public void Gotcha_23_a_bundle_without_collection_is_dated_by_its_newest_change_or_by_the_caller()
    {
        Assert.Equal(("18.1", ReleaseDetermination.Collection), (Real.Enterprise181.Version, Real.Enterprise181.Determination));
        var old = Real.Release("enterprise-attack-18.1.stix20.json.gz");
        Assert.Equal(("18.1", ReleaseDetermination.Inferred), (old.Version, old.Determination));

        var given = BundleReader.Read(TestData.Need("attack/ics-attack-18.1.json"), new ReadOptions { Version = "18.1", Provenance = "by hand" }, TestContext.Current.CancellationToken).Release!;
        Assert.Equal((ReleaseDetermination.Given, "by hand"), (given.Determination, given.Provenance));
    }

    [Fact]
    public void Both_stix_forms_of_a_release_say_the_same()
    {
        var old = Real.Release("enterprise-attack-18.1.stix20.json.gz");
        var items = Real.Enterprise181.All().Where(item => item.Kind != ObjectKind.Other).ToList();

        Assert.Equal(items.Select(Facts.FactsTests.Describe), old.All().Where(item => item.Kind != ObjectKind.Other).Select(Facts.FactsTests.Describe));
        Assert.Equal(items.Select(item => item.Description), old.All().Where(item => item.Kind != ObjectKind.Other).Select(item => item.Description));
        Assert.Equal(
            Real.Enterprise181.Relationships().Select(link => $"{link} {link.StixId} {link.Description}"),
            old.Relationships().Select(link => $"{link} {link.StixId} {link.Description}"));
    }
}
