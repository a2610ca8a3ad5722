using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Syslog;

public sealed class SyslogTests
{
    [Fact]
    public void Reads_what_daemons_write_to_files()
    {
        var (events, report) = ReadText.Of(
            "Feb  3 04:05:06 db7 sshd[812]: Failed password for mara from 10.1.2.3 port 5022 ssh2\nFeb  3 04:05:09 db7 CRON[9]: (root) CMD (x: y)\n",
            new LogReadOptions { AssumedYear = 2024, AssumedOffset = TimeSpan.FromHours(-5) });
        Assert.Equal("syslog", report.Files[0].Format);
        Assert.Equal("Failed password for mara from 10.1.2.3 port 5022 ssh2", events[0]["message"]);
        Assert.Equal("sshd", events[0]["program"]);
        Assert.Equal("812", events[0]["pid"]);
        Assert.Equal("db7", events[0].Host);
        Assert.Equal(new LogTime(new DateTime(2024, 2, 3, 9, 5, 6, DateTimeKind.Utc), TimeQuality.ZoneAssumed), events[0].Time);
        Assert.True(events[0].Source.Covers("linux", "sshd", null));
        Assert.True(events[0].Source.Covers("linux", "auth", null));
        Assert.True(events[1].Source.Covers("linux", "cron", null));
        Assert.False(events[1].Source.Covers("linux", "sshd", null));
        Assert.Equal("(root) CMD (x: y)", events[1]["message"]);
    }

    [Fact]
    public void Reads_rfc_5424_with_structured_data()
    {
        var (events, _) = ReadText.Of(
            "<165>1 2003-10-11T22:14:15.003-07:00 host.example su - ID47 [ex@1 eventID=\"10\\\"11\" who=\"m]\"][b c=\"d\"] \ufeffdone: yes\n");
        var e = Assert.Single(events);
        Assert.Equal(new LogTime(new DateTime(2003, 10, 12, 5, 14, 15, 3, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
        Assert.Equal("20", e["facility"]);
        Assert.Equal("5", e["severity"]);
        Assert.Equal("ID47", e["msgid"]);
        Assert.Equal("10\"11", e["ex@1.eventID"]);
        Assert.Equal("m]", e["ex@1.who"]);
        Assert.Equal("d", e["b.c"]);
        Assert.Equal("done: yes", e["message"]);
        Assert.Null(e["pid"]);
    }

    [Fact]
    public void Reads_iso_times_and_old_priorities()
    {
        var (events, _) = ReadText.Of("<34>Oct 11 22:14:15 fw1 pf: deny\n<34>2025-01-02T03:04:05.678901+01:00 fw1 kernel: up\n", new LogReadOptions { AssumedYear = 2025 });
        Assert.Equal(["pf", "kernel"], events.Select(e => e["program"]));
        Assert.Equal(["4", "4"], events.Select(e => e["facility"]));
        Assert.Equal([TimeQuality.ZoneUnknown, TimeQuality.Exact], events.Select(e => e.Time.Quality));
        Assert.Equal(new DateTime(2025, 1, 2, 2, 4, 5, DateTimeKind.Utc).AddTicks(6_789_010), events[1].Time.Utc);
    }

    [Fact]
    public void Sudo_tells_who_called_what_as_whom()
    {
        var e = Assert.Single(ReadText.Of("Feb  3 04:05:06 l1 sudo:     mara : TTY=pts/0 ; PWD=/home/m ; USER=#-1 ; COMMAND=/bin/sh -c a ; B=c\n", new LogReadOptions { AssumedYear = 2025 }).Events);
        Assert.Equal(("pts/0", "#-1", "/bin/sh -c a ; B=c"), (e["TTY"], e["USER"], e["COMMAND"]));
    }

    [Fact]
    public void Lines_that_do_not_begin_like_a_message_are_counted()
    {
        var (events, report) = ReadText.Of("Feb  3 04:05:06 h a: 1\nFeb  3 04:05:07 h a: 2\n  at Some.Stack\n", new LogReadOptions { AssumedOffset = TimeSpan.Zero });
        Assert.Equal(2, events.Count);
        Assert.Equal(3, report.Records);
        var problem = Assert.Single(report.Problems);
        Assert.Equal((LogProblemCodes.Malformed, 3L, 1L), (problem.Code, problem.Line, problem.Count));
    }
}
