using System.Text;
using Modus.Stix;
using Modus.Stix.Bundles;
using Xunit;

namespace Modus.Tests.Stix.Bundles;

public sealed class StixReaderTests
{
    private const string Pattern = """{"type":"attack-pattern","id":"attack-pattern--1","name":"Phishing","modified":"2026-01-01T00:00:00.000Z","external_references":[{"source_name":"mitre-attack","external_id":"T1566"}],"kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"initial-access"}]}""";

    [Fact]
    public void Reads_a_bundle_of_either_version()
    {
        foreach (var version in new[] { "", "\"spec_version\":\"2.0\"," })
        {
            var bundle = Read($$"""{"type":"bundle","id":"bundle--1",{{version}}"objects":[{{Pattern}}]}""");

            var pattern = Assert.Single(bundle.Objects);
            Assert.Equal("T1566", pattern.ExternalReferences[0].ExternalId);
            Assert.Equal(new KillChainPhase("mitre-attack", "initial-access"), pattern.KillChainPhases[0]);
            Assert.Empty(bundle.Problems);
        }
    }

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{0}")]
    public void Reads_objects_without_a_bundle_around_them(string form) =>
        Assert.Equal("Phishing", Assert.Single(Read(form.Replace("{0}", Pattern, StringComparison.Ordinal)).Objects).Name);

    [Fact]
    public void Uses_the_newest_of_several_versions_and_says_so()
    {
        var newer = Pattern.Replace("2026-01-01", "2026-02-01", StringComparison.Ordinal).Replace("Phishing", "Phishing, again", StringComparison.Ordinal);

        var bundle = Read($"[{newer},{Pattern}]");

        Assert.Equal("Phishing, again", Assert.Single(bundle.Objects).Name);
        Assert.Equal(2, bundle.Given);
        Assert.Equal(1, bundle.Skipped);
        Assert.Equal(StixProblemCodes.SeveralVersions, Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void Accounts_for_every_object_given()
    {
        var bundle = Read($$"""[{{Pattern}}, 7, {"id":"x--1"}, {"type":"tool"}, {"type":"tool","id":"malware--2","name":"odd"}]""");

        Assert.Equal(5, bundle.Given);
        Assert.Equal(2, bundle.Objects.Count);
        Assert.Equal(3, bundle.Problems.Count(problem => problem.Lost));
        Assert.Contains(bundle.Problems, problem => problem is { Code: StixProblemCodes.BadIdentity, Lost: false, Path: "$[4]" });
    }

    [Fact]
    public void Names_wrong_members_and_keeps_the_object()
    {
        var bundle = Read("""[{"type":"tool","id":"tool--1","name":["a"],"modified":"soon","aliases":["ok",3],"description":"\ud800"}]""");

        var tool = Assert.Single(bundle.Objects);
        Assert.Null(tool.Name);
        Assert.Equal(["ok"], tool.Aliases);
        Assert.Equal(["$[0].aliases", "$[0].description", "$[0].modified", "$[0].name"], bundle.Problems.Select(problem => problem.Path).Order());
    }

    [Fact]
    public void Names_references_that_lead_nowhere() =>
        Assert.Equal(StixProblemCodes.DanglingReference, Assert.Single(Read(
            """[{"type":"relationship","id":"relationship--1","relationship_type":"uses","source_ref":"tool--9"}]""").Problems).Code);

    [Theory]
    [InlineData("{\"type\":\"bundle\",\"objects\":[", StixProblemCodes.Unreadable)]
    [InlineData("{\"name\":\"no bundle\"}", StixProblemCodes.NotABundle)]
    [InlineData("", StixProblemCodes.Unreadable)]
    public void Refuses_what_is_no_bundle_with_one_problem(string content, string code)
    {
        var bundle = Read(content);

        Assert.Empty(bundle.Objects);
        Assert.Equal(code, Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void Stops_at_the_depth_and_size_limits()
    {
        Assert.Equal(StixProblemCodes.Unreadable, Assert.Single(Read(new string('[', 100_000)).Problems).Code);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"[{Pattern}]"));
        Assert.Contains("larger", Assert.Single(StixReader.Read(stream, "big.json", new StixLimits { Bytes = 20 }).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_mitres_own_bundle_without_loss()
    {
        using var stream = File.OpenRead(TestData.Need("attack/ics-attack-18.1.json"));

        var bundle = StixReader.Read(stream, "ics");

        Assert.Equal(1826, bundle.Given);
        Assert.Equal(0, bundle.Skipped);
        Assert.Empty(bundle.Problems);
    }

    [Fact]
    public void Never_throws_on_damaged_content()
    {
        var random = new Random(1);
        var whole = Encoding.UTF8.GetBytes($$"""{"type":"bundle","id":"bundle--1","objects":[{{Pattern}},{{Pattern}}]}""");
        for (var round = 0; round < 2000; round++)
        {
            var damaged = whole.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            using var stream = new MemoryStream(damaged, 0, random.Next(1, damaged.Length + 1));
            var bundle = StixReader.Read(stream, "damaged");
            Assert.Equal(bundle.Given, bundle.Objects.Count + bundle.Skipped);
        }
    }

    private static StixBundle Read(string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return StixReader.Read(stream, "test.json");
    }
}
