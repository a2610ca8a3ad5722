using System.Text.Json;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.WindowsText;

/// <summary>Windows events as text: what Splunk keeps, what wevtutil prints, what Event Viewer and PowerShell save.</summary>
public sealed class EventTextTests
{
    private const string Line = @"whoami.exe /all";
    private const string Message = "A new process has been created.\r\n\r\nCreator Subject:\r\n\tSecurity ID:\t\tS-1-5-21-1-2-3-1001\r\n\tAccount Name:\t\tmara\r\n\r\nProcess Information:\r\n\tNew Process Name:\tC:\\Windows\\System32\\whoami.exe\r\n\tProcess Command Line:\t" + Line + "\r\n\r\nToken Elevation Type indicates:\r\nLogName=x";

    private static string Splunk(int second) => $"03/04/2025 10:11:{second} AM\nLogName=Security\nEventCode=4688\nEventType=0\nComputerName=w1\nSourceName=Microsoft Windows security auditing.\nType=Information\nRecordNumber={second}\nKeywords=Audit Success\nTaskCategory=Process Creation\nOpCode=Info\nMessage={Message}\n";

    private static string Printed(int number) => $"Event[{number}]:\r\n  Log Name: Security\r\n  Source: Microsoft-Windows-Security-Auditing\r\n  Date: 2025-03-04T10:11:{number + 12}.345\r\n  Event ID: 4688\r\n  Task: Process Creation\r\n  Level: Information\r\n  Computer: w1\r\n  Description: \r\n{Message}\r\n\r\n";

    public static TheoryData<string, string> Forms => new()
    {
        { "windows-text", Splunk(12) + "\n" + Splunk(13) },
        { "windows-text", Printed(0) + Printed(1) },
        { "json-lines", string.Concat(new[] { 12, 13 }.Select(second => JsonSerializer.Serialize(new Dictionary<string, object> { ["preview"] = false, ["result"] = new Dictionary<string, string> { ["_raw"] = Splunk(second), ["host"] = "w1" } }, Plain.Default.Options) + "\n")) },
        { "csv", "\"_time\",\"host\",\"_raw\"\n" + string.Concat(new[] { 12, 13 }.Select(second => $"\"2025-03-04T10:11:{second}Z\",\"w1\",\"{Splunk(second)}\"\n")) },
        { "csv", "Keywords,Date and Time,Source,Event ID,Task Category\r\n" + string.Concat(new[] { 12, 13 }.Select(second => $"Audit Success,3/4/2025 10:11:{second} AM,Microsoft-Windows-Security-Auditing,4688,Process Creation,\"{Message}\"\r\n")) },
        { "csv", "Schlüsselwörter\tDatum und Uhrzeit\tQuelle\tEreignis-ID\tAufgabenkategorie\r\n" + string.Concat(new[] { 12, 13 }.Select(second => $"Überwachung erfolgreich\t04.03.2025 10:11:{second}\tMicrosoft-Windows-Security-Auditing\t4688\tx\t\"{Message}\"\r\n")) },
        { "csv", "\"EventID\",\"MachineName\",\"Index\",\"EntryType\",\"Message\",\"Source\",\"TimeGenerated\"\r\n" + string.Concat(new[] { 12, 13 }.Select(second => $"\"4688\",\"w1\",\"{second}\",\"SuccessAudit\",\"{Message}\",\"Microsoft-Windows-Security-Auditing\",\"3/4/2025 10:11:{second} AM\"\r\n")) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Events_in_all_forms_of_text(string format, string text)
    {
        var (events, report) = ReadText.Of(text, new LogReadOptions { AssumedOffset = TimeSpan.Zero });
        Assert.Equal((format, 2), (report.Files[0].Format, events.Count));
        Assert.Equal(2, report.Records);
        Assert.Equal([12, 13], events.Select(e => e.Time.Utc.Second));
        Assert.All(events, e =>
        {
            Assert.Equal(("Security", "4688", Line, "mara"), (e["Channel"], e["EventID"], e["CommandLine"], e["SubjectUserName"]));
            Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 0, DateTimeKind.Utc), e.Time.Utc.Date + new TimeSpan(e.Time.Utc.Hour, e.Time.Utc.Minute, 0));
            Assert.True(e.Source.Covers("windows", "security", "process_creation"));
        });
    }

    [Fact]
    public void Many_events_are_cut_between_records()
    {
        var text = string.Concat(Enumerable.Range(0, 6000).Select(number => Splunk(10 + (number % 50)) + "\n"));
        var (events, report) = ReadText.Of(text, new LogReadOptions { AssumedOffset = TimeSpan.Zero });
        Assert.All(report.Problems, problem => Assert.Equal(LogProblemCodes.DayOrderUnknown, problem.Code)); // 3/4 can be read both ways
        Assert.Equal(6000, events.Count);
        Assert.All(events, e => Assert.Equal(Line, e["CommandLine"]));
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, object>))]
[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
[System.Text.Json.Serialization.JsonSerializable(typeof(bool))]
internal sealed partial class Plain : System.Text.Json.Serialization.JsonSerializerContext;
