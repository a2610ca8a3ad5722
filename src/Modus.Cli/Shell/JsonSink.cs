using System.Buffers;
using System.Text;

namespace Modus.Cli.Shell;

/// <summary>Takes JSON bytes and hands them on as text piece by piece, so that a long answer is never whole in memory.</summary>
internal sealed class JsonSink(TextWriter to) : IBufferWriter<byte>
{
    private const int PieceLength = 1 << 15;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private byte[] bytes = new byte[PieceLength];
    private char[] letters = new char[PieceLength];
    private int held;

    /// <inheritdoc/>
    public void Advance(int count) => held += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - held < Math.Max(1, sizeHint)) Drain();
        if (bytes.Length < sizeHint) bytes = new byte[sizeHint];
        return bytes.AsMemory(held);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Hands on what is held.</summary>
    public void Drain()
    {
        var needed = decoder.GetCharCount(bytes, 0, held, flush: false);
        if (letters.Length < needed) letters = new char[needed];
        var count = decoder.GetChars(bytes, 0, held, letters, 0, flush: false);
        to.Write(letters, 0, count);
        held = 0;
    }
}
