using System.Diagnostics;
using System.Globalization;
using System.Text;
using Modus.Analysis.Coverage;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Profiles;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Casework.Defence;

namespace Modus.Benchmarks.Coverage;

/// <summary>What it costs to turn a tree of rules into a layer and to lay a threat over it, beside reading the same bytes. CPU time, all threads.</summary>
internal static class CoverageBenchmarks
{
    private const int Runs = 5;

    public static int Run(string[] args)
    {
        var folder = args is [var given, ..] ? given : Path.Combine("..", "shared", "data", "sigma");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"no folder {folder}: give a folder of Sigma rules");
            return 2;
        }
        var releases = KnowledgeBase.Open(null);
        var release = releases.Newest(Domains.Enterprise)!;
        var actor = args is [_, var named, ..] ? named : release.Groups.OrderByDescending(group => group.Outgoing(RelationshipType.Uses).Count()).First().Id;
        var today = new DateOnly(2026, 11, 28);
        var files = Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Console.WriteLine("| job | CPU ms, first | CPU ms, best warm | ratio to floor, warm | result |");
        Console.WriteLine("|---|---:|---:|---:|---|");
        var floor = Measure("floor: every byte of the rule files read", 0, () => $"{files.Sum(file => (long)File.ReadAllBytes(file).Length):N0} bytes in {files.Count:N0} files");
        CoverageKnowledge knowledge = null!;
        DefenceLoad load = null!;
        Ladder ladder = null!;
        Measure("release to techniques and platforms", floor, () => $"{(knowledge = CoverageKnowledge.Read(release, Domains.Enterprise)).Techniques.Count:N0} techniques");
        Measure("rules to an inventory, by their heads", floor, () =>
        {
            var context = new DefenceContext(knowledge, release, () => [.. releases.Entries.Select(releases.Load).OfType<Release>()]);
            load = DefenceLoader.Load(context, new() { Rules = [folder] });
            return $"{load.Inventory.Rules.Count:N0} rules, {context.Problems.Count} problems";
        });
        Measure("inventory to ladder", floor, () => $"{(ladder = LadderBuilder.Build(knowledge, load.Inventory, today)).Cells.Count:N0} cells");
        Measure("ladder to layer", floor, () => $"{LayerWriter.ToBytes(CoverageLayer.Of(knowledge, ladder, "Coverage")).Length:N0} bytes");
        var profiler = new Profiler(ReleaseAdapter.Read(release, EmbeddedFacts.SourceDates, EmbeddedFacts.SuspectedNations, Domains.Enterprise), Lens.All);
        Measure($"gap for {actor}: profile, ladder of its techniques, comparison", floor, () =>
        {
            var threat = ThreatProfile.Of(profiler.Profile(actor)!, today);
            var small = LadderBuilder.Build(knowledge, load.Inventory, today, new() { Techniques = GapAnalysis.Scope(knowledge, threat) });
            return $"{GapAnalysis.Compare(knowledge, threat, small, []).Rows.Count} techniques";
        });
        return 0;
    }

    private static double Measure(string name, double floor, Func<string> job)
    {
        var first = Cpu(job, out var result);
        var warm = Enumerable.Range(0, Runs).Min(_ => Cpu(job, out result));
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"| {name} | {first:0.0} | {warm:0.0} | ");
        Console.WriteLine(line.Append(floor > 0 ? string.Create(CultureInfo.InvariantCulture, $"{warm / floor:0.00}") : "1").Append(CultureInfo.InvariantCulture, $" | {result} |"));
        return warm;
    }

    private static double Cpu(Func<string> job, out string result)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        result = job();
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
    }
}
