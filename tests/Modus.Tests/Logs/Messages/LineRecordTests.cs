using System.Text.Json;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Messages;

/// <summary>Records that carry the line of another log, as shippers and search engines keep them.</summary>
public sealed class LineRecordTests
{
    private static readonly LogReadOptions utc = new() { AssumedYear = 2025 };

    /// <summary>A line, the log source, a field and its value.</summary>
    public static TheoryData<string, string, string, string> Lines => new()
    {
        { "Mar  4 10:11:12 lx1 sshd[9]: Failed password for root", "linux auth sshd syslog", "message", "Failed password for root" },
        { "<34>1 2025-03-04T10:11:12Z lx1 su 5 - - denied", "linux auth syslog", "message", "denied" },
        { "203.0.113.9 - - [04/Mar/2025:10:11:12 +0000] \"GET /a?b=c HTTP/1.1\" 200 12 \"-\" \"curl\"", "webserver webserver", "cs-uri-query", "b=c" },
        { "type=EXECVE msg=audit(1741083072.123:456): argc=2 a0=\"id\" a1=\"-u\"", "linux auditd process_creation", "CommandLine", "id -u" },
        { "<189>date=2025-03-04 time=10:11:12 devname=\"F\" devid=\"F1\" logid=\"1\" type=\"event\" subtype=\"system\" cfgpath=\"system.admin\"", "fortigate event", "cfgpath", "system.admin" },
        { "CEF:0|a|b|1|c|n|3|src=10.1.2.3 dst=203.0.113.9", "firewall firewall", "dst_ip", "203.0.113.9" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_line_is_the_record(string line, string source, string field, string value)
    {
        var quoted = $"\"{JsonEncodedText.Encode(line)}\"";
        foreach (var text in (string[])[
            $"{{\"@timestamp\":\"2025-03-04T10:11:12.500Z\",\"message\":{quoted},\"host\":{{\"name\":\"x\"}}}}\n",
            $"{{\"preview\":false,\"result\":{{\"_raw\":{quoted},\"_time\":\"2025-03-04T10:11:12.500Z\"}}}}\n",
            $"\"_time\",\"host\",\"_raw\"\n\"2025-03-04T10:11:12.500Z\",\"x\",\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"])
        {
            var e = Assert.Single(ReadText.Of(text, utc).Events);
            Assert.Equal((source, value), (e.Source.ToString(), e[field]));
            Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12, DateTimeKind.Utc), e.Time.Utc.AddTicks(-(e.Time.Utc.Ticks % TimeSpan.TicksPerSecond)));
        }
    }

    [Theory]
    [InlineData("order a=1 b=2 c=3 d=4")]
    [InlineData("level=info msg=\"started\" port=80 took=5ms user=x")]
    [InlineData("Just words: and 100% more")]
    public void Other_messages_leave_the_record_as_it_is(string message)
    {
        var e = Assert.Single(ReadText.Of($"{{\"@timestamp\":\"2025-03-04T10:11:12Z\",\"service\":\"shop\",\"message\":\"{JsonEncodedText.Encode(message)}\"}}\n").Events);
        Assert.Equal(("shop", message), (e["service"], e["message"]));
    }
}
