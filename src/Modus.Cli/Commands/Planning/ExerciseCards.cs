using Modus.Analysis.Coverage;
using Modus.Analysis.Planning.Exercises;

namespace Modus.Cli.Commands.Planning;

/// <summary>Everything an exercise's step is described by.</summary>
internal sealed record ExerciseCard(StoryPart Part, string Platform, double Detection, string Known, string? Obstacle, IReadOnlyList<PublicTest> Tests, IReadOnlyList<string> Telemetry, IReadOnlyList<DeployedRule> Rules);

/// <summary>Joins what an adversary does with tests, logs, rules and what is known of the defence.</summary>
internal static class ExerciseCards
{
    public static List<ExerciseCard> Of(IReadOnlyList<StoryPart> story, CoverageKnowledge knowledge, Ladder? ladder, DefenceInventory defence, IReadOnlyList<string> platforms, IdCarrier carrier)
    {
        var tests = AtomicTests.All.Concat(defence.Tests.Select(test => new PublicTest(test.TechniqueId, test.Id, test.Platforms, "", test.Name)))
            .SelectMany(test => carrier.Carry(test.Technique).Select(id => (Id: id, Test: test))).DistinctBy(item => (item.Id, item.Test.Id)).ToLookup(item => item.Id, item => item.Test, StringComparer.Ordinal);
        var rules = defence.Rules.SelectMany(rule => rule.Techniques.Where(item => item.Id is not null).Select(item => (item.Id, Rule: rule))).ToLookup(item => item.Id!, item => item.Rule, StringComparer.Ordinal);
        var told = story.Select(part => part.Technique.Id).ToHashSet(StringComparer.Ordinal);
        var cards = new List<ExerciseCard>();
        foreach (var part in story)
        {
            var id = part.Technique.Id;
            var technique = knowledge.Find(id);
            var own = technique?.Platforms ?? part.Technique.Platforms;
            List<string> possible = [.. own.Where(name => platforms.Count == 0 || platforms.Contains(name, StringComparer.OrdinalIgnoreCase))];
            // A platform of which no analytic names a log lies outside of anyone's estate: what happens there cannot be played at home.
            var seen = technique?.Analytics.Where(analytic => analytic.NamesLogs).SelectMany(analytic => analytic.Platforms).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
            var child = part.Technique.Subtechniques.FirstOrDefault(item => told.Contains(item.Id));
            var runnable = tests[id].Where(test => test.Platforms.Count == 0 || test.Platforms.Any(name => possible.Contains(name, StringComparer.OrdinalIgnoreCase))).ToList();
            var obstacle = possible.Count == 0 ? $"not on {string.Join(", ", platforms)}"
                : child is not null ? $"played by its part {child.Id}"
                : seen.Count == 0 && runnable.Count == 0 && technique?.Analytics.Count > 0 ? "happens outside of the estate: no log shows it and no test plays it" : null;
            var (platform, detection, known) = Choose(possible, ladder, id, runnable);
            var needs = technique?.Analytics.Where(analytic => analytic.Platforms.Count == 0 || analytic.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase))
                .SelectMany(analytic => analytic.Needs).Where(need => need.Name.Length > 0).Select(need => need.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
            cards.Add(new(part, platform, detection, known, obstacle,
                [.. runnable.Where(test => test.Platforms.Count == 0 || test.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase))], [.. needs],
                [.. rules[id].DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)]));
        }
        return cards;
    }

    // The platform on which a try tells most; among equals one that has a test.
    private static (string Platform, double Detection, string Known) Choose(List<string> possible, Ladder? ladder, string id, List<PublicTest> tests)
    {
        if (possible.Count == 0) return ("", Belief.Nothing, "");
        var choices = possible.Order(StringComparer.Ordinal).Select(name =>
        {
            var cell = ladder?.Find(id, name);
            return (Platform: name, Detection: cell is null ? Belief.Nothing : Belief.Of(cell), Known: cell is null ? "nothing known" : Belief.Words(cell),
                Tests: tests.Count(test => test.Platforms.Contains(name, StringComparer.OrdinalIgnoreCase)));
        });
        var best = choices.OrderBy(item => Math.Round(Math.Abs(item.Detection - 0.5), 6)).ThenByDescending(item => item.Tests).First();
        return (best.Platform, best.Detection, best.Known);
    }
}
