using Modus.Cli.Commands.Hunt;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>The hits that a hunt lists at its end.</summary>
public sealed class KeptLinesTests
{
    private static readonly string[] techniques = ["T1059"];

    [Fact]
    public void Lines_come_back_as_they_were_in_their_order()
    {
        HitLine[] lines = [Line("", "", ""), Line("CORP\\j\u00f6rg", "cmd.exe /c \u2026", "Image: \U0001F600.exe; User: x"), Line("a", "", "b"), Line("", "c", "")];
        var kept = new KeptLines();

        foreach (var line in lines) kept.Add(line);

        Assert.Equal(lines, kept);
        Assert.Equal(lines.Length, kept.Count);
    }

    private static HitLine Line(string user, string process, string details) =>
        new(DateTimeOffset.UnixEpoch, "high", "WS-1", "Rule", "id", "Author", techniques, user, process, details, "a.evtx", 1, 2, "windows sysmon");
}
