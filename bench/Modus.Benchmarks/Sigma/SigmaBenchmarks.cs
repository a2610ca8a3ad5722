using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Explanation;
using Modus.Sigma.Hunting;

namespace Modus.Benchmarks.Sigma;

/// <summary>Rules per second of CPU time, both lanes, with the plain scan of the same bytes as the floor.</summary>
internal static class SigmaBenchmarks
{
    private const int LaneEvents = 100_000;

    /// <summary>As many different process creations as the lane has that others were measured on.</summary>
    private const int Creations = 3_517;

    public static int Run(string[] args)
    {
        if (args is not [var data, ..] || !Directory.Exists(Path.Combine(data, "sigma")))
        {
            Console.Error.WriteLine("usage: sigma DATA [PASSES]\nDATA holds sigma/ (SigmaHQ's rules) and logs/otrf-windows-100k.jsonl.gz");
            return 3;
        }

        var passes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var folder = Directory.CreateTempSubdirectory("modus-bench-");
        try
        {
            var mixed = Path.Combine(folder.FullName, "mixed.jsonl");
            var creations = Path.Combine(folder.FullName, "eid1.jsonl");
            var numbered = Path.Combine(folder.FullName, "eid1-numbered.jsonl");
            var various = Path.Combine(folder.FullName, "eid1-various.jsonl");
            var distinct = Prepare(Path.Combine(data, "logs", "otrf-windows-100k.jsonl.gz"), mixed, creations, various, numbered);
            var rules = Start(data);
            Console.WriteLine();
            Console.WriteLine("| lane | what | threads | events | CPU s | ev/cpu-s | MB/cpu-s | of the floor | wall s | ev/s wall | hits | rules hit | peak MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
            Lane("mixed", mixed, rules, passes);
            Lane($"Sysmon 1 ({distinct} distinct)", creations, rules, passes);
            Lane($"Sysmon 1 ({Creations} distinct)", various, rules, passes);
            Lane("Sysmon 1, each command line distinct", numbered, rules, passes);
            Console.WriteLine();
            WhyNot(rules, creations);
            Console.WriteLine();
            Console.WriteLine($"Peak resident memory of the whole run: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB.");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RuleSet Start(string data)
    {
        string[] folders = [.. new[] { "rules", "rules-threat-hunting", "rules-emerging-threats" }.Select(name => Path.Combine(data, "sigma", name))];
        Console.WriteLine("| start | rules | CPU s | wall s |");
        Console.WriteLine("|---|---|---|---|");
        RuleSet? rules = null;
        using var pack = new TemporaryPack();
        foreach (var (what, file) in new[] { ("YAML, cold", null), ("YAML, warm", null), ("YAML, pack written", pack.Path), ("pack", (string?)pack.Path) })
        {
            var (cpu, wall) = Measure(() => rules = RuleSet.Load(folders, new() { PackFile = file }));
            Console.WriteLine($"| {what} | {rules!.Counts.Rules} | {cpu:F2} | {wall:F2} |");
        }

        return rules!;
    }

    /// <summary>Every rule asked why it does not match one process creation.</summary>
    private static void WhyNot(RuleSet rules, string file)
    {
        var logEvent = new LogReader(new LogReadOptions { Threads = 1 }).Read([file]).First();
        var (first, _) = Measure(() => RuleExplainer.Explain(rules.Rules[0], null, logEvent));
        var clock = Stopwatch.StartNew();
        var longest = TimeSpan.Zero;
        var slow = 0;
        foreach (var rule in rules.Rules)
        {
            var before = clock.Elapsed;
            RuleExplainer.Explain(rule, null, logEvent);
            var took = clock.Elapsed - before;
            if (took > longest) longest = took;
            if (took.TotalMilliseconds > 50) slow++;
        }

        Console.WriteLine("| why-not, one event | answers | first, CPU ms | mean, wall ms | over 50 ms | longest, wall ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine($"| each rule, no texts of its selections | {rules.Rules.Length:N0} | {first * 1000:F0} | {clock.Elapsed.TotalMilliseconds / rules.Rules.Length:F3} | {slow} | {longest.TotalMilliseconds:F1} |");
    }

    private static void Lane(string lane, string file, RuleSet rules, int passes)
    {
        var bytes = new FileInfo(file).Length;
        var events = File.ReadLines(file).LongCount();
        var floor = 0.0;
        Row("plain scan (Utf8JsonReader)", 1, passes, () => PlainScan(file), "", "");
        Row("reading alone", 1, passes, () => new LogReader(new LogReadOptions { Threads = 1 }).Run([file], () => new Nothing(), _ => { }), "", "");
        foreach (var threads in new[] { 1, 2 })
        {
            long hits = 0;
            var ruled = new HashSet<int>();
            void Pass()
            {
                hits = 0;
                Hunt.Run(rules, [file], new() { Read = new() { Threads = threads } }, hit =>
                {
                    hits++;
                    ruled.Add(hit.RuleIndex);
                });
            }

            var (cpu, wall) = Measure(Pass);
            Write("rules, first pass", threads, cpu, wall, $"{hits}", $"{ruled.Count}");
            Row("rules, warm", threads, passes, Pass, $"{hits}", $"{ruled.Count}");
        }

        void Row(string what, int threads, int repeat, Action pass, string hits, string ruled)
        {
            pass();
            var best = (Cpu: double.MaxValue, Wall: double.MaxValue);
            for (var at = 0; at < repeat; at++)
            {
                var (cpu, wall) = Measure(pass);
                best = (Math.Min(best.Cpu, cpu), Math.Min(best.Wall, wall));
            }

            Write(what, threads, best.Cpu, best.Wall, hits, ruled);
        }

        void Write(string what, int threads, double cpu, double wall, string hits, string ruled)
        {
            if (floor == 0) floor = cpu;
            Console.WriteLine($"| {lane} | {what} | {threads} | {events:N0} | {cpu:F2} | {events / cpu:N0} | {bytes / cpu / 1e6:N0} | {floor / cpu:P0} | {wall:F2} | {events / wall:N0} | {hits} | {ruled} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} |");
        }
    }

    /// <summary>Every token of every line, from the bytes of the file; nothing is kept or made.</summary>
    private static void PlainScan(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var block = new byte[4 << 20];
        var held = 0;
        for (int got; (got = stream.Read(block, held, block.Length - held)) > 0;)
        {
            var rest = block.AsSpan(0, held + got);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                var reader = new Utf8JsonReader(rest[..end]);
                while (reader.Read())
                {
                }
            }

            held = rest.Length;
            rest.CopyTo(block);
        }
    }

    private static int Prepare(string zipped, string mixed, string creations, string various, string numbered)
    {
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        using (var lines = new StreamReader(new GZipStream(File.OpenRead(zipped), CompressionMode.Decompress)))
        using (var target = new StreamWriter(mixed))
        {
            while (lines.ReadLine() is { } line)
            {
                target.WriteLine(line);
                if (line.Contains("\"EventID\":1,", StringComparison.Ordinal) && line.Contains("Microsoft-Windows-Sysmon/Operational", StringComparison.Ordinal)) distinct.Add(line);
            }
        }

        var found = distinct.ToArray();
        using var repeated = new StreamWriter(creations);
        using var varied = new StreamWriter(various);
        using var told = new StreamWriter(numbered);
        for (var at = 0; at < LaneEvents; at++)
        {
            var line = found[at % found.Length];
            repeated.WriteLine(line);
            told.WriteLine(Numbered(line, at));
            varied.WriteLine(Numbered(found[at % Creations % found.Length], at % Creations));
        }

        return distinct.Count;
    }

    /// <summary>The line with a number at the end of both command lines.</summary>
    private static string Numbered(string line, int number) => Numbered(Numbered(line, "\"CommandLine\":\"", number), "\"ParentCommandLine\":\"", number);

    /// <summary>The line with a number at the end of one value.</summary>
    private static string Numbered(string line, string member, int number)
    {
        var end = line.IndexOf(member, StringComparison.Ordinal);
        if (end < 0) return line;
        for (end += member.Length; line[end] != '"'; end++)
            if (line[end] == '\\') end++;
        return string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, end)} {number}{line.AsSpan(end)}");
    }

    private static (double Cpu, double Wall) Measure(Action action)
    {
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        action();
        clock.Stop();
        process.Refresh();
        return ((process.TotalProcessorTime - cpu).TotalSeconds, clock.Elapsed.TotalSeconds);
    }

    private sealed class TemporaryPack : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }

    private sealed class Nothing : IEventWorker<int>
    {
        public void Accept(LogEvent logEvent)
        {
        }

        public int EndBlock() => 0;
    }
}
