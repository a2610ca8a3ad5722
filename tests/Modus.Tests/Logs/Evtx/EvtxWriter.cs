using System.Buffers.Binary;
using Modus.Logs.Evtx;

namespace Modus.Tests.Logs.Evtx;

/// <summary>Writes EVTX files as Windows lays them out: header, chunks with checksums, records with shared templates.</summary>
/// <param name="first">The number of the first record.</param>
internal sealed class EvtxWriter(long first = 1)
{
    private const int ChunkBytes = 65_536;
    private const int FirstRecord = 512;

    private readonly List<byte[]> _chunks = [];
    private BinXmlWriter _chunk = new();
    private long _next = first;
    private long _firstOfChunk = first;
    private int _lastRecord;

    /// <summary>Adds an event; its record number is the next one, its id whatever the event says.</summary>
    public EvtxWriter Add(EvtxEvent added)
    {
        if (!TryAdd(added))
        {
            CloseChunk();
            if (!TryAdd(added)) throw new ArgumentException("the event does not fit into a chunk", nameof(added));
        }

        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        if (_next > _firstOfChunk || _chunks.Count == 0) CloseChunk();
        var file = new byte[4096 + (_chunks.Count * ChunkBytes)];
        var header = file.AsSpan(0, 4096);
        "ElfFile\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], (ulong)(_chunks.Count - 1));
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], (ulong)_next);
        BinaryPrimitives.WriteUInt32LittleEndian(header[32..], 128);
        BinaryPrimitives.WriteUInt16LittleEndian(header[36..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[38..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header[40..], 4096);
        BinaryPrimitives.WriteUInt16LittleEndian(header[42..], (ushort)_chunks.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(header[124..], Crc32.Append(0, header[..120]));
        for (var i = 0; i < _chunks.Count; i++) _chunks[i].CopyTo(file, 4096 + (i * ChunkBytes));
        return file;
    }

    private bool TryAdd(EvtxEvent added)
    {
        var start = _chunk.Position;
        var mark = _chunk.Mark();
        _chunk.Bytes([0x2a, 0x2a, 0, 0]);
        _chunk.UInt32(0);
        _chunk.UInt64((ulong)_next);
        _chunk.UInt64((ulong)added.Time.ToFileTimeUtc());
        added.Write(_chunk);
        while (_chunk.Position % 4 != 0) _chunk.Byte(0);
        var size = _chunk.Position + 4 - start;
        if (_chunk.Position + 4 > ChunkBytes)
        {
            _chunk.Return(mark);
            return false;
        }

        _chunk.UInt32((uint)size);
        _chunk.Patch(start + 4, (uint)size);
        _lastRecord = start;
        _next++;
        return true;
    }

    private void CloseChunk()
    {
        var bytes = _chunk.ToChunk();
        var span = bytes.AsSpan();
        "ElfChnk\0"u8.CopyTo(span);
        var last = _next - 1;
        var empty = last < _firstOfChunk;
        foreach (var place in new[] { 8, 24 })
        {
            BinaryPrimitives.WriteInt64LittleEndian(span[place..], _firstOfChunk);
            BinaryPrimitives.WriteInt64LittleEndian(span[(place + 8)..], empty ? -1 : last);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(span[40..], 128);
        BinaryPrimitives.WriteUInt32LittleEndian(span[44..], (uint)_lastRecord);
        BinaryPrimitives.WriteUInt32LittleEndian(span[48..], (uint)_chunk.Position);
        Sign(bytes);
        _chunks.Add(bytes);
        _chunk = new BinXmlWriter();
        _firstOfChunk = _next;
        _lastRecord = 0;
    }

    /// <summary>Writes a chunk's checksums anew, after a test has changed it.</summary>
    public static void Sign(Span<byte> chunk)
    {
        var free = (int)BinaryPrimitives.ReadUInt32LittleEndian(chunk[48..]);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[52..], Crc32.Append(0, chunk[FirstRecord..free]));
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[124..], Crc32.Append(Crc32.Append(0, chunk[..120]), chunk[128..FirstRecord]));
    }
}
