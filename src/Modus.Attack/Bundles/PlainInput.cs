using System.IO.Compression;

namespace Modus.Attack.Bundles;

/// <summary>A stream of plain bytes over a plain or gzip input, with the limits on unpacking.</summary>
internal sealed class PlainInput : Stream
{
    private const int FreeBytes = 1 << 20;
    private readonly Stream inner;
    private readonly CountingStream packed;
    private readonly ReadLimits limits;
    private readonly bool isGzip;
    private long unpacked;

    private PlainInput(CountingStream packed, bool isGzip, ReadLimits limits)
    {
        this.packed = packed;
        this.limits = limits;
        this.isGzip = isGzip;
        inner = isGzip ? new GZipStream(packed, CompressionMode.Decompress) : packed;
    }

    /// <summary>Opens a stream, unpacking it where its first two bytes say gzip (RFC 1952, section 2.3.1).</summary>
    public static PlainInput Open(Stream stream, ReadLimits limits, bool leaveOpen)
    {
        Span<byte> magic = stackalloc byte[2];
        var length = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        if (length == 2 && Foreign(magic[0], magic[1]) is { } reason) throw new NotABundleException(reason);
        var isGzip = length == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        return new PlainInput(new CountingStream(stream, magic[..length].ToArray(), leaveOpen), isGzip, limits);
    }

    // What people give in place of UTF-8 and gzip; JSON begins with none of these bytes.
    private static string? Foreign(byte first, byte second) => (first, second) switch
    {
        ((byte)'P', (byte)'K') => "it is a zip archive, which has to be unpacked first",
        (0xFF, 0xFE) or (0xFE, 0xFF) => "it is text in UTF-16, which has to be saved as UTF-8 first",
        _ => null,
    };

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        unpacked += count;
        if (isGzip && unpacked > FreeBytes && unpacked / Math.Max(1, packed.Count) > limits.GzipRatio)
            throw new InputTooLargeException($"its gzip data unpacks to more than {limits.GzipRatio} times its size");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => unpacked; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Gives back the bytes read ahead, then the rest of the stream, and counts them.</summary>
    private sealed class CountingStream(Stream stream, byte[] ahead, bool leaveOpen) : Stream
    {
        private int given;

        public long Count { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int count;
            if (given < ahead.Length)
            {
                count = Math.Min(buffer.Length, ahead.Length - given);
                ahead.AsSpan(given, count).CopyTo(buffer);
                given += count;
            }
            else
            {
                count = stream.Read(buffer);
            }
            Count += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            if (disposing && !leaveOpen) stream.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
