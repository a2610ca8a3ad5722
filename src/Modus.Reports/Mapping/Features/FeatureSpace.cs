namespace Modus.Reports.Mapping.Features;

/// <summary>The features a model knows: 32-bit keys with their inverse document frequency. Words first, then characters.</summary>
internal sealed class FeatureSpace
{
    private readonly (uint Key, int Index)[] table;
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
        table = new (uint, int)[size];
        for (var i = 0; i < keys.Length; i++)
        {
            var at = (int)(keys[i] & (uint)mask);
            while (table[at].Key != 0) at = (at + 1) & mask;
            table[at] = (keys[i], i);
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

    /// <summary>The index of a key, or -1.</summary>
    public int Find(uint key)
    {
        var at = (int)(key & (uint)mask);
        while (true)
        {
            var there = table[at];
            if (there.Key == key) return there.Index;
            if (there.Key == 0) return -1;
            at = (at + 1) & mask;
        }
    }
}
