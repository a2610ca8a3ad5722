using System.CommandLine;
using System.Globalization;
using Modus.Cli.Shell;
using Modus.Sigma;
using Modus.Sigma.Scoring;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule score PATH…</c>: how hard rules are to escape, and why.</summary>
internal sealed class ScoreCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Rule files and folders.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> reasons = new("--reasons") { Description = "One line for each kind of predicate, with why and how it is escaped." };
    private readonly Option<bool> indicators = new("--indicators") { Description = "List the indicators that stand in the rules, with the day they go stale." };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<double?> gate = new("--fail-above") { Description = "End with 1 when a larger share of the rules (0 to 1) depends on indicators.", HelpName = "SHARE" };

    public ScoreCommand() : base("score", "Grades how hard rules are to escape, from hashes and addresses to what the technique cannot do without.", Listing.All)
    {
        Add(paths);
        foreach (var option in new Option[] { reasons, indicators, placeholders, gate }) Add(option);
        Example("modus rule score rules");
        Example("modus rule score rules/windows/process/shadow-copies-deleted.yml --reasons");
        Example("modus rule score rules --indicators -o csv");
        Example("modus rule score rules --fail-above 0.2");
    }

    public override int Run(Invocation run)
    {
        var set = RuleSet.Load(RuleFiles.Find(run, run.Get(paths) ?? []), new() { Compile = PlaceholderChoice.Read(run, placeholders) });
        foreach (var problem in set.Problems) RuleFiles.Report(run, problem);
        var scores = set.Rules.Select(RuleScorer.Score).OrderBy(score => score.Effective).ThenBy(score => score.Header.File, StringComparer.Ordinal).ThenBy(score => score.Header.Document).ToList();
        if (run.Get(indicators)) WriteIndicators(run, scores);
        else if (run.Get(reasons)) WriteReasons(run, scores);
        else WriteScores(run, scores);

        var sum = RuleSetScore.Of(scores);
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{sum.Rules} rules: mean level {sum.Mean:0.00}, {sum.IndicatorShare:P0} depend on indicators; level 1 to 5: {string.Join(", ", sum.ByLevel.Skip(1))}; {sum.Indicators} indicators"));
        if (run.Get(gate) is { } most && sum.IndicatorShare > most) return ExitCode.Finding;
        return Invocation.Accounted(set.Counts.Rules + set.Counts.Correlations + set.Counts.Filters, set.Counts.Refused);
    }

    private static void WriteScores(Invocation run, IEnumerable<RuleScore> scores) => run.Write(scores,
        new Column<RuleScore>("level", "Level", score => (int)score.Effective) { Right = true },
        new Column<RuleScore>("means", "Rests on", score => Words(score.Effective)),
        new Column<RuleScore>("title", "Rule", score => score.Header.Title) { Gives = true },
        new Column<RuleScore>("weakest", "Weakest", score => score.Weakest is { } weakest ? $"{weakest.Field}: {weakest.Class}" : "") { Gives = true },
        new Column<RuleScore>("evasion", "Escaped by", score => score.Weakest?.Evasion) { Gives = true },
        new Column<RuleScore>("filter_level", "Filters", score => score.FilterLevel == Robustness.None ? "" : ((int)score.FilterLevel).ToString(CultureInfo.InvariantCulture)) { Right = true },
        new Column<RuleScore>("layer", null, score => score.Layer.ToString().ToLowerInvariant()),
        new Column<RuleScore>("stated", null, score => score.Stated is { } stated ? (int)stated : null),
        new Column<RuleScore>("computed", null, score => (int)score.Level),
        new Column<RuleScore>("indicators", null, score => score.Indicators.Length),
        new Column<RuleScore>("id", null, score => score.Header.Id),
        new Column<RuleScore>("author", null, score => score.Header.Author),
        new Column<RuleScore>("file", null, score => score.Header.File));

    private static void WriteReasons(Invocation run, IEnumerable<RuleScore> scores) => run.Write(
        scores.SelectMany(score => score.Grades.Select(grade => (Score: score, Grade: grade))),
        new Column<(RuleScore Score, PredicateGrade Grade)>("title", "Rule", row => row.Score.Header.Title) { Gives = true },
        new Column<(RuleScore Score, PredicateGrade Grade)>("level", "Level", row => (int)row.Grade.Level) { Right = true },
        new Column<(RuleScore Score, PredicateGrade Grade)>("part", "Part", row => row.Grade.IsFilter ? "filter" : "asks"),
        new Column<(RuleScore Score, PredicateGrade Grade)>("field", "Field", row => row.Grade.Field),
        new Column<(RuleScore Score, PredicateGrade Grade)>("class", "Value", row => row.Grade.Class),
        new Column<(RuleScore Score, PredicateGrade Grade)>("count", "Values", row => row.Grade.Count) { Right = true },
        new Column<(RuleScore Score, PredicateGrade Grade)>("why", "Why", row => row.Grade.Why) { Gives = true },
        new Column<(RuleScore Score, PredicateGrade Grade)>("evasion", "Escaped by", row => row.Grade.Evasion) { Gives = true },
        new Column<(RuleScore Score, PredicateGrade Grade)>("examples", null, row => row.Grade.Examples),
        new Column<(RuleScore Score, PredicateGrade Grade)>("id", null, row => row.Score.Header.Id));

    private static void WriteIndicators(Invocation run, IEnumerable<RuleScore> scores) => run.Write(
        scores.SelectMany(score => score.Indicators.Select(indicator => (Score: score, Indicator: indicator))),
        new Column<(RuleScore Score, Indicator Indicator)>("kind", "Kind", row => row.Indicator.Kind.ToString().ToLowerInvariant()),
        new Column<(RuleScore Score, Indicator Indicator)>("value", "Value", row => row.Indicator.Value),
        new Column<(RuleScore Score, Indicator Indicator)>("seen", "Written", row => row.Indicator.Seen),
        new Column<(RuleScore Score, Indicator Indicator)>("expires", "Stale after", row => row.Indicator.Expires),
        new Column<(RuleScore Score, Indicator Indicator)>("title", "Rule", row => row.Score.Header.Title) { Gives = true },
        new Column<(RuleScore Score, Indicator Indicator)>("id", null, row => row.Score.Header.Id));

    internal static string Words(Robustness level) => level switch
    {
        Robustness.Ephemeral => "values of a day",
        Robustness.BroughtTool => "a brought tool",
        Robustness.SystemTool => "a system tool",
        Robustness.Implementation => "an implementation",
        Robustness.Core => "the technique itself",
        _ => "circumstances",
    };
}
