using System.Text.Json;
using Modus.Analysis.Knowledge;
using Xunit;

namespace Modus.Tests.Analysis.Knowledge;

public sealed class SourceDateTests
{
    [Theory]
    [InlineData("Author. (2018, October 03). Title. Retrieved May 1, 2020.", "2018-10-03")]
    [InlineData("Author. (2018, October). Title. Retrieved May 1, 2020.", "2018-10-15")]
    [InlineData("Author. (March 9, 2021). Title.", "2021-03-09")]
    [InlineData("Author. (2017). Title.", "2017-07-01")]
    [InlineData("Team (Unit 9). (2019, Sept 5). Title.", "2019-09-05")]
    [InlineData("Author. (n.d.). Title. Retrieved (2020, May 1).", null)]
    [InlineData("Author. (2018, February 31). Title.", null)]
    [InlineData("Author. (2018, a copy). Title.", null)]
    [InlineData("", null)]
    public void A_reference_gives_the_day_in_its_first_dated_bracket(string text, string? day) =>
        Assert.Equal(day, SourceDate.FromReference(text)?.ToString("yyyy-MM-dd"));

    [Theory]
    [InlineData("Vendor Actor March 2021", "2021-03-15")]
    [InlineData("Vendor Actor Jul 2018", "2018-07-15")]
    [InlineData("Vendor Actor 2018", null)]
    [InlineData("May be nothing", null)]
    public void A_name_gives_a_month_and_a_year_or_nothing(string name, string? day) =>
        Assert.Equal(day, SourceDate.FromName(name)?.ToString("yyyy-MM-dd"));

    [Fact]
    public void The_embedded_dates_agree_with_another_reading_of_the_same_references()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.Need("attribution/citation-dates.json")));
        int both = 0, same = 0;
        foreach (var item in document.RootElement.EnumerateObject())
        {
            if (!item.Value.TryGetProperty("from", out var from) || from.GetString() != "reference") continue;
            if (!EmbeddedFacts.SourceDates.TryGetValue(item.Name, out var day)) continue;
            both++;
            if (day == DateOnly.Parse(item.Value.GetProperty("date").GetString()!)) same++;
        }
        Assert.True(both > 1_500, $"only {both} in both");
        Assert.True(both - same <= 3, $"{both - same} of {both} differ");
    }
}
