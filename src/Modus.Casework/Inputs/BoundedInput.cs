using System.IO.Compression;
using System.Text;

namespace Modus.Casework.Inputs;

/// <summary>Opens files, looking through gzip, with limits on what may come out.</summary>
internal static class BoundedInput
{
    /// <summary>Opens a file for reading; gzip is recognised by content and unpacked on the way.</summary>
    /// <exception cref="InvalidDataException">The content outgrows the limits, or the compression is damaged; thrown while reading.</exception>
    public static Stream Open(InputFile file, InputLimits limits)
    {
        var stream = File.OpenRead(file.Path);
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read < 2 || magic[0] != 0x1F || magic[1] != 0x8B) return stream;
        var most = Math.Min(limits.UnpackedBytes, Math.Max(1 << 20, file.Length * limits.UnpackedRatio));
        return new LimitedStream(new GZipStream(stream, CompressionMode.Decompress), most);
    }

    /// <summary>Opens a file as <see cref="Open"/> does, for readers that know UTF-8 only: UTF-16 with its mark is turned into it.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Open"/>.</exception>
    public static Stream OpenUtf8(InputFile file, InputLimits limits)
    {
        var encoding = Utf16Of(file, limits);
        var stream = Open(file, limits);
        return encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }

    private static UnicodeEncoding? Utf16Of(InputFile file, InputLimits limits)
    {
        using var stream = Open(file, limits);
        Span<byte> mark = stackalloc byte[2];
        if (stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false) < 2) return null;
        return (mark[0], mark[1]) switch
        {
            (0xFF, 0xFE) => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            (0xFE, 0xFF) => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            _ => null,
        };
    }

    /// <summary>The first bytes of a file, unpacked where it is gzip, in UTF-8 where it is UTF-16.</summary>
    public static byte[] Head(InputFile file, InputLimits limits)
    {
        using var stream = OpenUtf8(file, limits);
        var head = new byte[limits.RecognitionBytes];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..read];
    }

    /// <summary>Reads through to another stream and stops with an exception when more comes than is allowed.</summary>
    private sealed class LimitedStream(Stream inner, long most) : Stream
    {
        private long read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            read += count;
            if (read > most) throw new InvalidDataException($"unpacks to more than {most >> 20} MiB");
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
