using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Modus.Benchmarks.Start;

/// <summary>What starting a program costs: <c>start PROGRAM [RULES]</c>, for example the published file, and what it does with a tree of rules. Linux and macOS.</summary>
internal static partial class StartBenchmarks
{
    private const int Runs = 20, Children = -1, Partial = 4;

    private static readonly string[][] calls = [["--version"], ["--help"], ["attack", "show", "T1059.001"]];

    public static int Run(string[] args)
    {
        if (args.Length is not (1 or 2) || !File.Exists(args[0]))
        {
            Console.Error.WriteLine("usage: Modus.Benchmarks start PROGRAM [RULES]\nthe published file: .ci/publish FOLDER writes FOLDER/modus");
            return 3;
        }

        Console.WriteLine("| call | CPU ms, least | median | most | wall ms, median |\n|---|---:|---:|---:|---:|");
        Print("/bin/true (starting any process)", "/bin/true", []);
        foreach (var call in calls) Print("modus " + string.Join(' ', call), args[0], call);
        if (args.Length == 2)
        {
            var layer = Path.Combine(Path.GetTempPath(), $"modus-start-{Environment.ProcessId}.layer.json");
            Print("modus coverage show --rules RULES -o FILE.layer.json", args[0], ["coverage", "show", "--rules", args[1], "-o", layer]);
            Print("modus gap --actor G0016 --rules RULES -o FILE.layer.json", args[0], ["gap", "--actor", "G0016", "--rules", args[1], "-o", layer]);
            File.Delete(layer);
        }
        return 0;
    }

    private static void Print(string name, string program, string[] call)
    {
        Once(program, call); // the first run reads the file from the disk
        var runs = Enumerable.Range(0, Runs).Select(_ => Once(program, call)).ToList();
        var cpu = runs.Select(run => run.Cpu).Order().ToList();
        var wall = runs.Select(run => run.Wall).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {cpu[0]:F0} | {cpu[Runs / 2]:F0} | {cpu[^1]:F0} | {wall[Runs / 2]:F0} |"));
    }

    private static (double Cpu, double Wall) Once(string program, string[] call)
    {
        var before = OfChildren();
        var watch = Stopwatch.StartNew();
        using (var process = Process.Start(new ProcessStartInfo(program, call) { RedirectStandardOutput = true, RedirectStandardError = true })!)
        {
            var said = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            said.Wait();
            // Some of thousands of rules may be refused: said, and no failure of the call.
            if (process.ExitCode is not (0 or Partial)) throw new InvalidOperationException($"{program} {string.Join(' ', call)} ended with {process.ExitCode}");
        }

        return (OfChildren() - before, watch.Elapsed.TotalMilliseconds);
    }

    /// <summary>CPU milliseconds, user and system, of all ended children.</summary>
    private static double OfChildren()
    {
        Span<long> usage = stackalloc long[32]; // struct rusage: seconds and microseconds of user and system time first
        if (GetUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0) throw new InvalidOperationException("getrusage failed");
        return ((usage[0] + usage[2]) * 1000.0) + ((usage[1] + usage[3]) / 1000.0);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
