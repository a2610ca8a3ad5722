using System.Numerics;
using System.Runtime.InteropServices;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>
/// The highest margin of each class over windows of a long sentence: what one clause says does not drown in the others. The sentence is
/// cut into segments, each feature is added to its segment once, and two neighbouring segments make a window.
/// </summary>
/// <remarks>A workspace for one thread, over the sentence that the encoder encoded last.</remarks>
internal sealed class WindowScorer(LinearModel model, SentenceEncoder encoder)
{
    /// <summary>Tokens of the longest sentence that is a window by itself.</summary>
    public const int ShortSentence = 17;

    private const int SegmentLength = 7;
    private const int MostSegments = 40;

    private readonly float[] best = new float[model.Width];
    private float[] words = [];
    private float[] characters = [];
    private int[] indices = new int[64];
    private float[] values = new float[64];
    private readonly float[] wordSquares = new float[MostSegments];
    private readonly float[] characterSquares = new float[MostSegments];

    /// <summary>The margins; null for a short sentence.</summary>
    public float[]? Best()
    {
        var tokens = encoder.Scanner.Tokens;
        if (tokens.Length <= ShortSentence) return null;
        var segments = Math.Min(MostSegments, (tokens.Length + SegmentLength - 1) / SegmentLength);
        AddWords(segments);
        var hasCharacters = encoder.Space.Count > encoder.Space.WordCount;
        if (hasCharacters) AddCharacters(tokens, segments);
        Array.Fill(best, float.NegativeInfinity);
        for (var segment = 0; segment + 1 < segments; segment++)
        {
            Raise(words, segment, Scale(wordSquares, segment), hasCharacters ? characters : words, hasCharacters ? Scale(characterSquares, segment) : 0);
        }

        var margins = new float[model.ClassCount];
        for (var c = 0; c < margins.Length; c++) margins[c] = (best[c] * model.Scales[c]) + model.Bias[c];
        return margins;
    }

    private void AddWords(int segments)
    {
        words = Cleared(words, segments);
        Array.Clear(wordSquares);
        var order = encoder.WordOrder;
        var places = CollectionsMarshal.AsSpan(encoder.Scanner.WordPlaces);
        for (var from = 0; from < order.Length;)
        {
            var segment = places[from] / SegmentLength;
            var to = from + 1;
            while (to < order.Length && places[to] / SegmentLength == segment) to++;
            if (segment < segments) Add(order[from..to], segment, words, wordSquares);
            from = to;
        }
    }

    private void AddCharacters(ReadOnlySpan<Token> tokens, int segments)
    {
        characters = Cleared(characters, segments);
        Array.Clear(characterSquares);
        for (var place = 0; place < tokens.Length && place / SegmentLength < segments; place++)
            if (tokens[place].BufferLength > 0) Add(encoder.Sequences(place), place / SegmentLength, characters, characterSquares);
    }

    /// <summary>Adds features to a segment; one that is unknown, -1, says nothing.</summary>
    private void Add(ReadOnlySpan<KnownFeature> features, int segment, float[] sums, float[] squares)
    {
        if (indices.Length < features.Length)
        {
            indices = new int[features.Length * 2];
            values = new float[indices.Length];
        }

        var count = 0;
        var square = squares[segment];
        foreach (ref readonly var feature in features)
        {
            if (feature.Index < 0) continue;
            square += feature.Weight * feature.Weight;
            indices[count] = feature.Index;
            values[count++] = feature.Weight;
        }

        squares[segment] = square;
        model.AddTo(indices.AsSpan(0, count), values.AsSpan(0, count), sums.AsSpan(segment * model.Width, model.Width));
    }

    private static float Scale(float[] squares, int segment)
    {
        var square = squares[segment] + squares[segment + 1];
        return square > 0 ? 1 / MathF.Sqrt(square) : 0;
    }

    /// <summary>Raises the best sums to those of the window that begins with a segment.</summary>
    private void Raise(float[] one, int segment, float oneScale, float[] other, float otherScale)
    {
        var width = model.Width;
        var from = segment * width;
        for (var c = 0; c < width; c += Vector<float>.Count)
        {
            var sum = (new Vector<float>(one, from + c) + new Vector<float>(one, from + width + c)) * oneScale;
            sum += (new Vector<float>(other, from + c) + new Vector<float>(other, from + width + c)) * otherScale;
            Vector.Max(new Vector<float>(best, c), sum).CopyTo(best, c);
        }
    }

    private float[] Cleared(float[] sums, int segments)
    {
        if (sums.Length < segments * model.Width) return new float[segments * model.Width];
        sums.AsSpan(0, segments * model.Width).Clear();
        return sums;
    }
}
