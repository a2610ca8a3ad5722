using Xunit;

namespace Modus.Tests.Logs.Reading;

/// <summary>What dumpers of EVTX files print: a line with the record's number before each event.</summary>
public sealed class DumpTests
{
    private const string Json = """{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","EventRecordID":NUMBER},"EventData":{"Image":"a.exe"}}}""";
    private const string Xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System><Provider Name=\"Microsoft-Windows-Sysmon\"/><EventID>1</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><EventRecordID>NUMBER</EventRecordID></System><EventData><Data Name=\"Image\">a.exe</Data></EventData></Event>";

    [Theory]
    [InlineData("json", Json, "")]
    [InlineData("json", Json, "\n")]
    [InlineData("windows-xml", Xml, "")]
    public void Events_below_their_numbers(string format, string body, string inside)
    {
        var text = string.Concat(Enumerable.Range(1, 3).Select(number => $"Record {number}\n{body.Replace("NUMBER", $"{number}", StringComparison.Ordinal).Replace(",\"EventData\"", $",{inside}\"EventData\"", StringComparison.Ordinal)}\n"));
        var (events, report) = ReadText.Of(text);
        Assert.Empty(report.Problems);
        Assert.Equal(format, report.Files[0].Format);
        Assert.Equal([1L, 2, 3], events.Select(e => e.RecordId));
        Assert.All(events, e => Assert.Equal("a.exe", e["Image"]));
    }
}
