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

    [Theory]
    [InlineData("1741083072.123    45 10.1.2.3 TCP_MISS/200 1234 GET http://e.example:8080/a/b.exe?c=1 mara HIER_DIRECT/203.0.113.9 text/html", "http://e.example:8080/a/b.exe?c=1", "e.example", "/a/b.exe", "exe", "GET")]
    [InlineData("1741083072.123  1045 10.1.2.3 TCP_TUNNEL/200 5234 CONNECT e.example:443 mara HIER_DIRECT/203.0.113.9 -", "e.example:443", "e.example", "", null, "CONNECT")]
    [InlineData("10.1.2.3 - mara [04/Mar/2025:10:11:12 +0000] \"GET http://e.example/ HTTP/1.1\" 200 1234 \"-\" \"curl\" TCP_MISS:HIER_DIRECT", "http://e.example/", "e.example", "/", null, "GET")]
    public void Reads_lines_of_a_proxy(string line, string uri, string host, string stem, string? extension, string method)
    {
        var e = Assert.Single(ReadText.Of(line + "\n").Events);
        Assert.Equal((uri, host, stem, extension, method), (e["c-uri"], e["cs-host"], e["c-uri-stem"], e["c-uri-extension"], e["cs-method"]));
        Assert.Equal(("10.1.2.3", "mara", "200"), (e["c-ip"], e["cs-username"], e["sc-status"]));
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12, DateTimeKind.Utc), e.Time.Utc.AddTicks(-(e.Time.Utc.Ticks % TimeSpan.TicksPerSecond)));
        Assert.True(e.Source.Covers(null, null, "proxy"));
        Assert.False(e.Source.Covers(null, null, "webserver"));
    }

    [Theory]
    [InlineData("www.example.org:443 203.0.113.9 - - [04/Mar/2025:10:11:12 +0000] \"GET /a?b=c HTTP/1.1\" 200 12 \"-\" \"curl\"", "www.example.org")]
    [InlineData("https 2025-03-04T10:11:12.123456Z app/lb/abc 203.0.113.9:1234 10.0.0.1:80 0.086 0.048 0.037 200 200 0 12 \"GET https://www.example.org:443/a?b=c HTTP/1.1\" \"curl\" x TLSv1.2 arn", "www.example.org")]
    public void Reads_lines_that_name_the_virtual_host(string line, string host)
    {
        var e = Assert.Single(ReadText.Of(line + "\n").Events);
        Assert.Equal((host, "203.0.113.9", "/a", "b=c", "200", "12", "curl"), (e["cs-host"], e["c-ip"], e["cs-uri-stem"], e["cs-uri-query"], e["sc-status"], e["sc-bytes"], e["cs-user-agent"]));
        Assert.Equal(2025, e.Time.Utc.Year);
        Assert.True(e.Source.Covers(null, null, "webserver"));
    }

    [Theory]
    [InlineData("[Tue Mar 04 10:11:12.123456 2025] [core:error] [pid 77:tid 78] [client 203.0.113.9:5151] AH00126: Invalid URI", "apache", "error", "77:tid 78", "AH00126: Invalid URI")]
    [InlineData("[Tue Mar  4 10:11:12 2025] [error] [client 203.0.113.9] File does not exist: /x", "apache", "error", null, "File does not exist: /x")]
    [InlineData("2025/03/04 10:11:12 [crit] 77#78: *5 open() failed, client: 203.0.113.9, server: x", "nginx", "crit", "77", "*5 open() failed, client: 203.0.113.9, server: x")]
    public void Reads_lines_of_error_logs(string line, string service, string severity, string? process, string message)
    {
        var e = Assert.Single(ReadText.Of(line + "\n", new LogReadOptions { AssumedOffset = TimeSpan.FromHours(1) }).Events);
        Assert.Equal((severity, process, "203.0.113.9", message), (e["severity"], e["pid"], e["c-ip"], e["message"]));
        Assert.Equal(new DateTime(2025, 3, 4, 9, 11, 12, DateTimeKind.Utc), e.Time.Utc.AddTicks(-(e.Time.Utc.Ticks % TimeSpan.TicksPerSecond)));
        Assert.True(e.Source.Covers(null, service, null));
    }

    [Fact]
    public void Reads_a_proxys_extended_format_with_quotes()
    {
        var (events, report) = ReadText.Of("#Software: SGOS\n#Fields: date time c-ip sc-filter-result cs-categories s-action cs-method cs-uri-scheme cs-host cs-uri-path cs-uri-query cs(User-Agent) sc-status\n2025-03-04 10:11:12 10.1.2.3 OBSERVED \"a; b \"\"c\"\"\" TCP_MISS GET http e.example /a.hta ?x=1 \"Mozilla/5.0 (a b)\" 200\n");
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal(("http://e.example/a.hta?x=1", "Mozilla/5.0 (a b)", "200"), (e["c-uri"], e["c-useragent"], e["sc-status"]));
        Assert.True(e.Source.Covers(null, null, "proxy"));
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
