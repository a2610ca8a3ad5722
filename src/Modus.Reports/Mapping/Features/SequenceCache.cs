using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Features;

/// <summary>The character sequences of words that a space knows. Words come again and again, so theirs are kept, one behind the other.</summary>
/// <remarks>A workspace for one thread.</remarks>
internal sealed class SequenceCache(FeatureSpace space)
{
    private const int MostWords = 20_000;
    private const int FirstSize = 1 << 12;

    private readonly List<uint> keys = [];
    private (ulong Hash, int Start, int Length)[] table = new (ulong, int, int)[FirstSize];
    private KnownFeature[] pool = new KnownFeature[FirstSize];
    private int words;
    private int used;

    /// <summary>Forgets all words if there are too many; ranges given before mean nothing then.</summary>
    public void Trim()
    {
        if (words <= MostWords) return;
        Array.Clear(table);
        words = used = 0;
    }

    /// <summary>Where the sequences of a word lie.</summary>
    /// <param name="hash">The word's hash.</param>
    /// <param name="word">The word with a blank before and after.</param>
    public (int Start, int Length) Find(ulong hash, ReadOnlySpan<char> word)
    {
        var at = Place(hash);
        if (table[at].Length == 0)
        {
            Add(at, hash, word);
            if (words * 2 > table.Length) Grow();
            at = Place(hash);
        }

        return (table[at].Start, table[at].Length - 1);
    }

    /// <summary>The sequences at a place, as often as they stand in the word and in its order.</summary>
    public ReadOnlySpan<KnownFeature> At((int Start, int Length) range) => pool.AsSpan(range.Start, range.Length);

    private int Place(ulong hash)
    {
        var at = (int)hash & (table.Length - 1);
        while (table[at].Length != 0 && table[at].Hash != hash) at = (at + 1) & (table.Length - 1);
        return at;
    }

    /// <summary>Lengths are kept one too long: none is zero then.</summary>
    private void Add(int at, ulong hash, ReadOnlySpan<char> word)
    {
        keys.Clear();
        FeatureScanner.Characters(word, keys);
        if (used + keys.Count > pool.Length) Array.Resize(ref pool, (used + keys.Count) * 2);
        var start = used;
        foreach (var key in CollectionsMarshal.AsSpan(keys))
            if (space.Find(key) is { Index: >= 0 } feature) pool[used++] = feature;
        table[at] = (hash, start, used - start + 1);
        words++;
    }

    private void Grow()
    {
        var old = table;
        table = new (ulong, int, int)[old.Length * 2];
        foreach (var one in old)
            if (one.Length != 0) table[Place(one.Hash)] = one;
    }
}
