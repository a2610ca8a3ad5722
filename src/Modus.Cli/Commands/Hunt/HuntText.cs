using System.Globalization;
using Modus.Cli.Shell;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Hunt;

/// <summary>The summary of a hunt for people.</summary>
internal static class HuntText
{
    private const int Most = 25;

    public static void Write(Invocation run, HuntResults results, HuntReport report)
    {
        Head(run, string.Create(CultureInfo.InvariantCulture, $"{results.Hits:N0} hits in {report.Events:N0} events"));
        run.Write(results.Fired.GroupBy(rule => rule.Header.Level).OrderByDescending(group => group.Key),
            new Column<IGrouping<RuleLevel, FiredRule>>("level", "Level", group => Level(group.Key)),
            new Column<IGrouping<RuleLevel, FiredRule>>("rules", "Rules", group => group.Count()) { Right = true },
            new Column<IGrouping<RuleLevel, FiredRule>>("hits", "Hits", group => group.Sum(rule => rule.Count)) { Right = true });

        Head(run, $"Tactics ({string.Join(", ", results.Releases.Select(release => release.Name))})");
        run.Write(results.Tactics,
            new Column<TacticResult>("tactic", "Tactic", tactic => tactic.Name),
            new Column<TacticResult>("hits", "Hits", tactic => tactic.Hits) { Right = true },
            new Column<TacticResult>("techniques", "Techniques", tactic => tactic.Techniques) { Gives = true });

        Head(run, "Hosts");
        run.Write(results.Hosts.Take(Most),
            new Column<HostResult>("host", "Host", host => host.Name),
            new Column<HostResult>("levels", "Hits by level", host => string.Join(", ", host.ByLevel.Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Value} {Level(level.Key)}")))) { Gives = true },
            new Column<HostResult>("first", "First", host => Time(host.First)),
            new Column<HostResult>("last", "Last", host => Time(host.Last)));
        More(run, results.Hosts.Count, "hosts");

        Head(run, "Rules that matched");
        run.Write(results.Fired.Take(Most),
            new Column<FiredRule>("level", "Level", rule => Level(rule.Header.Level)),
            new Column<FiredRule>("hits", "Hits", rule => rule.Count) { Right = true },
            new Column<FiredRule>("rule", "Rule", rule => rule.Header.Title) { Gives = true },
            new Column<FiredRule>("author", "Author", rule => rule.Header.Author) { Gives = true },
            new Column<FiredRule>("techniques", "Techniques", rule => HitLine.TechniquesOf(rule.Header)),
            new Column<FiredRule>("hosts", "Hosts", rule => rule.Hosts.Count) { Right = true },
            new Column<FiredRule>("first", "First", rule => Time(rule.First)),
            new Column<FiredRule>("last", "Last", rule => Time(rule.Last)));
        More(run, results.Fired.Count, "rules");

        Head(run, "Log sources seen");
        run.Write(report.Sources,
            new Column<SourceTally>("source", "Source", source => source.Source) { Gives = true },
            new Column<SourceTally>("events", "Events", source => source.Events) { Right = true },
            new Column<SourceTally>("rules", "Rules", source => source.Rules == 0 ? "none: nobody looked" : source.Rules.ToString(CultureInfo.InvariantCulture)) { Right = true },
            new Column<SourceTally>("hits", "Hits", source => source.Hits) { Right = true },
            new Column<SourceTally>("first", "First", source => Time(source.First)),
            new Column<SourceTally>("last", "Last", source => Time(source.Last)));

        Head(run, string.Create(CultureInfo.InvariantCulture, $"Log sources that rules wait for and that are not here ({results.Silent.Count} rules)"));
        run.Write(results.Silent.GroupBy(rule => rule.LogSource.ToString()).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(Most),
            new Column<IGrouping<string, Modus.Sigma.CompiledRule>>("source", "Product/category/service", group => group.Key),
            new Column<IGrouping<string, Modus.Sigma.CompiledRule>>("rules", "Rules", group => group.Count()) { Right = true });
        foreach (var (reason, count) in report.Uncorrelated)
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{count:N0} matches could not take part in correlations: {reason}"));
    }

    internal static string Level(RuleLevel level) => level == RuleLevel.Unstated ? "unstated" : level.ToString().ToLowerInvariant();

    internal static object? Time(DateTime? time) => time is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    private static void Head(Invocation run, string text)
    {
        run.Out.WriteLine();
        run.Out.WriteLine(run.Format == Format.Markdown ? $"## {SafeText.ForMarkdown(text)}" : run.OutStyle.Bold(text));
        if (run.Format == Format.Markdown) run.Out.WriteLine();
    }

    private static void More(Invocation run, int count, string what)
    {
        if (count > Most) run.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {count - Most} more {what}; all of them with -o json"));
    }
}
