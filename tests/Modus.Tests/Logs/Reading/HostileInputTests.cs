using System.IO.Compression;
using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Reading;

public sealed class HostileInputTests
{
    [Fact]
    public void A_line_of_a_hundred_megabytes_is_left_out_within_bounded_memory()
    {
        var parts = new Stream[] { Text("{\"a\":1}\n{\"a\":\""), new Fill((byte)'x', 100 << 20), Text("\"}\n{\"a\":3}\n") };
        var (events, report, allocated) = Measure(new Chain(parts));
        Assert.Equal(["1", "3"], events.Select(e => e["a"]));
        Assert.Equal([1L, 3], events.Select(e => e.Line));
        Assert.Equal(1, report.Files[0].Skipped[LogProblemCodes.TooLarge]);
        Assert.Equal(3, report.Records);
        Assert.True(allocated < 200 << 20, $"{allocated >> 20} MB");
    }

    [Fact]
    public void An_object_of_a_hundred_megabytes_in_a_list_is_left_out()
    {
        var parts = new Stream[] { Text("[\n{\"a\":1},\n{\"a\":\""), new Fill((byte)'x', 100 << 20), Text("\"},\n{\"a\":3}]") };
        var (events, report, allocated) = Measure(new Chain(parts));
        Assert.Equal(["1", "3"], events.Select(e => e["a"]));
        Assert.Equal([2L, 4], events.Select(e => e.Line));
        Assert.Equal(1, report.Files[0].Skipped[LogProblemCodes.TooLarge]);
        Assert.True(allocated < 200 << 20, $"{allocated >> 20} MB");
    }

    [Fact]
    public void Compressed_nothing_stops_as_a_bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write("{\"a\":1}\n"u8);
            new Fill((byte)' ', 1L << 30).CopyTo(gzip);
        }

        var (events, report, _) = Measure(new MemoryStream(packed.ToArray()));
        Assert.Equal("1", Assert.Single(events)["a"]);
        var problem = Assert.Single(report.Problems, p => p.Code == LogProblemCodes.Archive);
        Assert.Contains("expands", problem.Message, StringComparison.Ordinal);
        Assert.True(report.Bytes < 200 << 20);
    }

    [Fact]
    public void Archives_in_archives_are_read_up_to_the_limit()
    {
        var inner = "{\"a\":1}\n"u8.ToArray();
        var name = "x.jsonl";
        for (var depth = 1; depth <= 4; depth++)
        {
            using var packed = new MemoryStream();
            using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            using (var entry = zip.CreateEntry(name).Open())
                entry.Write(inner);
            inner = packed.ToArray();
            name = $"{depth}.zip";
            var (events, report) = ReadText.Of(inner);
            if (depth <= LogLimits.MaxArchiveDepth)
            {
                Assert.Equal("1", Assert.Single(events)["a"]);
                Assert.EndsWith("!x.jsonl", events[0].File, StringComparison.Ordinal);
            }
            else
            {
                Assert.Empty(events);
                Assert.Equal(LogProblemCodes.Archive, Assert.Single(report.Problems).Code);
            }
        }
    }

    [Fact]
    public void Members_of_an_archive_are_read_in_order_and_never_written_anywhere()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in new[] { "b.jsonl", "../../escape.jsonl", "a/c.jsonl" })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes($"{{\"a\":\"{name}\"}}\n"));
            }

        var (events, _) = ReadText.Of(packed.ToArray());
        Assert.Equal(["../../escape.jsonl", "a/c.jsonl", "b.jsonl"], events.Select(e => e["a"]));
        Assert.Equal("test!../../escape.jsonl", events[0].File);
    }

    [Fact]
    public void A_damaged_archive_is_told()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var i = 0; i < 50_000; i++) gzip.Write(Encoding.UTF8.GetBytes($"{{\"a\":{i * 7919 % 50_021}}}\n"));
        var bytes = packed.ToArray();
        bytes.AsSpan(bytes.Length / 2, 100).Fill(0xff);
        var (events, report) = ReadText.Of(bytes);
        Assert.NotEmpty(events);
        Assert.Contains(report.Problems, p => p.Code == LogProblemCodes.Archive);
        Assert.Equal(LogProblemCodes.Archive, Assert.Single(ReadText.Of([.. "PK\u0003\u0004"u8, .. new byte[100]]).Report.Problems).Code);
    }

    [Fact]
    public void A_missing_path_is_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("z/b.jsonl", "{\"a\":2}\n");
        folder.Write("a.jsonl", "{\"a\":1}\n");
        folder.Write("empty.log", "");
        folder.Write("picture.bin", "\u0001\u0002binary");
        var reader = new LogReader();
        var missing = Path.Combine(folder.Path, "gone.evtx");
        var events = reader.Read(missing, folder.Path).Select(e => e.Keep()).ToList();
        Assert.Equal(["1", "2"], events.Select(e => e["a"]));
        Assert.Equal(missing, Assert.Single(reader.Report.Problems, p => p.Code == LogProblemCodes.Unreadable).File);
        Assert.EndsWith("picture.bin", Assert.Single(reader.Report.Problems, p => p.Code == LogProblemCodes.UnknownFormat).File, StringComparison.Ordinal);
        Assert.Equal(["json-lines", "empty", "", "json-lines"], reader.Report.Files.Select(f => f.Format));
    }

    [Fact]
    public void A_folder_that_links_to_itself_ends()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.jsonl", "{\"a\":1}\n");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "loop"), folder.Path);
        Assert.Single(new LogReader().Read(folder.Path).Select(e => e.Keep()).ToList());
    }

    [Fact]
    public void A_failure_of_a_worker_reaches_the_caller()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{{\"a\":{i}}}\n")));
        var reader = new LogReader(new LogReadOptions { Threads = 3 });
        Assert.Throws<InvalidTimeZoneException>(() => reader.Run([path], () => new Failing(), _ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Cancelling_stops_the_reading()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{{\"a\":{i}}}\n")));
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new LogReader(new LogReadOptions { Threads = 2 }).Run([path], () => new Stopping(stop), _ => { }, stop.Token));
    }

    private static (List<EventRecord> Events, LogReadReport Report, long Allocated) Measure(Stream stream)
    {
        var reader = new LogReader();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var events = reader.Read(stream, "test").Select(e => e.Keep()).ToList();
        return (events, reader.Report, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Failing : IEventWorker<int>
    {
        public void Accept(LogEvent logEvent)
        {
            if (logEvent.Line == 150_000) throw new InvalidTimeZoneException("as a bug would");
        }

        public int EndBlock() => 0;
    }

    private sealed class Stopping(CancellationTokenSource stop) : IEventWorker<int>
    {
        public void Accept(LogEvent logEvent)
        {
            if (logEvent.Line == 1000) stop.Cancel();
        }

        public int EndBlock() => 0;
    }

    /// <summary>One byte, many times.</summary>
    private sealed class Fill(byte value, long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, given).Fill(value);
            _left -= given;
            return given;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Streams one after the other.</summary>
    private sealed class Chain(Stream[] parts) : Stream
    {
        private int _part;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (; _part < parts.Length; _part++)
                if (parts[_part].Read(buffer, offset, count) is > 0 and var got) return got;
            return 0;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
