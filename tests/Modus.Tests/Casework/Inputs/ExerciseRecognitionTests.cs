using Modus.Casework.Inputs;
using Xunit;

namespace Modus.Tests.Casework.Inputs;

/// <summary>Tables of outcomes are told from tables of events.</summary>
public sealed class ExerciseRecognitionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Assessment,Test Case,MITRE ID,Status,Outcome\nQ1,Encoded command,T1059.001,Completed,Alert\n", InputKind.Exercises)]
    [InlineData("technique;outcome;date\nT1053.005 - Scheduled Task;missed;2026-02-17\n", InputKind.Exercises)]
    [InlineData("\uFEFFTechnique ID,Result\nnone,\nT1490,Blocked\n", InputKind.Exercises)]
    [InlineData("time,host,method,status,url\n2026-03-09T08:43:52Z,web,GET,200,/\n2026-03-09T08:43:53Z,web,GET,404,/x\n", InputKind.Logs)]
    [InlineData("technique,outcome\nsomething,else\n", InputKind.Logs)]
    [InlineData("They used T1059.001, result: the outcome was bad.\nMore words.\n", InputKind.Report)]
    public void Told_by_columns_and_cells(string text, InputKind expected)
    {
        var path = folder.Write("table.csv", text);

        Assert.Equal(expected, InputRecognition.Tell(new InputFile(path, new FileInfo(path).Length), LogRecognition.IsLog));
    }
}
