using System.Numerics;
using System.Runtime.InteropServices;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>
/// The margin of each class for a sentence, and its highest over windows of a long one: what one clause says does not drown in the others.
/// The sentence is cut into segments, each feature is added to its segment once, two neighbouring segments make a window and all of them
/// together the sentence.
/// </summary>
/// <remarks>A workspace for one thread, over the sentence that the encoder encoded last.</remarks>
internal sealed class MarginScorer(LinearModel model, SentenceEncoder encoder)
{
    /// <summary>Tokens of the longest sentence that is a window by itself.</summary>
    public const int ShortSentence = 17;

    private const int SegmentLength = 7;
    private const int MostSegments = 40;

    private readonly SequenceSums sequences = new(model, encoder);
    private readonly float[] best = new float[model.Width];
    private readonly float[] whole = new float[model.Width];
    private readonly float[] wordSquares = new float[MostSegments + 1];
    private readonly float[] characterSquares = new float[MostSegments + 1];
    private float[] words = [];
    private float[] characters = [];
    private int[] indices = new int[64];
    private float[] values = new float[64];
    private int segments;

    private bool HasCharacters => encoder.Space.Count > encoder.Space.WordCount;

    /// <summary>The margins of the whole sentence.</summary>
    /// <param name="margins">One a class.</param>
    /// <param name="windows">The highest margins over windows; null for a short sentence.</param>
    public void Score(Span<float> margins, out float[]? windows)
    {
        var tokens = encoder.Scanner.Tokens.Length;
        var isLong = tokens > ShortSentence;
        segments = isLong ? Math.Min(MostSegments, (tokens + SegmentLength - 1) / SegmentLength) : 1;
        // What lies behind the last segment counts for the sentence and for no window.
        words = Cleared(words);
        AddWords(isLong);
        if (HasCharacters)
        {
            characters = Cleared(characters);
            AddCharacters(isLong);
        }

        windows = isLong ? Windows() : null;
        Whole();
        ToMargins(whole, margins);
    }

    private void ToMargins(float[] sums, Span<float> margins)
    {
        var c = 0;
        for (; c + Vector<float>.Count <= margins.Length; c += Vector<float>.Count)
            ((new Vector<float>(sums, c) * new Vector<float>(model.Scales, c)) + new Vector<float>(model.Bias, c)).CopyTo(margins[c..]);
        for (; c < margins.Length; c++) margins[c] = (sums[c] * model.Scales[c]) + model.Bias[c];
    }

    private int Segment(int place, bool isLong) => isLong ? Math.Min(segments, place / SegmentLength) : 0;

    private void AddWords(bool isLong)
    {
        Array.Clear(wordSquares);
        var order = encoder.WordOrder;
        var places = CollectionsMarshal.AsSpan(encoder.Scanner.WordPlaces);
        for (var from = 0; from < order.Length;)
        {
            var segment = Segment(places[from], isLong);
            var to = from + 1;
            while (to < order.Length && Segment(places[to], isLong) == segment) to++;
            AddWords(order[from..to], segment);
            from = to;
        }
    }

    /// <summary>Adds features to a segment; one that is unknown, -1, says nothing.</summary>
    private void AddWords(ReadOnlySpan<KnownFeature> features, int segment)
    {
        Room(features.Length);
        var count = 0;
        var square = wordSquares[segment];
        foreach (ref readonly var feature in features)
        {
            if (feature.Index < 0) continue;
            square += feature.Weight * feature.Weight;
            indices[count] = feature.Index;
            values[count++] = feature.Weight;
        }

        wordSquares[segment] = square;
        model.AddTo(indices.AsSpan(0, count), values.AsSpan(0, count), words.AsSpan(segment * model.Width, model.Width));
    }

    private void AddCharacters(bool isLong)
    {
        Array.Clear(characterSquares);
        var tokens = encoder.Scanner.Tokens;
        for (var place = 0; place < tokens.Length; place++)
        {
            if (tokens[place].BufferLength == 0) continue;
            var segment = Segment(place, isLong);
            var from = segment * model.Width;
            var sums = sequences.Of(tokens[place].Hash, place, out var square);
            for (var c = 0; c < sums.Length; c += Vector<float>.Count)
                (new Vector<float>(characters, from + c) + new Vector<float>(sums[c..])).CopyTo(characters, from + c);
            characterSquares[segment] += square;
        }
    }

    private float[] Windows()
    {
        Array.Fill(best, float.NegativeInfinity);
        for (var segment = 0; segment + 1 < segments; segment++)
        {
            var scale = Scale(wordSquares, segment);
            if (HasCharacters) Raise(words, segment, scale, characters, Scale(characterSquares, segment));
            else Raise(words, segment, scale, words, 0);
        }

        var margins = new float[model.ClassCount];
        ToMargins(best, margins);
        return margins;
    }

    /// <summary>All segments together. A feature that stands in the sentence more than once counts less than its times: the rest is taken off.</summary>
    private void Whole()
    {
        Array.Clear(whole);
        Gather(words, encoder.WordScale);
        if (HasCharacters) Gather(characters, encoder.SequenceScale);
        var count = 0;
        var times = encoder.Times;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] <= 1) continue;
            Room(count + 1);
            indices[count] = encoder.Indices[i];
            values[count++] = encoder.Values[i] * (1 - (times[i] / SentenceEncoder.Emphasis(times[i])));
        }

        model.AddTo(indices.AsSpan(0, count), values.AsSpan(0, count), whole);
    }

    private void Gather(float[] sums, float scale)
    {
        var width = model.Width;
        for (var c = 0; c < width; c += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var segment = 0; segment <= segments; segment++) sum += new Vector<float>(sums, (segment * width) + c);
            (new Vector<float>(whole, c) + (sum * scale)).CopyTo(whole, c);
        }
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

    private void Room(int count)
    {
        if (indices.Length >= count) return;
        Array.Resize(ref indices, count * 2);
        Array.Resize(ref values, indices.Length);
    }

    private float[] Cleared(float[] sums)
    {
        var needed = (segments + 1) * model.Width;
        if (sums.Length < needed) return new float[needed];
        sums.AsSpan(0, needed).Clear();
        return sums;
    }
}
