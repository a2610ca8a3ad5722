using System.Globalization;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Evaluation;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Sigma.Rules;

namespace Modus.Benchmarks.Planning;

/// <summary>The back-test on five releases, once over all rules and once over those that read a Windows sensor.</summary>
internal static class BacktestLab
{
    private static readonly string[] versions = ["12.1", "14.1", "16.1", "17.1", "18.1"];
    private static readonly string[] folders = ["rules", "rules-emerging-threats", "rules-threat-hunting"];
    private static readonly HashSet<string> sensor = ["process_creation", "registry_set", "registry_event", "file_event", "image_load", "network_connection", "create_remote_thread", "process_access", "pipe_created", "dns_query"];

    public static void Run(string folder)
    {
        var bundles = versions.Select(version => BundleReader.Read([Path.Combine(folder, "attack", $"enterprise-attack-{version}.json.gz")], new ReadOptions()).Release!).ToList();
        var uses = bundles.Select(item => ReleaseUses.Of(item, EmbeddedFacts.SourceDates)).ToList();
        var earlier = bundles.Append(KnowledgeBase.Open().Get("19.0")!).SelectMany(release => release.All<Technique>()
                .Where(item => item.IsRevoked && item.Id.Length > 0 && item.Succession.Successor is { IsAlive: true } heir && heir.Id != item.Id).Select(item => (Heir: item.Succession.Successor!.Id, Old: item.Id)))
            .Distinct().GroupBy(item => item.Heir, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(item => item.Old)], StringComparer.Ordinal);
        var rules = folders.SelectMany(name => Directory.EnumerateFiles(Path.Combine(folder, "sigma", name), "*.yml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .SelectMany(file => RuleParser.Parse(File.ReadAllText(file), file).Documents.OfType<SigmaRule>()).Where(rule => rule.Header.Level >= RuleLevel.Medium && rule.Header.Date is not null).ToList();
        foreach (var (name, chosen) in new[] { ("all rules", rules), ("Windows sensor only", rules.Where(rule => rule.LogSource.Product == "windows" && sensor.Contains(rule.LogSource.Category ?? "")).ToList()) })
        {
            var answer = BackTest.Run(new()
            {
                Releases = uses,
                Earlier = earlier,
                Rules = [.. chosen.Select(rule => new DatedRule(rule.Header.Date!.Value, [.. rule.Header.Tags.Where(tag => tag.Namespace == "attack").Select(tag => tag.Value.ToUpperInvariant())]))],
            });
            foreach (var step in answer.Steps) Console.WriteLine($"{name}: {step.From} → {step.To}: {step.Actors} actors, {step.Reports} reports, {step.Rules} rules, {step.Covered} techniques covered");
            Console.WriteLine("\n| defence | judged by new | picks | ranking | cases | gain | of hindsight | less modus, 95 % |\n| --- | --- | ---: | --- | ---: | ---: | ---: | --- |");
            foreach (var row in answer.Rows.OrderBy(row => row.JudgedBy).ThenBy(row => row.Picks).ThenByDescending(row => row.Gain))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {row.JudgedBy.ToString().ToLowerInvariant()} | {row.Picks} | {row.Ranker} | {row.Cases} | {row.Gain:.000} | {100 * row.OfOracle:0} % of {row.Oracle:.000} | {row.LowOverModus:+.000;-.000;0} to {row.HighOverModus:+.000;-.000;0}{(row.BeatsChance ? "" : ", no better than chance")} |"));
            Console.WriteLine();
        }
    }
}
