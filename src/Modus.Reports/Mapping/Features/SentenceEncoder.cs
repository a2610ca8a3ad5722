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
    private const int KeptWords = 20_000;

    private readonly List<int> touched = [];
    private readonly List<int> words = [];
    private readonly List<uint> keys = [];
    private readonly Dictionary<ulong, int[]> sequences = [];
    private int[] indices = new int[256];
    private float[] values = new float[256];
    private float[] times = new float[256];
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
        touched.Clear();
        words.Clear();
        foreach (var key in CollectionsMarshal.AsSpan(scanner.WordKeys))
        {
            var index = space.Find(key);
            words.Add(index);
            Touch(index);
        }

        EndBlock();
        WordFeatures = count;
        if (space.Count == space.WordCount) return;
        touched.Clear();
        foreach (var token in scanner.Tokens)
            if (token.BufferLength > 0)
                foreach (var index in Sequences(token)) Touch(index);
        EndBlock();
    }

    /// <summary>The features of the last sentence's words and word pairs in their order, -1 for one that is unknown; places as in the scanner.</summary>
    public ReadOnlySpan<int> WordOrder => CollectionsMarshal.AsSpan(words);

    /// <summary>The scanner whose sentence was encoded.</summary>
    public FeatureScanner Scanner => scanner;

    /// <summary>The features.</summary>
    public FeatureSpace Space => space;

    /// <summary>How often each of the features stands in the last sentence.</summary>
    public ReadOnlySpan<float> Times => times.AsSpan(0, count);

    /// <summary>The features of a word's character sequences; words come again and again, so they are kept.</summary>
    public int[] Sequences(in Token token)
    {
        if (sequences.TryGetValue(token.Hash, out var known)) return known;
        keys.Clear();
        FeatureScanner.Characters(scanner.Lexer.Buffer.Slice(token.BufferStart, token.BufferLength), keys);
        int[] found = [.. keys.Select(space.Find).Where(index => index >= 0)];
        if (sequences.Count < KeptWords) sequences.Add(token.Hash, found);
        return found;
    }

    private void Touch(int index)
    {
        if (index >= 0 && counts[index]++ == 0) touched.Add(index);
    }

    /// <summary>Weighs what was touched, brings it to length one and adds it to the vector.</summary>
    private void EndBlock()
    {
        if (count + touched.Count > indices.Length)
        {
            Array.Resize(ref indices, (count + touched.Count) * 2);
            Array.Resize(ref values, indices.Length);
            Array.Resize(ref times, indices.Length);
        }

        var square = 0f;
        var at = count;
        foreach (var index in CollectionsMarshal.AsSpan(touched))
        {
            var often = counts[index];
            counts[index] = 0;
            var value = (often > 1 ? 1 + MathF.Log(often) : 1) * space.Weights[index];
            square += value * value;
            indices[at] = index;
            times[at] = often;
            values[at++] = value;
        }

        if (square > 0)
        {
            var scale = 1 / MathF.Sqrt(square);
            for (var i = count; i < at; i++) values[i] *= scale;
        }

        count = at;
    }
}
