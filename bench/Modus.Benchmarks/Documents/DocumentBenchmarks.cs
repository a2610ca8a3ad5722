using System.Diagnostics;
using System.Globalization;
using Modus.Reports.Documents;

namespace Modus.Benchmarks.Documents;

/// <summary>Reads report files and compares text and time with poppler's <c>pdftotext</c>, where it is on the path.</summary>
internal static class DocumentBenchmarks
{
    private const int Rounds = 5;

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
        Console.WriteLine("| file | pages | words | first ms | warm ms | pdftotext ms | found % | in order % |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var path in args) Measure(path);
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

    private static void Measure(string path)
    {
        var watch = Stopwatch.StartNew();
        var reading = Read(path);
        var first = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        for (var round = 0; round < Rounds; round++) Read(path);
        var warm = watch.Elapsed.TotalMilliseconds / Rounds;
        foreach (var problem in reading.Problems) Console.Error.WriteLine($"{problem.Code} {problem.Message}");
        if (reading.Document is not { } document) return;
        watch.Restart();
        var oracle = Poppler(path);
        var poppler = watch.Elapsed.TotalMilliseconds;
        var (words, found, inOrder) = oracle is null ? (WordOrder.Words(document.Text).Length, double.NaN, double.NaN) : WordOrder.Compare(WordOrder.WithoutRunningLines(oracle), document.Text);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Path.GetFileName(path)} | {document.Pages.Count} | {words} | {first:F0} | {warm:F0} | {poppler:F0} | {100 * found:F2} | {100 * inOrder:F2} |"));
    }

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
