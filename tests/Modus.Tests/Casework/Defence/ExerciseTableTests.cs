using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Xunit;

namespace Modus.Tests.Casework.Defence;

public sealed class ExerciseTableTests
{
    [Theory]
    [InlineData("Test ID;MITRE Technique;Test Case Name;Outcome;Target Host;Execution Date\n1;T1059.001;PS;Detected;WS01;04.05.2026\n2;T1003/001;LSASS;Not Detected;WS01;04.05.2026\n")]
    [InlineData("Technique\tDetected?\tComputer\tTimestamp\nT1059.001\tYes\tWS01\t2026-05-04T10:00:00Z\nT1003.001\tno\tWS01\t2026-05-04T10:00:00Z\n")]
    [InlineData("#,What we ran,Alert raised by SIEM,machine,Executed\n1,T1059.001 PowerShell,TRUE,WS01,5/4/2026 10:00\n2,T1003.001 LSASS,FALSE,WS01,5/4/2026 11:00\n3,T1047 WMI,FALSE,WS01,4/28/2026 9:00\n")]
    public void Tables_of_other_tools_say_the_same(string text)
    {
        using var folder = new DefenceFolder();
        folder.Write("run.csv", text);
        var results = folder.Load().Inventory.Exercises.Where(result => result.Technique.Id is "T1059.001" or "T1003.001").ToList();
        Assert.Equal([ExerciseOutcome.Detected, ExerciseOutcome.Missed], results.Select(result => result.Outcome));
        Assert.All(results, result => Assert.Equal(("WS01", new DateOnly(2026, 5, 4)), (result.Host, result.Date!.Value)));
    }

    [Fact]
    public void What_was_seen_in_part_is_more_than_nothing_and_less_than_an_alert()
    {
        using var folder = new DefenceFolder();
        folder.Write("run.csv", "technique,outcome,date\nT1059.001,Partially Detected,2026-05-04\nT1047,Partially blocked,2026-05-04\n");
        Assert.All(folder.Load().Inventory.Exercises, result => Assert.Equal(ExerciseOutcome.Logged, result.Outcome));
        Assert.Equal(2, folder.Load().Inventory.Exercises.Count);
    }

    [Fact]
    public void A_day_that_may_be_read_both_ways_counts_as_none_and_is_named()
    {
        using var folder = new DefenceFolder();
        folder.Write("run.csv", "technique,outcome,date\nT1059.001,detected,05/04/2026\nT1047,detected,04/04/2026\n");
        Assert.Equal([null, new DateOnly(2026, 4, 4)], folder.Load().Inventory.Exercises.Select(result => result.Date));
        Assert.Contains(folder.Context.Problems, problem => problem.Message.Contains("day first or month first", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_without_an_outcome_is_refused_with_its_columns()
    {
        using var folder = new DefenceFolder();
        folder.Write("run.csv", "technique,colour\nT1059.001,red\n");
        folder.Load();
        Assert.Contains(folder.Context.Problems, problem => problem.Message.Contains("technique, colour", StringComparison.Ordinal));
    }

    [Fact]
    public void Logs_and_lists_are_no_tables_of_outcomes()
    {
        Assert.False(ExerciseTable.IsHead("time,level,techniques,status\n2026-01-01,high,T1059.001,open\n"u8));
        Assert.False(ExerciseTable.IsHead("rule,id,enabled\nx,T1059.001,yes\n"u8));
    }
}
