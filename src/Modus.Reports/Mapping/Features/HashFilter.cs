namespace Modus.Reports.Mapping.Features;

/// <summary>Tells of most hashes that are in no set, by one bit; where it says "maybe", the set has to be asked.</summary>
/// <param name="size">Hashes that will be added, about.</param>
internal sealed class HashFilter(int size)
{
    private const int BitsPerHash = 16;
    private const int LeastWords = 16;

    private readonly ulong[] bits = new ulong[Math.Max(LeastWords, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size * BitsPerHash / 64))];

    /// <summary>A filter over hashes.</summary>
    public static HashFilter Of(IReadOnlyCollection<ulong> hashes)
    {
        var filter = new HashFilter(hashes.Count);
        foreach (var hash in hashes) filter.Add(hash);
        return filter;
    }

    /// <summary>Adds a hash.</summary>
    public void Add(ulong hash) => bits[Word(hash)] |= 1UL << (int)(hash & 63);

    /// <summary>False only if the hash was not added.</summary>
    public bool Maybe(ulong hash) => (bits[Word(hash)] & (1UL << (int)(hash & 63))) != 0;

    private int Word(ulong hash) => (int)(hash >> 6) & (bits.Length - 1);
}
