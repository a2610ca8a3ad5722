using System.Numerics;
using System.Runtime.InteropServices;

namespace Modus.Attack.Images;

/// <summary>Texts under construction: each distinct UTF-8 text gets one number; 0 is the empty text.</summary>
internal sealed class StringPool
{
    private byte[] bytes;
    private int[] ends;
    private uint[] hashes;
    private int[] slots;

    /// <param name="expected">About how many bytes the texts come to, where known: what is sized at once is not copied as it grows.</param>
    public StringPool(int expected = 0)
    {
        var texts = Math.Max(1 << 12, expected / 64);
        bytes = new byte[Math.Max(1 << 16, expected)];
        ends = new int[texts];
        hashes = new uint[texts];
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)texts * 2)];
        Count = 1;
    }

    /// <summary>How many texts there are, the empty one included.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] =>
        number == 0 ? default : bytes.AsSpan(ends[number - 1], ends[number] - ends[number - 1]);

    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var hash = Hash(text);
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (slots[slot] is var number && number != 0)
        {
            if (hashes[number] == hash && this[number].SequenceEqual(text)) return number;
            slot = (slot + 1) & mask;
        }
        return Append(text, hash, slot);
    }

    /// <summary>The number of a text that is there already, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var hash = Hash(text);
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; slots[slot] is var number && number != 0; slot = (slot + 1) & mask)
            if (hashes[number] == hash && this[number].SequenceEqual(text)) return number;
        return -1;
    }

    /// <summary>The texts as one run of bytes.</summary>
    public byte[] Bytes() => bytes.AsSpan(0, ends[Count - 1]).ToArray();

    /// <summary>The texts as one run of bytes with room behind it, not copied: texts that are added later do not change it.</summary>
    public byte[] BytesSoFar() => bytes;

    /// <summary>Where each text ends in <see cref="Bytes"/>.</summary>
    public int[] Ends() => ends.AsSpan(0, Count).ToArray();

    /// <summary>A 32-bit hash that is the same on every machine and run.</summary>
    internal static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Odd;
        while (text.Length >= 8)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ MemoryMarshal.Read<ulong>(text)) * Odd;
            text = text[8..];
        }
        foreach (var value in text) hash = (BitOperations.RotateLeft(hash, 5) ^ value) * Odd;
        return (uint)(hash >> 32);
    }

    private int Append(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        if (Count * 2 > slots.Length) slot = Rehash(hash);
        var number = Count++;
        if (number == ends.Length)
        {
            Array.Resize(ref ends, number * 2);
            Array.Resize(ref hashes, number * 2);
        }
        var start = ends[number - 1];
        if (start + text.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, start + text.Length));
        text.CopyTo(bytes.AsSpan(start));
        ends[number] = start + text.Length;
        hashes[number] = hash;
        slots[slot] = number;
        return number;
    }

    private int Rehash(uint wanted)
    {
        slots = new int[slots.Length * 2];
        for (var number = 1; number < Count; number++) slots[Free(hashes[number])] = number;
        return Free(wanted);
    }

    private int Free(uint hash)
    {
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        return slot;
    }
}
