using System.Diagnostics;
using System.Globalization;
using Modus.Reports.Documents;
using Modus.Reports.Mapping;

namespace Modus.Benchmarks.Documents;

/// <summary>Reads report files and compares text and time with poppler's <c>pdftotext</c>, where it is on the path.</summary>
internal static class DocumentBenchmarks
{
    private const int Rounds = 5;
    private static readonly ReportMapper mapper = new(MapperModel.Shipped);

    /// <summary>Reads the files given as arguments; <c>--text</c> before them prints what was read instead, <c>--words</c> writes both word lists beside each file.</summary>
    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: Modus.Benchmarks documents [--text] FILE...");
            return 3;
        }

        if (args[0] == "--text") return Print(args[1..]);
        if (args[0] == "--words") return Missing(args[1..]);
        Console.WriteLine("| file | pages | words | first ms | warm ms | pdftotext ms | found % | in order % | to candidates, warm ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        var measured = args.Select(Measure).OfType<Measured>().ToList();
        if (measured.Count > 1)
            Row($"all {measured.Count}", new(
                measured.Sum(one => one.Pages), measured.Sum(one => one.Words), measured.Sum(one => one.First), measured.Sum(one => one.Warm), measured.Sum(one => one.Poppler),
                measured.Sum(one => one.Found * one.Words) / measured.Sum(one => one.Words), measured.Sum(one => one.InOrder * one.Words) / measured.Sum(one => one.Words),
                measured.Sum(one => one.Candidates)));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nCPU {self.TotalProcessorTime.TotalSeconds:F2} s, peak {self.PeakWorkingSet64 / 1048576.0:F0} MB"));
        return 0;
    }

    private static int Missing(string[] paths)
    {
        foreach (var path in paths)
        {
            if (Poppler(path) is not { } oracle || Read(path).Document is not { } document) continue;
            File.WriteAllLines(path + ".poppler.words", WordOrder.Words(WordOrder.WithoutRunningLines(oracle)));
            File.WriteAllLines(path + ".modus.words", WordOrder.Words(document.Text));
        }

        return 0;
    }

    private static Measured? Measure(string path)
    {
        var watch = Stopwatch.StartNew();
        var reading = Read(path);
        var first = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        for (var round = 0; round < Rounds; round++) Read(path);
        var warm = watch.Elapsed.TotalMilliseconds / Rounds;
        foreach (var problem in reading.Problems) Console.Error.WriteLine($"{problem.Code} {problem.Message}");
        if (reading.Document is not { } document) return null;
        watch.Restart();
        var oracle = Poppler(path);
        var poppler = watch.Elapsed.TotalMilliseconds;
        var (words, found, inOrder) = oracle is null ? (WordOrder.Words(document.Text).Length, double.NaN, double.NaN) : WordOrder.Compare(WordOrder.WithoutRunningLines(oracle), document.Text);
        mapper.MapWhole(document);
        watch.Restart();
        for (var round = 0; round < Rounds; round++) mapper.MapWhole(Read(path).Document!);
        var measured = new Measured(document.Pages.Count, words, first, warm, poppler, found, inOrder, watch.Elapsed.TotalMilliseconds / Rounds);
        Row(Path.GetFileName(path), measured);
        return measured;
    }

    private static void Row(string name, Measured row) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {row.Pages} | {row.Words} | {row.First:F0} | {row.Warm:F0} | {row.Poppler:F0} | {100 * row.Found:F2} | {100 * row.InOrder:F2} | {row.Candidates:F0} |"));

    private sealed record Measured(int Pages, int Words, double First, double Warm, double Poppler, double Found, double InOrder, double Candidates);

    private static int Print(string[] paths)
    {
        foreach (var path in paths)
        {
            var reading = Read(path);
            foreach (var problem in reading.Problems) Console.Error.WriteLine($"{problem.Code} {problem.Message}");
            foreach (var block in reading.Document?.Blocks ?? [])
                Console.WriteLine($"[{block.Kind}{(block.Level > 0 ? block.Level.ToString(CultureInfo.InvariantCulture) : "")}{(block.Cell is { } cell ? $" {cell.Table}:{cell.Row}:{cell.Column}" : "")}{(block.IsBody ? "" : " " + block.HiddenReason)}] {reading.Document!.TextOf(block)}");
        }

        return 0;
    }

    private static ReportReading Read(string path)
    {
        using var stream = File.OpenRead(path);
        return ReportReader.Read(stream, path);
    }

    private static string? Poppler(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", path, "-"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            _ = errors.Result;
            return process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // pdftotext is not installed.
        }
    }
}
