using Modus.Sigma;
using Modus.Sigma.Fixtures;
using Xunit;

namespace Modus.Tests.Sigma.Fixtures;

/// <summary>The rules that ship with Modus, each on its own events.</summary>
public sealed class OwnRulesTests
{
    private static readonly string folder = Path.Combine(TestData.Root, "rules");

    public static TheoryData<string> Rules =>
        [.. Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void Are_at_least_sixty_over_five_kinds_of_logs()
    {
        Assert.True(Rules.Count >= 60);
        Assert.All(["windows/", "linux/", "aws/", "entra/", "m365/"], start => Assert.Contains(Rules, rule => rule.Data.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Match_what_they_must_and_nothing_that_only_looks_like_it(string rule)
    {
        var path = Path.Combine(folder, rule);
        var rules = RuleSet.Parse([(rule, File.ReadAllText(path))]);
        var problems = new List<Problem>();

        var fixtures = FixtureReader.Read(File.ReadAllText(FixtureSet.NameFor(path)), rule, problems);

        Assert.Empty(rules.Problems);
        Assert.Empty(problems);
        Assert.True(fixtures!.Cases.Count(one => one.MustMatch) >= 2, "at least two cases that must match");
        Assert.True(fixtures.Cases.Count(one => !one.MustMatch) >= 2, "at least two cases that must not match");
        Assert.All(FixtureRunner.Run(rules, fixtures), result => Assert.True(result.Passed, $"{(result.Case.MustMatch ? "must" : "must not")} match: {result.Case.Says}: {result.Why}"));
    }
}
