using System.Runtime.CompilerServices;

namespace Modus.Reports.Mapping.Features;

/// <summary>Stable 64-bit hashes of texts: the model file keeps these figures in place of words.</summary>
internal static class FeatureHash
{
    /// <summary>The state a text's hash starts from.</summary>
    public const ulong Start = 0xCBF29CE484222325;

    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>Adds one character to a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong hash, char c)
    {
        hash = (hash ^ c) * Prime;
        return hash ^ (hash >> 29);
    }

    /// <summary>Joins the hash of a following token to a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Join(ulong hash, ulong next)
    {
        hash = ((hash << 21) | (hash >> 43)) ^ (next * Prime);
        hash *= 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 31);
    }

    /// <summary>The hash of a whole text.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Start;
        foreach (var c in text) hash = Add(hash, c);
        return hash;
    }

    /// <summary>Folds a hash to the 32-bit key of a feature; <paramref name="kind"/> keeps word, pair and character features apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Key(ulong hash, uint kind)
    {
        hash ^= kind * 0x94D049BB133111EBUL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        var key = (uint)(hash ^ (hash >> 32));
        return key == 0 ? 1u : key;
    }
}
