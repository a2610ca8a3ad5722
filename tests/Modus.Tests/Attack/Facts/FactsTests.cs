using System.Text;
using Modus.Attack;
using Modus.Attack.Facts;
using Xunit;

namespace Modus.Tests.Attack.Facts;

public sealed class FactsTests
{
    public static TheoryData<string, string, string> Packed => new()
    {
        { "enterprise-attack-18.1.json.gz", "18.1", "enterprise" },
        { "enterprise-attack-19.0-reconstructed.json.gz", "19.0", "enterprise" },
        { "mobile-attack-18.1.json", "18.1", "mobile" },
        { "ics-attack-18.1.json", "18.1", "ics" },
    };

    [Theory]
    [InlineData("EventCode=4624, 4625", "EventCode=4624, 4625")]
    [InlineData("EventCode=1 with a suspicious parent", "EventCode=1")]
    [InlineData("execve", "execve")]
    [InlineData("a phrase about what to watch", "")]
    [InlineData("", "")]
    public void Of_a_channel_only_the_facts_are_kept(string channel, string kept) => Assert.Equal(kept, FactsWriter.FactualChannel(channel));

    [Theory]
    [MemberData(nameof(Packed))]
    public void The_embedded_facts_are_what_pack_makes_of_the_bundle(string bundle, string version, string domain)
    {
        var packed = FactsWriter.ToBytes(Real.Release(bundle));
        var committed = File.ReadAllBytes(Path.Combine(TestData.Root, "src", "Modus.Attack", "Facts", $"{domain}-{version}.facts"));

        Assert.True(packed.AsSpan().SequenceEqual(committed), "pack the bundle again as the README of the facts says");
    }

    [Theory]
    [MemberData(nameof(Packed))]
    public void Facts_say_what_the_bundle_says_except_its_prose(string bundle, string version, string domain)
    {
        var full = Real.Release(bundle);
        var facts = KnowledgeBase.Open().Get(version, DomainNames.Parse(domain))!;

        Assert.False(facts.HasText);
        Assert.Equal((full.Version, full.Domains, full.Stamp, full.SpecVersion), (facts.Version, facts.Domains, facts.Stamp, facts.SpecVersion));
        Assert.Equal(full.Copyright, facts.Copyright);
        var pairs = full.All().Where(item => item.Kind != ObjectKind.Other).Zip(facts.All().Where(item => item.Kind != ObjectKind.Other)).ToList();
        Assert.Equal(facts.All().Count(item => item.Kind != ObjectKind.Other), full.All().Count(item => item.Kind != ObjectKind.Other));
        foreach (var (one, other) in pairs) Assert.Equal(Describe(one), Describe(other));
        Assert.Equal(full.Relationships().Select(Describe), facts.Relationships().Select(Describe));
        Assert.All(facts.All(), item => Assert.Null(item.Description));
        Assert.All(facts.Relationships(), link => Assert.Null(link.Description));
    }

    [Theory]
    [MemberData(nameof(Packed))]
    public void Facts_written_again_are_the_same_bytes(string bundle, string version, string domain)
    {
        _ = bundle;
        var facts = KnowledgeBase.Open().Get(version, DomainNames.Parse(domain))!;
        var committed = File.ReadAllBytes(Path.Combine(TestData.Root, "src", "Modus.Attack", "Facts", $"{domain}-{version}.facts"));

        Assert.True(FactsWriter.ToBytes(facts).AsSpan().SequenceEqual(committed));
    }

    [Fact]
    public void Reconstructed_data_is_labelled_so()
    {
        var knowledge = KnowledgeBase.Open();

        Assert.Equal("reconstructed from public exports", knowledge.Get("19.0")!.Provenance);
        Assert.Equal("MITRE ATT&CK bundle", knowledge.Get("18.1")!.Provenance);
    }

    [Theory]
    [InlineData("modus-facts\t1\nrelease\t18.1\tenterprise\t\t\tlabel\ntechnique\tT1\tattack-pattern--1\tName", 3, "cut off")]
    [InlineData("modus-facts\t9\n", 1, "format 9")]
    [InlineData("modus-facts\t1\ntechnique\tT1\tattack-pattern--1\tName\n", 2, "release line")]
    [InlineData("modus-facts\t1\nrelease\t18.1\tmars\t\t\tlabel\n", 2, "domain")]
    [InlineData("modus-facts\t1\nrelease\t18.1\tics\t\t\tlabel\nspell\tT1\tx--1\tName\n", 3, "spell")]
    [InlineData("modus-facts\t1\nrelease\t18.1\tics\t\t\tlabel\ntechnique\tT1\tx--1\tName\tcolour=red\n", 3, "colour")]
    [InlineData("modus-facts\t1\nrelease\t18.1\tics\t\t\tlabel\ntechnique\tT1\tx--1\tBad\\q\n", 3, "escape")]
    [InlineData("modus-facts\t1\nrelease\t18.1\tics\t\t\tlabel\ntechnique\tT1\tx--1\tName\ncite\tA\nuses\tT1\tT1\tB\n", 5, "B is cited")]
    public void Damaged_facts_are_refused_with_line_and_reason(string text, int line, string reason)
    {
        var release = FactsReader.Read(Encoding.UTF8.GetBytes(text), "x.facts", isTrusted: false, out var problem);

        Assert.Null(release);
        Assert.Equal((ProblemCodes.BadImage, line), (problem!.Code, problem.Line));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    internal static string Describe(AttackObject item)
    {
        var text = new StringBuilder().AppendJoin('\n',
            item.Kind, item.StixId, item.Id, item.FullName, item.Url, item.Domains, item.IsRevoked, item.IsDeprecated, item.Version,
            item.Created, item.Modified, string.Join('|', item.Platforms),
            string.Join('|', item.References.Select(source => $"{source.Name}>{source.Url}>{source.ExternalId}")));
        text.Append('\n').Append(item switch
        {
            Technique technique => string.Join('|', technique.Tactics) + technique.Parent + technique.IsSubtechnique + technique.SupportsRemote
                + string.Join('|', technique.Phases) + string.Join('|', technique.ImpactTypes) + string.Join('|', technique.TacticTypes)
                + string.Join('|', technique.DataSources),
            NamedActor actor => string.Join('|', actor.Aliases) + ((actor as Campaign)?.FirstSeen) + ((actor as Campaign)?.LastSeen)
                + string.Join('|', ((actor as Campaign)?.FirstSeen)?.Citations ?? []) + ((actor as Software)?.IsMalware),
            Analytic analytic => analytic.Strategy + string.Join('|', analytic.LogSources.Select(Describe).Distinct()) + string.Join('|', analytic.TuningKnobs.Select(knob => knob.Field)),
            DetectionStrategy strategy => string.Join('|', strategy.Analytics),
            DataComponent component => component.Source + string.Join('|', component.LogSources.Select(Describe).Distinct()),
            DataSource source => string.Join('|', source.CollectionLayers),
            Matrix matrix => string.Join('|', matrix.Tactics),
            Tactic tactic => tactic.Shortname + tactic.Order,
            Asset asset => string.Join('|', asset.Sectors) + string.Join('|', asset.RelatedAssets),
            Mitigation mitigation => string.Join('|', mitigation.Controls),
            _ => "",
        });
        return text.ToString();
    }

    private static string Describe(Relationship link) =>
        $"{link.TypeName} {link.Source.StixId} {link.Target.StixId} {string.Join('|', link.Citations.Select(source => $"{source.Name}>{source.Url}"))}";

    private static string Describe(LogSource source) => $"{source.Component}>{source.Name}>{FactsWriter.FactualChannel(source.Channel)}>{string.Join(',', source.EventCodes)}";
}
