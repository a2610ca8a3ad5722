using System.Numerics;
using System.Runtime.CompilerServices;

namespace Modus.Sigma.Matching;

/// <summary>Chooses the few neighbouring bytes by which texts are found in values.</summary>
internal static class RareWindows
{
    /// <summary>The place of the window by which each text is known best, and with a step of 2 of two neighbouring ones.</summary>
    /// <remarks>A window that many texts share is one that values have often, too.</remarks>
    public static int[] Choose(byte[][] texts, int width, int step)
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
                ref var count = ref counts[Hash(At(text, place, width)) >> move];
                if (count < ushort.MaxValue) count++;
            }
        for (var at = 0; at < texts.Length; at++)
        {
            var best = int.MaxValue;
            for (var place = 0; place <= texts[at].Length - width - (step - 1); place++)
            {
                var cost = 0;
                for (var beside = 0; beside < step; beside++)
                {
                    cost += counts[Hash(At(texts[at], place + beside, width)) >> move] * 4;
                    for (var b = 0; b < width; b++) cost += Commonness(texts[at][place + beside + b]);
                }

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

    /// <summary>A hash of a window; its upper bits are the good ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(uint key) => key * 0x9E3779B1;

    /// <summary>The window at a place of a text. Nothing behind it is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint At(ReadOnlySpan<byte> text, int at, int width) => width switch
    {
        4 => Unsafe.ReadUnaligned<uint>(in text[at]),
        2 => Unsafe.ReadUnaligned<ushort>(in text[at]),
        _ => text[at],
    };
}
