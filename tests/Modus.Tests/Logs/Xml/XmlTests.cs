using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Xml;

public sealed class XmlTests
{
    private const string One = """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID>1</EventID><Level>4</Level><TimeCreated SystemTime='2025-01-02T03:04:05.1234567Z'/><EventRecordID>77</EventRecordID><Correlation/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>w1</Computer><Security UserID='S-1-5-18'/></System><EventData><Data Name='Image'>C:\a &amp; b.exe</Data><Data Name='Empty'></Data><Data>x</Data><Data>y</Data></EventData><RenderingInfo Culture='en-US'><Message>Process Create</Message><Level>Information</Level></RenderingInfo></Event>
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_exported_events(bool utf16)
    {
        var text = "<?xml version=\"1.0\"?>\r\n<Events>" + One + One.Replace("77", "78") + "</Events>";
        var (events, report) = ReadText.Of(utf16 ? [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)] : Encoding.UTF8.GetBytes(text));
        Assert.Empty(report.Problems);
        Assert.Equal([77L, 78], events.Select(e => e.RecordId));
        var e = events[0];
        Assert.Equal(@"C:\a & b.exe", e["Image"]);
        Assert.Equal("Microsoft-Windows-Sysmon", e["Provider_Name"]);
        Assert.Equal("4", e["Level"]);
        Assert.Equal("Process Create", e["Message"]);
        Assert.Equal(["x", "y"], e.Fields.Where(f => f.Name == "Data").Select(f => f.Text));
        Assert.Equal(ValueKind.Null, e.Fields.Single(f => f.Name == "Empty").Kind);
        Assert.Equal("w1", e.Host);
        Assert.Equal(new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567), e.Time.Utc);
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
    }

    [Fact]
    public void An_event_that_is_cut_off_costs_only_itself()
    {
        var (events, report) = ReadText.Of("<Events>" + One + "<Event><System><EventID>1</Event>" + One + "<Event><System>");
        Assert.Equal(2, events.Count);
        Assert.Equal(4, report.Records);
        Assert.All(report.Problems, p => Assert.Equal(LogProblemCodes.Malformed, p.Code));
    }

    [Fact]
    public void Entities_of_a_document_type_are_never_expanded()
    {
        var (events, report) = ReadText.Of("<!DOCTYPE x [<!ENTITY a \"b\">]>\n" + One.Replace("&amp;", "&a;"));
        Assert.Empty(events);
        Assert.Equal(LogProblemCodes.Malformed, Assert.Single(report.Problems).Code);
    }
}
