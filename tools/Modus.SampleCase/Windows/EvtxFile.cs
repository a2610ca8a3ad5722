using Modus.Tests.Logs.Evtx;

namespace Modus.SampleCase.Windows;

/// <summary>The log of the first host as Windows keeps it: it repeats a slice of what the collector holds, and one chunk is damaged.</summary>
internal static class EvtxFile
{
    private const int Header = 4096;
    private const int Chunk = 65_536;
    private const int ChunkHeader = 512;

    /// <summary>Which chunk the disk lost.</summary>
    private const int Damaged = 2;

    /// <summary>The slice: the first twelve hours of Sysmon on the workstation.</summary>
    public static (byte[] Bytes, Truth Truth) Write(IReadOnlyList<WinEvent> all)
    {
        var slice = all.Where(e => e.Host == Hosts.Desk && e.Source == WinSource.Sysmon && e.Time < Clock.At(9, "12:00:00")).ToList();
        var writer = new EvtxWriter(slice[0].Record);
        foreach (var e in slice)
        {
            writer.Add(new EvtxEvent
            {
                Provider = e.Source.Provider,
                Channel = e.Source.Channel,
                Computer = e.Host,
                EventId = (ushort)e.Id,
                RecordId = (ulong)e.Record,
                Time = e.Time,
                Data = [.. e.Data.Select(d => (d.Name, EvtxValue.Of(d.Value)))],
            });
        }

        var bytes = writer.ToArray();
        var chunk = bytes.AsSpan(Header + (Damaged * Chunk), Chunk);
        var first = BitConverter.ToInt64(chunk[8..]);
        var last = BitConverter.ToInt64(chunk[16..]);
        var lost = (int)(last - first + 1);
        chunk[ChunkHeader..].Clear();
        var labels = new List<Label>();
        var number = 0;
        foreach (var e in slice)
        {
            if (e.Record >= first && e.Record <= last) continue;
            number++;
            if (e.Story is { } story) labels.Add(new(number, story));
        }

        return (bytes, new Truth(slice.Count - lost, labels)
        {
            Skipped = [("records of a damaged chunk", lost)],
            Facts = [("duplicates", "every record that can be read is in win-events.jsonl.gz too, under the same host, channel and record number")],
        });
    }
}
