using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Diff;
using Modus.Attack.Projection;
using Modus.Attack.Snapshots;

namespace Modus.Benchmarks.Diff;

/// <summary>What it costs to compare two releases and to carry mappings. Each row is a process of its own: cold code, its own peak.</summary>
internal static class DiffBenchmarks
{
    private const int Runs = 5;
    private const string Before = "enterprise-attack-17.1.json";
    private const string After = "enterprise-attack-18.1.json";

    public static int Run(string[] args)
    {
        if (args is [var job, var place]) return Job(job, place);
        var folder = args is [var given] ? given : Path.Combine("..", "shared", "data", "attack");
        if (!File.Exists(Path.Combine(folder, After + ".gz")))
        {
            Console.Error.WriteLine($"no {After}.gz in {folder}: give the folder of the bundles");
            return 2;
        }
        var work = Directory.CreateTempSubdirectory("modus-bench-").FullName;
        try
        {
            foreach (var name in new[] { Before, After })
            {
                using (var from = new GZipStream(File.OpenRead(Path.Combine(folder, name + ".gz")), CompressionMode.Decompress))
                using (var to = File.Create(Path.Combine(work, name))) from.CopyTo(to);
                SnapshotFile.Write(BundleReader.Read(Path.Combine(work, name)).Release!, Path.Combine(work, name + SnapshotFile.Ending));
            }
            Table(work);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
        return 0;
    }

    private static void Table(string work)
    {
        Console.WriteLine("| job, 17.1 → 18.1 | CPU ms, cold | ratio to floor | CPU ms, warm | peak MB | result |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var floor = 0.0;
        foreach (var (job, name) in new[]
        {
            ("tokens", "floor: every JSON token of both files, nothing kept"), ("parse", "read both bundles"), ("json", "full diff from the JSON files"),
            ("open", "open both snapshots"), ("snapshots", "full diff from snapshots"), ("page", "the same, written as an HTML page"), ("project", "every cell of 17.1 carried to 18.1, from snapshots"),
        })
        {
            var best = Enumerable.Range(0, Runs).Select(_ => Child(job, work)).MinBy(row => row.Cold);
            if (job == "tokens") floor = best.Cold;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {best.Cold:0} | {best.Cold / floor:0.00} | {best.Warm:0} | {best.Peak:0} | {best.Note} |"));
        }
    }

    private static (double Cold, double Warm, double Peak, string Note) Child(string job, string work)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "diff", job, work }) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var parts = child.StandardOutput.ReadToEnd().Trim().Split('\t');
        child.WaitForExit();
        return (Number(parts[0]), Number(parts[1]), Number(parts[2]), parts[3]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Job(string job, string work)
    {
        var (before, after) = (Path.Combine(work, Before), Path.Combine(work, After));
        Func<string> run = job switch
        {
            "tokens" => () => $"{Tokens(before) + Tokens(after)} tokens",
            "parse" => () => $"{Read(before).RelationshipCount + Read(after).RelationshipCount} relationships",
            "json" => () => Show(ReleaseDiff.Between(Read(before), Read(after))),
            "open" => () => $"{Open(before).RelationshipCount + Open(after).RelationshipCount} relationships",
            "snapshots" => () => Show(ReleaseDiff.Between(Open(before), Open(after))),
            "page" => () => Page(ReleaseDiff.Between(Open(before), Open(after))),
            "project" => () => Project(Open(before), Open(after)),
            _ => throw new ArgumentException($"no job {job}"),
        };
        using var process = Process.GetCurrentProcess();
        var spent = process.TotalProcessorTime;
        var note = run();
        process.Refresh();
        var cold = process.TotalProcessorTime - spent;
        var peak = process.PeakWorkingSet64 / 1048576.0;
        var warm = TimeSpan.MaxValue;
        for (var turn = 0; turn < 6; turn++)
        {
            process.Refresh();
            spent = process.TotalProcessorTime;
            run();
            process.Refresh();
            if (process.TotalProcessorTime - spent is var now && now < warm) warm = now;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cold.TotalMilliseconds}\t{warm.TotalMilliseconds}\t{peak}\t{note}"));
        return 0;
    }

    private static Release Read(string path) => BundleReader.Read(path).Release!;

    private static Release Open(string path) => SnapshotFile.Read(path + SnapshotFile.Ending, out _)!;

    private static string Show(ReleaseDiff diff)
    {
        var uses = diff.Relations.Where(change => change.Relationship.Type == RelationshipType.Uses).ToList();
        return $"uses +{uses.Count(change => change.Change == RelationChangeKind.Added)}/−{uses.Count(change => change.Change == RelationChangeKind.Removed)}, "
            + $"{diff.Relations.Count(change => change.Change == RelationChangeKind.Rewritten)} texts, {diff.Objects.Count} objects, {diff.TacticMoves.Count} tactic moves";
    }

    private static string Page(ReleaseDiff diff)
    {
        using var page = new StringWriter();
        DiffHtml.Write(diff, page);
        return $"{page.GetStringBuilder().Length / 1024} KiB";
    }

    private static string Project(Release before, Release after)
    {
        var projector = new Projector(before, after, Domains.Enterprise);
        var answers = before.Techniques.SelectMany(technique => technique.Tactics, (technique, tactic) => projector.Project(new ProjectionQuestion(technique.Id, tactic.Shortname))).ToList();
        return $"{answers.Count} cells, {answers.Count(answer => answer.IsSettled)} settled";
    }

    // The floor: every token of the same file, in a buffer of the same size.
    private static long Tokens(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[1 << 20];
        var state = new JsonReaderState();
        var (filled, count) = (0, 0L);
        while (true)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), read == 0, state);
            while (reader.Read()) count++;
            if (read == 0) return count;
            state = reader.CurrentState;
            buffer.AsSpan((int)reader.BytesConsumed, filled - (int)reader.BytesConsumed).CopyTo(buffer);
            filled -= (int)reader.BytesConsumed;
        }
    }
}
