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

    /// <summary>Reads every token of every line, in blocks of the readers' size.</summary>
    private static (long Events, long Bytes) Scan(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[4 << 20];
        var have = 0;
        long events = 0, bytes = 0;
        while (true)
        {
            var got = file.Read(buffer, have, buffer.Length - have);
            if (got == 0) return (events, bytes);
            bytes += got;
            have += got;
            var end = buffer.AsSpan(0, have).LastIndexOf((byte)'\n') + 1;
            events += ScanLines(buffer.AsSpan(0, end));
            buffer.AsSpan(end, have - end).CopyTo(buffer);
            have -= end;
        }
    }

    private static long ScanLines(ReadOnlySpan<byte> lines)
    {
        long events = 0;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var reader = new Utf8JsonReader(lines[..end]);
            while (reader.Read())
            {
            }

            events++;
            lines = lines[(end + 1)..];
        }

        return events;
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
