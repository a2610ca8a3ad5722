using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Modus.Sigma.Matching;

/// <summary>Says of a JSON record as it was written that none of a few texts can be in its values. Sixteen, thirty-two or sixty-four bytes at a time.</summary>
/// <remarks>
/// Each needle gives three neighbouring bytes that JSON writes as they are. A table for the low and one for the high half of a byte tell, for each of the three
/// places, which of eight groups of needles the byte fits; where a group fits all three, its needles are compared.
/// </remarks>
internal sealed class KeywordFilter
{
    /// <summary>First bytes of the letters beyond ASCII whose fold is an ASCII letter, such as the Kelvin sign.</summary>
    internal static readonly SearchValues<byte> FoldToAscii = SearchValues.Create([0xC4, 0xC5, 0xE2]);

    /// <summary>No needle is in any value; one may be in any.</summary>
    public const int None = -1, Anywhere = -2;

    private const int Window = 3, Groups = 8, Half = 16, MaxRun = 24;

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
        // Other letters may fold to ASCII ones.
        record.Length < Window || (!System.Text.Ascii.IsValid(record) && record.IndexOfAny(FoldToAscii) >= 0) ? Anywhere : FindNext(record, 0);

    /// <summary>The next such place in a record of which one was found.</summary>
    public int FindNext(ReadOnlySpan<byte> record, int at)
    {
        ref var start = ref MemoryMarshal.GetReference(record);
        var last = record.Length - Window + 1;
        if (Avx512BW.IsSupported)
        {
            Vector512<byte> low0 = Wider(low, 0), low1 = Wider(low, 1), low2 = Wider(low, 2), high0 = Wider(high, 0), high1 = Wider(high, 1), high2 = Wider(high, 2);
            var nibble = Vector512.Create((byte)0x0F);
            for (; at + Vector512<byte>.Count <= last; at += Vector512<byte>.Count)
            {
                var first = Vector512.LoadUnsafe(ref start, (nuint)at);
                var second = Vector512.LoadUnsafe(ref start, (nuint)at + 1);
                var third = Vector512.LoadUnsafe(ref start, (nuint)at + 2);
                var all = Avx512BW.Shuffle(low0, first & nibble) & Avx512BW.Shuffle(high0, Vector512.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & nibble)
                    & Avx512BW.Shuffle(low1, second & nibble) & Avx512BW.Shuffle(high1, Vector512.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & nibble)
                    & Avx512BW.Shuffle(low2, third & nibble) & Avx512BW.Shuffle(high2, Vector512.ShiftRightLogical(third.AsUInt16(), 4).AsByte() & nibble);
                var escapes = (Vector512.Equals(first, Vector512.Create((byte)'\\')) & Vector512.Equals(second, Vector512.Create((byte)'u'))).ExtractMostSignificantBits();
                if (escapes != 0 && AnyNumbered(record, at, escapes)) return Anywhere;
                var fits = ~Vector512.Equals(all, Vector512<byte>.Zero).ExtractMostSignificantBits();
                if (fits != 0 && Check(record, at, fits) is >= 0 and var place) return place;
            }
        }

        if (Avx2.IsSupported)
        {
            // The tables stay in registers for the whole record.
            Vector256<byte> low0 = Wide(low, 0), low1 = Wide(low, 1), low2 = Wide(low, 2), high0 = Wide(high, 0), high1 = Wide(high, 1), high2 = Wide(high, 2);
            var nibble = Vector256.Create((byte)0x0F);
            for (; at + Vector256<byte>.Count <= last; at += Vector256<byte>.Count)
            {
                var first = Vector256.LoadUnsafe(ref start, (nuint)at);
                var second = Vector256.LoadUnsafe(ref start, (nuint)at + 1);
                var third = Vector256.LoadUnsafe(ref start, (nuint)at + 2);
                var all = Avx2.Shuffle(low0, first & nibble) & Avx2.Shuffle(high0, Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & nibble)
                    & Avx2.Shuffle(low1, second & nibble) & Avx2.Shuffle(high1, Vector256.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & nibble)
                    & Avx2.Shuffle(low2, third & nibble) & Avx2.Shuffle(high2, Vector256.ShiftRightLogical(third.AsUInt16(), 4).AsByte() & nibble);
                // An escape by number may hide any character.
                var escapes = (Vector256.Equals(first, Vector256.Create((byte)'\\')) & Vector256.Equals(second, Vector256.Create((byte)'u'))).ExtractMostSignificantBits();
                if (escapes != 0 && AnyNumbered(record, at, escapes)) return Anywhere;
                if (all == Vector256<byte>.Zero) continue;
                if (Check(record, at, ~Vector256.Equals(all, Vector256<byte>.Zero).ExtractMostSignificantBits()) is >= 0 and var place) return place;
            }
        }

        if (HasNumbered(record, at)) return Anywhere;
        for (; at + Vector128<byte>.Count <= last; at += Vector128<byte>.Count)
            if (AnyNarrow(ref Unsafe.Add(ref start, at), out var fits) && Check(record, at, fits) is >= 0 and var place) return place;
        for (; at < last; at++)
            if (GroupsAt(record, at) is var found and not 0 && CheckAt(record, at, found)) return at;
        return None;
    }

    /// <summary>The same answer one byte at a time: the twin that tests compare with.</summary>
    internal bool MayContainSlowly(ReadOnlySpan<byte> record)
    {
        if (record.Length < Window || record.IndexOfAny(FoldToAscii) >= 0 || HasNumbered(record, 0)) return true;
        for (var at = 0; at <= record.Length - Window; at++)
            if (GroupsAt(record, at) is var found and not 0 && CheckAt(record, at, found)) return true;
        return false;
    }

    private static bool HasNumbered(ReadOnlySpan<byte> record, int from)
    {
        while (record[from..].IndexOf("\\u"u8) is var next and >= 0)
        {
            if (IsNumbered(record, from + next)) return true;
            from += next + 1;
        }

        return false;
    }

    private static bool AnyNumbered(ReadOnlySpan<byte> record, int from, ulong places)
    {
        for (; places != 0; places &= places - 1)
            if (IsNumbered(record, from + BitOperations.TrailingZeroCount(places))) return true;
        return false;
    }

    // A backslash before a u is an escape unless another one escapes it, as in paths.
    private static bool IsNumbered(ReadOnlySpan<byte> record, int slash)
    {
        var run = 1;
        while (slash - run >= 0 && record[slash - run] == '\\') run++;
        return run % 2 == 1;
    }

    private static Vector256<byte> Wide(byte[] table, int place)
    {
        var half = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(table), (nuint)(place * Half));
        return Vector256.Create(half, half);
    }

    private static Vector512<byte> Wider(byte[] table, int place)
    {
        var half = Wide(table, place);
        return Vector512.Create(half, half);
    }

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
            var b = record[at + place];
            found &= low[(place * Half) + (b & 15)] & high[(place * Half) + (b >> 4)];
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
        (byte)'e' or (byte)'t' or (byte)'a' or (byte)'o' or (byte)'i' or (byte)'n' or (byte)'s' or (byte)'r' or (byte)'.' or (byte)' ' or (byte)'-' or (byte)'0' => 1,
        >= (byte)'a' and <= (byte)'z' => 2,
        >= (byte)'0' and <= (byte)'9' => 2,
        _ => 3,
    };
}
