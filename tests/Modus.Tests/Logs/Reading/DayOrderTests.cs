using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Reading;

/// <summary>Dates of which day and month may change places: the file's other dates decide, and a doubt is said.</summary>
public sealed class DayOrderTests
{
    private const string Header = "TimeCreated,Id,LogName,ProviderName,Message\n";

    private static string Row(string date) => $"{date},1,Security,x,y\n";

    [Theory]
    [InlineData("3/4/2025 10:11:12", "23/4/2025 10:11:12", 4, 3)]
    [InlineData("03/04/2025 10:11:12", "23/04/2025 10:11:12", 4, 3)]
    [InlineData("3/4/2025 10:11:12", "4/23/2025 10:11:12", 3, 4)]
    [InlineData("03-04-2025 10:11:12", "05-04-2025 10:11:12", 4, 3)]
    [InlineData("03.04.2025 10:11:12", "05.04.2025 10:11:12", 4, 3)]
    public void A_day_above_twelve_decides_for_all(string date, string other, int month, int day)
    {
        var (events, report) = ReadText.Of(Header + Row(date) + Row(other), new LogReadOptions { AssumedOffset = TimeSpan.Zero });
        Assert.Equal(new DateTime(2025, month, day, 10, 11, 12), events[0].Time.Utc);
        Assert.DoesNotContain(report.Problems, p => p.Code == LogProblemCodes.DayOrderUnknown);
    }

    [Fact]
    public void It_may_stand_anywhere_in_a_file()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "log.csv");
        File.WriteAllText(path, Header + string.Concat(Enumerable.Repeat(Row("3/4/2025 10:11:12"), 20_000)) + Row("23/4/2025 10:11:12"));
        var reader = new LogReader(new LogReadOptions { Threads = 1 });
        Assert.Equal(4, reader.Read(path).First().Time.Utc.Month);
    }

    [Fact]
    public void A_doubt_is_said_and_can_be_settled()
    {
        var text = Header + Row("3/4/2025 10:11:12") + Row("5/5/2025 10:11:12");
        var (events, report) = ReadText.Of(text);
        Assert.Equal(3, events[0].Time.Utc.Month);
        Assert.Equal(1, Assert.Single(report.Problems, p => p.Code == LogProblemCodes.DayOrderUnknown).Count);
        (events, report) = ReadText.Of(text, new LogReadOptions { DayFirst = true });
        Assert.Equal(4, events[0].Time.Utc.Month);
        Assert.DoesNotContain(report.Problems, p => p.Code == LogProblemCodes.DayOrderUnknown);
    }

    [Fact]
    public void Dates_that_are_no_times_of_the_events_leave_no_doubt() => Assert.DoesNotContain(
        ReadText.Of("{\"@timestamp\":\"2025-03-04T10:11:12Z\",\"message\":\"at 3/4/2025 10:11 it began\"}\n").Report.Problems, p => p.Code == LogProblemCodes.DayOrderUnknown);

    [Theory]
    [InlineData("Mar 4, 2025 10:11:12 PM", 22)]
    [InlineData("Mar 4, 2025 12:11:12 AM", 0)]
    [InlineData("3/14/2025 10:11:12 pm", 22)]
    public void Halves_of_the_day(string date, int hour) => Assert.Equal(hour, ReadText.Of(Header + Row($"\"{date}\"")).Events[0].Time.Utc.Hour);
}
