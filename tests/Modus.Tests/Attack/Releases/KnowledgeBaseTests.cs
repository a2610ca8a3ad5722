using Modus.Attack;
using Xunit;

namespace Modus.Tests.Attack.Releases;

public sealed class KnowledgeBaseTests
{
    [Fact]
    public void Embedded_facts_answer_without_any_file()
    {
        var knowledge = KnowledgeBase.Open();

        Assert.Equal(("19.0", "18.1", "18.1"), (knowledge.NewestVersion(Domains.Enterprise), knowledge.NewestVersion(Domains.Mobile), knowledge.NewestVersion(Domains.Ics)));
        Assert.Equal("Stealth", knowledge.Newest()!.Find<Tactic>("TA0005")!.Name);
        Assert.Equal("Defense Evasion", knowledge.Get("18.1")!.Find<Tactic>("TA0005")!.Name);
        Assert.Equal("Defense Evasion", knowledge.Get("18", Domains.Mobile)!.FindTactics("defense-evasion").Single().Name);
        Assert.Equal(["enterprise 19.0", "mobile 18.1", "ics 18.1"], knowledge.OfEachDomain().Select(release => release.Name));
        Assert.Empty(knowledge.Problems);
    }

    [Fact]
    public void What_is_not_at_hand_is_said_with_what_is()
    {
        var knowledge = KnowledgeBase.Open();

        Assert.Null(knowledge.Get("3.7"));
        var problem = knowledge.NoSuch("3.7");
        Assert.Equal(ProblemCodes.NoSuchRelease, problem.Code);
        Assert.Contains("19.0, 18.1", problem.Message, StringComparison.Ordinal);
        Assert.Contains("attack install", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Releases_live_side_by_side_and_a_given_one_goes_first()
    {
        var knowledge = KnowledgeBase.Open();
        knowledge.Add(Real.Enterprise181);
        knowledge.Add(Real.Enterprise171);

        Assert.Same(Real.Enterprise181, knowledge.Get("18.1"));
        Assert.Same(Real.Enterprise171, knowledge.Get("17.1"));
        Assert.Equal("19.0", knowledge.NewestVersion(Domains.Enterprise));
        Assert.Equal(["19.0", "18.1", "18.1", "17.1"], knowledge.Entries.Where(entry => entry.Domains == Domains.Enterprise).Select(entry => entry.Version));
    }

    [Fact]
    public void Every_thread_gets_the_same_release_and_the_same_objects()
    {
        var knowledge = KnowledgeBase.Open();
        var found = new Technique[64];

        Parallel.For(0, found.Length, i =>
        {
            found[i] = knowledge.Get("18.1")!.Find<Technique>("T1059.001")!;
            _ = (found[i].Tactics, found[i].Procedures.Count, knowledge.Get("18.1")!.FindByName("APT29"), knowledge.Get("18.1")!.Search("cozy bear"));
        });

        Assert.All(found, technique => Assert.Same(found[0], technique));
        Assert.Equal(223, found[0].Procedures.Count);
    }

    [Theory]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("18.1", "9.0", 1)]
    [InlineData("8.2", "12.1", -1)]
    [InlineData("19.0", "19.0", 0)]
    [InlineData("19", "19.1", -1)]
    public void Versions_are_compared_part_by_part(string left, string right, int sign) =>
        Assert.Equal(sign, Math.Sign(ReleaseVersion.Comparer.Compare(left, right)));

    [Theory]
    [InlineData("18.1", true)]
    [InlineData("18", true)]
    [InlineData("", false)]
    [InlineData("../18.1", false)]
    [InlineData("18.", false)]
    [InlineData("v18", false)]
    [InlineData("99999999999.1", false)]
    public void Only_numbers_and_dots_are_a_version(string text, bool valid) => Assert.Equal(valid, ReleaseVersion.IsValid(text));

    [Fact]
    public void The_cache_folder_follows_the_environment()
    {
        Assert.Equal(Path.Combine("/somewhere", "attack"), CacheFolder.Default(name => name == "MODUS_CACHE" ? "/somewhere" : null));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("/cache/modus/attack", CacheFolder.Default(name => name == "XDG_CACHE_HOME" ? "/cache" : null));
        Assert.Equal("/home/a/.cache/modus/attack", CacheFolder.Default(name => name switch { "XDG_CACHE_HOME" => "relative", "HOME" => "/home/a", _ => null }));
        Assert.Null(CacheFolder.Default(_ => null));
    }

    [Theory]
    [InlineData("enterprise", Domains.Enterprise)]
    [InlineData("ICS-attack", Domains.Ics)]
    [InlineData("enterprise+mobile", Domains.Enterprise | Domains.Mobile)]
    [InlineData("pre-attack", Domains.None)]
    [InlineData("", Domains.None)]
    [InlineData("enterprise+mars", Domains.None)]
    public void Domains_are_read_in_every_spelling(string text, Domains domains)
    {
        Assert.Equal(domains, DomainNames.Parse(text));
        if (domains != Domains.None) Assert.Equal(domains, DomainNames.Parse(domains.Name()));
    }
}
