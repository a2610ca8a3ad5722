using System.Diagnostics;
using System.Text.Json;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Facts;
using Modus.Attack.Snapshots;

namespace Modus.Benchmarks.Attack;

/// <summary>The jobs that are measured in a process of their own, and the floor under them.</summary>
internal static class AttackJobs
{
    private const int WarmRuns = 8;

    /// <summary>Runs a job once cold, then warm, and prints both CPU times in ms, the peak in MB after the cold run, and a note.</summary>
    public static int RunAlone(string job, string file)
    {
        using var process = Process.GetCurrentProcess();
        var cold = Cpu(process, () => Do(job, file), out var note);
        var peak = process.PeakWorkingSet64 / 1048576.0;
        var warm = Enumerable.Range(0, WarmRuns).Min(_ => Cpu(process, () => Do(job, file), out var _));
        Console.WriteLine($"{cold}\t{warm}\t{peak}\t{note}");
        return 0;
    }

    private static double Cpu(Process process, Func<string> work, out string note)
    {
        process.Refresh();
        var before = process.TotalProcessorTime;
        note = work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static string Do(string job, string file) => job switch
    {
        "nothing" => "–",
        "tokens" => Tokens(file),
        "parse" => Links(BundleReader.Read(file).Release!),
        "pack" => $"{FactsWriter.ToBytes(BundleReader.Read(file).Release!).Length:N0} bytes",
        "snapshot" => Name(SnapshotFile.Read(file, out _)!),
        "snapshot-links" => Links(SnapshotFile.Read(file, out _)!),
        "facts" => Name(KnowledgeBase.Open().Get("18.1")!),
        "facts-links" => Links(KnowledgeBase.Open().Get("18.1")!),
        _ => throw new ArgumentException($"no job {job}"),
    };

    private static string Name(Release release) => release.Find<Technique>("T1059.001")!.Name;

    private static string Links(Release release) =>
        $"{release.RelationshipCount:N0} relationships, {release.Find<Technique>("T1059.001")!.Incoming(RelationshipType.Uses).Count()} uses of T1059.001, {release.FindByName("Cozy Bear").Count} Cozy Bear";

    // Every token of the file through a buffer of the same size as the reader's; nothing is kept.
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
            var used = (int)reader.BytesConsumed;
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }
}
