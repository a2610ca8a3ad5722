using System.Globalization;
using Modus.Casework.LogHoles;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Casework.LogHoles;

/// <summary>Holes in logs, found; quiet times that are none, left alone. The logs are written here, in the form of common exports.</summary>
public sealed class HoleFinderTests
{
    private static readonly DateTime monday = new(2026, 3, 9, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_sensor_that_says_it_stopped_leaves_a_hole_until_it_speaks_again()
    {
        var lines = Enumerable.Range(0, 100).Select(minute => Sysmon(monday.AddMinutes(minute), "WKS-1", 1, minute + 1)).ToList();
        lines.Add(Sysmon(monday.AddMinutes(100), "WKS-1", 4, 101, "Stopped"));
        lines.AddRange(Enumerable.Range(0, 100).Select(minute => Sysmon(monday.AddMinutes(125 + minute), "WKS-1", 1, 102 + minute)));

        var hole = Assert.Single(Find(lines));

        Assert.Equal(("sensor-stopped", "WKS-1", monday.AddMinutes(100), monday.AddMinutes(125)), (hole.Type, hole.Host, hole.From.UtcDateTime, hole.To?.UtcDateTime));
        Assert.Equal(["windows sysmon"], hole.Sources);
        Assert.Equal("record 101", hole.Record);
    }

    [Fact]
    public void A_restart_is_no_hole()
    {
        var lines = Enumerable.Range(0, 100).Select(minute => Sysmon(monday.AddMinutes(minute), "WKS-1", 1, minute + 1)).ToList();
        lines.Add(Sysmon(monday.AddMinutes(99.5), "WKS-1", 4, 101, "Stopped"));
        lines.AddRange(Enumerable.Range(0, 100).Select(minute => Sysmon(monday.AddMinutes(100 + minute), "WKS-1", 1, 102 + minute)));

        Assert.Empty(Find(lines));
    }

    [Fact]
    public void Sources_of_a_host_that_fall_silent_together_are_one_hole_and_other_hosts_are_not_touched()
    {
        var lines = new List<string>();
        for (var minute = 0; minute < 600; minute++)
        {
            if (minute is < 200 or >= 230) lines.Add(Sysmon(monday.AddMinutes(minute), "WKS-1", 1, 0));
            if (minute is < 199 or >= 231) lines.Add(Security(monday.AddMinutes(minute), "WKS-1", 0));
            lines.Add(Security(monday.AddMinutes(minute), "WKS-2", 0));
        }

        var hole = Assert.Single(Find(lines));

        Assert.Equal(("silence", "WKS-1"), (hole.Type, hole.Host));
        Assert.Equal(["windows security", "windows sysmon"], hole.Sources);
        Assert.Equal(monday.AddMinutes(198), hole.From.UtcDateTime);
        Assert.Equal(monday.AddMinutes(231), hole.To?.UtcDateTime);
    }

    [Fact]
    public void Quiet_nights_and_weekends_are_no_holes_and_a_silent_morning_among_busy_ones_is()
    {
        var lines = new List<string>();
        for (var day = 0; day < 12; day++)
        {
            var date = monday.Date.AddDays(day);
            if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            for (var minute = 8 * 60; minute < 18 * 60; minute += 2)
                if (day != 9 || minute is < 10 * 60 or >= 12 * 60) lines.Add(Security(date.AddMinutes(minute), "WKS-1", 0));
        }

        var hole = Assert.Single(Find(lines));

        Assert.Equal(monday.Date.AddDays(9).AddMinutes((10 * 60) - 2), hole.From.UtcDateTime);
        Assert.Equal(monday.Date.AddDays(9).AddHours(12), hole.To?.UtcDateTime);
    }

    [Fact]
    public void A_source_that_falls_silent_for_good_has_a_hole_without_an_end()
    {
        var lines = new List<string>();
        for (var minute = 0; minute < 600; minute++)
        {
            if (minute < 300) lines.Add(Security(monday.AddMinutes(minute), "WKS-1", 0));
            lines.Add(Security(monday.AddMinutes(minute), "WKS-2", 0));
        }

        var hole = Assert.Single(Find(lines));

        Assert.Equal(("WKS-1", null), (hole.Host, hole.To));
    }

    [Fact]
    public void Missing_record_numbers_of_a_whole_log_are_a_hole_and_of_a_selection_are_none()
    {
        var whole = Enumerable.Range(1, 400).Where(id => id is < 200 or > 220).Select(id => Security(monday.AddMinutes(id), "DC-1", id)).ToList();
        var selection = Enumerable.Range(1, 400).Select(id => Security(monday.AddMinutes(id), "DC-2", id * 7)).ToList();

        var missing = Find(whole.Concat(selection)).Where(hole => hole.Type == "missing-records").ToList();

        var hole = Assert.Single(missing);
        Assert.Equal(("DC-1", monday.AddMinutes(199), monday.AddMinutes(221)), (hole.Host, hole.From.UtcDateTime, hole.To?.UtcDateTime));
        Assert.Contains("200 to 220", hole.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernels_auditing_switched_off_is_a_hole_to_the_end()
    {
        const string head = "node=LNX-1 type=";
        var epoch = new DateTimeOffset(monday).ToUnixTimeSeconds();
        var text = $"{head}SYSCALL msg=audit({epoch}.100:10): arch=c000003e syscall=59 success=yes exit=0 pid=7 auid=1000 uid=0 comm=\"tee\" exe=\"/usr/bin/tee\"\n"
            + $"{head}CONFIG_CHANGE msg=audit({epoch + 60}.100:11): op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1\n";

        var hole = Assert.Single(Find(text, "audit.log"));

        Assert.Equal(("sensor-stopped", "LNX-1", null), (hole.Type, hole.Host, hole.To));
        Assert.Equal(["linux auditd"], hole.Sources);
        Assert.Equal(epoch + 60, hole.From.ToUnixTimeSeconds());
    }

    [Fact]
    public void A_trail_switched_off_is_a_hole_until_it_is_switched_on_and_a_refused_call_is_none()
    {
        var lines = new[]
        {
            Trail(monday, "GetCallerIdentity", "sts"), Trail(monday.AddMinutes(10), "StopLogging", "cloudtrail", "AccessDenied"), Trail(monday.AddMinutes(20), "StopLogging", "cloudtrail"),
            Trail(monday.AddMinutes(161), "StartLogging", "cloudtrail"), Trail(monday.AddMinutes(170), "GetCallerIdentity", "sts"),
        };

        var hole = Assert.Single(Find(lines));

        Assert.Equal(("trail-off", monday.AddMinutes(20), monday.AddMinutes(161)), (hole.Type, hole.From.UtcDateTime, hole.To?.UtcDateTime));
        Assert.Equal(["aws cloudtrail"], hole.Sources);
    }

    [Fact]
    public void A_cleared_log_is_a_hole_only_where_nothing_from_before_is_there()
    {
        var collected = new[] { Security(monday, "DC-1", 1), Cleared(monday.AddMinutes(5), "DC-1", 2), Security(monday.AddMinutes(6), "DC-1", 3) };
        var lost = new[] { Cleared(monday.AddMinutes(5), "DC-2", 1), Security(monday.AddMinutes(6), "DC-2", 2) };

        var hole = Assert.Single(Find(collected.Concat(lost)));

        Assert.Equal(("log-cleared", "DC-2"), (hole.Type, hole.Host));
    }

    [Theory]
    [InlineData("windows sysmon")]
    [InlineData("linux auditd")]
    [InlineData("aws cloudtrail")]
    [InlineData("m365 audit")]
    public void Techniques_that_could_hide_come_from_the_release(string source)
    {
        var facts = Modus.Attack.KnowledgeBase.Open(Path.Combine(Path.GetTempPath(), "modus-test-no-cache"));
        var release = facts.Get("18.1", Modus.Attack.Domains.Enterprise)!;

        var hidden = SourceNames.TechniquesSeenIn([source], [release]);

        Assert.NotEmpty(hidden);
        Assert.All(hidden, id => Assert.True(release.Find<Modus.Attack.Technique>(id)!.IsAlive));
        Assert.Empty(SourceNames.TechniquesSeenIn(["no such log"], [release]));
    }

    private static IReadOnlyList<LogHole> Find(IEnumerable<string> lines) => Find(string.Join('\n', lines) + "\n", "events.jsonl");

    private static IReadOnlyList<LogHole> Find(string text, string name)
    {
        var activity = new LogActivity();
        var reader = new LogReader();
        var worker = activity.Watcher(reader.Fields);
        foreach (var seen in reader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), name)) worker.Accept(seen);
        activity.Take(worker.EndBlock());
        Assert.True(activity.Series.Count > 0);
        return HoleFinder.Find(activity);
    }

    private static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Sysmon(DateTime time, string host, int code, long record, string? state = null) =>
        Windows(time, host, "Microsoft-Windows-Sysmon/Operational", code, record, state is null ? "\"Image\":\"C:\\\\a.exe\"" : $"\"State\":\"{state}\"");

    private static string Security(DateTime time, string host, long record) => Windows(time, host, "Security", 4624, record, "\"TargetUserName\":\"a\"");

    private static string Cleared(DateTime time, string host, long record) => Windows(time, host, "Security", 1102, record, "\"SubjectUserName\":\"a\"");

    private static string Windows(DateTime time, string host, string channel, int code, long record, string data) =>
        $$"""{"@timestamp":"{{Stamp(time)}}","winlog":{"channel":"{{channel}}","event_id":"{{code}}","computer_name":"{{host}}","record_id":{{record}},"event_data":""" + "{" + data + "}}}";

    private static string Trail(DateTime time, string name, string service, string? error = null) =>
        $$"""{"eventVersion":"1.08","eventTime":"{{Stamp(time)}}","eventSource":"{{service}}.amazonaws.com","eventName":"{{name}}","awsRegion":"eu-central-1","recipientAccountId":"111122223333","userIdentity":{"type":"IAMUser","userName":"u"} """
        + (error is null ? "}" : $",\"errorCode\":\"{error}\"}}");
}
