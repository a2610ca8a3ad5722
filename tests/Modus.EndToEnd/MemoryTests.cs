using System.Globalization;
using System.Text;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>What the published program holds at most, however much it is given: the kernel's own high-water mark of the process.</summary>
public sealed class MemoryTests
{
    private const int Events = 30_000;
    private const int Times = 30;
    private const int MostKilobytes = 200 * 1024;

    /// <summary>Some 600 MB, of which a fifth are hits: what is kept of a hit, of a record and of a value must not grow with the input.</summary>
    [Theory]
    [InlineData("hunt - -r rules -o json", "\"records\": 900000")]
    [InlineData("hunt - -r rules -o csv", "PowerShell command handed over encoded")]
    [InlineData("investigate - -o ndjson", "\"T1059.001\"")]
    public void Logs_of_any_size_fit_into_two_hundred_megabytes(string command, string found)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MODUS_PUBLISHED")), "MODUS_PUBLISHED names no published file");
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MODUS_TEST_SLOW")), "takes half a minute: set MODUS_TEST_SLOW to run it");
        Assert.SkipUnless(File.Exists("/proc/self/status"), "the high-water mark is read from /proc");
        using var modus = new ModusProgram();
        modus.Bring("rules");
        using (var file = new StreamWriter(Path.Combine(modus.Folder, "part.jsonl")))
            for (var i = 0; i < Events; i++) file.Write(Event(i));

        var parts = string.Concat(Enumerable.Repeat(" part.jsonl", Times));
        var ended = modus.Shell(
            $"mkfifo pipe; cat{parts} > pipe & \"$MODUS_PUBLISHED\" {command} < pipe > out & p=$!; "
            + "while grep VmHWM /proc/$p/status 2>/dev/null; do sleep 0.05; done; wait $p; echo code $?");

        var lines = ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("code 0", lines[^1]);
        Assert.True(lines.Length > 3, "the program ended before its memory was looked at");
        Assert.Contains(File.ReadLines(Path.Combine(modus.Folder, "out")), line => line.Contains(found, StringComparison.Ordinal));
        var peak = lines[..^1].Max(line => int.Parse(line.AsSpan("VmHWM:".Length, line.Length - "VmHWM:".Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture));
        Assert.InRange(peak, 1, MostKilobytes);
    }

    private static string Event(int number)
    {
        var command = number % 5 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"powershell -nop -w hidden -enc {number * 7919L:x}{new string('q', 40)}")
            : string.Create(CultureInfo.InvariantCulture, $"C:\\\\Programs\\\\app{number % 5000}\\\\run.exe --id {number * 104729L} {new string('x', number % 900)}");
        var line = new StringBuilder("""{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","UtcTime":"2026-01-""");
        line.Append(CultureInfo.InvariantCulture, $"{1 + (number % 28):00} 10:{number / 60 % 60:00}:{number % 60:00}.000\",\"Hostname\":\"ws-{number % 3000}.corp.example\",");
        line.Append(CultureInfo.InvariantCulture, $"\"User\":\"CORP\\\\u{number % 900}\",\"Image\":\"C:\\\\Windows\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe\",");
        line.Append(CultureInfo.InvariantCulture, $"\"CommandLine\":\"{command}\",\"ParentImage\":\"C:\\\\Windows\\\\explorer.exe\",\"RecordNumber\":{number}}}\n");
        return line.ToString();
    }
}
