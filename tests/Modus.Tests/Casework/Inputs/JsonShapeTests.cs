using System.Text;
using Modus.Casework.Inputs;
using Xunit;

namespace Modus.Tests.Casework.Inputs;

public sealed class JsonShapeTests
{
    [Theory]
    [InlineData("""{"type":"bundle","id":"bundle--1","objects":[{"type":"malware"}]}""", InputKind.Stix)]
    [InlineData("""{"objects":[{"type":"malware","spec_version":"2.1"}],"id":"x","type":"bundle"}""", InputKind.Stix)]
    [InlineData("""[{"type":"attack-pattern","spec_version":"2.1","id":"a"}]""", InputKind.Stix)]
    [InlineData("""{"type":"bundle","objects":[{"type":"x-mitre-collection"}]}""", InputKind.KnowledgeBase)]
    [InlineData("""{"name":"x","domain":"mitre-enterprise","techniques":[]}""", InputKind.Layer)]
    [InlineData("""[{"name":"x","techniques":[{"techniqueID":"T1"}]}]""", InputKind.Layer)]
    [InlineData("\uFEFF{\"versions\":{},\"techniques\":[{\"techniqueID\":\"T1\"}]}", InputKind.Layer)]
    [InlineData("""{"Event":{"System":{"EventID":1}}}""", InputKind.Unknown)]
    [InlineData("""{"type":"object","properties":{}}""", InputKind.Unknown)]
    [InlineData("no json", InputKind.Unknown)]
    [InlineData("", InputKind.Unknown)]
    public void Tells_documents_apart_by_what_they_hold(string content, InputKind kind) =>
        Assert.Equal(kind, JsonShape.Tell(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void Tells_from_the_beginning_of_a_long_document()
    {
        var content = "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"type\":\"malware\",\"name\":\"" + new string('x', 1000);

        Assert.Equal(InputKind.Stix, JsonShape.Tell(Encoding.UTF8.GetBytes(content)));
    }

    [Fact]
    public void Survives_nesting_without_end() =>
        Assert.Equal(InputKind.Unknown, JsonShape.Tell(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    [Theory]
    [InlineData("layers", InputKind.Layer)]
    public void Knows_the_layers_of_the_field(string folder, InputKind kind)
    {
        var files = Directory.GetFiles(TestData.Need(folder), "*.json", SearchOption.AllDirectories);
        var others = files.Where(file => JsonShape.Tell(File.ReadAllBytes(file)) != kind).Select(Path.GetFileName).ToList();

        // A sighting report of that folder names techniques without being a layer; nothing else may be mistaken.
        Assert.True(others.Count <= 2, string.Join(", ", others));
    }
}
