using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Facts;

namespace Modus.Benchmarks.Attack;

/// <summary>What the knowledge base costs. Each row is a process of its own: cold code, its own peak of memory.</summary>
internal static class AttackBenchmarks
{
    private const int Runs = 5;

    public static int Run(string[] args)
    {
        if (args is [var job, var file]) return Job(job, file);
        var folder = args is [var given] ? given : Path.Combine("..", "shared", "data", "attack");
        var packed = Path.Combine(folder, "enterprise-attack-18.1.json.gz");
        if (!File.Exists(packed))
        {
            Console.Error.WriteLine($"no {packed}: give the folder of the bundles");
            return 2;
        }
        var work = Directory.CreateTempSubdirectory("modus-bench-").FullName;
        try
        {
            Table(work, packed);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
        return 0;
    }

    private static void Table(string work, string packed)
    {
        var json = Path.Combine(work, "enterprise-attack-18.1.json");
        using (var from = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress))
        using (var to = File.Create(json)) from.CopyTo(to);
        var facts = Path.Combine(work, "enterprise-18.1.facts");
        File.WriteAllBytes(facts, FactsWriter.ToBytes(BundleReader.Read(json).Release!));

        Console.WriteLine("| job | CPU ms cold, best of 5 | CPU ms warm | peak MB | note |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (job, file) in new[] { ("nothing", json), ("tokens", json), ("parse", json), ("facts", facts), ("facts+relations", facts) })
        {
            var best = Enumerable.Range(0, Runs).Select(_ => Child(job, file)).MinBy(row => row.Cold);
            Console.WriteLine($"| {job} | {best.Cold:0.0} | {best.Warm:0.0} | {best.Peak:0} | {best.Note} |");
        }
    }

    private static (double Cold, double Warm, double Peak, string Note) Child(string job, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "attack", job, file }) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var parts = child.StandardOutput.ReadToEnd().Trim().Split('\t');
        child.WaitForExit();
        return (double.Parse(parts[0]), double.Parse(parts[1]), double.Parse(parts[2]), parts[3]);
    }

    private static int Job(string job, string file)
    {
        Func<string> work = job switch
        {
            "nothing" => () => "the process alone",
            "tokens" => () => Tokens(file),
            "parse" => () => $"{BundleReader.Read(file).Release!.Find<Technique>("T1059.001")!.Incoming().Count()} links of T1059.001",
            "facts" => () => $"{FactsReader.Read(File.ReadAllBytes(file), file, true, out _)!.Find<Technique>("T1059.001")!.Name}",
            "facts+relations" => () => $"{FactsReader.Read(File.ReadAllBytes(file), file, false, out _)!.RelationshipCount}",
            _ => throw new ArgumentException($"no job {job}"),
        };
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var note = work();
        process.Refresh();
        var cold = process.TotalProcessorTime - before;
        var peak = process.PeakWorkingSet64 / 1048576.0;
        var warm = TimeSpan.MaxValue;
        for (var run = 0; run < 6; run++)
        {
            process.Refresh();
            before = process.TotalProcessorTime;
            work();
            process.Refresh();
            if (process.TotalProcessorTime - before is var spent && spent < warm) warm = spent;
        }
        Console.WriteLine($"{cold.TotalMilliseconds}\t{warm.TotalMilliseconds}\t{peak}\t{note}");
        return 0;
    }

    // The floor: every token of the same file, nothing kept, in the same buffer size.
    private static string Tokens(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[1 << 20];
        var state = new JsonReaderState();
        var filled = 0;
        var count = 0L;
        while (true)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), read == 0, state);
            while (reader.Read()) count++;
            if (read == 0) return $"{count:N0} tokens";
            state = reader.CurrentState;
            buffer.AsSpan((int)reader.BytesConsumed, filled - (int)reader.BytesConsumed).CopyTo(buffer);
            filled -= (int)reader.BytesConsumed;
        }
    }
}
