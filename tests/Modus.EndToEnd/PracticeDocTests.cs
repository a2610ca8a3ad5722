using Xunit;

namespace Modus.EndToEnd;

/// <summary>The lines of the page on mapping practice, run as a reader would run them.</summary>
public sealed class PracticeDocTests
{
    public static TheoryData<string> Lines => [.. File.ReadAllLines(Path.Combine(ModusProgram.Root, "docs", "mapping-practice.md")).Where(line => line.StartsWith("    modus ", StringComparison.Ordinal)).Select(line => line.Trim())];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_line_runs(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the lines are for a POSIX shell");
        using var modus = new ModusProgram();
        modus.Bring("samples");

        var ended = modus.Shell(line);

        Assert.True(ended.Code == 0, $"{line}\nended with {ended.Code}\n{ended.Error}");
        Assert.DoesNotContain("MD9070", ended.Error, StringComparison.Ordinal);
    }
}
