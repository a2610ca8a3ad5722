using Modus.Casework.Investigation;
using Modus.Casework.Reporting;
using Xunit;

namespace Modus.Tests.Casework.Reporting;

/// <summary>What a report counts and says.</summary>
public sealed class CaseReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_number_has_its_denominator_and_its_records()
    {
        var report = WrittenCase.Report(folder.Path);

        Assert.Equal(["T1003.003", "T1003.006", "T1059.001"], report.Established.Select(technique => technique.Id));
        Assert.Equal((2L, 3L), Of(report, "seen"));
        Assert.Equal((2L, 3L), Of(report, "told"));
        Assert.Equal((1L, 3L), Of(report, "told-not-seen"));
        Assert.Equal((1L, 4L), Of(report, "not-counted"));
        Assert.Equal((1L, 4L), Of(report, "decided"));
        Assert.Equal((1L, 1L), Of(report, "second-person"));
        Assert.Equal((4L, 1000L), Of(report, "events"));
        Assert.Equal((2L, 2L), Of(report, "hosts"));
        Assert.Equal((2L, 2L), Of(report, "open-gaps"));
        Assert.Equal(["P-dc"], report.Figures["told-not-seen"].Ids);
        Assert.All(report.Figures.Values.Where(figure => figure.Count > 0), figure => Assert.NotEmpty(figure.Ids));
        Assert.Equal((WrittenCase.At(9, 8, 43), WrittenCase.At(10, 3, 2), WrittenCase.At(14, 10, 1)), (report.First!.Value, report.Last!.Value, report.AsOf!.Value));
        Assert.Equal(Standing.Suggested, report.Techniques.Single(technique => technique.Id == "T1105").Standing);
    }

    [Fact]
    public void The_brief_tells_days_doubts_and_what_to_do()
    {
        var brief = Brief.Of(WrittenCase.Report(folder.Path));

        Assert.Contains("Between 9 March 2026 08:43 and 10 March 2026 03:02 UTC the adversary used 3 techniques in", brief.WhatHappened, StringComparison.Ordinal);
        Assert.Contains("on 2 hosts. It began with PowerShell and ended with NTDS.", brief.WhatHappened, StringComparison.Ordinal);
        Assert.Equal([(new DateOnly(2026, 3, 9), 1), (new DateOnly(2026, 3, 10), 1)], brief.Days.Select(day => (day.Date, day.Techniques.Count)));
        Assert.Contains(brief.WhatToDo, action => action.What == "Find out what happened on WKS in the 25 min from 9 Mar 09:40 UTC" && action.Ids is ["I-hole"]);
        Assert.Contains(brief.WhatToDo, action => action.What == "Answer: how the password was known");
        Assert.Contains(brief.WhatToDo, action => action.What.StartsWith("Settle 1 contradiction", StringComparison.Ordinal) && action.Why.Contains("T1003.003", StringComparison.Ordinal));
        Assert.Contains(brief.WhatToDo, action => action.What == "Finish the review" && action.Why.StartsWith("3 of 4 procedures", StringComparison.Ordinal));
        Assert.All(brief.HowSure.Concat(brief.WhatToDo), action => Assert.NotEmpty(action.Ids));
        Assert.Empty(brief.Watched);
        Assert.Contains("no inventory of its defence", Assert.Single(brief.Missing), StringComparison.Ordinal);
    }

    private static (long, long) Of(CaseReport report, string key) => (report.Figures[key].Count, report.Figures[key].Of);
}
