using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Modus.Logs.Json;

/// <summary>JSON strings: finds their end and decodes their escapes.</summary>
internal static class JsonText
{
    private const ulong EvenBits = 0x5555_5555_5555_5555;

    /// <summary>The place of the quote that ends a string, or -1 when it has no end before <paramref name="end"/>.</summary>
    /// <param name="data">The bytes; at least 64 must lie behind <paramref name="end"/>.</param>
    /// <param name="position">The first byte inside the string.</param>
    /// <param name="end">Where the data ends.</param>
    /// <param name="escaped">Whether the string has escapes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FindEnd(byte[] data, int position, int end, out bool escaped)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(data);
        var quote = Vector256.Create((byte)'"');
        var slash = Vector256.Create((byte)'\\');
        escaped = false;
        while (position < end)
        {
            var v = Vector256.LoadUnsafe(ref start, (nuint)position);
            var quotes = Vector256.Equals(v, quote).ExtractMostSignificantBits();
            var slashes = Vector256.Equals(v, slash).ExtractMostSignificantBits();
            if (slashes != 0 && (quotes == 0 || uint.TrailingZeroCount(slashes) < uint.TrailingZeroCount(quotes)))
            {
                escaped = true;
                return FindEscapedEnd(ref start, position, end);
            }

            if (quotes != 0)
            {
                position += (int)uint.TrailingZeroCount(quotes);
                return position < end ? position : -1;
            }

            position += Vector256<byte>.Count;
        }

        return -1;
    }

    /// <summary>Decodes the inside of a JSON string; wrong escapes stay as they are, lone surrogates become U+FFFD.</summary>
    /// <returns>The bytes written, never more than the source has.</returns>
    public static int Unescape(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var from = 0;
        var to = 0;
        while (true)
        {
            var run = source[from..].IndexOf((byte)'\\');
            if (run < 0)
            {
                source[from..].CopyTo(target[to..]);
                return to + source.Length - from;
            }

            if (run > 0)
            {
                source.Slice(from, run).CopyTo(target[to..]);
                from += run;
                to += run;
            }

            if (from + 1 >= source.Length)
            {
                target[to++] = (byte)'\\';
                return to;
            }

            var plain = Simple(source[from + 1]);
            if (plain != 0)
            {
                target[to++] = plain;
                from += 2;
            }
            else if (source[from + 1] == 'u' && Hex(source, from + 2, out var unit))
            {
                from += 6;
                var rune = Rune.ReplacementChar;
                if (char.IsHighSurrogate((char)unit) && from + 1 < source.Length && source[from] == '\\' && source[from + 1] == 'u'
                    && Hex(source, from + 2, out var low) && char.IsLowSurrogate((char)low))
                {
                    rune = new Rune((char)unit, (char)low);
                    from += 6;
                }
                else if (Rune.TryCreate(unit, out var single))
                {
                    rune = single;
                }

                to += rune.EncodeToUtf8(target[to..]);
            }
            else
            {
                target[to++] = (byte)'\\';
                from++;
            }
        }
    }

    // 64 bytes at a time: what is escaped is mostly a path or a script.
    private static int FindEscapedEnd(ref byte start, int position, int end)
    {
        var quote = Vector256.Create((byte)'"');
        var slash = Vector256.Create((byte)'\\');
        var carry = 0ul;
        for (; position < end; position += 2 * Vector256<byte>.Count)
        {
            var low = Vector256.LoadUnsafe(ref start, (nuint)position);
            var high = Vector256.LoadUnsafe(ref start, (nuint)(position + Vector256<byte>.Count));
            var quotes = Vector256.Equals(low, quote).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, quote).ExtractMostSignificantBits() << Vector256<byte>.Count);
            var slashes = Vector256.Equals(low, slash).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, slash).ExtractMostSignificantBits() << Vector256<byte>.Count);
            if ((slashes | carry) != 0) quotes &= ~Escaped(slashes, ref carry);
            if (quotes == 0) continue;
            position += (int)ulong.TrailingZeroCount(quotes);
            return position < end ? position : -1;
        }

        return -1;
    }

    /// <summary>The bytes that an odd run of backslashes stands before.</summary>
    private static ulong Escaped(ulong slashes, ref ulong carry)
    {
        slashes &= ~carry;
        var follows = (slashes << 1) | carry;
        var oddStarts = slashes & ~EvenBits & ~follows;
        var sum = oddStarts + slashes;
        carry = sum < oddStarts ? 1ul : 0ul;
        return (EvenBits ^ (sum << 1)) & follows;
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'\\' => (byte)'\\',
        (byte)'"' => (byte)'"',
        (byte)'/' => (byte)'/',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => 0,
    };

    private static bool Hex(ReadOnlySpan<byte> source, int at, out int value)
    {
        value = 0;
        if (at + 4 > source.Length) return false;
        for (var i = at; i < at + 4; i++)
        {
            var digit = source[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => source[i] - '0',
                >= (byte)'a' and <= (byte)'f' => source[i] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => source[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0) return false;
            value = (value << 4) | digit;
        }

        return true;
    }
}
