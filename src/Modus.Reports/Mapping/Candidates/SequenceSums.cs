using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>
/// What the character sequences of a word add to each class. Words come again and again and their sequences are most of a sentence's
/// features, so the sums of the words met are kept.
/// </summary>
/// <remarks>A workspace for one thread. A word's sums are the same whatever came before it.</remarks>
internal sealed class SequenceSums(LinearModel model, SentenceEncoder encoder)
{
    private const int MostWords = 4_096;
    private const int FirstWords = 256;

    private readonly Dictionary<ulong, int> places = [];
    private float[] pool = [];
    private float[] squares = [];
    private int[] indices = new int[64];
    private float[] values = new float[64];

    /// <summary>The sums of a word of the last sentence, in units of each class's scale; valid until the next call.</summary>
    /// <param name="hash">The word's hash.</param>
    /// <param name="place">Its place in the sentence.</param>
    /// <param name="square">The sum of its sequences' squared weights.</param>
    public ReadOnlySpan<float> Of(ulong hash, int place, out float square)
    {
        if (!places.TryGetValue(hash, out var at))
        {
            if (places.Count == MostWords) places.Clear();
            at = places.Count;
            places[hash] = at;
            Learn(at, encoder.Sequences(place));
        }

        square = squares[at];
        return pool.AsSpan(at * model.Width, model.Width);
    }

    private void Learn(int at, ReadOnlySpan<KnownFeature> features)
    {
        if (squares.Length <= at)
        {
            Array.Resize(ref squares, Math.Clamp(squares.Length * 2, FirstWords, MostWords));
            Array.Resize(ref pool, squares.Length * model.Width);
        }

        if (indices.Length < features.Length)
        {
            indices = new int[features.Length * 2];
            values = new float[indices.Length];
        }

        var square = 0f;
        for (var i = 0; i < features.Length; i++)
        {
            square += features[i].Weight * features[i].Weight;
            indices[i] = features[i].Index;
            values[i] = features[i].Weight;
        }

        squares[at] = square;
        var sums = pool.AsSpan(at * model.Width, model.Width);
        sums.Clear();
        model.AddTo(indices.AsSpan(0, features.Length), values.AsSpan(0, features.Length), sums);
    }
}
