using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Mapping;

/// <summary>Records of products as they really write them, with what rules ask of them.</summary>
public sealed class ProductShapeTests
{
    private const string Wazuh = "{\"agent\":{\"id\":\"1\",\"name\":\"w1\"},\"rule\":{\"id\":\"1\"},\"manager\":{\"name\":\"m\"},\"timestamp\":\"2025-03-04T10:11:12.123+0000\",";

    /// <summary>A record, the log source, then fields and values in turn.</summary>
    public static TheoryData<string, string, string[]> Records => new()
    {
        { Wazuh + "\"" + """decoder":{"name":"windows_eventchannel"},"data":{"win":{"system":{"channel":"Microsoft-Windows-Sysmon/Operational","eventID":"1","computer":"w1"},"eventdata":{"image":"C:\\\\Windows\\\\a.exe","commandLine":"a.exe \\\\\\\\srv\\\\x"}}}}""", "windows sysmon process_creation", ["Image", @"C:\Windows\a.exe", "CommandLine", @"a.exe \\srv\x"] },
        { Wazuh + "\"" + """decoder":{"name":"auditd"},"data":{"audit":{"type":"SYSCALL","id":"4","exe":"/usr/bin/chattr","execve":{"a0":"chattr","a1":"-i","a2":"/etc/passwd"}}}}""", "linux auditd process_creation", ["CommandLine", "chattr -i /etc/passwd", "a1", "-i", "exe", "/usr/bin/chattr"] },
        { Wazuh + "\"" + """decoder":{"name":"sshd"},"full_log":"Mar  4 10:11:12 l1 sshd[9]: fatal: x","predecoder":{"program_name":"sshd","hostname":"l1"}}""", "linux auth sshd syslog", ["message", "Mar  4 10:11:12 l1 sshd[9]: fatal: x", "program", "sshd"] },
        { """{"hostname":"l1","output":"x","priority":"Warning","rule":"r","time":"2025-03-04T10:11:12.1Z","output_fields":{"proc.cmdline":"sh -i","proc.exepath":"/bin/sh"}}""", "linux falco process_creation", ["CommandLine", "sh -i", "Image", "/bin/sh"] },
        { """{"event_simpleName":"ProcessRollup2","aid":"a","event_platform":"Win","ContextTimeStamp":"1741083072.123","ImageFileName":"\\Device\\HarddiskVolume2\\Windows\\a.exe","CommandLine":"a.exe","ParentBaseFileName":"cmd.exe","ComputerName":"w1"}""", "windows process_creation", ["ImageFileName", @"C:\Windows\a.exe", "ParentImage", @"\cmd.exe"] },
        { """{"event.type":"Process Creation","event.time":1741083072123,"endpoint.name":"w1","endpoint.os":"windows","src.process.image.path":"C:\\cmd.exe","tgt.process.cmdline":"a.exe"}""", "windows process_creation", ["tgt.process.cmdline", "a.exe"] },
        { """{"dst_host":"10.0.0.5","logtype":4002,"node_id":"c1","src_host":"203.0.113.9","logdata":{"USERNAME":"root"},"utc_time":"2025-03-04 10:11:12.1"}""", "opencanary application", ["logtype", "4002"] },
        { """{"auditType":{"category":"Permissions","action":"Global permission removed"},"timestamp":"2025-03-04T10:11:12.1Z"}""", "bitbucket audit", ["auditType.action", "Global permission removed"] },
        { """{"id":1,"created_at":"2025-03-04T10:11:12Z","account_id":1,"event_type_id":3}""", "onelogin onelogin.events", ["event_type_id", "3"] },
        { """{"kind":"admin#reports#activities","items":[{"id":{"time":"2025-03-04T10:11:12.1Z","applicationName":"admin","customerId":"C"},"actor":{"email":"m"},"events":[{"name":"ASSIGN_ROLE","parameters":[{"name":"ROLE_NAME","value":"admin"}]}]}]}""", "gcp gcp.audit google_workspace.admin", ["eventName", "ASSIGN_ROLE", "eventService", "admin.googleapis.com", "new_value", "admin"] },
        { """{"@timestamp":"2025-03-04T10:11:12Z","event":{"dataset":"gcp.audit","action":"a"},"gcp":{"audit":{"service_name":"s","method_name":"storage.buckets.delete"}}}""", "gcp gcp.audit", ["data.protoPayload.methodName", "storage.buckets.delete"] },
        { """[{"operationName":{"localizedValue":"Delete vault","value":"Microsoft.KeyVault/vaults/delete"},"eventTimestamp":"2025-03-04T10:11:12.1Z","status":{"value":"Succeeded"},"category":{"value":"Administrative"}}]""", "azure activitylogs", ["operationName", "Microsoft.KeyVault/vaults/delete", "properties.message", "Delete vault", "Status", "Succeeded"] },
        { """{"records":[{"time":"2025-03-04T10:11:12Z","category":"kube-audit","operationName":"x","resourceId":"/S","properties":{"log":"{\"kind\":\"Event\",\"auditID\":\"a\",\"verb\":\"create\",\"requestURI\":\"/x\",\"objectRef\":{\"resource\":\"pods\"},\"requestReceivedTimestamp\":\"2025-03-04T10:11:12.1Z\"}"}}]}""", "kubernetes audit application", ["verb", "create", "objectRef.resource", "pods"] },
        { """{"kind":"EventList","items":[{"kind":"Event","auditID":"a","verb":"create","requestURI":"/x","objectRef":{"resource":"pods"},"requestReceivedTimestamp":"2025-03-04T10:11:12.1Z"}]}""", "kubernetes audit application", ["verb", "create"] },
        { """{"@timestamp":"2025-03-04T10:11:12Z","event":{"dataset":"zeek.dns"},"zeek":{"session_id":"C","dns":{"query":"x.example"}}}""", "zeek dns dns", ["query", "x.example"] },
        { """{"timestamp":"2025-03-04T10:11:12.1+0000","flow_id":1,"event_type":"dns","src_ip":"10.1.2.3","dest_ip":"8.8.8.8","proto":"UDP","dns":{"version":3,"queries":[{"rrname":"x.example","rrtype":"A"}]}}""", "suricata dns", ["dns.rrname", "x.example"] },
        { """{"time_iso8601":"2025-03-04T10:11:12+00:00","remote_addr":"203.0.113.9","request":"GET /a?b=c HTTP/1.1","status":"200","http_user_agent":"curl"}""", "webserver webserver", ["cs-uri-query", "GET /a?b=c HTTP/1.1", "cs-user-agent", "curl"] },
        { """{"ts":1741083072.1,"request":{"method":"GET","uri":"/a?b=c","host":"h","headers":{"User-Agent":["curl"]}},"status":200}""", "webserver webserver", ["cs-uri", "/a?b=c", "cs-method", "GET", "c-useragent", "curl"] },
        { """{"eventVersion":"1.08","eventTime":"2025-03-04T10:11:12Z","eventType":"AwsCloudTrailInsight","recipientAccountId":"1","insightDetails":{"insightType":"ApiCallRateInsight","eventName":"x"}}""", "aws cloudtrail-insight", ["insightDetails.eventName", "x"] },
        { "\"@timestamp\",\"winlog.channel\",\"winlog.event_id\",\"process.executable\",\"winlog.event_data.Image\"\n\"Mar 4, 2025 @ 10:11:12.123\",\"Microsoft-Windows-Sysmon/Operational\",1,,\"C:\\a.exe\"\n", "windows sysmon process_creation", ["Image", @"C:\a.exe"] },
        { "actor.alternate_id,display_message,event_type,timestamp\nm,x,user.mfa.factor.deactivate,2025-03-04T10:11:12Z\n", "okta okta", ["eventType", "user.mfa.factor.deactivate"] },
        { "eventTime,eventSource,eventName,awsRegion,errorCode\n2025-03-04 10:11:12.000,s,StopLogging,us-east-1,\n", "aws cloudtrail", ["eventName", "StopLogging"] },
        { "actor,action,created_at,org,_document_id,@timestamp\nm,org.x,1741083072123,o,d,1741083072123\n", "github audit", ["action", "org.x"] },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_of_a_product(string text, string source, string[] fields)
    {
        var (events, report) = ReadText.Of(text, new LogReadOptions { AssumedOffset = TimeSpan.Zero });
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal(source, e.Source.ToString());
        foreach (var pair in fields.Chunk(2)) Assert.Equal((pair[0], pair[1]), (pair[0], e[pair[0]]));
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12, DateTimeKind.Utc), e.Time.Utc.AddTicks(-(e.Time.Utc.Ticks % TimeSpan.TicksPerSecond)));
    }

    [Fact]
    public void A_list_under_a_common_word_is_no_wrapper_of_its_own()
    {
        var e = Assert.Single(ReadText.Of("""{"order":5,"items":[{"a":1},{"a":2}],"total":7}""").Events);
        Assert.Equal("7", e["total"]);
    }
}
