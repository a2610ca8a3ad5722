using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Modus.Sigma.Matching;

/// <summary>Finds all texts that a value contains, in one pass: each text is known by its rarest window of a few neighbouring bytes, and compared only where that is.</summary>
/// <remarks>
/// A bit for each hashed window answers nearly all places of a value with one load; it stays in the first cache even for ten thousand texts, and takes no time to build,
/// where the states of an automaton would fill megabytes.
/// </remarks>
internal sealed class WindowIndex
{
    // With so few texts a vectorised search for each is faster; for single bytes it is with more of them.
    private const int Few = 3, FewBytes = 8;

    // Bits for each text: one place in 128 is looked at without need.
    private const int BitsPerText = 128, MinBits = 12, MaxBits = 17;

    // With no more texts than these each is known by two neighbouring windows, so that every other place of a value is enough; with more there is too much to look at.
    private const int MaxPaired = 1_024;

    private readonly int width;
    private readonly uint mask;
    private readonly int step;
    private readonly bool beyondAscii;
    private readonly byte[][] texts;
    private readonly int[] numbers;
    private readonly uint[] bits = [];
    private readonly int shift;
    // The windows with the place of their first entry, counted from 1.
    private readonly (uint Key, int First)[] slots = [];
    private readonly WindowEntry[] entries = [];
    private readonly int slotShift;

    /// <summary>Makes an index of folded texts of at least <paramref name="width"/> bytes, each with the number that tells it.</summary>
    /// <param name="items">The texts.</param>
    /// <param name="width">The bytes of a window: 1, 2 or 4.</param>
    /// <param name="step">1, or 2 for texts that are longer than a window: every so many places of a value are looked at.</param>
    /// <param name="beyondAscii">Whether each text is to be known by the first bytes that it has beyond ASCII, so that only such places of a value count.</param>
    private WindowIndex(IReadOnlyList<(byte[] Text, int Number)> items, int width, int step, bool beyondAscii)
    {
        this.width = width;
        this.step = step;
        this.beyondAscii = beyondAscii;
        mask = uint.MaxValue >> (8 * (sizeof(uint) - width));
        texts = [.. items.Select(item => item.Text)];
        numbers = [.. items.Select(item => item.Number)];
        if (IsFew) return;
        var windows = (uint)(texts.Length * step);
        var log = Math.Clamp(BitOperations.Log2(windows * BitsPerText) + 1, MinBits, MaxBits);
        shift = 32 - log;
        bits = new uint[1 << (log - 5)];
        var size = (int)BitOperations.RoundUpToPowerOf2(windows * 2);
        slotShift = 32 - BitOperations.Log2((uint)size);
        slots = new (uint, int)[size];
        entries = Fill(beyondAscii ? [.. texts.Select(text => text.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)0x7F))] : RareWindows.Choose(texts, width, step));
    }

    private bool IsFew => texts.Length <= (width == 1 ? FewBytes : Few);

    /// <summary>Indexes that together hold all texts, each with the widest window that its texts have.</summary>
    public static WindowIndex[] For(IReadOnlyList<(byte[] Text, int Number)> items)
    {
        var made = new List<WindowIndex>();
        foreach (var width in new[] { 4, 2, 1 })
        {
            (byte[] Text, int Number)[] fit = [.. items.Where(item => item.Text.Length switch { >= 4 => 4, >= 2 => 2, _ => 1 } == width)];
            if (width == sizeof(uint) && fit.Length <= MaxPaired && fit.Count(item => item.Text.Length == width) <= Few)
            {
                (byte[] Text, int Number)[] longer = [.. fit.Where(item => item.Text.Length > width)];
                if (longer.Length > 0) made.Add(new(longer, width, 2, false));
                fit = [.. fit.Where(item => item.Text.Length == width)];
            }

            if (fit.Length > 0) made.Add(new(fit, width, 1, false));
        }

        return [.. made];
    }

    /// <summary>An index of texts of which none is all ASCII; null where there are none. It passes quickly over what is ASCII in a value.</summary>
    public static WindowIndex? BeyondAscii(IReadOnlyList<(byte[] Text, int Number)> items) =>
        // A character beyond ASCII takes two bytes and more.
        items.Count == 0 ? null : new(items, 2, 1, true);

    // Texts with the same window lie side by side, the last of them marked.
    private WindowEntry[] Fill(int[] places)
    {
        var all = new WindowEntry[texts.Length * step];
        for (var at = 0; at < all.Length; at++)
        {
            var (text, place) = (texts[at / step], places[at / step] + (at % step));
            all[at] = new(RareWindows.At(text, place, width), text, place, numbers[at / step]);
        }

        Array.Sort(all, static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Number.CompareTo(b.Number));
        for (var at = 0; at < all.Length; at++)
        {
            all[at].IsLast = at + 1 == all.Length || all[at + 1].Key != all[at].Key;
            if (at > 0 && all[at - 1].Key == all[at].Key) continue;
            var hash = RareWindows.Hash(all[at].Key);
            bits[hash >> shift >> 5] |= 1u << (int)(hash >> shift);
            var slot = (int)(hash >> slotShift);
            while (slots[slot].First != 0) slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = (all[at].Key, at + 1);
        }

        return all;
    }

    /// <summary>Tells a worker which texts a folded value contains.</summary>
    /// <param name="value">The value; at least 32 bytes behind it must be readable.</param>
    /// <param name="scan">Whose texts they are.</param>
    /// <param name="worker">The worker.</param>
    public void Run(ReadOnlySpan<byte> value, FieldScan scan, MatchWorker worker)
    {
        if (IsFew)
        {
            for (var at = 0; at < texts.Length; at++)
                if (value.IndexOf(texts[at]) >= 0) scan.Found(numbers[at], worker);
        }
        else if (beyondAscii)
        {
            RunBeyondAscii(value, scan, worker);
        }
        else
        {
            RunAll(value, scan, worker);
        }
    }

    /// <summary>Whether a folded value contains any of the texts. Nothing behind the value is read.</summary>
    public bool Any(ReadOnlySpan<byte> value)
    {
        if (IsFew)
        {
            foreach (var text in texts)
                if (value.IndexOf(text) >= 0) return true;
            return false;
        }

        for (var at = 0; at <= value.Length - width; at++)
        {
            var key = RareWindows.At(value, at, width);
            var hash = RareWindows.Hash(key) >> shift;
            if ((bits[hash >> 5] >> (int)hash & 1) != 0 && IsAt(value, at, key)) return true;
        }

        return false;
    }

    private bool IsAt(ReadOnlySpan<byte> value, int at, uint key)
    {
        var slot = (int)(RareWindows.Hash(key) >> slotShift);
        for (; slots[slot].First != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot].Key != key) continue;
            for (var number = slots[slot].First - 1; ; number++)
            {
                if (entries[number].StandsAt(value, at)) return true;
                if (entries[number].IsLast) return false;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunAll(ReadOnlySpan<byte> value, FieldScan scan, MatchWorker worker)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        ref var table = ref MemoryMarshal.GetArrayDataReference(bits);
        var (move, part, next) = (shift, mask, step);
        var last = value.Length - width;
        for (var at = 0; at <= last; at += next)
        {
            var key = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at)) & part;
            var hash = RareWindows.Hash(key) >> move;
            if ((Unsafe.Add(ref table, hash >> 5) >> (int)hash & 1) != 0) Look(value, at, key, scan, worker);
        }
    }

    private void RunBeyondAscii(ReadOnlySpan<byte> value, FieldScan scan, MatchWorker worker)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        var last = value.Length - width;
        for (var from = 0; from <= last; from += Vector256<byte>.Count)
        {
            for (var places = Vector256.LoadUnsafe(ref start, (nuint)from).ExtractMostSignificantBits(); places != 0; places &= places - 1)
            {
                var at = from + BitOperations.TrailingZeroCount(places);
                if (at > last) return;
                var key = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at)) & mask;
                var hash = RareWindows.Hash(key) >> shift;
                if ((bits[hash >> 5] >> (int)hash & 1) != 0) Look(value, at, key, scan, worker);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(ReadOnlySpan<byte> value, int at, uint key, FieldScan scan, MatchWorker worker)
    {
        var slot = (int)(RareWindows.Hash(key) >> slotShift);
        for (; slots[slot].First != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot].Key != key) continue;
            var ahead = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(value), at));
            for (var number = slots[slot].First - 1; ; number++)
            {
                ref var entry = ref entries[number];
                if ((ahead & entry.Mask) == entry.Ahead && entry.IsAt(value, at)) scan.Found(entry.Number, worker);
                if (entry.IsLast) return;
            }
        }
    }
}
