using System.Buffers;

namespace Modus.Logs.Rewriting;

/// <summary>
/// Gives what lies in another form as lines of JSON, one record a line, so that mappings know it like any other. A record that
/// took several lines is followed by as many empty ones, so that lines keep their numbers.
/// </summary>
internal abstract class RewritingStream : Stream
{
    private readonly ArrayBufferWriter<byte> _lines = new(1 << 16);
    private int _given;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes the next lines; false when there are none left.</summary>
    protected abstract bool Next(IBufferWriter<byte> lines);

    public override int Read(Span<byte> buffer)
    {
        while (_given == _lines.WrittenCount && !_ended)
        {
            _lines.ResetWrittenCount();
            _given = 0;
            _ended = !Next(_lines);
        }

        var count = Math.Min(buffer.Length, _lines.WrittenCount - _given);
        _lines.WrittenSpan.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
