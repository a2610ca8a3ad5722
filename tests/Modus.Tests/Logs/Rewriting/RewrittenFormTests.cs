using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Rewriting;

/// <summary>Forms that are given on as lines of JSON: what comes of them, under which name, and on which line.</summary>
public sealed class RewrittenFormTests
{
    private static readonly LogReadOptions utc = new() { AssumedYear = 2025, AssumedOffset = TimeSpan.Zero };

    private const string Sshd = "Mar  4 10:11:12 web1 sshd[77]: Failed password for root from 203.0.113.9 port 4 ssh2";

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"streams","result":[{"stream":{"job":"auth"},"values":[["1741083072123456789","LINE"],["1741083073123456789","LINE",{"trace":"x"}]]}],"stats":{}}}""")]
    [InlineData("""{"streams":[{"stream":{"job":"auth"},"values":[["1741083072123456789","LINE"],["1741083073123456789","LINE"]]}]}""")]
    [InlineData("""{"streams":[{"stream":{"job":"auth"},"values":[["1741083072123456789","LINE"]]},{"stream":{"job":"b"},"values":[["1741083073123456789","LINE"]]}]}""")]
    public void Lines_that_loki_answers_with_are_read_as_what_they_were(string document)
    {
        var (events, report) = ReadText.Of(document.Replace("LINE", Sshd, StringComparison.Ordinal), utc);
        Assert.Equal("loki", report.Files[0].Format);
        Assert.Equal(2, events.Count);
        Assert.All(events, e => Assert.True(e.Source.Covers("linux", "sshd", null)));
        Assert.Equal(("web1", "sshd"), (events[0].Host, events[0]["program"]));
        Assert.Empty(report.Problems);
    }

    [Fact]
    public void Tables_of_columns_and_rows_are_records()
    {
        var (events, report) = ReadText.Of("""
            {"tables":[{"name":"PrimaryResult","columns":[{"name":"Timestamp","type":"datetime"},{"name":"DeviceName","type":"string"},{"name":"ActionType","type":"string"},{"name":"FileName","type":"string"},{"name":"ProcessCommandLine","type":"string"},{"name":"InitiatingProcessFileName","type":"string"}],
             "rows":[
              ["2025-03-04T10:11:12Z","ws01","ProcessCreated","certutil.exe","certutil -urlcache",null],
              ["2025-03-04T10:11:13Z","ws02","ProcessCreated","cmd.exe","cmd","x.exe"]]}]}
            """);
        Assert.Equal("query-tables", report.Files[0].Format);
        Assert.Equal(["ws01", "ws02"], events.Select(e => e.Host));
        Assert.All(events, e => Assert.True(e.Source.Covers("windows", null, "process_creation")));
        Assert.Equal([3L, 4L], events.Select(e => e.Line));
    }

    [Theory]
    [InlineData("""{"columns":[{"name":"eventName","type":"keyword"},{"name":"eventSource"},{"name":"awsRegion"}],"values":[["StopLogging","cloudtrail.amazonaws.com","eu"]]}""", "query-columns")]
    [InlineData("""{"results":[[{"field":"eventName","value":"StopLogging"},{"field":"eventSource","value":"cloudtrail.amazonaws.com"},{"field":"awsRegion","value":"eu"}]],"status":"Complete"}""", "logs-insights")]
    [InlineData("""{"results":[[{"field":"@timestamp","value":"2025-03-04 10:11:12.000"},{"field":"@message","value":"{\"eventName\":\"StopLogging\",\"eventSource\":\"cloudtrail.amazonaws.com\",\"awsRegion\":\"eu\"}"}]]}""", "logs-insights")]
    [InlineData("""{"QueryStatus":"FINISHED","QueryResultRows":[[{"eventName":"StopLogging"},{"eventSource":"cloudtrail.amazonaws.com"},{"awsRegion":"eu"}]]}""", "cloudtrail-lake")]
    public void Rows_of_cloud_queries_are_records(string document, string format)
    {
        var (events, report) = ReadText.Of(document);
        Assert.Equal(format, report.Files[0].Format);
        var e = Assert.Single(events);
        Assert.True(e.Source.Covers("aws", "cloudtrail", null));
        Assert.Equal("StopLogging", e["eventName"]);
    }

    [Fact]
    public void Snapshots_and_batches_of_osquery_are_a_record_a_row()
    {
        var (events, report) = ReadText.Of("""
            {"snapshot":[{"pid":"7","path":"/usr/bin/chattr","cmdline":"chattr -i /etc/x"},{"pid":"8","path":"/bin/sh","cmdline":"sh"}],"action":"snapshot","name":"processes","hostIdentifier":"web1","unixTime":1741083072}
            {"diffResults":{"added":[{"pid":"9","path":"/bin/ls","cmdline":"ls"}],"removed":[]},"name":"processes","hostIdentifier":"web2","unixTime":1741083073}
            """);
        Assert.Equal("osquery", report.Files[0].Format);
        Assert.Equal([("web1", "7", "snapshot"), ("web1", "8", "snapshot"), ("web2", "9", "added")], events.Select(e => (e.Host, e["pid"]!, e["action"]!)));
        Assert.All(events, e => Assert.True(e.Source.Covers("linux", null, "process_creation")));
    }

    [Fact]
    public void Records_of_open_telemetry_keep_their_names_and_their_own_lines_are_read()
    {
        var (events, report) = ReadText.Of(
            """{"resourceLogs":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"h1"}}]},"scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"1741083072000000000","body":{"stringValue":"LINE"}},{"timeUnixNano":"1741083073000000000","body":{"kvlistValue":{"values":[{"key":"channel","value":{"stringValue":"Security"}},{"key":"event_id","value":{"kvlistValue":{"values":[{"key":"id","value":{"intValue":"4688"}}]}}},{"key":"provider","value":{"kvlistValue":{"values":[{"key":"name","value":{"stringValue":"Microsoft-Windows-Security-Auditing"}}]}}},{"key":"computer","value":{"stringValue":"WS01"}},{"key":"event_data","value":{"kvlistValue":{"values":[{"key":"NewProcessName","value":{"stringValue":"C:\\x.exe"}}]}}}]}}}]}]}]}"""
                .Replace("LINE", Sshd, StringComparison.Ordinal), utc);
        Assert.Equal("otlp", report.Files[0].Format);
        Assert.True(events[0].Source.Covers("linux", "sshd", null));
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12, DateTimeKind.Utc), events[0].Time.Utc);
        Assert.True(events[1].Source.Covers("windows", "security", "process_creation"));
        Assert.Equal(("C:\\x.exe", "WS01"), (events[1]["NewProcessName"], events[1].Host));
    }

    [Fact]
    public void A_document_that_breaks_off_costs_only_its_line()
    {
        var good = """{"streams":[{"stream":{"job":"auth"},"values":[["1741083072123456789","LINE"]]}]}""".Replace("LINE", Sshd, StringComparison.Ordinal);
        var (events, report) = ReadText.Of($"{good}\n{good[..60]} oops\n{good}\n", utc);
        Assert.Equal(2, events.Count);
        Assert.Equal(1, report.Files[0].Skipped.Values.Sum());
        Assert.Equal([1L, 3L], events.Select(e => e.Line));
    }

    [Fact]
    public void What_container_runtimes_keep_is_read_as_the_line_that_was_written()
    {
        var (events, report) = ReadText.Of("2025-03-04T10:11:12.123456789Z stdout P 203.0.113.9 - - [04/Mar/2025:10:11:12 +0000] \"GET /a?q=1\n2025-03-04T10:11:12.123456790Z stdout F 2 HTTP/1.1\" 200 12 \"-\" \"curl\"\n2025-03-04T10:11:13Z stderr F " + Sshd + "\n", utc);
        Assert.Equal("cri", report.Files[0].Format);
        Assert.Equal("/a?q=12", events[0]["c-uri"] ?? events[0]["cs-uri"]);
        Assert.True(events[1].Source.Covers("linux", "sshd", null));
        Assert.Equal([1L, 3L], events.Select(e => e.Line));
    }

    [Fact]
    public void Objects_of_powershell_are_their_properties_and_notes()
    {
        const string sysmon = "Process Create:_x000D__x000A_UtcTime: 2025-03-04 10:11:12.123_x000D__x000A_Image: C:\\Windows\\System32\\certutil.exe_x000D__x000A_CommandLine: certutil -urlcache &amp; x";
        var (events, report) = ReadText.Of($"""
            <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
              <Obj RefId="0">
                <TN RefId="0"><T>System.Diagnostics.Eventing.Reader.EventLogRecord</T></TN>
                <ToString>System.Diagnostics.Eventing.Reader.EventLogRecord</ToString>
                <Props>
                  <I32 N="Id">1</I32><Nil N="Qualifiers" /><I64 N="RecordId">12</I64>
                  <S N="ProviderName">Microsoft-Windows-Sysmon</S><S N="LogName">Microsoft-Windows-Sysmon/Operational</S><S N="MachineName">WS01</S>
                  <Obj N="UserId" RefId="1"><TN RefId="1"><T>x</T></TN><ToString>S-1-5-18</ToString><Props><S N="Value">S-1-5-18</S></Props></Obj>
                  <DT N="TimeCreated">2025-03-04T11:11:12.123+01:00</DT>
                  <Obj N="Properties" RefId="2"><LST><Obj RefId="3"><ToString>p</ToString></Obj></LST></Obj>
                </Props>
                <MS><S N="Message">{sysmon}</S></MS>
              </Obj>
            </Objs>
            """);
        Assert.Equal("clixml", report.Files[0].Format);
        var e = Assert.Single(events);
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
        Assert.Equal((@"C:\Windows\System32\certutil.exe", "certutil -urlcache & x", "WS01", 12L, 2L), (e["Image"], e["CommandLine"], e.Host, e.RecordId, e.Line));
        Assert.Equal(new LogTime(new DateTime(2025, 3, 4, 10, 11, 12, 123, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
    }

    [Fact]
    public void A_damaged_export_of_powershell_gives_what_stood_before_the_damage()
    {
        var (events, report) = ReadText.Of("<Objs Version=\"1.1.0.1\">\n<Obj RefId=\"0\"><Props><S N=\"a\">1</S></Props></Obj>\n<Obj RefId=\"1\"><Props><S N=\"a\">2</Props></Obj></Objs>");
        Assert.Single(events);
        Assert.Contains(report.Problems, p => p.Code == LogProblemCodes.Malformed && p.Line == 3);
    }

    [Theory]
    [InlineData("Timestamp                       (process)[PID]    \n2025-03-04 11:11:12.123456+0100  localhost sudo[77]: (libsystem.dylib) [com.apple.sudo:auth] eve : COMMAND=/bin/sh\nmore\n2025-03-04 11:11:13.123456+0100  localhost kernel[0]: x\n")]
    [InlineData("Timestamp                       Thread     Type        Activity             PID    TTL  \n2025-03-04 11:11:12.123456+0100 0x3f1      Default     0x0                  77     0    sudo: (libsystem.dylib) [com.apple.sudo:auth] eve : COMMAND=/bin/sh\nmore\n2025-03-04 11:11:13.123456+0100 0x3f1      Default     0x0                  0     0    kernel: x\n")]
    [InlineData("Timestamp               Ty Process[PID:TID]\n2025-03-04 10:11:12.123 Df sudo[77:3f1] (libsystem.dylib) [com.apple.sudo:auth] eve : COMMAND=/bin/sh\nmore\n2025-03-04 10:11:13.123 E  kernel[0:1] x\n")]
    public void The_unified_log_of_macos_in_all_its_styles(string text)
    {
        var (events, report) = ReadText.Of(text, utc);
        Assert.Equal("macos-log", report.Files[0].Format);
        Assert.Equal(2, events.Count);
        Assert.Equal(("sudo", "77", "com.apple.sudo", "auth", "libsystem.dylib"), (events[0]["process"], events[0]["processID"], events[0]["subsystem"], events[0]["category"], events[0]["sender"]));
        Assert.Equal("eve : COMMAND=/bin/sh\nmore", events[0]["eventMessage"]);
        Assert.True(events[0].Source.Covers("macos", null, null));
        Assert.Equal([2L, 4L], events.Select(e => e.Line));
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12, DateTimeKind.Utc), events[0].Time.Utc.AddTicks(-(events[0].Time.Utc.Ticks % TimeSpan.TicksPerSecond)));
    }

    [Theory]
    [InlineData("""{"entries":[{"a":1}],"time":"2025-03-04T10:11:12Z","columns":["x"]}""")]
    [InlineData("""{"time":"2025-03-04T10:11:12Z","results":[{"field":"a"}],"values":[1,2]}""")]
    [InlineData("""{"time":"2025-03-04T10:11:12Z","snapshot":"x","hostIdentifier":"y"}""")]
    public void Other_records_stay_what_they_are(string record) => Assert.DoesNotContain(ReadText.Of(record + "\n" + record).Report.Files[0].Format, new[] { "osquery", "logs-insights", "query-columns" });
}
