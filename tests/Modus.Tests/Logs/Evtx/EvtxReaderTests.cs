using System.Buffers.Binary;
using Modus.Logs;
using Modus.Logs.Evtx;
using Xunit;

namespace Modus.Tests.Logs.Evtx;

public sealed class EvtxReaderTests
{
    private const int Header = 4096;
    private const int Chunk = 65_536;

    [Fact]
    public void Reads_what_the_writer_wrote_with_every_type_of_value()
    {
        var time = new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddTicks(1_234_567);
        var file = new EvtxWriter().Add(new EvtxEvent
        {
            RecordId = 900,
            Time = time,
            Data =
            [
                ("Image", EvtxValue.Of(@"C:\Temp\ünï 😀.exe")), ("Empty", EvtxValue.Of("")), ("None", EvtxValue.Null),
                ("Byte", EvtxValue.Of((byte)255)), ("Word", EvtxValue.Of((ushort)65535)), ("Int", EvtxValue.Of(uint.MaxValue)), ("Long", EvtxValue.Of(ulong.MaxValue)),
                ("Minus8", EvtxValue.Raw(EvtxValueType.Int8, [0xff])), ("Minus16", EvtxValue.Raw(EvtxValueType.Int16, [0xfe, 0xff])),
                ("Minus32", EvtxValue.Raw(EvtxValueType.Int32, [0xfd, 0xff, 0xff, 0xff])), ("Minus64", EvtxValue.Raw(EvtxValueType.Int64, [0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
                ("Yes", EvtxValue.Of(true)), ("No", EvtxValue.Of(false)), ("Id", EvtxValue.Of(new Guid("6a910b9d-498a-5ee0-c903-000000000400"))),
                ("Hex", EvtxValue.Hex(0x1410)), ("Hex32", EvtxValue.Raw(EvtxValueType.Hex32, [0x10, 0x14, 0, 0])), ("Pointer", EvtxValue.Raw(EvtxValueType.Size, [1, 2, 0, 0, 0, 0, 0, 0])),
                ("Who", EvtxValue.Sid("S-1-5-21-1-4294967295-3-500")), ("When", EvtxValue.Of(time)), ("Raw", EvtxValue.Raw(EvtxValueType.Binary, [0, 0xab, 0xff])),
                ("Ansi", EvtxValue.Raw(EvtxValueType.Ansi, [(byte)'a', 0xe9, 0])), ("Half", EvtxValue.Raw(EvtxValueType.Double, BitConverter.GetBytes(0.5))),
                ("Quarter", EvtxValue.Raw(EvtxValueType.Single, BitConverter.GetBytes(-0.25f))),
                ("Clock", EvtxValue.Raw(EvtxValueType.SystemTime, [0xe8, 7, 2, 0, 4, 0, 29, 0, 23, 0, 59, 0, 58, 0, 7, 0])),
                ("List", EvtxValue.Of(["a", "", "c"])), ("Words", EvtxValue.Raw(EvtxValueType.UInt16 | EvtxValueType.Array, [1, 0, 2, 0])),
            ],
        }).ToArray();
        var (events, report) = ReadText.Of(file);
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        var expected = new Dictionary<string, string?>
        {
            ["Provider_Name"] = "Microsoft-Windows-Sysmon",
            ["EventID"] = "1",
            ["Channel"] = "Microsoft-Windows-Sysmon/Operational",
            ["Computer"] = "w1.example",
            ["EventRecordID"] = "900",
            ["Keywords"] = "0x8000000000000000",
            ["Execution_ProcessID"] = "4242",
            ["Security_UserID"] = "S-1-5-18",
            ["TimeCreated"] = "2024-02-29T23:59:59.1234567Z",
            ["Image"] = @"C:\Temp\ünï 😀.exe",
            ["Empty"] = "",
            ["Byte"] = "255",
            ["Word"] = "65535",
            ["Int"] = "4294967295",
            ["Long"] = "18446744073709551615",
            ["Minus8"] = "-1",
            ["Minus16"] = "-2",
            ["Minus32"] = "-3",
            ["Minus64"] = "-4",
            ["Yes"] = "true",
            ["No"] = "false",
            ["Id"] = "6A910B9D-498A-5EE0-C903-000000000400",
            ["Hex"] = "0x1410",
            ["Hex32"] = "0x1410",
            ["Pointer"] = "0x201",
            ["Who"] = "S-1-5-21-1-4294967295-3-500",
            ["When"] = "2024-02-29T23:59:59.1234567Z",
            ["Raw"] = "00ABFF",
            ["Ansi"] = "aé",
            ["Half"] = "0.5",
            ["Quarter"] = "-0.25",
            ["Clock"] = "2024-02-29T23:59:58.0070000Z",
        };
        foreach (var (name, text) in expected) Assert.Equal((name, text), (name, e[name]));
        Assert.Equal(["a", "", "c"], e.Fields.Where(f => f.Name == "List").Select(f => f.Text));
        Assert.Equal(["1", "2"], e.Fields.Where(f => f.Name == "Words").Select(f => f.Text));
        Assert.Equal(ValueKind.Null, e.Fields.Single(f => f.Name == "None").Kind);
        Assert.Equal(ValueKind.Text, e.Fields.Single(f => f.Name == "Empty").Kind);
        Assert.Equal(ValueKind.Number, e.Fields.Single(f => f.Name == "Byte").Kind);
        Assert.Equal(ValueKind.Boolean, e.Fields.Single(f => f.Name == "Yes").Kind);
        Assert.DoesNotContain(e.Fields, f => f.Name.StartsWith("Correlation_", StringComparison.Ordinal));
        Assert.Equal(new LogTime(time, TimeQuality.Exact), e.Time);
        Assert.Equal(900, e.RecordId);
        Assert.True(e.Source.Covers("windows", "sysmon", "process_creation"));
    }

    [Fact]
    public void Unnamed_data_is_a_list()
    {
        var (events, _) = ReadText.Of(new EvtxWriter().Add(new EvtxEvent { Unnamed = EvtxValue.Of(["one", "two"]) }).ToArray());
        Assert.Equal(["one", "two"], events[0].Fields.Where(f => f.Name == "Data").Select(f => f.Text));
    }

    [Fact]
    public void Reads_many_chunks_in_order_with_any_number_of_threads()
    {
        var file = File(5000);
        Assert.True(file.Length > Header + (5 * Chunk));
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.evtx");
        System.IO.File.WriteAllBytes(path, file);
        foreach (var threads in new[] { 1, 4 })
        {
            var ids = new List<long>();
            var report = new LogReader(new LogReadOptions { Threads = threads }).Run([path], () => new Ids(), ids.AddRange, TestContext.Current.CancellationToken);
            Assert.Equal(Enumerable.Range(1, 5000).Select(i => (long)i), ids);
            Assert.Empty(report.Problems);
        }
    }

    [Fact]
    public void A_changed_record_is_told_by_its_checksum_and_still_read()
    {
        var file = File(10);
        var at = file.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("proc-7"));
        file[at] = (byte)'P';
        var (events, report) = ReadText.Of(file);
        Assert.Equal(10, events.Count);
        Assert.Contains(events, e => e["Image"] == "Proc-7");
        var problem = Assert.Single(report.Problems);
        Assert.Equal((LogProblemCodes.Checksum, 1L), (problem.Code, problem.Line));
    }

    [Fact]
    public void A_file_cut_within_a_chunk_is_read_up_to_the_cut()
    {
        var file = File(1000);
        var whole = ReadText.Of(file).Events;
        var (events, report) = ReadText.Of(file[..(Header + Chunk + 20_000)]);
        Assert.InRange(events.Count, 100, 900);
        Assert.Equal(whole.Take(events.Count).Select(e => e["Image"]), events.Select(e => e["Image"]));
        Assert.Contains(report.Problems, p => p.Code == LogProblemCodes.Damaged && p.Line == 2);
    }

    [Fact]
    public void A_destroyed_chunk_costs_only_itself()
    {
        var file = File(2000);
        var whole = ReadText.Of(file).Events;
        file.AsSpan(Header + Chunk, Chunk).Fill(0xcc);
        var (events, report) = ReadText.Of(file);
        Assert.Equal(whole.Where(e => e.Offset < Header + Chunk || e.Offset >= Header + (2 * Chunk)).Select(e => e.RecordId), events.Select(e => e.RecordId));
        Assert.Contains(report.Problems, p => p.Code == LogProblemCodes.Damaged && p.Line == 2);
    }

    [Fact]
    public void A_chunk_that_has_moved_is_found()
    {
        var file = File(2000);
        byte[] moved = [.. file[..(Header + Chunk)], .. new byte[777], .. file[(Header + Chunk)..]];
        var (events, _) = ReadText.Of(moved);
        Assert.Equal(2000, events.Count);
    }

    [Fact]
    public void A_wrong_record_length_is_counted_and_reading_goes_on_at_the_next_record()
    {
        var file = File(10);
        var chunk = file.AsSpan(Header, Chunk);
        var third = RecordAt(chunk, 3);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[(third + 4)..], 0x7fffffff);
        EvtxWriter.Sign(chunk);
        var (events, report) = ReadText.Of(file);
        Assert.Equal([1L, 2, 4, 5, 6, 7, 8, 9, 10], events.Select(e => e.RecordId));
        Assert.Equal(10, report.Records);
        Assert.Equal(1, Assert.Single(report.Files).Skipped[LogProblemCodes.Damaged]);
    }

    [Fact]
    public void A_number_of_records_that_differs_from_the_header_is_told()
    {
        var file = File(10);
        var chunk = file.AsSpan(Header, Chunk);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[EvtxLayout.LastRecordNumber..], 12);
        EvtxWriter.Sign(chunk);
        var (events, report) = ReadText.Of(file);
        Assert.Equal(10, events.Count);
        Assert.Equal(LogProblemCodes.RecordCount, Assert.Single(report.Problems).Code);
    }

    [Fact]
    public void Remnants_come_only_on_request_and_are_marked()
    {
        var file = File(10);
        var chunk = file.AsSpan(Header, Chunk);
        var ninth = RecordAt(chunk, 9);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[EvtxLayout.FreeSpace..], (uint)ninth);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[EvtxLayout.LastRecordNumber..], 8);
        EvtxWriter.Sign(chunk);
        var (events, report) = ReadText.Of(file);
        Assert.Equal(8, events.Count);
        Assert.Empty(report.Problems);
        events = ReadText.Of(file, new LogReadOptions { Carve = true }).Events;
        Assert.Equal([9L, 10], events.Where(e => e.IsCarved).Select(e => e.RecordId));
        Assert.Equal(10, events.Count);
    }

    [Fact]
    public void A_remnant_whose_template_was_overwritten_is_told_and_not_guessed()
    {
        var file = File(10);
        var chunk = file.AsSpan(Header, Chunk);
        var second = RecordAt(chunk, 2);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[EvtxLayout.FreeSpace..], (uint)second);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[EvtxLayout.LastRecordNumber..], 1);
        // The template's id stands behind the link to the next one; its instance names it too.
        var template = (int)BinaryPrimitives.ReadUInt32LittleEndian(chunk[(512 + 24 + 4 + 6)..]);
        chunk[template + 4] ^= 0xff;
        EvtxWriter.Sign(chunk);
        var (events, report) = ReadText.Of(file, new LogReadOptions { Carve = true });
        Assert.Equal(1, Assert.Single(events).RecordId);
        Assert.Equal(1, report.Records);
        Assert.Equal((LogProblemCodes.Damaged, 9L), (Assert.Single(report.Problems).Code, report.Problems[0].Count));
    }

    [Fact]
    public void A_template_that_contains_itself_is_damage_and_no_hang()
    {
        var id = new Guid("00000000-0000-0000-0000-000000000001");
        var writer = new BinXmlWriter();
        // An element whose content is an instance of the template that is being defined.
        void Body() => writer.Element("Event", () => writer.Template(id, () => { }, []));
        var start = writer.Position;
        writer.Bytes([0x2a, 0x2a, 0, 0]);
        writer.UInt32(0);
        writer.UInt64(1);
        writer.UInt64(0);
        writer.FragmentHeader();
        writer.Template(id, Body, []);
        writer.Byte(0);
        var (events, report) = ReadText.Of(ChunkOf(writer, start));
        Assert.Empty(events);
        Assert.Equal(1, report.Records);
        Assert.Equal(LogProblemCodes.Damaged, Assert.Single(report.Problems).Code);
    }

    [Fact]
    public void Fragments_nested_without_end_are_damage_and_no_overflow()
    {
        var writer = new BinXmlWriter();
        var start = writer.Position;
        writer.Bytes([0x2a, 0x2a, 0, 0]);
        writer.UInt32(0);
        writer.UInt64(1);
        writer.UInt64(0);
        Nested(writer, 200);
        writer.Byte(0);
        var (events, report) = ReadText.Of(ChunkOf(writer, start));
        Assert.Empty(events);
        Assert.Contains("deeper", Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    private static void Nested(BinXmlWriter writer, int depth)
    {
        writer.FragmentHeader();
        writer.Template(
            new Guid("00000000-0000-0000-0000-000000000002"),
            () => writer.Element("Event", () => writer.Substitute(0, EvtxValueType.BinXml)),
            [depth == 0 ? EvtxValue.Of("x") : EvtxValue.Fragment(w => Nested(w, depth - 1))]);
    }

    private static byte[] ChunkOf(BinXmlWriter writer, int start)
    {
        writer.UInt32((uint)(writer.Position + 4 - start));
        writer.Patch(start + 4, (uint)(writer.Position - start));
        var chunk = writer.ToChunk();
        "ElfChnk\0"u8.CopyTo(chunk);
        BinaryPrimitives.WriteInt64LittleEndian(chunk.AsSpan(8), 1);
        BinaryPrimitives.WriteInt64LittleEndian(chunk.AsSpan(16), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(48), (uint)writer.Position);
        EvtxWriter.Sign(chunk);
        return chunk;
    }

    internal static byte[] File(int events)
    {
        var writer = new EvtxWriter();
        for (var i = 1; i <= events; i++)
            writer.Add(new EvtxEvent { RecordId = (ulong)i, Data = [("Image", EvtxValue.Of($"proc-{i}")), ("ProcessId", EvtxValue.Of((uint)i))] });
        return writer.ToArray();
    }

    private static int RecordAt(ReadOnlySpan<byte> chunk, int number)
    {
        var at = 512;
        for (var i = 1; i < number; i++) at += (int)BinaryPrimitives.ReadUInt32LittleEndian(chunk[(at + 4)..]);
        return at;
    }

    private sealed class Ids : IEventWorker<List<long>>
    {
        private List<long> _ids = [];

        public void Accept(LogEvent logEvent) => _ids.Add(logEvent.RecordId);

        public List<long> EndBlock()
        {
            var ids = _ids;
            _ids = [];
            return ids;
        }
    }
}
