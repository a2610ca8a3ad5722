using Modus.Attack;
using Xunit;

namespace Modus.Tests.Attack.Model;

public sealed class TextTests
{
    [Theory]
    [InlineData("It ran.(Citation: A 2020)(Citation: B (x) 1)", "A 2020|B (x) 1")]
    [InlineData("(Citation: A) again (Citation: A)", "A")]
    [InlineData("(Citation: never closed", "never closed")]
    [InlineData("(Citation:)", "")]
    [InlineData("no citation (at all)", "")]
    public void Citations_are_read_out_of_texts(string text, string names) =>
        Assert.Equal(names, string.Join('|', Prose.CitationNames(text)));

    [Theory]
    [InlineData("[APT1](https://attack.example/G1) ran <code>net user</code>.(Citation: A (b))", "APT1 ran net user.")]
    [InlineData("It ran (Citation: A), then stopped (Citation: B).", "It ran, then stopped.")]
    [InlineData("an [array] of things [0](", "an [array] of things [0](")]
    [InlineData("<codex> & [a\nb](c)", "<codex> & [a\nb](c)")]
    [InlineData("", "")]
    public void Plain_words_are_left_of_markdown(string text, string plain) => Assert.Equal(plain, Prose.Plain(text));

    [Fact]
    public void No_markup_is_left_in_any_procedure()
    {
        foreach (var use in Real.Enterprise181.Relationships(RelationshipType.Uses))
        {
            var plain = Prose.Plain(use.Description ?? "");
            Assert.DoesNotContain("(Citation:", plain, StringComparison.Ordinal);
            Assert.DoesNotContain("](http", plain, StringComparison.Ordinal);
            Assert.DoesNotContain("<code>", plain, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("EventCode=4688", "4688")]
    [InlineData("EventCode=1, 7,1", "1 7")]
    [InlineData("eventcode = 4624 with LogonType 3", "4624")]
    [InlineData("System shutdown (Event ID 1074) within 30 days", "1074")]
    [InlineData("EventCode=99999999999999", "")]
    [InlineData("process_events", "")]
    [InlineData("EventCode=", "")]
    public void Event_codes_are_read_out_of_channels(string channel, string codes) =>
        Assert.Equal(codes, string.Join(' ', EventCodes.Read(channel)));

    [Fact]
    public void The_made_up_bundle_reads_as_written()
    {
        var release = Tiny.Release;
        var window = release.Find<Technique>("T9001")!;

        Assert.Equal(["Getting In", "Making Noise"], release.Find<Technique>("T9002")!.Tactics.Select(tactic => tactic.Name));
        Assert.Equal("Open Window: Skylight", window.Subtechniques.Single().FullName);
        Assert.Equal(["Window Weekly (2031)"], window.References.Select(source => source.Name));
        Assert.Equal("Brass Band came in by the kitchen window.", Prose.Plain(window.Procedures.Single().Text!));
        Assert.Equal([4711, 4712], window.DetectionStrategies.Single().Analytics.Single().LogSources.Single().EventCodes);
        Assert.Equal("Draught", window.DataComponents.Single().Name);
        Assert.Equal(["Loud Visitors"], release.Find<Group>("G9001")!.Aliases);
        Assert.Equal(2, release.FindByName("loud visitors").Count);
        Assert.Equal("2030-11", release.Find<Campaign>("C9901")!.FirstSeen!.ToString());
        Assert.Equal("2030-12-24", release.Find<Campaign>("C9901")!.LastSeen!.ToString());
        Assert.Equal(["T9002"], release.Find<Group>("G9001")!.Techniques(Inheritance.Software).Select(use => use.Technique.Id));
        Assert.Equal(["T9001.001"], release.Find<Group>("G9001")!.Techniques(Inheritance.Campaigns).Select(use => use.Technique.Id));
        Assert.Equal("T9002", release.Find<Technique>("T9003")!.Succession.Successor!.Id);
        Assert.Equal("Invented for Modus; no ATT&CK content.", release.Copyright);
    }
}
