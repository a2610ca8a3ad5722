using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Json;

public sealed class JsonShapeTests
{
    private const string Attributes = """{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":{"#text":1,"#attributes":{"Qualifiers":5}},"TimeCreated":{"#attributes":{"SystemTime":"2025-01-02T03:04:05.5Z"}},"EventRecordID":7,"Correlation":null,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"w1"},"EventData":{"Image":"C:\\a.exe","ProcessId":4}}}""";
    private const string Separated = """{"Event":{"System":{"Provider_attributes":{"Name":"Microsoft-Windows-Sysmon"},"EventID":1,"TimeCreated_attributes":{"SystemTime":"2025-01-02T03:04:05.5Z"},"EventRecordID":7,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"w1"},"EventData":{"Image":"C:\\a.exe","ProcessId":4}}}""";
    private const string Winlogbeat = """{"@timestamp":"2025-01-02T03:04:05.500Z","host":{"name":"other"},"winlog":{"provider_name":"Microsoft-Windows-Sysmon","event_id":1,"record_id":7,"channel":"Microsoft-Windows-Sysmon/Operational","computer_name":"w1","event_data":{"Image":"C:\\a.exe","ProcessId":4}}}""";
    private const string Nxlog = """{"EventTime":"2025-01-01 00:00:00","@timestamp":"2025-01-02T03:04:05.5Z","Hostname":"w1","SourceName":"Microsoft-Windows-Sysmon","EventID":1,"RecordNumber":7,"Channel":"Microsoft-Windows-Sysmon/Operational","Image":"C:\\a.exe","ProcessId":4}""";

    [Theory]
    [InlineData(Attributes, "evtx")]
    [InlineData(Separated, "evtx")]
    [InlineData(Winlogbeat, "winlogbeat")]
    [InlineData(Nxlog, "nxlog")]
    public void Every_shape_of_a_windows_event_shows_the_same_fields(string json, string shape)
    {
        var (events, report) = ReadText.Of(json);
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal(shape, e.Shape);
        Assert.Equal("Microsoft-Windows-Sysmon/Operational", e["Channel"]);
        Assert.Equal(@"C:\a.exe", e["Image"]);
        Assert.Equal("4", e["ProcessId"]);
        Assert.Equal("w1", e.Host);
        Assert.Equal(7, e.RecordId);
        Assert.Equal(new LogTime(new DateTime(2025, 1, 2, 3, 4, 5, 500, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
        var reader = new LogReader();
        var names = new[] { "Provider_Name", "Computer", "EventID", "EventRecordID" }.Select(reader.Fields.Intern).ToArray();
        foreach (var found in reader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), "test"))
            Assert.Equal(["Microsoft-Windows-Sysmon", "w1", "1", "7"], names.Select(n => found.TryGet(n, out var text) ? System.Text.Encoding.UTF8.GetString(text) : null));
    }

    [Fact]
    public void Shapes_may_change_from_line_to_line()
    {
        var lines = new[] { Nxlog, Winlogbeat, """{"@timestamp":"2025-01-02T03:04:05Z","x":1}""", Attributes, Winlogbeat, Separated, Nxlog };
        var (events, report) = ReadText.Of(string.Join('\n', lines));
        Assert.Equal(["nxlog", "winlogbeat", "plain", "evtx", "winlogbeat", "evtx", "nxlog"], events.Select(e => e.Shape));
        Assert.Equal(LogProblemCodes.UnknownShape, Assert.Single(report.Problems).Code);
    }

    [Fact]
    public void Records_in_the_envelope_of_a_search_engine_are_read_like_bare_ones()
    {
        var (events, report) = ReadText.Of($"{{\"_index\":\"w\",\"_source\":{Winlogbeat},\"sort\":[1]}}\n{{\"_index\":\"w\",\"_source\":{{\"q\":1}}}}\n{{\"result\":{Nxlog}}}\n{{\"result\":\"ok\",\"q\":2}}\n");
        Assert.Equal(["winlogbeat", "plain", "nxlog", "plain"], events.Select(e => e.Shape));
        Assert.Equal(@"C:\a.exe", events[0]["Image"]);
        Assert.Equal("1", events[1]["_source.q"]);
        Assert.Equal(LogProblemCodes.UnknownShape, Assert.Single(report.Problems).Code);
    }

    [Fact]
    public void An_unknown_shape_is_named_with_its_fields()
    {
        var (events, report) = ReadText.Of("{\"alpha\":{\"beta\":1},\"gamma\":\"x\"}\n{\"alpha\":{\"beta\":2}}\n");
        var problem = Assert.Single(report.Problems);
        Assert.Equal((LogProblemCodes.UnknownShape, 1L, 2L), (problem.Code, problem.Line, problem.Count));
        Assert.Contains("alpha.beta", problem.Message, StringComparison.Ordinal);
        Assert.Contains("gamma", problem.Message, StringComparison.Ordinal);
        Assert.Same(LogSource.Unknown.Product, events[0].Source.Product);
        Assert.Equal("1", events[0]["alpha.beta"]);
    }

    [Fact]
    public void A_users_mapping_comes_before_the_shipped_ones()
    {
        var mappings = LogMappings.Default.With(
            """{"shapes":[{"name":"mine","readers":["json"],"product":"acme","needs":[["gamma"]],"fields":{"gamma":["gamma","CommandLine"]},"time":["when"],"host":["box"],"key":["kind"]}],"sources":[{"product":"acme","service":"shell","category":"process_creation","when":{"kind":["run*"]},"fields":{"Image":"prog"}}]}"""u8.ToArray(),
            "mine.json",
            out var problem);
        Assert.Null(problem);
        var reader = new LogReader(new LogReadOptions { Mappings = mappings });
        var command = reader.Fields.Intern("CommandLine");
        var seen = 0;
        foreach (var e in reader.Read(new MemoryStream("{\"gamma\":\"ls\",\"when\":1700000000,\"box\":\"b\",\"kind\":\"runner\"}"u8.ToArray()), "test"))
        {
            seen++;
            Assert.True(e.TryGet(command, out var text) && text.SequenceEqual("ls"u8));
            Assert.True(e.Source.Covers("acme", "shell", "process_creation"));
            Assert.Equal("prog", e.Source.FieldFor("Image", null, "process_creation"));
            Assert.Equal("Other", e.Source.FieldFor("Other", null, "process_creation"));
            Assert.Equal([new("kind", "runner")], e.Source.Constants);
            Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), e.Time.Utc);
            Assert.True(e.Host.SequenceEqual("b"u8));
        }

        Assert.Equal(1, seen);
        Assert.Empty(reader.Report.Problems);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"shapes\":[{}]}")]
    [InlineData("{\"shapes\":5}")]
    [InlineData("{\"shapes\":[{\"name\":\"a\",\"needs\":[1]}]}")]
    public void A_broken_mapping_file_is_a_problem_and_changes_nothing(string json)
    {
        var mappings = LogMappings.Default.With(System.Text.Encoding.UTF8.GetBytes(json), "bad.json", out var problem);
        Assert.Same(LogMappings.Default, mappings);
        Assert.Equal((LogProblemCodes.Mapping, "bad.json"), (problem?.Code, problem?.File));
    }

    [Fact]
    public void Security_4688_is_process_creation_under_other_names()
    {
        var (events, _) = ReadText.Of("""{"Channel":"Security","EventID":"4688","NewProcessName":"C:\\a.exe","@timestamp":"2025-01-02T03:04:05Z"}""");
        var source = events[0].Source;
        Assert.True(source.Covers("windows", "security", "process_creation"));
        Assert.False(source.Covers("windows", "sysmon", null));
        Assert.Equal("NewProcessName", source.FieldFor("Image", null, "process_creation"));
        Assert.Equal("Image", source.FieldFor("Image", "security", null));
    }

    [Fact]
    public void An_event_id_of_another_channel_is_not_taken_for_it()
    {
        var (events, _) = ReadText.Of("""{"Channel":"Application","EventID":1,"@timestamp":"2025-01-02T03:04:05Z"}""");
        Assert.Empty(events[0].Source.Categories);
        Assert.Equal(["application"], events[0].Source.Services);
    }
}
