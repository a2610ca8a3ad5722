using System.Numerics;
using System.Runtime.InteropServices;

namespace Modus.Attack.Snapshots;

/// <summary>A 64-bit checksum against damage (not against forgery), in four independent lanes for speed.</summary>
internal sealed class Checksum
{
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private ulong state = Odd;

    public ulong Value => state;

    /// <summary>Adds one block; the division into blocks is part of what is summed.</summary>
    public void Add(ReadOnlySpan<byte> block)
    {
        ulong a = state, b = state + Odd, c = state ^ Odd, d = (ulong)block.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(block);
        var i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a = BitOperations.RotateLeft(a ^ words[i], 29) * Odd;
            b = BitOperations.RotateLeft(b ^ words[i + 1], 29) * Odd;
            c = BitOperations.RotateLeft(c ^ words[i + 2], 29) * Odd;
            d = BitOperations.RotateLeft(d ^ words[i + 3], 29) * Odd;
        }
        foreach (var value in block[(i * 8)..]) a = BitOperations.RotateLeft(a ^ value, 29) * Odd;
        state = Mix(Mix(Mix(a, b), c), d);
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var mixed = (left ^ BitOperations.RotateLeft(right, 31)) * Odd;
        return mixed ^ (mixed >> 32);
    }
}
