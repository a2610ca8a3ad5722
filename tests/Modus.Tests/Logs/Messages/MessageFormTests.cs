using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Messages;

/// <summary>Messages that are records of a form of their own, with and without a syslog header before them.</summary>
public sealed class MessageFormTests
{
    private static readonly LogReadOptions utc = new() { AssumedYear = 2025, AssumedOffset = TimeSpan.Zero };

    [Theory]
    [InlineData("")]
    [InlineData("<14>Mar  4 10:11:12 fw1 ")]
    [InlineData("<14>1 2025-03-04T10:11:12Z fw1 agent 7 - - ")]
    public void Cef_with_escapes_blanks_and_labels(string header)
    {
        var (events, report) = ReadText.Of(header + """CEF:0|Acme\|Co|Web|1.0|403|Blocked a\\b|3| act=Blocked src=10.1.2.3 dst=203.0.113.9 request=http://e.example/a?x=1&y=2 requestMethod=GET msg=one \= two\nthree fname=a b.exe cs1=out rule cs1Label=Rule Name rt=Mar 04 2025 10:11:10 GMT""" + "\n", utc);
        var e = Assert.Single(events);
        Assert.Equal("syslog", report.Files[0].Format);
        Assert.Equal(("Acme|Co", "Blocked a\\b", "10.1.2.3", "10.1.2.3"), (e["DeviceVendor"], e["Name"], e["src"], e["src_ip"]));
        Assert.Equal(("http://e.example/a?x=1&y=2", "GET", "one = two\nthree", "a b.exe"), (e["c-uri"], e["cs-method"], e["msg"], e["fname"]));
        Assert.Equal(("out rule", "out rule"), (e["cs1"], e["RuleName"]));
        Assert.Equal(new LogTime(new DateTime(2025, 3, 4, 10, 11, 10, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
        Assert.True(e.Source.Covers(null, null, "proxy"));
        Assert.Equal(header.Length == 0 ? "" : "fw1", e.Host);
    }

    [Theory]
    [InlineData("LEEF:1.0|Acme|Fw|1|deny|src=10.1.2.3\tdst=203.0.113.9\tdstPort=22\tusrName=a b")]
    [InlineData("LEEF:2.0|Acme|Fw|1|deny|^|src=10.1.2.3^dst=203.0.113.9^dstPort=22^usrName=a b")]
    [InlineData("LEEF:2.0|Acme|Fw|1|deny|x7C|src=10.1.2.3|dst=203.0.113.9|dstPort=22|usrName=a b")]
    [InlineData("<13>Mar  4 10:11:12 h LEEF:1.0|Acme|Fw|1|deny|src=10.1.2.3#011dst=203.0.113.9#011dstPort=22#011usrName=a b")]
    public void Leef_between_tabs_or_what_it_names(string line)
    {
        var e = Assert.Single(ReadText.Of(line + "\n", utc).Events);
        Assert.Equal(("10.1.2.3", "203.0.113.9", "22", "a b", "deny"), (e["src_ip"], e["dst_ip"], e["dst_port"], e["user"], e["EventID"]));
        Assert.True(e.Source.Covers(null, null, "firewall"));
    }

    [Theory]
    [InlineData("<189>29: *Mar  4 10:11:12.123: ", "")]
    [InlineData("000123: Mar  4 2025 10:11:12.123 UTC: ", "")]
    [InlineData("Mar  4 10:11:12 sw1 29: *Mar  4 09:00:00.123: ", "sw1")]
    [InlineData("2025-03-04T10:11:12+00:00 sw1 29: *Mar  4 09:00:00.123: ", "sw1")]
    [InlineData("<189>Mar 04 2025 10:11:12 sw1 : ", "sw1")]
    public void Cisco_messages_behind_all_their_clocks(string before, string host)
    {
        var e = Assert.Single(ReadText.Of(before + "%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:no logging on\n", utc).Events);
        Assert.Equal(("PARSER", "5", "CFGLOG_LOGGEDCMD", host), (e["facility"], e["severity"], e["mnemonic"], e.Host));
        Assert.Equal("%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:no logging on", e["message"]);
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12, DateTimeKind.Utc), e.Time.Utc.AddTicks(-(e.Time.Utc.Ticks % TimeSpan.TicksPerSecond)));
        Assert.True(e.Source.Covers("cisco", "aaa", null));
    }

    [Theory]
    [InlineData("%ASA-6-302013: Built outbound TCP connection 1 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.1.2.3/5151 (198.51.100.1/5151)", "10.1.2.3 5151 203.0.113.9 443 accept")]
    [InlineData("%ASA-6-302013: Built inbound TCP connection 1 for outside:203.0.113.9/5151 (203.0.113.9/5151) to dmz:10.1.2.3/443 (10.1.2.3/443)", "203.0.113.9 5151 10.1.2.3 443 accept")]
    [InlineData("%ASA-4-106023: Deny tcp src outside:203.0.113.9/1234 dst inside:10.0.0.5/22 by access-group \"x\" [0x0, 0x0]", "203.0.113.9 1234 10.0.0.5 22 deny")]
    [InlineData("%ASA-2-106001: Inbound TCP connection denied from 203.0.113.9/1234 to 2001:db8::1/22 flags SYN on interface outside", "203.0.113.9 1234 2001:db8::1 22 ")]
    [InlineData("%ASA-5-111008: User 'enable_15' executed the 'no logging enable' command.", "    ")]
    public void Connections_of_a_cisco_firewall(string message, string flow)
    {
        var e = Assert.Single(ReadText.Of($"<166>Mar 04 2025 10:11:12: {message}\n", utc).Events);
        Assert.Equal(flow, string.Join(' ', new[] { "src_ip", "src_port", "dst_ip", "dst_port", "action" }.Select(name => e[name])));
        Assert.Equal(flow.Trim().Length > 0, e.Source.Covers("cisco", null, "firewall"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<189>")]
    [InlineData("Mar  4 10:12:12 fg1 ")]
    public void Pairs_of_a_firewall(string header)
    {
        var e = Assert.Single(ReadText.Of(header + """date=2025-03-04 time=10:12:12 devname="FG1" devid="F1" logid="0100044547" type="event" subtype="system" action="Add" cfgpath="system.admin" msg="Add \"x\", now" srcip=10.0.0.1""" + "\n", utc).Events);
        Assert.Equal(("Add", "system.admin", "Add \"x\", now", "10.0.0.1", "FG1"), (e["action"], e["cfgpath"], e["msg"], e["src_ip"], e.Host));
        Assert.Equal(new DateTime(2025, 3, 4, 10, 12, 12, DateTimeKind.Utc), e.Time.Utc);
        Assert.True(e.Source.Covers("fortigate", "event", null));
    }

    [Theory]
    [InlineData("Mar  4 10:11:12 lx1 sshd[7]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.9")]
    [InlineData("Mar  4 10:11:12 lx1 app[7]: a=1 b=2 c=3 d=4 e=5")]
    [InlineData("Mar  4 10:11:12 lx1 app[7]: {\"nothing\":\"known\"}")]
    public void What_a_daemon_says_stays_its_message(string line)
    {
        var e = Assert.Single(ReadText.Of(line + "\n", utc).Events);
        Assert.Equal(line[(line.IndexOf("]: ", StringComparison.Ordinal) + 3)..], e["message"]);
        Assert.True(e.Source.Covers("linux", null, null));
    }

    [Fact]
    public void Json_behind_a_header_is_the_record()
    {
        var e = Assert.Single(ReadText.Of("""<142>Mar  4 10:11:12 ids suricata[1]: {"timestamp":"2025-03-04T10:11:11Z","flow_id":1,"event_type":"dns","src_ip":"10.1.2.3","dest_ip":"8.8.8.8","proto":"UDP","dns":{"rrname":"x.example"}}""" + "\n", utc).Events);
        Assert.Equal(("suricata", "x.example", 11), (e.Shape, e["dns.rrname"], e.Time.Utc.Second));
    }
}
