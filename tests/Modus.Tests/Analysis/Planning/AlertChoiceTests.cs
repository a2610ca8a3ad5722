using Modus.Analysis.Planning.Response;
using Xunit;

namespace Modus.Tests.Analysis.Planning;

public sealed class AlertChoiceTests
{
    private static readonly DateTime start = new(2026, 3, 9, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void First_the_one_that_brings_the_grave_alert_forward_then_what_shows_most_then_what_comes_soonest()
    {
        AlertSource[] have = [Of("own", true, 600, "T1486"), Of("low", false, 0, "T1204")];
        AlertSource[] more = [Of("late", true, 300, "T1003"), Of("early", true, 10, "T1218"), Of("two", false, 200, "T1016", "T1033"), Of("soon", false, 20, "T1049"), Of("known", false, 5, "T1486")];

        var chosen = AlertChoice.Choose(have, more, 5);

        Assert.Equal(["early", "two", "soon", "late"], chosen.Select(source => source.Id)); // "known" adds nothing
        Assert.Equal(start.AddMinutes(600), AlertChoice.FirstGrave(have));
        Assert.Equal(start.AddMinutes(10), AlertChoice.FirstGrave([.. have, .. chosen]));
        Assert.Equal(["early", "two"], AlertChoice.Choose(have, more, 2).Select(source => source.Id));
        Assert.Null(AlertChoice.FirstGrave([Of("low", false, 0, "T1204")]));
    }

    private static AlertSource Of(string id, bool isGrave, int minutes, params string[] techniques) => new(id, isGrave, start.AddMinutes(minutes), techniques);
}
