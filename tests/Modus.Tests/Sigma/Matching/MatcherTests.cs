using System.Collections.Immutable;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

public sealed class MatcherTests
{
    private static readonly CompileOptions options = new()
    {
        Placeholders = new Dictionary<string, ImmutableArray<string>> { ["Admins"] = ["root", "adm_*"] },
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases => CaseTable.Read("events.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_matches_an_event(string ruleAndEvent, string expected)
    {
        var split = ruleAndEvent.Split(" @ ");
        Assert.Equal(2, split.Length);
        var detection = split[0].StartsWith('[') || split[0].StartsWith("{s", StringComparison.Ordinal) ? split[0] : $"{{{split[0]}}}";
        var rule = EventText.Rule($"{{sel: {detection}, condition: sel}}", options);
        var line = EventText.Process(split[1]);
        bool? evidence = null;
        var matched = EventText.Match([rule], line, logEvent => evidence = EvidenceFinder.IsTrue(Matcher.Bind(rule, logEvent.Source), logEvent));
        var answer = (Assert.Single(matched).Length == 1, evidence!.Value, new SlowModel(line).IsTrue(rule.Expression));

        Assert.Equal(expected == "match" ? (true, true, true) : (false, false, false), answer);
    }
}
