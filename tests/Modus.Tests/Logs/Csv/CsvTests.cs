using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Csv;

public sealed class CsvTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Finds_the_delimiter_and_reads_quoted_fields(char delimiter)
    {
        var text = "time,src_ip,dst_ip,note\n2025-01-02T03:04:05Z,10.0.0.1,10.0.0.2,\"a ; , | \"\"b\"\"\nc\"\n2025-01-02T03:04:06Z,10.0.0.3,,x\n".Replace(',', delimiter);
        var (events, report) = ReadText.Of(text);
        Assert.Equal(2, events.Count);
        Assert.Equal("csv", report.Files[0].Format);
        Assert.Empty(report.Problems);
        Assert.Equal("a ; , | \"b\"\nc".Replace(',', delimiter), events[0]["note"]);
        Assert.Equal([2L, 4], events.Select(e => e.Line));
        Assert.Null(events[1]["dst_ip"]);
        Assert.Equal(ValueKind.Blank, events[1].Fields.Single(f => f.Name == "dst_ip").Kind);
        Assert.True(events[0].Source.Covers(null, null, "firewall"));
    }

    [Fact]
    public void Times_without_a_zone_are_asked_about_and_then_shifted()
    {
        const string text = "time;src_ip;dst_ip\n2025-01-02 03:04:05;10.0.0.1;10.0.0.2\n";
        var (events, report) = ReadText.Of(text);
        Assert.Equal(TimeQuality.ZoneUnknown, events[0].Time.Quality);
        var problem = Assert.Single(report.Problems);
        Assert.Equal(LogProblemCodes.ZoneUnknown, problem.Code);
        Assert.Contains('?', problem.Message);

        (events, report) = ReadText.Of(text, new LogReadOptions { AssumedOffset = TimeSpan.FromHours(2) });
        Assert.Equal(new LogTime(new DateTime(2025, 1, 2, 1, 4, 5, DateTimeKind.Utc), TimeQuality.ZoneAssumed), events[0].Time);
        Assert.Empty(report.Problems);
    }

    [Fact]
    public void The_audit_data_column_of_a_unified_audit_log_is_the_record()
    {
        var (events, report) = ReadText.Of(
            "CreationDate,UserIds,Operations,AuditData\n"
            + "2025-01-02T03:04:05.0Z,m@x.example,New-InboxRule,\"{\"\"CreationTime\"\":\"\"2025-01-02T03:04:05\"\",\"\"Operation\"\":\"\"New-InboxRule\"\",\"\"Workload\"\":\"\"Exchange\"\",\"\"Parameters\"\":[{\"\"Name\"\":\"\"MoveToFolder\"\",\"\"Value\"\":\"\"RSS\"\"}]}\"\n");
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal("New-InboxRule", e["Operation"]);
        Assert.Equal("RSS", e["Parameters.Value"]);
        Assert.True(e.Source.Covers("m365", "exchange", null));
        Assert.Equal(TimeQuality.Exact, e.Time.Quality);
    }

    [Fact]
    public void A_row_of_another_width_is_read_and_told()
    {
        var rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},b,c\n"));
        var (events, report) = ReadText.Of("a,b,c\n" + rows + "1,2\n1,2,3,4\n");
        Assert.Equal(32, events.Count);
        Assert.Contains(report.Problems, p => p.Code == LogProblemCodes.Malformed && p.Count == 2 && p.Line == 32);
    }

    [Fact]
    public void A_quote_that_never_closes_does_not_swallow_the_file()
    {
        var text = new StringBuilder("a,b,c\n");
        for (var i = 0; i < 100_000; i++) text.Append(i == 500 ? "1,\"torn,x\n" : $"{i},some value,other\n");
        var (events, report) = ReadText.Of(text.ToString());
        Assert.True(events.Count > 99_000, $"{events.Count} rows");
        Assert.Contains(report.Problems, p => p.Code == LogProblemCodes.Malformed);
    }

    [Fact]
    public void Prose_is_no_csv()
    {
        var (events, report) = ReadText.Of("Notes, taken by hand\n\nThe host was seen, then it was gone, and so on.\nNothing else.\n");
        Assert.Empty(events);
        Assert.Equal(LogProblemCodes.UnknownFormat, Assert.Single(report.Problems).Code);
    }
}
