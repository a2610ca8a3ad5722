using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Features;

/// <summary>
/// A sentence as a sparse vector: words and word pairs in one block, sequences of three to five characters inside a word in
/// another, each weighted by (1 + log count) × inverse document frequency and brought to length one.
/// </summary>
/// <remarks>A workspace for one thread: the results are valid until the next call.</remarks>
internal sealed class SentenceEncoder(FeatureSpace space, FeatureScanner scanner)
{
    private readonly float[] counts = new float[space.Count];
    private readonly List<int> touched = [];
    private int[] indices = new int[256];
    private float[] values = new float[256];
    private int count;

    /// <summary>The features of the last sentence.</summary>
    public ReadOnlySpan<int> Indices => indices.AsSpan(0, count);

    /// <summary>Their values.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, count);

    /// <summary>How many of the features, from the first, are words.</summary>
    public int WordFeatures { get; private set; }

    /// <summary>An encoder with a scanner of its own.</summary>
    public SentenceEncoder(FeatureSpace space, NameMask names)
        : this(space, new FeatureScanner(names))
    {
    }

    /// <summary>Encodes a sentence.</summary>
    public void Encode(ReadOnlySpan<char> text)
    {
        scanner.Scan(text);
        EncodeScanned();
    }

    /// <summary>Encodes the sentence that the scanner read last.</summary>
    public void EncodeScanned()
    {
        count = 0;
        WordFeatures = Block(CollectionsMarshal.AsSpan(scanner.WordKeys));
        if (space.Count > space.WordCount) Block(CollectionsMarshal.AsSpan(scanner.CharacterKeys));
    }

    /// <summary>How often a feature stands in the last sentence.</summary>
    public int TimesOf(int index)
    {
        var key = space.Keys[index];
        var times = 0;
        foreach (var other in index < space.WordCount ? scanner.WordKeys : scanner.CharacterKeys) times += other == key ? 1 : 0;
        return times;
    }

    private int Block(ReadOnlySpan<uint> keys)
    {
        touched.Clear();
        foreach (var key in keys)
        {
            var index = space.Find(key);
            if (index < 0) continue;
            if (counts[index]++ == 0) touched.Add(index);
        }

        if (count + touched.Count > indices.Length)
        {
            Array.Resize(ref indices, (count + touched.Count) * 2);
            Array.Resize(ref values, indices.Length);
        }

        var square = 0f;
        var at = count;
        foreach (var index in touched)
        {
            var times = counts[index];
            counts[index] = 0;
            var value = (times > 1 ? 1 + MathF.Log(times) : 1) * space.Weights[index];
            square += value * value;
            indices[at] = index;
            values[at++] = value;
        }

        if (square > 0)
        {
            var scale = 1 / MathF.Sqrt(square);
            for (var i = count; i < at; i++) values[i] *= scale;
        }

        count = at;
        return at;
    }
}
