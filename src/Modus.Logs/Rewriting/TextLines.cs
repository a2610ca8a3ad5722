namespace Modus.Logs.Rewriting;

/// <summary>Takes a stream line by line; what exceeds the limit of a record is left out of its line.</summary>
internal sealed class TextLines(Stream stream)
{
    private byte[] _bytes = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Takes the next line without its end; valid until the next call.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        var looked = 0;
        while (true)
        {
            var found = _bytes.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (found >= 0 || (_ended && _end > _start))
            {
                var length = found >= 0 ? looked + found : _end - _start;
                line = _bytes.AsSpan(_start, length).TrimEnd((byte)'\r');
                _start += length + (found >= 0 ? 1 : 0);
                return true;
            }

            line = default;
            if (_ended) return false;
            looked = _end - _start;
            Fill(ref looked);
        }
    }

    private void Fill(ref int looked)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            if (_bytes.Length < LogLimits.MaxRecordBytes) Array.Resize(ref _bytes, _bytes.Length * 2);
            else looked = _end = _bytes.Length / 2;
        }

        var got = stream.Read(_bytes.AsSpan(_end));
        _ended = got == 0;
        _end += got;
    }
}
