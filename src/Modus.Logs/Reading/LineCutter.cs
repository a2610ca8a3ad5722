namespace Modus.Logs.Reading;

/// <summary>Says where the last whole record of a run of bytes ends; 0 when none does.</summary>
internal delegate int RecordCut(ReadOnlySpan<byte> bytes);

/// <summary>Cuts text into blocks of whole records; a record is a line unless <paramref name="cut"/> knows better.</summary>
/// <param name="feed">The text.</param>
/// <param name="line">The number of the first line.</param>
/// <param name="cut">Finds the end of the last whole record.</param>
internal sealed class LineCutter(ByteFeed feed, long line = 1, RecordCut? cut = null) : IBlockCutter
{
    private readonly RecordCut _cut = cut ?? (bytes => bytes.LastIndexOf((byte)'\n') + 1);
    private byte[] _carry = new byte[4096];
    private int _carried;
    private long _line = line;
    private long _offset = feed.Bytes;
    private bool _ended;

    public bool Next(LogBlock block)
    {
        block.Line = _line;
        block.Offset = _offset;
        _carry.AsSpan(0, _carried).CopyTo(Room(block, _carried));
        var have = _carried;
        _carried = 0;
        while (!_ended)
        {
            have = Fill(block, have);
            if (_ended) break;
            var whole = _cut(block.Data.AsSpan(0, have));
            if (whole > 0)
            {
                Carry(block.Data.AsSpan(whole, have - whole));
                return Finish(block, whole);
            }

            if (have < LogLimits.MaxRecordBytes)
            {
                block.Reserve(Math.Min(have * 2, LogLimits.MaxRecordBytes));
                continue;
            }

            SkipLine(block, have);
            return Finish(block, 0, keep: true);
        }

        return have > 0 && Finish(block, have);
    }

    private static Span<byte> Room(LogBlock block, int bytes)
    {
        block.Reserve(bytes);
        return block.Data;
    }

    private int Fill(LogBlock block, int have)
    {
        var limit = block.Data.Length - LogBlock.Slack;
        while (have < limit)
        {
            var got = feed.Read(block.Data.AsSpan(have, limit - have));
            if (got == 0)
            {
                _ended = true;
                break;
            }

            have += got;
        }

        return have;
    }

    private bool Finish(LogBlock block, int length, bool keep = false)
    {
        block.Length = length;
        if (!keep)
        {
            _line += block.Data.AsSpan(0, length).Count((byte)'\n');
            _offset += length;
        }

        return true;
    }

    /// <summary>Reads on to the end of a line that is over the limit, keeping nothing of it.</summary>
    private void SkipLine(LogBlock block, int have)
    {
        block.Tally.Skip(
            LogProblemCodes.TooLarge,
            "line",
            _line,
            $"a line of more than {LogLimits.MaxRecordBytes} bytes was left out",
            "Split the record at its source, or check that this is a log.");
        long skipped = have;
        while (true)
        {
            var got = feed.Read(block.Data.AsSpan(0, LogLimits.BlockBytes));
            if (got == 0)
            {
                _ended = true;
                break;
            }

            var cut = block.Data.AsSpan(0, got).IndexOf((byte)'\n') + 1;
            if (cut == 0)
            {
                skipped += got;
                continue;
            }

            skipped += cut;
            Carry(block.Data.AsSpan(cut, got - cut));
            break;
        }

        _line++;
        _offset += skipped;
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        if (_carry.Length < rest.Length) _carry = new byte[rest.Length];
        rest.CopyTo(_carry);
        _carried = rest.Length;
    }
}
