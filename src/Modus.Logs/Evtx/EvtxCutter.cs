using System.Buffers.Binary;
using Modus.Logs.Reading;

namespace Modus.Logs.Evtx;

/// <summary>Cuts an EVTX file into its chunks; every chunk stands alone. What lies between chunks is told.</summary>
internal sealed class EvtxCutter(ByteFeed feed) : IBlockCutter
{
    private readonly byte[] _buffer = new byte[EvtxLayout.ChunkBytes];
    private int _have;
    private long _offset;
    private long _chunk;
    private bool _headerDone;

    public bool Next(LogBlock block)
    {
        if (!_headerDone) ReadHeader(block);
        while (true)
        {
            _have += feed.Fill(_buffer.AsSpan(_have));
            if (_have == 0) return false;
            _chunk++;
            if (_buffer.AsSpan(0, _have).StartsWith(EvtxLayout.ChunkMagic)) return Take(block);
            SkipToChunk(block);
        }
    }

    private bool Take(LogBlock block)
    {
        block.Reserve(EvtxLayout.ChunkBytes);
        _buffer.AsSpan(0, _have).CopyTo(block.Data);
        block.Data.AsSpan(_have, EvtxLayout.ChunkBytes - _have + LogBlock.Slack).Clear();
        block.Length = _have;
        block.Offset = _offset;
        block.Line = _chunk;
        _offset += _have;
        _have = 0;
        return true;
    }

    /// <summary>Leaves out what is no chunk. Unused chunks of a preallocated file are all zero and not worth a word.</summary>
    private void SkipToChunk(LogBlock block)
    {
        var bytes = _buffer.AsSpan(0, _have);
        var next = bytes.IndexOf(EvtxLayout.ChunkMagic);
        // A magic may straddle the end of what was read.
        var skip = next > 0 ? next : _have < _buffer.Length ? _have : _have - EvtxLayout.ChunkMagic.Length + 1;
        if (bytes.IndexOfAnyExcept((byte)0) >= 0)
        {
            block.Tally.Note(
                LogProblemCodes.Damaged,
                "gap",
                _chunk,
                $"bytes that are no chunk were left out, first at offset {_offset}",
                "The file is damaged or not closed; get a copy made with wevtutil or from the volume's shadow copy.");
        }
        else if (next < 0)
        {
            skip = _have;
        }

        bytes[skip..].CopyTo(_buffer);
        _have -= skip;
        _offset += skip;
    }

    private void ReadHeader(LogBlock block)
    {
        _headerDone = true;
        // A file may begin with a chunk when it was cut out of a disk image.
        if (feed.Peek(LogLimits.SniffBytes).StartsWith(EvtxLayout.ChunkMagic)) return;
        Span<byte> header = stackalloc byte[EvtxLayout.FileHeaderBytes];
        var have = feed.Fill(header);
        _offset = have;
        if (have < EvtxLayout.FileHeaderBytes)
        {
            block.Tally.Note(LogProblemCodes.Damaged, "header", 0, "the file ends within its header", "Get a whole copy of the file.");
            return;
        }

        var crc = BinaryPrimitives.ReadUInt32LittleEndian(header[124..]);
        if (Crc32.Append(0, header[..120]) != crc)
            block.Tally.Note(LogProblemCodes.Checksum, "file", 0, "the checksum of the file's header does not hold", "The header was changed after it was written: treat the file as tampered with or damaged.");
    }
}
