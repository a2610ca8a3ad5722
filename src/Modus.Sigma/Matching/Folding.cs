using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Modus.Sigma.Matching;

/// <summary>The one way in which upper and lower case are made equal, for rules and events alike: the simple fold of Unicode, without a culture.</summary>
internal static class Folding
{
    /// <summary>Bytes a folded text may need for each byte of the text.</summary>
    public const int Growth = 3;

    public static Rune Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    /// <summary>The folded text as UTF-8.</summary>
    public static byte[] Fold(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var folded = new byte[utf8.Length * Growth];
        return folded[..Fold(utf8, folded)];
    }

    /// <summary>Folds UTF-8; the target must have <see cref="Growth"/> times the room. What is no UTF-8 becomes U+FFFD.</summary>
    /// <returns>The length of the folded text.</returns>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<byte> target)
    {
        int at = 0, done = 0;
        while (true)
        {
            // ToLower stops at the first byte that is not ASCII.
            var isDone = Ascii.ToLower(utf8[at..], target[done..], out var plain) == OperationStatus.Done;
            at += plain;
            done += plain;
            if (isDone) return done;
            while (at < utf8.Length && utf8[at] >= 0x80)
            {
                Rune.DecodeFromUtf8(utf8[at..], out var rune, out var read);
                at += read;
                done += Fold(rune).EncodeToUtf8(target[done..]);
            }
        }
    }

    /// <summary>Folds ASCII text as it was written, resolving the escapes of a JSON string on the way.</summary>
    /// <param name="raw">The text; inside of a JSON string where <paramref name="escaped"/> says so.</param>
    /// <param name="escaped">Whether backslashes escape.</param>
    /// <param name="target">At least 32 bytes longer than the text.</param>
    /// <returns>The length of the folded text, or -1 when it takes more than ASCII and the short escapes.</returns>
    public static int FoldAscii(ReadOnlySpan<byte> raw, bool escaped, Span<byte> target)
    {
        const int step = 32;
        if (target.Length < raw.Length + step) throw new ArgumentException("The target is too short.", nameof(target));
        Span<byte> rest = stackalloc byte[step];
        ref var to = ref MemoryMarshal.GetReference(target);
        int from = 0, written = 0;
        while (from < raw.Length)
        {
            var left = raw.Length - from;
            Vector256<byte> bytes;
            if (left >= step)
            {
                bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(raw), (nuint)from);
                left = step;
            }
            else
            {
                raw[from..].CopyTo(rest);
                rest[left..].Clear();
                bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(rest));
            }

            if (bytes.ExtractMostSignificantBits() != 0) return -1;
            var isUpper = Vector256.LessThan((bytes - Vector256.Create((byte)'A')), Vector256.Create((byte)26));
            (bytes | (isUpper & Vector256.Create((byte)0x20))).StoreUnsafe(ref to, (nuint)written);
            var slashes = escaped ? Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits() : 0;
            if (slashes == 0)
            {
                from += left;
                written += left;
                continue;
            }

            var run = (int)uint.TrailingZeroCount(slashes);
            from += run;
            written += run;
            if (from + 1 >= raw.Length || Plain(raw[from + 1]) is not (not 0 and var plain)) return -1;
            Unsafe.Add(ref to, written++) = plain;
            from += 2;
        }

        return written;
    }

    private static byte Plain(byte letter) => letter switch
    {
        (byte)'\\' or (byte)'"' or (byte)'/' => letter,
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => 0,
    };
}
