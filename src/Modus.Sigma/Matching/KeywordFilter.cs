using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Modus.Sigma.Matching;

/// <summary>Says of a JSON record as it was written that none of a few texts can be in its values. Sixteen, thirty-two or sixty-four bytes at a time.</summary>
/// <remarks>
/// Each needle gives three neighbouring bytes that JSON writes as they are. A table of bytes tells, for each of the three places, which of eight groups of needles
/// the byte fits (two tables, of the halves of a byte, where the machine has no wider look-up); where a group fits all three, its needles are compared.
/// </remarks>
internal sealed class KeywordFilter
{
    /// <summary>No needle is in any value; one may be in any.</summary>
    public const int None = -1, Anywhere = -2;

    private const int Window = 3, Groups = 8, Half = 16, Exactly = 128, MaxRun = 24;

    // By place and byte; and the same by place and half of a byte, which says yes more often.
    private readonly byte[] exact = new byte[Window * Exactly];
    private readonly byte[] low = new byte[Window * Half];
    private readonly byte[] high = new byte[Window * Half];
    private readonly List<(byte[] Run, int Window)>[] groups = [.. Enumerable.Range(0, Groups).Select(_ => new List<(byte[] Run, int Window)>())];

    private KeywordFilter()
    {
    }

    /// <summary>A filter for folded needles, or null when one of them gives no window.</summary>
    public static KeywordFilter? For(IEnumerable<byte[]> needles)
    {
        var windows = new List<(byte[] Run, int Window)>();
        foreach (var needle in needles)
        {
            if (CleanRun(needle) is not { } run) return null;
            windows.Add((run, BestWindow(run)));
        }

        // Neighbours in order share a group: the less its windows differ, the fewer other bytes fit it.
        windows.Sort((a, b) => a.Run.AsSpan(a.Window, Window).SequenceCompareTo(b.Run.AsSpan(b.Window, Window)));
        var filter = new KeywordFilter();
        for (var at = 0; at < windows.Count; at++) filter.Add(windows[at].Run, windows[at].Window, at * Groups / windows.Count);
        return filter;
    }

    /// <summary>False when no needle can be in a value of the record; true means that the values must be looked at.</summary>
    public bool MayContain(ReadOnlySpan<byte> record) => Find(record) != None;

    /// <summary>Where a text stands that a needle has: the needle can only be in a value that holds the place. <see cref="None"/> or <see cref="Anywhere"/> otherwise.</summary>
    public int Find(ReadOnlySpan<byte> record) =>
        record.Length < Window || (!System.Text.Ascii.IsValid(record) && HiddenAscii.IsIn(record)) ? Anywhere : FindNext(record, 0);

    /// <summary>The next such place in a record of which one was found.</summary>
    public int FindNext(ReadOnlySpan<byte> record, int at)
    {
        ref var start = ref MemoryMarshal.GetReference(record);
        var last = record.Length - Window + 1;
        if (Avx512Vbmi.IsSupported)
        {
            // One look-up for a whole byte below 128, whose tables take two registers each; what other bytes give there is checked as all is.
            Vector512<byte> below0 = Exact(0, 0), below1 = Exact(1, 0), below2 = Exact(2, 0), above0 = Exact(0, 1), above1 = Exact(1, 1), above2 = Exact(2, 1);
            for (var seen = ulong.MaxValue; at < last && last >= Vector512<byte>.Count; at += Vector512<byte>.Count)
            {
                if (at > last - Vector512<byte>.Count)
                {
                    // The last bytes once more together with some that were looked at.
                    seen <<= at - (last - Vector512<byte>.Count);
                    at = last - Vector512<byte>.Count;
                }

                var first = Vector512.LoadUnsafe(ref start, (nuint)at);
                var second = Vector512.LoadUnsafe(ref start, (nuint)at + 1);
                var third = Vector512.LoadUnsafe(ref start, (nuint)at + 2);
                var all = Avx512Vbmi.PermuteVar64x8x2(below0, first, above0) & Avx512Vbmi.PermuteVar64x8x2(below1, second, above1) & Avx512Vbmi.PermuteVar64x8x2(below2, third, above2);
                var escapes = (Vector512.Equals(first, Vector512.Create((byte)'\\')) & Vector512.Equals(second, Vector512.Create((byte)'u'))).ExtractMostSignificantBits();
                if (escapes != 0 && HiddenAscii.IsEscapedAt(record, at, escapes)) return Anywhere;
                var fits = ~Vector512.Equals(all, Vector512<byte>.Zero).ExtractMostSignificantBits() & seen;
                if (fits != 0 && Check(record, at, fits) is >= 0 and var place) return place;
            }

            if (at >= last) return HiddenAscii.IsEscapedIn(record, Math.Max(0, last - 1)) ? Anywhere : None;
        }

        if (Avx2.IsSupported)
        {
            // The tables stay in registers for the whole record. A shuffle takes the low half of a byte below 128 and gives nothing for others.
            Vector256<byte> low0 = Wide(low, 0), low1 = Wide(low, 1), low2 = Wide(low, 2), high0 = Wide(high, 0), high1 = Wide(high, 1), high2 = Wide(high, 2);
            var nibble = Vector256.Create((byte)0x0F);
            for (; at + Vector256<byte>.Count <= last; at += Vector256<byte>.Count)
            {
                var first = Vector256.LoadUnsafe(ref start, (nuint)at);
                var second = Vector256.LoadUnsafe(ref start, (nuint)at + 1);
                var third = Vector256.LoadUnsafe(ref start, (nuint)at + 2);
                var all = Avx2.Shuffle(low0, first) & Avx2.Shuffle(high0, Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & nibble)
                    & Avx2.Shuffle(low1, second) & Avx2.Shuffle(high1, Vector256.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & nibble)
                    & Avx2.Shuffle(low2, third) & Avx2.Shuffle(high2, Vector256.ShiftRightLogical(third.AsUInt16(), 4).AsByte() & nibble);
                // An escape by number may hide any character.
                var escapes = (Vector256.Equals(first, Vector256.Create((byte)'\\')) & Vector256.Equals(second, Vector256.Create((byte)'u'))).ExtractMostSignificantBits();
                if (escapes != 0 && HiddenAscii.IsEscapedAt(record, at, escapes)) return Anywhere;
                if (all == Vector256<byte>.Zero) continue;
                if (Check(record, at, ~Vector256.Equals(all, Vector256<byte>.Zero).ExtractMostSignificantBits()) is >= 0 and var place) return place;
            }
        }

        if (HiddenAscii.IsEscapedIn(record, at)) return Anywhere;
        for (; at + Vector128<byte>.Count <= last; at += Vector128<byte>.Count)
            if (AnyNarrow(ref Unsafe.Add(ref start, at), out var fits) && Check(record, at, fits) is >= 0 and var place) return place;
        for (; at < last; at++)
            if (GroupsAt(record, at) is var found and not 0 && CheckAt(record, at, found)) return at;
        return None;
    }

    /// <summary>The same answer one byte at a time: the twin that tests compare with.</summary>
    internal bool MayContainSlowly(ReadOnlySpan<byte> record)
    {
        if (record.Length < Window || HiddenAscii.IsIn(record) || HiddenAscii.IsEscapedIn(record, 0)) return true;
        for (var at = 0; at <= record.Length - Window; at++)
            if (GroupsAt(record, at) is var found and not 0 && CheckAt(record, at, found)) return true;
        return false;
    }

    private static Vector256<byte> Wide(byte[] table, int place)
    {
        var half = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(table), (nuint)(place * Half));
        return Vector256.Create(half, half);
    }

    private Vector512<byte> Exact(int place, int half) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(exact), (nuint)((place * Exactly) + (half * Vector512<byte>.Count)));

    private bool AnyNarrow(ref byte text, out uint fits)
    {
        var nibble = Vector128.Create((byte)0x0F);
        var all = Vector128<byte>.AllBitsSet;
        for (var place = 0; place < Window; place++)
        {
            var bytes = Vector128.LoadUnsafe(ref text, (nuint)place);
            var lows = Vector128.Shuffle(Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(low), (nuint)(place * Half)), bytes & nibble);
            var highs = Vector128.Shuffle(Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(high), (nuint)(place * Half)), Vector128.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & nibble);
            all &= lows & highs;
        }

        fits = ~Vector128.Equals(all, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
        return fits != 0;
    }

    private int Check(ReadOnlySpan<byte> record, int from, ulong fits)
    {
        for (; fits != 0; fits &= fits - 1)
        {
            var at = from + BitOperations.TrailingZeroCount(fits);
            if (CheckAt(record, at, GroupsAt(record, at))) return at;
        }

        return -1;
    }

    private int GroupsAt(ReadOnlySpan<byte> record, int at)
    {
        var found = 0xFF;
        for (var place = 0; place < Window; place++)
        {
            if (record[at + place] is not (< Exactly and var b)) return 0;
            found &= exact[(place * Exactly) + b];
        }

        return found;
    }

    private bool CheckAt(ReadOnlySpan<byte> record, int at, int found)
    {
        for (; found != 0; found &= found - 1)
        {
            foreach (var (run, window) in groups[BitOperations.TrailingZeroCount(found)])
            {
                var start = at - window;
                if (start >= 0 && start + run.Length <= record.Length && System.Text.Ascii.EqualsIgnoreCase(record.Slice(start, run.Length), run)) return true;
            }
        }

        return false;
    }

    private void Add(byte[] run, int window, int group)
    {
        groups[group].Add((run, window));
        for (var place = 0; place < Window; place++)
        {
            var lower = run[window + place];
            foreach (var b in new[] { lower, lower is >= (byte)'a' and <= (byte)'z' ? (byte)(lower - 32) : lower })
            {
                exact[(place * Exactly) + b] |= (byte)(1 << group);
                low[(place * Half) + (b & 15)] |= (byte)(1 << group);
                high[(place * Half) + (b >> 4)] |= (byte)(1 << group);
            }
        }
    }

    // The longest part that JSON never escapes; two of the same length: the first.
    private static byte[]? CleanRun(byte[] needle)
    {
        byte[] best = [];
        var start = 0;
        for (var at = 0; at <= needle.Length; at++)
        {
            if (at < needle.Length && needle[at] is > (byte)' ' - 1 and < 0x7F and not ((byte)'"' or (byte)'\\' or (byte)'/')) continue;
            if (at - start > best.Length) best = needle[start..at];
            start = at + 1;
        }

        if (best.Length > MaxRun) best = best[..MaxRun];
        return best.Length < Window ? null : best;
    }

    private static int BestWindow(byte[] run)
    {
        var places = Enumerable.Range(0, run.Length - Window + 1);
        return places.MaxBy(start => run.AsSpan(start, Window).ToArray().Sum(Rarity));
    }

    private static int Rarity(byte b) => b switch
    {
        (byte)'e' or (byte)'t' or (byte)'a' or (byte)'o' or (byte)'i' or (byte)'n' or (byte)'s' or (byte)'r' or (byte)'l' or (byte)'c' or (byte)'d' => 1,
        (byte)'.' or (byte)' ' or (byte)'-' or (byte)'0' => 1,
        (byte)'v' or (byte)'k' or (byte)'x' or (byte)'j' or (byte)'q' or (byte)'z' => 3,
        >= (byte)'a' and <= (byte)'z' => 2,
        >= (byte)'0' and <= (byte)'9' => 2,
        _ => 3,
    };
}
