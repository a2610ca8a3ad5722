using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Modus.Reports.Mapping.Features;

/// <summary>The features a model knows: 32-bit keys with their inverse document frequency. Words first, then characters.</summary>
internal sealed class FeatureSpace
{
    private readonly (uint Key, int Index, float Weight)[] table;
    private readonly int mask;

    /// <summary>A space over keys; the first <paramref name="wordCount"/> of them are word features.</summary>
    public FeatureSpace(uint[] keys, float[] weights, int wordCount)
    {
        Keys = keys;
        Weights = weights;
        WordCount = wordCount;
        var size = 16;
        while (size < keys.Length * 2) size *= 2;
        mask = size - 1;
        table = new (uint, int, float)[size];
        for (var i = 0; i < keys.Length; i++)
        {
            var at = (int)(keys[i] & (uint)mask);
            while (table[at].Key != 0) at = (at + 1) & mask;
            table[at] = (keys[i], i, weights[i]);
        }
    }

    /// <summary>The keys in order of index.</summary>
    public uint[] Keys { get; }

    /// <summary>Inverse document frequency by index.</summary>
    public float[] Weights { get; }

    /// <summary>How many of the features, from index 0, are words or word pairs; the others are character sequences.</summary>
    public int WordCount { get; }

    /// <summary>Number of features.</summary>
    public int Count => Keys.Length;

    /// <summary>Asks for the memory where keys stand: many at once wait no longer than one.</summary>
    public unsafe void Fetch(ReadOnlySpan<uint> keys)
    {
        if (!Sse.IsSupported) return;
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        // Only a hint, so the table may move meanwhile.
        foreach (var key in keys) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, (int)(key & (uint)mask))));
    }

    /// <summary>The feature of a key; index -1 for a key that is unknown.</summary>
    public KnownFeature Find(uint key)
    {
        var at = (int)(key & (uint)mask);
        while (true)
        {
            var there = table[at];
            if (there.Key == key) return new(there.Index, there.Weight);
            if (there.Key == 0) return new(-1, 0);
            at = (at + 1) & mask;
        }
    }
}
