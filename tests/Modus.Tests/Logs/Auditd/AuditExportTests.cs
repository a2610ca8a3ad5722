using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Auditd;

public sealed class AuditExportTests
{
    [Fact]
    public void What_ausearch_interprets_is_read_without_guessing_a_zone()
    {
        const string text = "----\ntype=PROCTITLE msg=audit(05/04/2026 10:11:12.345:901) : proctitle=curl -o /tmp/x \ntype=EXECVE msg=audit(05/04/2026 10:11:12.345:901) : argc=3 a0=curl a1=-H a2=X: y z \ntype=SYSCALL msg=audit(05/04/2026 10:11:12.345:901) : arch=x86_64 syscall=execve comm=FACE exe=/usr/bin/curl \n";
        var (events, report) = ReadText.Of(text);
        var e = Assert.Single(events);
        Assert.Equal(LogProblemCodes.ZoneUnknown, Assert.Single(report.Problems).Code);
        Assert.Equal(TimeQuality.ZoneUnknown, e.Time.Quality);
        Assert.Equal("curl -H X: y z", e["CommandLine"]);
        Assert.Equal("curl -o /tmp/x", e["proctitle"]);
        Assert.Equal("FACE", e["comm"]);

        (events, _) = ReadText.Of(text, new LogReadOptions { AssumedOffset = TimeSpan.FromHours(2) });
        Assert.Equal(new LogTime(new DateTime(2026, 5, 4, 8, 11, 12, 345, DateTimeKind.Utc), TimeQuality.ZoneAssumed), events[0].Time);
    }

    [Fact]
    public void Records_that_went_through_syslog_are_joined_and_keep_their_host()
    {
        const string text = "May  4 10:11:12 web01 audispd: type=SYSCALL msg=audit(1777889472.345:901): syscall=59 exe=\"/usr/bin/curl\"\nMay  4 10:11:12 web01 audispd: type=EXECVE msg=audit(1777889472.345:901): argc=2 a0=\"curl\" a1=\"x\"\n";
        var (events, report) = ReadText.Of(text);
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal(("web01", "curl x"), (e.Host, e["CommandLine"]));
        Assert.True(e.Source.Covers("linux", "auditd", "process_creation"));
        Assert.Equal(TimeQuality.Exact, e.Time.Quality);
    }
}
