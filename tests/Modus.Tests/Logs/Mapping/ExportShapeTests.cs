using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Mapping;

/// <summary>The dresses in which tools export one and the same event.</summary>
public sealed class ExportShapeTests
{
    private const string Image = @"C:\Windows\System32\rundll32.exe";
    private const string Line = @"rundll32.exe C:\windows\System32\comsvcs.dll, MiniDump 624 C:\t\l.dmp full";
    private static readonly DateTime When = new(2026, 5, 4, 10, 11, 12, 345, DateTimeKind.Utc);

    private static readonly string Quoted = Quote(Line);
    private static readonly string QuotedImage = Quote(Image);

    private static readonly string Xml =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID>"
        + "<TimeCreated SystemTime='2026-05-04T10:11:12.345Z'/><EventRecordID>7</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>w1</Computer></System>"
        + $"<EventData><Data Name='Image'>{Image}</Data><Data Name='CommandLine'>{Line}</Data></EventData></Event>";

    private static readonly string Message = "Process Create:\r\nUtcTime: 2026-05-04 10:11:12.345\r\nImage: " + Image + "\r\nCommandLine: " + Line;

    private static readonly string Payload = $"{{\"EventData\":{{\"Data\":[{{\"@Name\":\"Image\",\"#text\":{QuotedImage}}},{{\"@Name\":\"CommandLine\",\"#text\":{Quoted}}},{{\"@Name\":\"ProcessId\",\"#text\":\"4711\"}}]}}}}";

    private static readonly string Beat =
        $"{{\"@timestamp\":\"2026-05-04T10:11:12.345Z\",\"winlog\":{{\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"event_id\":\"1\",\"computer_name\":\"w1\",\"event_data\":{{\"Image\":{QuotedImage},\"CommandLine\":{Quoted}}}}}}}";

    public static TheoryData<string, string> Exports => new()
    {
        { "velociraptor", $"{{\"EventTime\":\"2026-05-04T10:11:12.345Z\",\"Computer\":\"w1\",\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"EventID\":1,\"EventData\":{{\"Image\":{QuotedImage},\"CommandLine\":{Quoted}}}}}" },
        { "evtx-bare", $"{{\"System\":{{\"EventID\":{{\"Value\":1}},\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Computer\":\"w1\",\"TimeCreated\":{{\"SystemTime\":1777889472.345}}}},\"EventData\":{{\"Image\":{QuotedImage},\"CommandLine\":{Quoted}}}}}" },
        { "evtx", $"{{\"Event\":{{\"System\":{{\"EventID\":\"1\",\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Computer\":\"w1\",\"TimeCreated\":{{\"SystemTime\":\"2026-05-04T10:11:12.345Z\"}}}},\"EventData\":{{\"Image\":{QuotedImage},\"CommandLine\":{Quoted}}}}}}}" },
        { "evtx", $"{{\"preview\":false,\"result\":{{\"_time\":\"2026-05-04T12:11:12.345+0200\",\"_raw\":{Quote(Xml)},\"host\":\"w\"}}}}" },
        { "evtx", "_time,_raw,host\n2026-05-04T12:11:12.345+0200,\"" + Xml + "\",w\n" },
        { "evtxecmd", $"{{\"EventId\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Provider\":\"Microsoft-Windows-Sysmon\",\"Computer\":\"w1\",\"ProcessId\":2000,\"TimeCreated\":\"2026-05-04T10:11:12.345+00:00\",\"Payload\":{Quote(Payload)}}}" },
        { "evtxecmd", "EventId,Channel,Provider,Computer,ProcessId,TimeCreated,Payload\r\n1,Microsoft-Windows-Sysmon/Operational,Microsoft-Windows-Sysmon,w1,2000,2026-05-04 10:11:12.345,\"" + Payload.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"\r\n" },
        { "get-winevent", $"[\n {{\"Message\":{Quote(Message)},\"Id\":1,\"LogName\":\"Microsoft-Windows-Sysmon/Operational\",\"ProviderName\":\"Microsoft-Windows-Sysmon\",\"MachineName\":\"w1\",\"TimeCreated\":\"/Date(1777889472345)/\"}}\n]" },
        { "get-winevent", "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n\"Message\",\"Id\",\"LogName\",\"ProviderName\",\"MachineName\",\"TimeCreated\"\r\n\"" + Message + "\",\"1\",\"Microsoft-Windows-Sysmon/Operational\",\"Microsoft-Windows-Sysmon\",\"w1\",\"5/4/2026 10:11:12.345 AM Z\"\r\n" },
        { "winlogbeat", $"{{\"took\":1,\"hits\":{{\"total\":{{\"value\":1}},\"hits\":[{{\"_id\":\"a\",\"_source\":{Beat}}}]}},\"timed_out\":false}}" },
        { "winlogbeat", $"{{\"_id\":\"a\",\"fields\":{{\"@timestamp\":[\"2026-05-04T10:11:12.345Z\"],\"winlog.channel\":[\"Microsoft-Windows-Sysmon/Operational\"],\"winlog.event_id\":[\"1\"],\"winlog.computer_name\":[\"w1\"],\"winlog.event_data.Image\":[{QuotedImage}],\"winlog.event_data.CommandLine\":[{Quoted}]}}}}" },
        { "winlogbeat", $"{{\"@timestamp\":\"2026-05-04T10:11:12.345Z\",\"winlog.channel\":\"Microsoft-Windows-Sysmon/Operational\",\"winlog.event_id\":1,\"winlog.computer_name\":\"w1\",\"winlog.event_data.Image\":{QuotedImage},\"winlog.event_data.CommandLine\":{Quoted}}}" },
        { "winlogbeat", $"{{\"@timestamp\":\"2026-05-04T10:11:12.345Z\",\"winlog\":{{\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"event_id\":1,\"computer_name\":\"w1\",\"event_data\":{{\"Company\":\"x\"}}}},\"process\":{{\"executable\":{QuotedImage},\"command_line\":{Quoted}}}}}" },
        { "advanced-hunting", $"Timestamp,DeviceName,ActionType,FolderPath,ProcessCommandLine,InitiatingProcessFileName\n2026-05-04T10:11:12.345Z,w1,ProcessCreated,{Image},\"{Line}\",cmd.exe\n" },
        { "advanced-hunting", $"{{\"Schema\":[{{\"Name\":\"Timestamp\"}}],\"Results\":[{{\"Timestamp\":\"2026-05-04T10:11:12.345Z\",\"DeviceName\":\"w1\",\"ActionType\":\"ProcessCreated\",\"FolderPath\":{QuotedImage},\"ProcessCommandLine\":{Quoted}}}]}}" },
        { "advanced-hunting", $"{{\"records\":[{{\"time\":\"2026-05-04T10:11:13Z\",\"category\":\"AdvancedHunting-DeviceProcessEvents\",\"operationName\":\"Publish\",\"properties\":{{\"Timestamp\":\"2026-05-04T10:11:12.345Z\",\"DeviceName\":\"w1\",\"ActionType\":\"ProcessCreated\",\"FolderPath\":{QuotedImage},\"ProcessCommandLine\":{Quoted}}}}}]}}" },
        { "ecs", $"{{\"@timestamp\":\"2026-05-04T10:11:12.345Z\",\"event\":{{\"category\":[\"process\"],\"type\":[\"start\"]}},\"host\":{{\"name\":\"w1\",\"os\":{{\"type\":\"windows\"}}}},\"process\":{{\"name\":\"rundll32.exe\",\"executable\":{QuotedImage},\"command_line\":{Quoted}}}}}" },
    };

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    [Theory]
    [MemberData(nameof(Exports))]
    public void A_process_is_the_same_event_in_every_export(string shape, string text)
    {
        var (events, report) = ReadText.Of(text);
        var e = Assert.Single(events);
        Assert.All(report.Problems, problem => Assert.Equal(LogProblemCodes.DayOrderUnknown, problem.Code)); // 5/4 can be read both ways
        Assert.Equal(shape, e.Shape);
        Assert.True(e.Source.Covers("windows", null, "process_creation"));
        Assert.Equal(Image, e[e.Source.FieldFor("Image", null, "process_creation")]);
        Assert.Equal(Line, e[e.Source.FieldFor("CommandLine", null, "process_creation")]);
        Assert.Equal(new LogTime(When, TimeQuality.Exact), e.Time);
        Assert.Equal("w1", e.Host);
    }

    [Fact]
    public void The_payload_of_a_record_does_not_mix_with_its_columns()
    {
        var e = Assert.Single(ReadText.Of((string)Exports.First(row => row.Data.Item1 == "evtxecmd").Data.Item2).Events);
        Assert.Equal("4711", e["ProcessId"]);
        Assert.Equal("2000", e["Execution_ProcessID"]);
    }

    [Fact]
    public void The_text_of_a_security_event_gives_its_fields()
    {
        const string message = "An account failed to log on.\r\n\r\nSubject:\r\n\tSecurity ID:\t\tS-1-5-18\r\n\tAccount Name:\t\tWS1$\r\n\r\nLogon Type:\t\t\t3\r\n\r\nAccount For Which Logon Failed:\r\n\tAccount Name:\t\tbob\r\n\r\nNetwork Information:\r\n\tWorkstation Name:\tK1\r\n\tSource Network Address:\t198.51.100.7\r\n";
        var (events, _) = ReadText.Of($"{{\"Message\":{Quote(message)},\"Id\":4625,\"LogName\":\"Security\",\"ProviderName\":\"Microsoft-Windows-Security-Auditing\",\"MachineName\":\"w1\"}}");
        var e = Assert.Single(events);
        Assert.True(e.Source.Covers("windows", "security", null));
        Assert.Equal(["WS1$", "bob", "3", "K1", "198.51.100.7"], new[] { "SubjectUserName", "TargetUserName", "LogonType", "WorkstationName", "IpAddress" }.Select(field => e[field]));
    }

    [Fact]
    public void CloudTrail_is_found_in_what_its_clients_wrap_around_it()
    {
        const string trail = "{\"eventVersion\":\"1.09\",\"eventTime\":\"2026-05-04T10:11:12Z\",\"eventSource\":\"cloudtrail.amazonaws.com\",\"eventName\":\"StopLogging\",\"awsRegion\":\"eu-central-1\",\"recipientAccountId\":\"111122223333\"}";
        var text = Quote(trail);
        string[] wrapped =
        [
            $"{{\"events\":[{{\"logStreamName\":\"x\",\"timestamp\":1777889472000,\"message\":{text}}}]}}",
            $"{{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"g\",\"logEvents\":[{{\"id\":\"1\",\"message\":{text}}}]}}",
            $"{{\"Events\":[{{\"EventId\":\"e\",\"EventName\":\"StopLogging\",\"CloudTrailEvent\":{text}}}]}}",
            $"{{\"version\":\"0\",\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":{trail}}}",
        ];
        foreach (var one in wrapped)
        {
            var e = Assert.Single(ReadText.Of(one).Events);
            Assert.True(e.Source.Covers("aws", "cloudtrail", null), one);
            Assert.Equal("StopLogging", e["eventName"]);
            Assert.Equal("111122223333", e.Host);
        }
    }

    [Fact]
    public void A_text_that_only_looks_like_a_record_leaves_its_own_record_whole()
    {
        var (events, report) = ReadText.Of("{\"app\":\"x\",\"message\":\"{\\\"level\\\":\\\"info\\\"}\"}\n{\"app\":\"y\",\"message\":\"<Event\"}\n{\"app\":\"z\",\"message\":\"{torn\"}\n");
        Assert.Equal(["x", "y", "z"], events.Select(e => e["app"]));
        Assert.Equal("{torn", events[2]["message"]);
        Assert.Equal(3, report.Files[0].Records);
    }

    [Fact]
    public void Zeek_tables_name_their_log_and_may_change_it()
    {
        const string text = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tquery\tqtype_name\tanswers\n#types\ttime\tstring\taddr\tstring\tstring\tvector[string]\n"
            + "1777889472.345\tC1\t10.0.0.5\tevil.example\tTXT\t-\n#close\t2026-05-04-11-00-00\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.resp_p\n1777889473\tC2\t10.0.0.6\t443\n";
        var (events, report) = ReadText.Of(text);
        Assert.Empty(report.Problems);
        Assert.Equal(2, events.Count);
        Assert.True(events[0].Source.Covers("zeek", "dns", null));
        Assert.True(events[0].Source.Covers(null, null, "dns"));
        Assert.Null(events[0]["answers"]);
        Assert.Equal(When, events[0].Time.Utc);
        Assert.Equal("443", events[1]["id.resp_p"]);
    }

    [Fact]
    public void Entra_tables_of_the_portal_carry_the_names_that_rules_use()
    {
        var (events, report) = ReadText.Of("Date (UTC),Request ID,Username,Application,IP address,Sign-in error code,Client app\r\n2026-05-04T10:11:12Z,r,bob@corp.example,Azure Portal,198.51.100.7,50126,Browser\r\n");
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.True(e.Source.Covers("azure", "signinlogs", null));
        Assert.Equal("50126", e["ResultType"]);
        Assert.Equal(TimeQuality.Exact, e.Time.Quality);
        e = Assert.Single(ReadText.Of("Date (UTC),Service,Category,Activity,Result,ActorUserPrincipalName\r\n2026-05-04T10:11:12Z,Core Directory,ApplicationManagement,Consent to application,success,bob@corp.example\r\n").Events);
        Assert.True(e.Source.Covers("azure", "auditlogs", null));
        Assert.Equal("Consent to application", e["properties.message"]);
    }

    [Fact]
    public void Journald_is_syslog_with_times_of_its_own()
    {
        var (events, report) = ReadText.Of("{\"__REALTIME_TIMESTAMP\":\"1777889472345000\",\"_HOSTNAME\":\"web01\",\"SYSLOG_IDENTIFIER\":\"sshd\",\"MESSAGE\":\"Accepted password for root\"}\n"
            + $"{{\"__REALTIME_TIMESTAMP\":\"1777889472345000\",\"_HOSTNAME\":\"web01\",\"SYSLOG_IDENTIFIER\":\"sysmon\",\"MESSAGE\":{Quote(Xml.Replace("Microsoft-Windows-Sysmon", "Linux-Sysmon", StringComparison.Ordinal))}}}\n");
        Assert.Empty(report.Problems);
        Assert.True(events[0].Source.Covers("linux", "sshd", null));
        Assert.Equal(("web01", When), (events[0].Host, events[0].Time.Utc));
        Assert.True(events[1].Source.Covers("linux", "sysmon", "process_creation"));
    }

    [Fact]
    public void Excel_and_pandas_leave_traces_in_a_table_that_still_reads()
    {
        var (events, report) = ReadText.Of("sep=;\r\n;src_ip;dst_ip\r\n0;10.0.0.1;10.0.0.2\r\n1;10.0.0.1;10.0.0.3\r\n");
        Assert.DoesNotContain(report.Problems, problem => problem.Code != LogProblemCodes.ZoneUnknown);
        Assert.Equal(["10.0.0.2", "10.0.0.3"], events.Select(e => e["dst_ip"]));
    }

    [Fact]
    public void Packed_and_wrapped_exports_keep_their_count()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes($"{{\"hits\":{{\"hits\":[{string.Join(',', Enumerable.Repeat($"{{\"_source\":{Beat}}}", 300))}]}},\"took\":{{\"hits\":[{{\"a\":1}}]}}}}"));
        var (events, report) = ReadText.Of(packed.ToArray());
        Assert.Equal(300, events.Count);
        Assert.Equal(300, report.Files[0].Records);
    }
}
