using System.Text;
using Modus.Logs;
using Modus.Tests.Logs.Evtx;
using Xunit;

namespace Modus.Tests.Logs.Reading;

public sealed class AllocationTests
{
    [Fact]
    public void Json_events_cost_no_memory_of_their_own()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 40_000; i++)
            lines.Append($"{{\"@timestamp\":\"2025-01-02T03:04:05Z\",\"Channel\":\"Security\",\"EventID\":{4600 + (i % 90)},\"Image\":\"C:\\\\a\\\\{i}.exe\",\"n\":{{\"x\":[{i},null]}}}}\n");
        Assert.InRange(PerEvent(Encoding.UTF8.GetBytes(lines.ToString()), 20_000), 0, 2);
    }

    [Fact]
    public void Evtx_events_cost_only_the_templates_of_their_chunk() =>
        Assert.InRange(PerEvent(EvtxReaderTests.File(20_000), 10_000), 0, 150);

    /// <summary>The bytes allocated per event behind the first ones.</summary>
    private static double PerEvent(byte[] content, int warm)
    {
        var reader = new LogReader();
        var image = reader.Fields.Intern("Image");
        long before = 0, seen = 0, length = 0;
        foreach (var e in reader.Read(new MemoryStream(content), "test"))
        {
            if (++seen == warm) before = GC.GetAllocatedBytesForCurrentThread();
            if (e.TryGet(image, out var text)) length += text.Length + e.Source.Number + e.Time.Utc.Second + e.Host.Length;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(length > 0);
        return (double)allocated / (seen - warm);
    }
}
