using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Modus.Logs;

namespace Modus.Benchmarks.Logs;

/// <summary>Rates of the readers: EVTX and flat JSON, against a plain JSON scan of the same bytes.</summary>
/// <remarks>Arguments: the folder with the logs (default ../shared/data/logs), then how often each lane runs (default 5).</remarks>
internal static class LogBenchmarks
{
    public static int Run(string[] args)
    {
        var folder = args.Length > 0 ? args[0] : Path.Combine("..", "shared", "data", "logs");
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var archive = Path.Combine(folder, "hayabusa-sample.zip");
        var flat = Path.Combine(folder, "otrf-windows-100k.jsonl.gz");
        if (!File.Exists(archive) || !File.Exists(flat))
        {
            Console.Error.WriteLine($"no logs in {folder}: give the folder that holds hayabusa-sample.zip and otrf-windows-100k.jsonl.gz");
            return 2;
        }

        var work = Directory.CreateTempSubdirectory("modus-logs-");
        try
        {
            ZipFile.ExtractToDirectory(archive, work.FullName);
            var lines = Path.Combine(work.FullName, "flat.jsonl");
            using (var packed = new GZipStream(File.OpenRead(flat), CompressionMode.Decompress))
            using (var plain = File.Create(lines)) packed.CopyTo(plain);
            Print(work.FullName, lines, rounds);
        }
        finally
        {
            work.Delete(recursive: true);
        }

        return 0;
    }

    private static void Print(string folder, string lines, int rounds)
    {
        var evtx = Directory.GetFiles(folder, "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Console.WriteLine("| lane | events | MB | CPU s (best) | events / CPU s | MB / CPU s | ratio to the scan | peak MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var floor = Lane("plain scan of the flat events (Utf8JsonReader)", rounds, () => Scan(lines), null);
        foreach (var threads in new[] { 1, 2 })
            Lane($"flat JSON lines, log source of each, {threads} thread(s)", rounds, () => Read([lines], threads, Take.Source), floor);
        Lane("flat JSON lines, every value as text, 1 thread", rounds, () => Read([lines], 1, Take.Values), floor);
        foreach (var threads in new[] { 1, 2 })
            Lane($"EVTX, log source of each, {threads} thread(s)", rounds, () => Read(evtx, threads, Take.Source), null);
        Lane("EVTX, every value as text, 1 thread", rounds, () => Read(evtx, 1, Take.Values), null);
    }

    private static double Lane(string name, int rounds, Func<(long Events, long Bytes)> work, double? floor)
    {
        var best = double.MaxValue;
        (long Events, long Bytes) result = default;
        for (var i = 0; i <= rounds; i++)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            result = work();
            process.Refresh();
            // The first round only warms up.
            if (i > 0) best = Math.Min(best, (process.TotalProcessorTime - before).TotalSeconds);
        }

        using var now = Process.GetCurrentProcess();
        var rate = result.Bytes / 1e6 / best;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {result.Events:N0} | {result.Bytes / 1e6:F1} | {best:F3} | {result.Events / best:N0} | {rate:N0} | {(floor is { } f ? (rate / f).ToString("F2", CultureInfo.InvariantCulture) : "-")} | {now.PeakWorkingSet64 / 1048576} |"));
        return rate;
    }

    private static (long Events, long Bytes) Scan(string path)
    {
        var bytes = File.ReadAllBytes(path);
        long events = 0;
        ReadOnlySpan<byte> rest = bytes;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
            }

            events++;
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return (events, bytes.Length);
    }

    private static (long Events, long Bytes) Read(string[] paths, int threads, Take take)
    {
        var reader = new LogReader(new LogReadOptions { Threads = threads });
        long seen = 0;
        var report = reader.Run(paths, () => new Worker(take), result => seen += result);
        if (seen == 0) throw new InvalidOperationException("nothing was read");
        return (report.Events, report.Bytes);
    }

    private enum Take
    {
        Source,
        Values,
    }

    private sealed class Worker(Take take) : IEventWorker<long>
    {
        private long _seen;

        public void Accept(LogEvent logEvent)
        {
            if (take == Take.Source)
            {
                _seen += logEvent.Source.Number;
                return;
            }

            for (var slot = 0; slot < logEvent.Count; slot++) _seen += logEvent.Text(slot).Length;
        }

        public long EndBlock()
        {
            var seen = _seen;
            _seen = 0;
            return seen;
        }
    }
}
