using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Mapping;

/// <summary>Records as shippers and agents write them: GELF and Graylog, Laurel, queues, Apple's endpoint events, OCSF, findings of other tools.</summary>
public sealed class ShipperShapeTests
{
    private static EventRecord One(string json) => Assert.Single(ReadText.Of(json).Events);

    [Fact]
    public void Gelf_with_an_event_of_windows()
    {
        var e = One("""{"version":"1.1","host":"ws01","short_message":"Process Create","timestamp":1741083072.5,"_EventID":1,"_Channel":"Microsoft-Windows-Sysmon/Operational","_SourceName":"Microsoft-Windows-Sysmon","_Hostname":"WS01","_Image":"C:\\x.exe","_CommandLine":"x /a"}""");
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
        Assert.Equal(("C:\\x.exe", "x /a", "WS01", "Microsoft-Windows-Sysmon"), (e["Image"], e["CommandLine"], e.Host, e["Provider_Name"]));
    }

    [Fact]
    public void Gelf_of_a_daemon_and_with_a_line_in_it()
    {
        var e = One("""{"version":"1.1","host":"web1","short_message":"Failed password for root","timestamp":1741083072.5,"_application_name":"sshd","_process_id":"7"}""");
        Assert.True(e.Source.Covers("linux", "sshd", null));
        Assert.Equal(("Failed password for root", "sshd", "web1"), (e["message"], e["program"], e.Host));
        var carried = One("""{"version":"1.1","host":"web1","timestamp":1741083072.5,"short_message":"type=EXECVE msg=audit(1741083072.123:1): argc=2 a0=\"chattr\" a1=\"-i\""}""");
        Assert.Equal(("auditd", "-i"), (carried.Shape, carried["a1"]));
    }

    [Fact]
    public void Graylogs_flat_names_of_winlogbeat()
    {
        var e = One("""{"timestamp":"2025-03-04T10:11:12.000Z","source":"WS01","message":"m","winlogbeat_winlog_channel":"Security","winlogbeat_winlog_event_id":"4688","winlogbeat_winlog_event_data_NewProcessName":"C:\\x.exe","winlogbeat_winlog_computer_name":"WS01.corp"}""");
        Assert.True(e.Source.Covers("windows", "security", "process_creation"));
        Assert.Equal(("C:\\x.exe", "4688", "WS01.corp"), (e["NewProcessName"], e["EventID"], e.Host));
    }

    [Theory]
    [InlineData("""{"argc":3,"ARGV":["chattr","-i","/etc/a%20b"]}""")]
    [InlineData("""{"argc":3,"a0":"chattr","a1":"-i","a2":"/etc/a%20b"}""")]
    public void Laurels_records_have_the_names_of_the_audit_log(string execve)
    {
        var e = One($$$"""{"ID":"1741083072.123:4711","NODE":"web1","SYSCALL":{"syscall":59,"success":"yes","pid":9,"comm":"chattr","exe":"/usr/bin/chattr","key":"k","UID":"root"},"EXECVE":{{{execve}}},"CWD":{"cwd":"/root"},"PATH":[{"item":0,"name":"/usr/bin/chattr","nametype":"NORMAL"},{"item":1,"name":"/etc/x","nametype":"CREATE"}],"PARENT_INFO":{"ARGV":["bash"],"pid":1}}""");
        Assert.True(e.Source.Covers("linux", "auditd", null));
        Assert.True(e.Source.Covers("linux", null, "process_creation"));
        Assert.True(e.Source.Covers("linux", null, "file_event"));
        Assert.Equal(("chattr", "-i", "/etc/a b", "chattr -i /etc/a b", "/usr/bin/chattr", "/root"), (e["a0"], e["a1"], e["a2"], e["CommandLine"], e["exe"], e["cwd"]));
        Assert.Equal(["SYSCALL", "EXECVE", "CWD", "PATH"], e.Fields.Where(f => f.Name == "type").Select(f => f.Text!));
        Assert.Equal(["/usr/bin/chattr", "/etc/x"], e.Fields.Where(f => f.Name == "name").Select(f => f.Text!));
        Assert.Equal((new DateTime(2025, 3, 4, 10, 11, 12, 123, DateTimeKind.Utc), 4711L, "web1"), (e.Time.Utc, e.RecordId, e.Host));
    }

    [Theory]
    [InlineData("""{"topic":"t","offset":1,"value":VALUE}""", false)]
    [InlineData("""{"topic":"t","offset":1,"value":VALUE}""", true)]
    [InlineData("""{"topic":"t","broker":0,"payload":VALUE}""", true)]
    public void Queues_carry_records_as_objects_or_text(string message, bool text)
    {
        const string record = """{"winlog":{"channel":"Security","event_id":"4688","event_data":{"NewProcessName":"x"}}}""";
        var value = text ? '"' + System.Text.Json.JsonEncodedText.Encode(record).ToString() + '"' : record;
        Assert.Equal(("winlogbeat", "x"), (One(message.Replace("VALUE", value, StringComparison.Ordinal)).Shape, One(message.Replace("VALUE", value, StringComparison.Ordinal))["NewProcessName"]));
    }

    [Fact]
    public void Queues_carry_records_in_base_64()
    {
        var data = Convert.ToBase64String("""{"protoPayload":{"methodName":"storage.buckets.delete","serviceName":"storage.googleapis.com"},"timestamp":"2025-03-04T10:11:12Z"}"""u8.ToArray());
        Assert.Equal("gcp-audit", One($$"""{"message":{"data":"{{data}}","messageId":"1"},"subscription":"s"}""").Shape);
        Assert.Equal("plain", One("""{"message":{"data":"eyJhIj!!"},"x":"y"}""").Shape);
    }

    [Fact]
    public void Endpoint_events_of_macos()
    {
        var exec = One("""{"event_type":9,"mach_time":1,"action_type":1,"time":"2025-03-04T10:11:12.5Z","process":{"audit_token":{"pid":11,"euid":501},"executable":{"path":"/bin/zsh"}},"event":{"exec":{"target":{"audit_token":{"pid":7,"euid":0},"executable":{"path":"/usr/bin/osascript"}},"args":["osascript","-e","do shell script"],"cwd":{"path":"/Users/eve"}}}}""");
        Assert.True(exec.Source.Covers("macos", null, "process_creation"));
        Assert.Equal("osascript -e do shell script", exec["CommandLine"]);
        Assert.Equal(("event.exec.target.executable.path", "process.executable.path"), (exec.Source.FieldFor("Image", null, "process_creation"), exec.Source.FieldFor("ParentImage", null, "process_creation")));
        var create = One("""{"event_type":13,"mach_time":1,"action_type":1,"process":{"executable":{"path":"/bin/zsh"}},"event":{"create":{"destination":{"new_path":{"dir":{"path":"/Library/LaunchDaemons"},"filename":"x.plist"}}}}}""");
        Assert.True(create.Source.Covers("macos", null, "file_event"));
        Assert.Equal("/Library/LaunchDaemons/x.plist", create["TargetFilename"]);
    }

    [Theory]
    [InlineData("Windows", 100, "windows")]
    [InlineData("Linux", 200, "linux")]
    [InlineData("macOS", 300, "macos")]
    public void Ocsf_tells_the_system_and_the_class(string type, int id, string product)
    {
        string Event(int uid, int activity, string rest) => $$$"""{"class_uid":{{{uid}}},"category_uid":1,"activity_id":{{{activity}}},"time":1741083072123,"metadata":{"version":"1.1.0"},"device":{"hostname":"h1","os":{"type":"{{{type}}}","type_id":{{{id}}},"name":"n"}},{{{rest}}}}""";
        var start = One(Event(1007, 1, """ "process":{"cmd_line":"a b","file":{"path":"/bin/a"},"parent_process":{"file":{"path":"/bin/b"}}}"""));
        Assert.True(start.Source.Covers(product, null, "process_creation"));
        Assert.Equal(("process.file.path", "process.cmd_line", "process.parent_process.file.path"), (start.Source.FieldFor("Image", null, "process_creation"), start.Source.FieldFor("CommandLine", null, "process_creation"), start.Source.FieldFor("ParentImage", null, "process_creation")));
        Assert.True(One(Event(4001, 1, """ "dst_endpoint":{"ip":"203.0.113.9"}""")).Source.Covers(product, null, "network_connection"));
        Assert.True(One(Event(4003, 1, """ "query":{"hostname":"x"}""")).Source.Covers(product, null, "dns_query"));
        Assert.True(One(Event(1001, 1, """ "file":{"path":"/x"}""")).Source.Covers(product, null, "file_event"));
        Assert.False(One(Event(1001, 4, """ "file":{"path":"/x"}""")).Source.Covers(product, null, "file_event"));
    }

    [Fact]
    public void Ocsf_of_cloudtrail_is_cloudtrail()
    {
        var e = One("""{"class_uid":6003,"category_uid":6,"activity_id":3,"time":1741083072000,"metadata":{"product":{"name":"CloudTrail"},"version":"1.1.0"},"api":{"operation":"StopLogging","service":{"name":"cloudtrail.amazonaws.com"}},"actor":{"user":{"type":"IAMUser"}}}""");
        Assert.True(e.Source.Covers("aws", "cloudtrail", null));
        Assert.Equal(("api.operation", "api.service.name"), (e.Source.FieldFor("eventName", "cloudtrail", null), e.Source.FieldFor("eventSource", "cloudtrail", null)));
    }

    [Theory]
    [InlineData("\"Timestamp\",\"RuleTitle\",\"Level\",\"Computer\",\"Channel\",\"EventID\",\"RuleID\"\n\"2025-03-04 10:11:12.123 +00:00\",\"x\",\"high\",\"WS01\",\"Sysmon\",1,\"r\"\n", "Hayabusa")]
    [InlineData("timestamp,detections,path,count,Event ID,Computer\n2025-03-04T10:11:12+00:00,x,y.evtx,1,1,WS01\n", "Chainsaw")]
    public void Findings_of_other_tools_are_named(string text, string tool)
    {
        var (events, report) = ReadText.Of(text);
        Assert.Null(Assert.Single(events).Source.Product);
        var problem = Assert.Single(report.Problems);
        Assert.Equal(LogProblemCodes.Findings, problem.Code);
        Assert.Contains(tool, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_chainsaw_as_json_hold_the_event() => Assert.Equal(
        ("evtx", "C:\\x.exe"),
        (One(chainsaw).Shape, One(chainsaw)["Image"]));

    private const string chainsaw = """{"group":"Sigma","kind":"individual","name":"x","level":"high","document":{"kind":"evtx","path":"x.evtx","data":{"Event":{"System":{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"WS01"},"EventData":{"Image":"C:\\x.exe"}}}}}""";
}
