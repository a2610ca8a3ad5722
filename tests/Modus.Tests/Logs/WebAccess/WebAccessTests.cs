using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.WebAccess;

public sealed class WebAccessTests
{
    [Fact]
    public void Reads_common_and_combined_lines()
    {
        var (events, report) = ReadText.Of(
            "192.0.2.7 - mara [10/Oct/2024:13:55:36 -0700] \"GET /a/b.php?c=1&d=%27 HTTP/1.1\" 200 2326 \"-\" \"curl \\\"x\\\"\"\n"
            + "2001:db8::1 - - [01/Jan/2025:00:00:00 +0000] \"POST /x HTTP/2\" 404 -\n"
            + "torn\n"
            + "192.0.2.7 - - [10/Oct/2024:13:55:37 -0700] \"\\x16\\x03\" 400 0 \"-\" \"-\"\n");
        Assert.Equal("access-log", report.Files[0].Format);
        Assert.Equal(3, events.Count);
        Assert.Equal((4L, 3L), (report.Records, Assert.Single(report.Problems).Line));
        var e = events[0];
        Assert.Equal(
            ["192.0.2.7", "mara", "GET", "/a/b.php?c=1&d=%27", "/a/b.php", "c=1&d=%27", "HTTP/1.1", "200", "2326", null, "curl \\\"x\\\""],
            new[] { "c-ip", "cs-username", "cs-method", "cs-uri", "cs-uri-stem", "cs-uri-query", "cs-version", "sc-status", "sc-bytes", "cs-referer", "cs-user-agent" }.Select(n => e[n]));
        Assert.Equal(new LogTime(new DateTime(2024, 10, 10, 20, 55, 36, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
        Assert.True(e.Source.Covers(null, null, "webserver"));
        Assert.DoesNotContain(events[1].Fields, f => f.Name is "cs-user-agent" or "cs-uri-query");
        Assert.Equal("\\x16\\x03", events[2]["cs-uri"]);
    }

    [Fact]
    public void Reads_the_extended_format_whose_fields_may_change()
    {
        var (events, report) = ReadText.Of(
            "#Software: x\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query cs(User-Agent) sc-status\n"
            + "2025-01-02 03:04:05 10.0.0.1 GET /a q=\"1 curl/8 200\n"
            + "#Fields: date time cs-method cs-uri-stem sc-status\n2025-01-02 03:04:06 PUT /b 201\n");
        Assert.Empty(report.Problems);
        Assert.Equal(["/a", "/b"], events.Select(e => e["cs-uri-stem"]));
        Assert.Equal(["200", "201"], events.Select(e => e["sc-status"]));
        Assert.Equal("curl/8", events[0]["cs-user-agent"]);
        Assert.Equal("q=\"1", events[0]["cs-uri-query"]);
        Assert.Equal([3L, 5], events.Select(e => e.Line));
        Assert.Equal(new LogTime(new DateTime(2025, 1, 2, 3, 4, 6, DateTimeKind.Utc), TimeQuality.Exact), events[1].Time);
        Assert.True(events[1].Source.Covers(null, null, "webserver"));
        Assert.Equal("10.0.0.1", events[0].Host);
    }
}
