namespace Modus.SampleCase;

/// <summary>SplitMix64: the same seed gives the same numbers on every system and every version of .NET.</summary>
internal sealed class Rng(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator of its own for one part of the case, so that a change in one part leaves the others as they are.</summary>
    public static Rng For(ulong seed, string part)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in part) hash = (hash ^ c) * 1099511628211UL;
        return new Rng(seed ^ hash);
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index drawn with the given weights.</summary>
    public int Weighted(ReadOnlySpan<int> weights)
    {
        var sum = 0;
        foreach (var weight in weights) sum += weight;
        var at = Below(sum);
        for (var i = 0; ; i++)
        {
            at -= weights[i];
            if (at < 0) return i;
        }
    }

    public string Hex(int digits)
    {
        var text = new char[digits];
        for (var i = 0; i < digits; i++) text[i] = "0123456789abcdef"[Below(16)];
        return new string(text);
    }
}
