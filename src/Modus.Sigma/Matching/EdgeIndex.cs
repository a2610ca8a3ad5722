using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Modus.Sigma.Matching;

/// <summary>Finds the texts that a value ends (or starts) with: one look-up for each length, whatever the number of texts.</summary>
/// <remarks>The key of a text is its last (first) eight bytes, or all of it where it is shorter.</remarks>
internal sealed class EdgeIndex
{
    private const int Whole = 8;

    private readonly bool atEnd;
    private readonly int[] lengths;
    private readonly ulong[] keys;
    private readonly int[] first;
    private readonly int[] next;
    private readonly byte[][] texts;
    private readonly int[] numbers;
    private readonly bool[] alone;
    private readonly int shift;

    /// <summary>Makes an index.</summary>
    /// <param name="items">Folded texts with the number that tells each, and whether a text must be the whole value.</param>
    /// <param name="atEnd">Whether the texts end values, or start them.</param>
    public EdgeIndex(IReadOnlyList<(byte[] Text, int Number, bool Alone)> items, bool atEnd)
    {
        this.atEnd = atEnd;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, items.Count * 2));
        shift = 64 - BitOperations.Log2((uint)size);
        keys = new ulong[size];
        first = new int[size];
        next = new int[items.Count];
        texts = new byte[items.Count][];
        numbers = new int[items.Count];
        alone = new bool[items.Count];
        var seen = 0;
        for (var at = 0; at < items.Count; at++)
        {
            (texts[at], numbers[at], alone[at]) = items[at];
            var length = Math.Min(Whole, texts[at].Length);
            seen |= 1 << length;
            var slot = Slot(Key(texts[at], length), length, out var key);
            while (first[slot] != 0 && keys[slot] != key) slot = (slot + 1) & (size - 1);
            keys[slot] = key;
            next[at] = first[slot];
            first[slot] = at + 1;
        }

        lengths = [.. Enumerable.Range(1, Whole).Where(length => (seen & (1 << length)) != 0)];
    }

    /// <summary>Tells a worker which texts are at the edge of a folded value.</summary>
    public void Run(ReadOnlySpan<byte> value, FieldScan scan, MatchWorker worker)
    {
        var edge = Edge(value);
        foreach (var length in lengths)
        {
            if (length > value.Length) return;
            var bits = length == Whole ? edge : atEnd ? edge >> (64 - (8 * length)) : edge & ((1UL << (8 * length)) - 1);
            var slot = Slot(bits, length, out var key);
            for (; first[slot] != 0; slot = (slot + 1) & (first.Length - 1))
            {
                if (keys[slot] != key) continue;
                for (var at = first[slot] - 1; at >= 0; at = next[at] - 1)
                    if (Fits(value, at)) scan.Found(numbers[at], worker);
                break;
            }
        }
    }

    private bool Fits(ReadOnlySpan<byte> value, int at)
    {
        var text = texts[at];
        if (alone[at] ? text.Length != value.Length : text.Length > value.Length) return false;
        return text.Length <= Whole || (atEnd ? value.EndsWith(text) : value.StartsWith(text));
    }

    // The length goes into the key: a short text could have the same bytes as a longer one with zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong bits, int length, out ulong key)
    {
        key = bits ^ ((ulong)length * 0xA24BAED4963EE407);
        return (int)((key * 0x9E3779B97F4A7C15) >> shift);
    }

    private ulong Key(byte[] text, int length)
    {
        var edge = Edge(text);
        return length == Whole ? edge : atEnd ? edge >> (64 - (8 * length)) : edge & ((1UL << (8 * length)) - 1);
    }

    // The last eight bytes with the last one on top, or the first eight with the first one below.
    private ulong Edge(ReadOnlySpan<byte> value)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        if (value.Length >= Whole) return Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, atEnd ? value.Length - Whole : 0));
        var edge = 0UL;
        for (var at = 0; at < value.Length; at++) edge |= (ulong)value[at] << (8 * (atEnd ? Whole - value.Length + at : at));
        return edge;
    }
}
