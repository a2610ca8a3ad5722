using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Evtx;

public sealed class EvtxSampleTests
{
    [Theory]
    [InlineData("logs/hayabusa-sample.zip", 593, 24_661)]
    [InlineData("logs/EVTX-ATTACK-SAMPLES.zip", 277, 8_255)]
    public void Reads_every_record_of_the_sample_sets(string archive, int files, int records)
    {
        var path = TestData.Need(archive);
        var reader = new LogReader(new LogReadOptions { Threads = 2 });
        var report = reader.Run([path], () => new Count(), _ => { }, TestContext.Current.CancellationToken);
        var evtx = report.Files.Where(f => f.Format == "evtx").ToList();
        foreach (var p in report.Problems.Take(10)) TestContext.Current.TestOutputHelper?.WriteLine(p.ToString());
        Assert.Equal(files, evtx.Count);
        Assert.Equal(records, evtx.Sum(f => f.Events));
        Assert.Equal(records, evtx.Sum(f => f.Records));
        Assert.DoesNotContain(report.Problems, p => p.File.EndsWith(".evtx", StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Count : IEventWorker<int>
    {
        public void Accept(LogEvent logEvent)
        {
            for (var slot = 0; slot < logEvent.Count; slot++) _ = logEvent.Text(slot).Length;
        }

        public int EndBlock() => 0;
    }
}
