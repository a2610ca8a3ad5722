using System.Diagnostics;
using System.IO.Compression;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Facts;
using Modus.Attack.Snapshots;

namespace Modus.Benchmarks.Attack;

/// <summary>What the knowledge base costs: jobs that each run in a process of their own, then single calls in a warm one.</summary>
internal static class AttackBenchmarks
{
    private const int Processes = 5;
    private const string Bundle = "enterprise-attack-18.1.json";

    public static int Run(string[] args)
    {
        if (args is ["job", var job, var file]) return AttackJobs.RunAlone(job, file);
        var folder = args is [var given] ? given : Path.Combine("..", "shared", "data", "attack");
        var packed = Path.Combine(folder, Bundle + ".gz");
        if (!File.Exists(packed))
        {
            Console.Error.WriteLine($"no {packed}: give the folder of the bundles");
            return 2;
        }
        var work = Directory.CreateTempSubdirectory("modus-bench-").FullName;
        try
        {
            var json = Path.Combine(work, Bundle);
            using (var from = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress))
            using (var to = File.Create(json)) from.CopyTo(to);
            var release = BundleReader.Read(json).Release!;
            var snapshot = Path.Combine(work, "enterprise-18.1" + SnapshotFile.Ending);
            SnapshotFile.Write(release, snapshot);
            Whole(json, snapshot);
            Calls(release);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
        return 0;
    }

    private static void Whole(string json, string snapshot)
    {
        Console.WriteLine("| job, in a process of its own | CPU ms, first run | × floor | CPU ms, warm | × floor | peak MB | what it made |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---|");
        var floor = default(Measured);
        foreach (var (name, job, file) in new[]
        {
            ("nothing: the process alone", "nothing", json),
            ("floor: every JSON token, nothing kept", "tokens", json),
            ("bundle → release with all indexes", "parse", json),
            ("bundle → facts file", "pack", json),
            ("snapshot → release, one look-up", "snapshot", snapshot),
            ("snapshot → release, all relationships", "snapshot-links", snapshot),
            ("embedded facts → release, one look-up", "facts", ""),
            ("embedded facts → release, all relationships", "facts-links", ""),
        })
        {
            var runs = Enumerable.Range(0, Processes).Select(_ => Child(job, file)).ToList();
            var best = new Measured(runs.Min(run => run.Cold), runs.Min(run => run.Warm), runs.Min(run => run.Peak), runs[0].Note);
            if (job == "tokens") floor = best;
            var (cold, warm) = floor.Cold > 0 ? ($"{best.Cold / floor.Cold:0.00}", $"{best.Warm / floor.Warm:0.00}") : ("", "");
            Console.WriteLine($"| {name} | {best.Cold:0} | {cold} | {best.Warm:0.0} | {warm} | {best.Peak:0} | {best.Note} |");
        }
    }

    private static Measured Child(string job, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "attack", "job", job, file }) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var parts = child.StandardOutput.ReadToEnd().Trim().Split('\t');
        child.WaitForExit();
        return new Measured(double.Parse(parts[0]), double.Parse(parts[1]), double.Parse(parts[2]), parts[3]);
    }

    private static void Calls(Release release)
    {
        var facts = KnowledgeBase.Open().Get("18.1")!;
        var ids = release.All<Technique>().Select(technique => technique.Id).ToArray();
        var names = release.All<Group>().SelectMany(group => group.Aliases.Append(group.Name)).ToArray();
        Console.WriteLine();
        Console.WriteLine("| call, warm | CPU µs, mean | first call, ms | answers |");
        Console.WriteLine("|---|---:|---:|---|");
        Call("by id", ids.Length, i => release.Find(ids[i]) is null ? 0 : 1);
        Call("by STIX id", ids.Length, i => release.FindByStixId(release.Find(ids[i])!.StixId) is null ? 0 : 1);
        Call("by name or alias", names.Length, i => release.FindByName(names[i]).Count);
        Call("tactics of a technique", ids.Length, i => release.Find<Technique>(ids[i])!.Tactics.Count);
        Call("techniques of a tactic", 14, i => release.Tactics[i].Techniques.Count);
        Call("what became of a technique", ids.Length, i => release.Find<Technique>(ids[i])!.Succession.Route.Count);
        Call("procedures of a technique, with texts and citations", release.Techniques.Count, i => Read(release.Techniques[i]));
        Call("all procedures of all techniques", 1, _ => release.Techniques.Sum(Read));
        Call("techniques of a group, every way", release.Groups.Count, i => release.Groups[i].Techniques(Inheritance.All).Count);
        foreach (var query in new[] { "T1105", "cozy bear", "powreshell", "cobalt strke", "kerberos ticket", "credential", "no such thing anywhere" })
        {
            Call($"search “{query}”, with texts", 1, _ => release.Search(query).Count);
            Call($"search “{query}”, facts only", 1, _ => facts.Search(query).Count);
        }
    }

    private static int Read(Technique technique)
    {
        var count = 0;
        foreach (var example in technique.Procedures)
            if (example.Text is not null | example.Citations.Count > 0) count++;
        return count;
    }

    private static void Call(string name, int variants, Func<int, int> call)
    {
        var watch = Stopwatch.StartNew();
        var answers = call(0);
        var first = watch.Elapsed.TotalMilliseconds;
        for (var i = 1; i < variants; i++) answers += call(i);
        using var process = Process.GetCurrentProcess();
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var calls = 0;
            process.Refresh();
            var before = process.TotalProcessorTime;
            watch.Restart();
            do
            {
                for (var i = 0; i < variants; i++) call(i);
                calls += variants;
            }
            while (watch.ElapsedMilliseconds < 100);
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - before).TotalMicroseconds / calls);
        }
        Console.WriteLine($"| {name} | {best:0.00} | {first:0.00} | {answers:N0} |");
    }

    private readonly record struct Measured(double Cold, double Warm, double Peak, string Note);
}
