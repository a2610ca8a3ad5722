using System.Text;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Attack.Projection;
using Xunit;

namespace Modus.Tests.Attack.Layers;

public sealed class LayerCheckTests
{
    [Theory]
    [InlineData("""{"techniqueID":"T1562.001"}""", LayerCodes.NotAlive, "use T1685")]
    [InlineData("""{"techniqueID":"T1053.004"}""", LayerCodes.NotAlive, "decide what is meant")]
    [InlineData("""{"techniqueID":"T0000"}""", LayerCodes.NotAlive, "decide what is meant")]
    [InlineData("""{"techniqueID":"T1574.001","tactic":"persistence"}""", LayerCodes.TacticNotHeld, "use execution or stealth")]
    [InlineData("""{"techniqueID":"T1059","color":"#12"}""", LayerCodes.OutOfRange, "write #rrggbb")]
    public void Names_what_a_release_would_not_take_as_meant(string entry, string code, string fix)
    {
        var problem = Assert.Single(LayerCheck.Against(Read(entry), Real.Enterprise190, "a.json"));

        Assert.Equal((code, "a.json"), (problem.Code, problem.File));
        Assert.StartsWith("$.techniques[0]", problem.Message);
        Assert.StartsWith(fix, problem.Fix);
    }

    [Theory]
    [InlineData("#fff")]
    [InlineData("#ff0000")]
    [InlineData("#ff000080")]
    [InlineData("red")]
    [InlineData("rgb(1, 2, 3)")]
    public void Takes_every_way_of_writing_a_colour(string color) =>
        Assert.Empty(LayerCheck.Against(Read($$"""{"techniqueID":"T1059","tactic":"execution","color":"{{color}}"}"""), Real.Enterprise190));

    [Fact]
    public void Refuses_to_check_a_layer_against_another_domain() =>
        Assert.Equal(LayerCodes.OtherDomain, Assert.Single(LayerCheck.Against(Read("""{"techniqueID":"T1059"}"""), Real.Mobile181)).Code);

    [Fact]
    public void Finds_as_many_dead_entries_in_the_published_layers_as_were_counted_by_hand()
    {
        // Counted from the files and the bundle of 18.1 alone: 8,520 alive, 654 revoked, 50 deprecated, 15 unknown; 126 under a tactic they do not have.
        TestData.Need("layers");
        var found = RealLayers.All(TestData.Folder!).SelectMany(path => LayerReader.ReadFile(Path.Combine(TestData.Folder!, path)).Layers)
            .Where(layer => DomainNames.Parse(layer.Domain) == Domains.Enterprise).SelectMany(layer => LayerCheck.Against(layer, Real.Enterprise181)).ToList();

        Assert.Equal(654, found.Count(problem => problem.Message.EndsWith("is revoked in 18.1", StringComparison.Ordinal)));
        Assert.Equal(50, found.Count(problem => problem.Message.EndsWith("is deprecated in 18.1", StringComparison.Ordinal)));
        Assert.Equal(15, found.Count(problem => problem.Message.EndsWith("is unknown in 18.1", StringComparison.Ordinal)));
        Assert.Equal(126, found.Count(problem => problem.Code == LayerCodes.TacticNotHeld));
    }

    [Fact]
    public void Chooses_releases_from_what_is_at_hand()
    {
        var knowledge = KnowledgeBase.Open();

        var stated = ProjectionSetup.Choose(knowledge, Domains.Enterprise, "18", "19.0", [], out _)!;
        var absent = ProjectionSetup.Choose(knowledge, Domains.Enterprise, "14.1", null, [], out _)!;
        var guessed = ProjectionSetup.Choose(knowledge, Domains.Enterprise, null, "18.1", ["T1685.001"], out _)!;
        var none = ProjectionSetup.Choose(knowledge, Domains.Enterprise, "18.1", "12.1", [], out var problem);

        Assert.Equal(("18.1", "19.0"), (stated.Projector.SourceVersion, stated.Projector.Target.Version));
        Assert.Contains("not at hand", absent.Source, StringComparison.Ordinal);
        Assert.Equal("T1685", absent.Projector.Project(new ProjectionQuestion("T1562.001")).TechniqueId);
        Assert.Equal(("19.0", "T1562.002"), (guessed.Projector.SourceVersion, guessed.Projector.Project(new ProjectionQuestion("T1685.001")).TechniqueId));
        Assert.Null(none);
        Assert.Contains("12.1", problem!.Message, StringComparison.Ordinal);
    }

    private static Layer Read(string entry) => LayerReader.Read(Encoding.UTF8.GetBytes(
        $$"""{"name":"n","versions":{"layer":"4.5"},"domain":"enterprise-attack","techniques":[{{entry}}]}""")).Layers[0];
}
