using System.Collections.Concurrent;

namespace Modus.Sigma.Matching;

/// <summary>Automata by their needles, so that log sources with the same rules share one.</summary>
internal sealed class AutomatonCache
{
    private readonly ConcurrentDictionary<NeedleList, Lazy<Automaton>> known = [];

    public Automaton GetOrAdd(IReadOnlyList<byte[]> needles, Func<Automaton> build) => known.GetOrAdd(new([.. needles]), _ => new(build)).Value;

    private sealed class NeedleList(byte[][] needles) : IEquatable<NeedleList>
    {
        private readonly byte[][] needles = needles;
        private readonly int hash = needles.Aggregate(needles.Length, (sum, needle) => HashCode.Combine(sum, NeedleComparer.Instance.GetHashCode(needle)));

        public bool Equals(NeedleList? other) => other is not null && needles.AsSpan().SequenceEqual(other.needles, NeedleComparer.Instance);

        public override bool Equals(object? obj) => Equals(obj as NeedleList);

        public override int GetHashCode() => hash;
    }
}

/// <summary>Compares needles by their bytes.</summary>
internal sealed class NeedleComparer : IEqualityComparer<byte[]>
{
    public static NeedleComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
