using System.Buffers.Binary;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Evtx;

/// <summary>Reads the records of a chunk: those that its header counts, and on request the remnants behind them.</summary>
internal sealed class EvtxBlockParser(ShapeTries tries, bool carve) : IBlockParser
{
    private readonly EvtxRecordReader _reader = new(tries.Named("evtx"));
    private readonly PathTrie _trie = tries.Named("evtx");
    private LogBlock _block = null!;
    private int _position;
    private int _end;
    private int _limit;
    private int _index;
    private long _records;
    private bool _live;
    private bool _headerHolds;
    private bool _recordsHold;

    public void Start(LogBlock block)
    {
        _block = block;
        _reader.Start(block.Data);
        _position = EvtxLayout.ChunkHeaderBytes;
        _limit = block.Length;
        _index = 0;
        _records = 0;
        _live = true;
        CheckHeader();
    }

    public bool Next(LogEvent target)
    {
        while (_live)
        {
            if (_position >= _end)
            {
                EndLive();
                break;
            }

            if (!IsRecord(_position, _end, out var size))
            {
                Resume();
                continue;
            }

            var at = _position;
            _position += size;
            _records++;
            if (Read(target, at, size)) return true;
            Skip("record", $"a record cannot be read: {_reader.Error}");
        }

        return carve && NextCarved(target);
    }

    private bool Read(LogEvent target, int at, int size)
    {
        var data = _block.Data;
        target.Begin(data);
        target.Trie = _trie;
        _reader.IsStrict = !_live;
        if (!_reader.Read(target, at + EvtxLayout.RecordHeaderBytes, at + size - 4)) return false;
        _trie.Unfold(target);
        target.RecordNumber = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at + 8));
        target.Line = 0;
        target.Offset = _block.Offset + at;
        target.Index = _index++;
        target.IsCarved = !_live;
        var time = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at + 16));
        target.SetTime(time > 0 && time <= DateTime.MaxValue.ToFileTimeUtc() ? new LogTime(DateTime.FromFileTimeUtc(time), TimeQuality.Exact) : default);
        return true;
    }

    /// <summary>Whether a record stands at a place: magic, a size that fits, and the same size at its end.</summary>
    private bool IsRecord(int at, int end, out int size)
    {
        size = 0;
        var data = _block.Data;
        if (at + EvtxLayout.MinRecordBytes > end || !data.AsSpan(at, 4).SequenceEqual(EvtxLayout.RecordMagic)) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + 4));
        if (length < EvtxLayout.MinRecordBytes || length > end - at) return false;
        size = (int)length;
        return BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + size - 4)) == length;
    }

    /// <summary>Goes on at the next record behind damage.</summary>
    private void Resume()
    {
        Skip("gap", "bytes between records are no record");
        _records++;
        for (var at = _position + 1; at < _end; at++)
        {
            var next = _block.Data.AsSpan(at, _end - at).IndexOf(EvtxLayout.RecordMagic);
            if (next < 0) break;
            at += next;
            if (!IsRecord(at, _end, out _)) continue;
            _position = at;
            return;
        }

        _position = _end;
    }

    private void EndLive()
    {
        _live = false;
        _position = _end;
        var header = _block.Data.AsSpan(0, EvtxLayout.ChunkHeaderBytes);
        var first = BinaryPrimitives.ReadInt64LittleEndian(header[EvtxLayout.FirstRecordNumber..]);
        var last = BinaryPrimitives.ReadInt64LittleEndian(header[EvtxLayout.LastRecordNumber..]);
        var expected = last < first ? 0 : unchecked(last - first + 1);
        if (expected == _records || _block.Length < EvtxLayout.ChunkBytes) return;
        if (_headerHolds && !_recordsHold && expected > _records && expected <= EvtxLayout.ChunkBytes / EvtxLayout.MinRecordBytes)
        {
            // The header is whole and what it counts is damaged: each lost record is accounted for.
            Skip("lost", $"records that the header of a chunk counts are not in it: {expected - _records} of {expected}", expected - _records);
            return;
        }

        _block.Tally.Note(
            LogProblemCodes.RecordCount,
            "",
            _block.Line,
            $"a chunk holds {_records} records where its header counts {expected}",
            "The chunk was damaged or changed: compare with another copy of the log.");
    }

    private bool NextCarved(LogEvent target)
    {
        while (_position < _limit)
        {
            var next = _block.Data.AsSpan(_position, _limit - _position).IndexOf(EvtxLayout.RecordMagic);
            if (next < 0) break;
            _position += next;
            if (!IsRecord(_position, _limit, out var size))
            {
                _position++;
                continue;
            }

            var at = _position;
            _position += size;
            if (Read(target, at, size)) return true;
            // A remnant is no record of the log: it is told, but not counted as left out.
            _block.Tally.Note(
                LogProblemCodes.Damaged, "carved", _block.Line, $"a remnant cannot be read: {_reader.Error}", "Nothing can be done: newer records overwrote what it needs.");
        }

        _position = _limit;
        return false;
    }

    private void CheckHeader()
    {
        var data = _block.Data;
        var header = data.AsSpan(0, EvtxLayout.ChunkHeaderBytes);
        var free = BinaryPrimitives.ReadUInt32LittleEndian(header[EvtxLayout.FreeSpace..]);
        _end = _limit;
        _headerHolds = false;
        _recordsHold = true;
        if (_limit < EvtxLayout.ChunkBytes)
        {
            _block.Tally.Note(LogProblemCodes.Damaged, "cut", _block.Line, "the file ends within a chunk", "Get a whole copy of the file; what is there was read.");
            if (free >= EvtxLayout.ChunkHeaderBytes && free < _limit) _end = (int)free;
            return;
        }

        var headerCrc = Crc32.Append(Crc32.Append(0, header[..120]), header[128..]);
        _headerHolds = headerCrc == BinaryPrimitives.ReadUInt32LittleEndian(header[EvtxLayout.HeaderChecksum..]);
        if (!_headerHolds) Checksum("header");
        if (free < EvtxLayout.ChunkHeaderBytes || free > EvtxLayout.ChunkBytes)
        {
            _block.Tally.Note(
                LogProblemCodes.Damaged, "free", _block.Line, "a chunk's end of records is wrong; all of the chunk was searched", "The chunk was damaged: compare with another copy of the log.");
            return;
        }

        _end = (int)free;
        var dataCrc = Crc32.Append(0, data.AsSpan(EvtxLayout.ChunkHeaderBytes, _end - EvtxLayout.ChunkHeaderBytes));
        _recordsHold = dataCrc == BinaryPrimitives.ReadUInt32LittleEndian(header[EvtxLayout.DataChecksum..]);
        if (!_recordsHold) Checksum("records");
    }

    private void Checksum(string part) => _block.Tally.Note(
        LogProblemCodes.Checksum,
        part,
        _block.Line,
        $"the checksum of a chunk's {part} does not hold; it was read all the same",
        "The chunk was damaged, changed, or copied while it was written.");

    private void Skip(string kind, string message, long count = 1) => _block.Tally.Skip(
        LogProblemCodes.Damaged, kind, _block.Line, message, "The chunk was damaged: compare with another copy of the log.", count);
}
