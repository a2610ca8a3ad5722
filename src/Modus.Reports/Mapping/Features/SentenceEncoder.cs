using System.Numerics;
using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Features;

/// <summary>
/// A sentence as a sparse vector: words and word pairs in one block, sequences of three to five characters inside a word in
/// another, each weighted by (1 + log count) × inverse document frequency and brought to length one.
/// </summary>
/// <remarks>A workspace for one thread: the results are valid until the next call.</remarks>
internal sealed class SentenceEncoder(FeatureSpace space, FeatureScanner scanner)
{
    private const int FirstSlots = 512;
    private const uint Spread = 0x9E3779B1;

    private static readonly float[] logarithms = [.. Enumerable.Range(0, 64).Select(times => MathF.Log(times))];

    private readonly SequenceCache sequences = new(space);
    private readonly List<KnownFeature> words = [];
    private readonly List<(int Start, int Length)> ranges = [];
    private int[] slots = new int[FirstSlots];
    private int[] indices = new int[256];
    private float[] values = new float[256];
    private float[] times = new float[256];
    private int shift;
    private int block;
    private int count;

    /// <summary>The features of the last sentence.</summary>
    public ReadOnlySpan<int> Indices => indices.AsSpan(0, count);

    /// <summary>Their values.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, count);

    /// <summary>How many of the features, from the first, are words.</summary>
    public int WordFeatures { get; private set; }

    /// <summary>What the weighed words were multiplied with to come to length one; 0 without a known word.</summary>
    public float WordScale { get; private set; }

    /// <summary>As <see cref="WordScale"/>, of the character sequences.</summary>
    public float SequenceScale { get; private set; }

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
        words.Clear();
        StartBlock(scanner.WordKeys.Count);
        var keys = CollectionsMarshal.AsSpan(scanner.WordKeys);
        space.Fetch(keys);
        foreach (var key in keys)
        {
            var feature = space.Find(key);
            words.Add(feature);
            if (feature.Index >= 0) Touch(feature);
        }

        WordScale = EndBlock();
        WordFeatures = count;
        ranges.Clear();
        SequenceScale = 0;
        if (space.Count == space.WordCount) return;
        StartBlock(FindSequences());
        foreach (var range in CollectionsMarshal.AsSpan(ranges))
            foreach (ref readonly var feature in sequences.At(range)) Touch(feature);
        SequenceScale = EndBlock();
    }

    /// <summary>The features of the last sentence's words and word pairs in their order; places as in the scanner.</summary>
    public ReadOnlySpan<KnownFeature> WordOrder => CollectionsMarshal.AsSpan(words);

    /// <summary>The scanner whose sentence was encoded.</summary>
    public FeatureScanner Scanner => scanner;

    /// <summary>The features.</summary>
    public FeatureSpace Space => space;

    /// <summary>How often each of the features stands in the last sentence.</summary>
    public ReadOnlySpan<float> Times => times.AsSpan(0, count);

    /// <summary>The features of the character sequences of a token of the last sentence.</summary>
    /// <param name="place">The token's place in the scanner.</param>
    public ReadOnlySpan<KnownFeature> Sequences(int place) => sequences.At(ranges[place]);

    /// <summary>Finds the character sequences of each token, and says how many they are.</summary>
    private int FindSequences()
    {
        sequences.Trim();
        var all = 0;
        foreach (ref readonly var token in scanner.Tokens)
        {
            var range = token.BufferLength == 0 ? default : sequences.Find(token.Hash, scanner.Lexer.Buffer.Slice(token.BufferStart, token.BufferLength));
            ranges.Add(range);
            all += range.Length;
        }

        return all;
    }

    /// <summary>Makes room for so many features; which of them came before is found in a table that is small enough to stay near.</summary>
    private void StartBlock(int most)
    {
        var size = Math.Max(FirstSlots, (int)BitOperations.RoundUpToPowerOf2((uint)most * 2));
        if (slots.Length < size) slots = new int[size];
        else slots.AsSpan(0, size).Clear();
        shift = 32 - BitOperations.Log2((uint)size);
        block = count;
        if (count + most <= indices.Length) return;
        Array.Resize(ref indices, (count + most) * 2);
        Array.Resize(ref values, indices.Length);
        Array.Resize(ref times, indices.Length);
    }

    private void Touch(in KnownFeature feature)
    {
        var mask = (1 << (32 - shift)) - 1;
        var slot = (int)(((uint)feature.Index * Spread) >> shift);
        while (slots[slot] is > 0 and var there)
        {
            if (indices[there - 1] == feature.Index)
            {
                times[there - 1]++;
                return;
            }

            slot = (slot + 1) & mask;
        }

        indices[count] = feature.Index;
        values[count] = feature.Weight;
        times[count] = 1;
        slots[slot] = ++count;
    }

    /// <summary>How much a feature counts that stands in a sentence so often.</summary>
    public static float Emphasis(float times) => 1 + (times < logarithms.Length ? logarithms[(int)times] : MathF.Log(times));

    /// <summary>Weighs the block's features and brings them to length one; what they were multiplied with for that.</summary>
    private float EndBlock()
    {
        var square = 0f;
        for (var i = block; i < count; i++)
        {
            if (times[i] > 1) values[i] *= Emphasis(times[i]);
            square += values[i] * values[i];
        }

        if (square <= 0) return 0;
        var scale = 1 / MathF.Sqrt(square);
        for (var i = block; i < count; i++) values[i] *= scale;
        return scale;
    }
}
