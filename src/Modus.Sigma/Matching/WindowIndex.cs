using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Modus.Sigma.Matching;

/// <summary>Finds all texts that a value contains, in one pass: each text is known by its rarest window of a few neighbouring bytes, and compared only where that is.</summary>
/// <remarks>
/// A bit for each hashed window answers nearly all places of a value with one load; it stays in the first cache even for ten thousand texts, and takes no time to build,
/// where the states of an automaton would fill megabytes.
/// </remarks>
internal sealed class WindowIndex
{
    // With so few texts a vectorised search for each is faster.
    private const int Few = 3;

    // Bits for each text: one place in 32 is looked at without need.
    private const int BitsPerText = 32, MinBits = 9, MaxBits = 18;

    private readonly int width;
    private readonly byte[][] texts;
    private readonly int[] numbers;
    private readonly uint[] bits = [];
    private readonly int shift;
    private readonly uint[] keys = [];
    private readonly int[] first = [];
    private readonly Entry[] entries = [];
    private readonly int slotShift;

    /// <summary>Makes an index of folded texts of at least <paramref name="width"/> bytes, each with the number that tells it.</summary>
    /// <param name="items">The texts.</param>
    /// <param name="width">The bytes of a window: 1, 2 or 4.</param>
    public WindowIndex(IReadOnlyList<(byte[] Text, int Number)> items, int width)
    {
        this.width = width;
        texts = [.. items.Select(item => item.Text)];
        numbers = [.. items.Select(item => item.Number)];
        if (texts.Length <= Few) return;
        var log = Math.Clamp(BitOperations.Log2((uint)texts.Length * BitsPerText) + 1, MinBits, MaxBits);
        shift = 32 - log;
        bits = new uint[1 << (log - 5)];
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)texts.Length * 2);
        slotShift = 32 - BitOperations.Log2((uint)size);
        keys = new uint[size];
        first = new int[size];
        entries = Fill(Choose());
    }

    /// <summary>Indexes that together hold all texts, each with the widest window that its texts have.</summary>
    public static WindowIndex[] For(IReadOnlyList<(byte[] Text, int Number)> items)
    {
        var made = new List<WindowIndex>();
        foreach (var width in new[] { 4, 2, 1 })
        {
            (byte[] Text, int Number)[] fit = [.. items.Where(item => item.Text.Length switch { >= 4 => 4, >= 2 => 2, _ => 1 } == width)];
            if (fit.Length > 0) made.Add(new(fit, width));
        }

        return [.. made];
    }

    // Texts with the same window lie side by side, the last of them marked.
    private Entry[] Fill(int[] places)
    {
        var all = new Entry[texts.Length];
        for (var at = 0; at < all.Length; at++) all[at] = new(Window(texts[at], places[at]), texts[at], places[at], numbers[at]);
        Array.Sort(all, static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Number.CompareTo(b.Number));
        for (var at = 0; at < all.Length; at++)
        {
            all[at].IsLast = at + 1 == all.Length || all[at + 1].Key != all[at].Key;
            if (at > 0 && all[at - 1].Key == all[at].Key) continue;
            var hash = Hash(all[at].Key);
            bits[hash >> shift >> 5] |= 1u << (int)(hash >> shift);
            var slot = (int)(hash >> slotShift);
            while (first[slot] != 0) slot = (slot + 1) & (first.Length - 1);
            keys[slot] = all[at].Key;
            first[slot] = at + 1;
        }

        return all;
    }

    /// <summary>Tells a worker which texts a folded value contains.</summary>
    /// <param name="value">The value; at least seven bytes behind it must be readable.</param>
    /// <param name="scan">Whose texts they are.</param>
    /// <param name="worker">The worker.</param>
    public void Run(ReadOnlySpan<byte> value, FieldScan scan, MatchWorker worker)
    {
        if (texts.Length <= Few)
        {
            for (var at = 0; at < texts.Length; at++)
                if (value.IndexOf(texts[at]) >= 0) scan.Found(numbers[at], worker);
        }
        else if (width == 4)
        {
            RunWide(value, scan, worker);
        }
        else
        {
            for (var at = 0; at <= value.Length - width; at++)
            {
                var key = Window(value, at);
                var hash = Hash(key) >> shift;
                if ((bits[hash >> 5] >> (int)hash & 1) != 0) Look(value, at, key, scan, worker);
            }
        }
    }

    /// <summary>Whether a folded value contains any of the texts. Nothing behind the value is read.</summary>
    public bool Any(ReadOnlySpan<byte> value)
    {
        if (texts.Length <= Few)
        {
            foreach (var text in texts)
                if (value.IndexOf(text) >= 0) return true;
            return false;
        }

        for (var at = 0; at <= value.Length - width; at++)
        {
            var key = Window(value, at);
            var hash = Hash(key) >> shift;
            if ((bits[hash >> 5] >> (int)hash & 1) != 0 && IsAt(value, at, key)) return true;
        }

        return false;
    }

    private bool IsAt(ReadOnlySpan<byte> value, int at, uint key)
    {
        var slot = (int)(Hash(key) >> slotShift);
        for (; first[slot] != 0; slot = (slot + 1) & (first.Length - 1))
        {
            if (keys[slot] != key) continue;
            for (var number = first[slot] - 1; ; number++)
            {
                if (entries[number].StandsAt(value, at)) return true;
                if (entries[number].IsLast) return false;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunWide(ReadOnlySpan<byte> value, FieldScan scan, MatchWorker worker)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        ref var table = ref MemoryMarshal.GetArrayDataReference(bits);
        var move = shift;
        var last = value.Length - sizeof(uint);
        for (var at = 0; at <= last; at++)
        {
            var key = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));
            var hash = Hash(key) >> move;
            if ((Unsafe.Add(ref table, hash >> 5) >> (int)hash & 1) != 0) Look(value, at, key, scan, worker);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(ReadOnlySpan<byte> value, int at, uint key, FieldScan scan, MatchWorker worker)
    {
        var slot = (int)(Hash(key) >> slotShift);
        for (; first[slot] != 0; slot = (slot + 1) & (first.Length - 1))
        {
            if (keys[slot] != key) continue;
            var ahead = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(value), at));
            for (var number = first[slot] - 1; ; number++)
            {
                ref var entry = ref entries[number];
                if ((ahead & entry.Mask) == entry.Ahead && entry.IsAt(value, at)) scan.Found(entry.Number, worker);
                if (entry.IsLast) return;
            }
        }
    }

    // A window that many texts share is one that values have often, too.
    private int[] Choose()
    {
        var places = new int[texts.Length];
        var windows = 0;
        foreach (var text in texts) windows += text.Length - width + 1;
        var size = BitOperations.RoundUpToPowerOf2((uint)windows * 2);
        var move = 32 - BitOperations.Log2(size);
        var counts = new ushort[size];
        foreach (var text in texts)
            for (var place = 0; place <= text.Length - width; place++)
            {
                ref var count = ref counts[Hash(Window(text, place)) >> move];
                if (count < ushort.MaxValue) count++;
            }
        for (var at = 0; at < texts.Length; at++)
        {
            var best = int.MaxValue;
            for (var place = 0; place <= texts[at].Length - width; place++)
            {
                var cost = counts[Hash(Window(texts[at], place)) >> move] * 4;
                for (var b = 0; b < width; b++) cost += Commonness(texts[at][place + b]);
                if (cost >= best) continue;
                best = cost;
                places[at] = place;
            }
        }

        return places;
    }

    private static int Commonness(byte b) => b switch
    {
        (byte)'e' or (byte)'t' or (byte)'a' or (byte)'o' or (byte)'i' or (byte)'n' or (byte)'s' or (byte)'r' or (byte)'.' or (byte)' ' or (byte)'\\' or (byte)'0' => 4,
        >= (byte)'a' and <= (byte)'z' => 3,
        >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)':' => 3,
        < 0x80 => 2,
        _ => 0,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint key) => key * 0x9E3779B1;

    private uint Window(ReadOnlySpan<byte> text, int at) => width switch
    {
        4 => Unsafe.ReadUnaligned<uint>(in text[at]),
        2 => Unsafe.ReadUnaligned<ushort>(in text[at]),
        _ => text[at],
    };

    /// <summary>A text behind its window.</summary>
    private struct Entry
    {
        private readonly byte[] text;
        private readonly int place;
        private readonly bool isWhole;

        public Entry(uint key, byte[] text, int place, int number)
        {
            Key = key;
            this.text = text;
            this.place = place;
            Number = number;
            var length = Math.Min(sizeof(ulong), text.Length - place);
            for (var at = 0; at < length; at++)
            {
                Ahead |= (ulong)text[place + at] << (8 * at);
                Mask |= 0xFFUL << (8 * at);
            }

            isWhole = place == 0 && length == text.Length;
        }

        public uint Key { get; }

        /// <summary>Up to eight bytes of the text from its window on, and which of them count.</summary>
        public ulong Ahead { get; }

        public ulong Mask { get; }

        public int Number { get; }

        public bool IsLast { get; set; }

        /// <summary>Whether the text stands where its window was found.</summary>
        public readonly bool StandsAt(ReadOnlySpan<byte> value, int at) => at >= place && value[(at - place)..].StartsWith(text);

        /// <summary>Whether the whole text stands where its window was found and what lies ahead fits.</summary>
        public readonly bool IsAt(ReadOnlySpan<byte> value, int at)
        {
            var from = at - place;
            if (from < 0 || text.Length > value.Length - from) return false;
            return isWhole || value.Slice(from, text.Length).SequenceEqual(text);
        }
    }
}
