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
    private readonly int[] places;
    private readonly uint[] bits = [];
    private readonly int shift;
    private readonly uint[] keys = [];
    private readonly int[] first = [];
    private readonly int[] next = [];
    private readonly int slotShift;

    /// <summary>Makes an index of folded texts of at least <paramref name="width"/> bytes, each with the number that tells it.</summary>
    /// <param name="items">The texts.</param>
    /// <param name="width">The bytes of a window: 1, 2 or 4.</param>
    public WindowIndex(IReadOnlyList<(byte[] Text, int Number)> items, int width)
    {
        this.width = width;
        texts = [.. items.Select(item => item.Text)];
        numbers = [.. items.Select(item => item.Number)];
        places = new int[texts.Length];
        if (texts.Length <= Few) return;
        var log = Math.Clamp(BitOperations.Log2((uint)texts.Length * BitsPerText) + 1, MinBits, MaxBits);
        shift = 32 - log;
        bits = new uint[1 << (log - 5)];
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)texts.Length * 2);
        slotShift = 32 - BitOperations.Log2((uint)size);
        keys = new uint[size];
        first = new int[size];
        next = new int[texts.Length];
        Choose();
        for (var at = 0; at < texts.Length; at++)
        {
            var key = Window(texts[at], places[at]);
            var hash = Hash(key);
            bits[hash >> shift >> 5] |= 1u << (int)(hash >> shift);
            var slot = (int)(hash >> slotShift);
            while (first[slot] != 0 && keys[slot] != key) slot = (slot + 1) & (size - 1);
            keys[slot] = key;
            next[at] = first[slot];
            first[slot] = at + 1;
        }
    }

    /// <summary>Tells a worker which texts a folded value contains.</summary>
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
        for (var slot = (int)(Hash(key) >> slotShift); first[slot] != 0; slot = (slot + 1) & (first.Length - 1))
        {
            if (keys[slot] != key) continue;
            for (var item = first[slot] - 1; item >= 0; item = next[item] - 1)
            {
                var text = texts[item];
                var from = at - places[item];
                if (from >= 0 && text.Length <= value.Length - from && value.Slice(from, text.Length).SequenceEqual(text)) scan.Found(numbers[item], worker);
            }

            return;
        }
    }

    // A window that many texts share is one that values have often, too.
    private void Choose()
    {
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
}
