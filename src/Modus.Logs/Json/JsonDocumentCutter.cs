using Modus.Logs.Reading;

namespace Modus.Logs.Json;

/// <summary>
/// Cuts JSON that is not one object a line: lists, documents that keep their records in a list under a known key, and
/// objects that follow each other over several lines.
/// </summary>
internal sealed class JsonDocumentCutter(ByteFeed feed, IReadOnlyList<string> wrappers) : IBlockCutter
{
    private static readonly System.Buffers.SearchValues<byte> Separators = System.Buffers.SearchValues.Create(" \t\r\n,[]}"u8);

    private readonly JsonWrapper _wrapper = new(wrappers);
    private byte[] _carry = [];
    private int _carried;
    private long _line = 1;
    private long _offset;
    private bool _ended;
    private bool _wrapped;
    private int _around;
    private JsonBoundary? _tail;

    public bool Next(LogBlock block)
    {
        block.Reserve(_carried);
        block.Line = _line;
        block.Offset = _offset;
        _carry.AsSpan(0, _carried).CopyTo(block.Data);
        var have = _carried;
        _carried = 0;
        while (true)
        {
            have = Fill(block, have);
            var whole = Whole(block.Data.AsSpan(0, have));
            if (whole > 0) return Finish(block, whole, have);
            if (_ended) return have > 0 && Torn(block, have);
            if (have >= LogLimits.MaxRecordBytes) return Oversized(block, have);
            block.Reserve(Math.Min(have * 2, LogLimits.MaxRecordBytes));
        }
    }

    /// <summary>
    /// The bytes up to the end of the last whole record. What is no record (an opened wrapper, what follows its list) is
    /// blanked. The state always belongs to the end of what is returned, since the rest is looked at again.
    /// </summary>
    private int Whole(Span<byte> bytes)
    {
        var whole = 0;
        while (true)
        {
            if (_tail is { } tail)
            {
                var closed = tail.Scan(bytes[whole..]);
                var end = closed < 0 ? bytes.Length : whole + closed;
                Blank(bytes[whole..end]);
                whole = end;
                _tail = closed < 0 ? tail : null;
                if (closed < 0) return whole;
            }

            var at = whole;
            while (at < bytes.Length && bytes[at] != '{' && !(_wrapped && bytes[at] == ']')) at++;
            if (at == bytes.Length) return OnlySpace(bytes[whole..]) ? at : whole;
            if (bytes[at] == ']')
            {
                _wrapped = false;
                _tail = JsonBoundary.Within(_around);
                whole = at + 1;
                continue;
            }

            var unsure = false;
            if (!_wrapped && _wrapper.TryOpen(bytes[at..], out var opened, out _around, out unsure))
            {
                Blank(bytes.Slice(at, opened));
                whole = at + opened;
                _wrapped = true;
                continue;
            }

            if (unsure && !_ended && bytes.Length < LogLimits.MaxRecordBytes)
            {
                return whole;
            }

            var length = default(JsonBoundary).Scan(bytes[at..]);
            if (length < 0) return whole;
            whole = at + length;
        }
    }

    private static void Blank(Span<byte> bytes) => bytes.Replace((byte)'{', (byte)' ');

    private static bool OnlySpace(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(Separators) < 0;

    private int Fill(LogBlock block, int have)
    {
        var limit = block.Data.Length - LogBlock.Slack;
        while (have < limit && !_ended)
        {
            var got = feed.Read(block.Data.AsSpan(have, limit - have));
            if (got == 0) _ended = true;
            have += got;
        }

        return have;
    }

    private bool Finish(LogBlock block, int whole, int have)
    {
        block.Length = whole;
        _line += block.Data.AsSpan(0, whole).Count((byte)'\n');
        _offset += whole;
        _carried = have - whole;
        if (_carry.Length < _carried) _carry = new byte[_carried];
        block.Data.AsSpan(whole, _carried).CopyTo(_carry);
        return true;
    }

    /// <summary>The file ends within a record: it is left out, and reading goes on at the next line that opens one.</summary>
    private bool Torn(LogBlock block, int have)
    {
        var bytes = block.Data.AsSpan(0, have);
        var start = bytes.IndexOf((byte)'{');
        if (start < 0)
        {
            if (!OnlySpace(bytes))
                block.Tally.Skip(LogProblemCodes.Malformed, "tail", _line, "text that is no JSON object was left out", "Check how the file was written.");
            return Finish(block, have, have);
        }

        block.Tally.Skip(
            LogProblemCodes.Malformed,
            "torn",
            _line + bytes[..start].Count((byte)'\n'),
            "a JSON object has no end",
            "Check whether the file was cut off when it was written or copied.");
        var next = bytes[(start + 1)..].IndexOf("\n{"u8);
        var cut = next < 0 ? have : start + next + 2;
        bytes[..cut].Replace((byte)'{', (byte)' ');
        return Finish(block, cut, have);
    }

    private bool Oversized(LogBlock block, int have)
    {
        var bytes = block.Data.AsSpan(0, have);
        var start = Math.Max(0, bytes.IndexOf((byte)'{'));
        block.Tally.Skip(
            LogProblemCodes.TooLarge,
            "object",
            _line + bytes[..start].Count((byte)'\n'),
            $"a JSON object of more than {LogLimits.MaxRecordBytes} bytes was left out",
            "Split the record at its source, or check that this is a log.");
        var boundary = default(JsonBoundary);
        var scan = bytes[start..];
        _line += bytes[..start].Count((byte)'\n');
        _offset += start;
        while (true)
        {
            var length = boundary.Scan(scan);
            var used = length < 0 ? scan.Length : length;
            _line += scan[..used].Count((byte)'\n');
            _offset += used;
            if (length >= 0)
            {
                _carried = scan.Length - used;
                if (_carry.Length < _carried) _carry = new byte[_carried];
                scan[used..].CopyTo(_carry);
                break;
            }

            var got = feed.Read(block.Data.AsSpan(0, LogLimits.BlockBytes));
            if (got == 0)
            {
                _ended = true;
                break;
            }

            scan = block.Data.AsSpan(0, got);
        }

        block.Length = 0;
        return true;
    }
}
