using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Modus.Logs.Mapping;

/// <summary>One place in the records of a shape: its field, and the places below it.</summary>
internal sealed class PathNode
{
    private static readonly int[] NoFields = [];

    private Entry[] _entries = [];
    private int _count;

    // The first and the last eight bytes of the key.
    private ulong _head;
    private ulong _tail;

    public PathNode(string path, string visible)
    {
        Path = path;
        Visible = visible;
    }

    /// <summary>All keys from the root, joined by dots.</summary>
    public string Path { get; }

    /// <summary>The field's name as it shows; empty for a container that does not show.</summary>
    public string Visible { get; }

    /// <summary>The field's number; -1 without one.</summary>
    public int Field { get; init; } = -1;

    /// <summary>The numbers of its further names.</summary>
    public int[] Aliases { get; init; } = NoFields;

    /// <summary>The bit that tells the shape, or 0.</summary>
    public ulong Marker { get; init; }

    /// <summary>Whether the value and all below is left out.</summary>
    public bool Ignored { get; init; }

    /// <summary>Whether names below join with an underscore (XML attributes).</summary>
    public bool IsAttributes { get; init; }

    /// <summary>The place that followed this one in the record before, or null: records of one source mostly have their keys in one order.</summary>
    public PathNode? Follower { get; set; }

    /// <summary>The place below that came first in the record before, or null.</summary>
    public PathNode? FirstBelow { get; set; }

    /// <summary>The key as JSON writes it; null where it would have to be escaped.</summary>
    public byte[]? Key
    {
        get;
        private set
        {
            field = value;
            if (value is not { Length: >= sizeof(ulong) }) return;
            _head = BitConverter.ToUInt64(value, 0);
            _tail = BitConverter.ToUInt64(value, value.Length - sizeof(ulong));
        }
    }

    /// <summary>Whether the key stands at a place with the quote that ends it, as it mostly does where its forerunner stood before.</summary>
    /// <param name="place">The place; the key's length and one byte more must be readable.</param>
    /// <param name="key">The node's own key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool StandsAt(ref byte place, byte[] key)
    {
        var length = key.Length;
        if (Unsafe.Add(ref place, length) != '"') return false;
        if (length is < sizeof(ulong) or > 2 * sizeof(ulong)) return MemoryMarshal.CreateReadOnlySpan(ref place, length).SequenceEqual(key);
        return Unsafe.ReadUnaligned<ulong>(ref place) == _head && Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref place, length - sizeof(ulong))) == _tail;
    }

    /// <summary>The place below under a key, or null when it was not met yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PathNode? Find(ReadOnlySpan<byte> key, ulong hash)
    {
        var entries = _entries;
        if (entries.Length == 0) return null;
        var mask = entries.Length - 1;
        for (var i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            ref var e = ref entries[i];
            if (e.Node is null) return null;
            if (e.Hash == hash && key.SequenceEqual(e.Key)) return e.Node;
        }
    }

    /// <summary>Adds a place below.</summary>
    public void Add(byte[] key, PathNode node)
    {
        if (_count * 4 >= _entries.Length) Grow();
        node.Key = key.AsSpan().IndexOfAny((byte)'"', (byte)'\\') < 0 ? key : null;
        Insert(_entries, new Entry(Hash(key), key, node));
        _count++;
    }

    /// <summary>A hash of the first and last eight bytes and the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ReadOnlySpan<byte> key)
    {
        ulong a, b;
        ref var start = ref MemoryMarshal.GetReference(key);
        var n = key.Length;
        if (n >= 8)
        {
            a = Unsafe.ReadUnaligned<ulong>(ref start);
            b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, n - 8));
        }
        else if (n >= 4)
        {
            a = Unsafe.ReadUnaligned<uint>(ref start);
            b = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, n - 4));
        }
        else
        {
            a = n > 0 ? (uint)(start | (Unsafe.Add(ref start, n >> 1) << 8) | (Unsafe.Add(ref start, n - 1) << 16)) : 0;
            b = 0;
        }

        var h = (a ^ ulong.RotateLeft(b, 29) ^ (uint)n) * 0x9E3779B97F4A7C15;
        return h ^ (h >> 32);
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[Math.Max(8, old.Length * 2)];
        foreach (var e in old)
            if (e.Node is not null) Insert(_entries, e);
    }

    private static void Insert(Entry[] entries, Entry added)
    {
        var mask = entries.Length - 1;
        var i = (int)added.Hash & mask;
        while (entries[i].Node is not null) i = (i + 1) & mask;
        entries[i] = added;
    }

    private readonly struct Entry(ulong hash, byte[] key, PathNode node)
    {
        public readonly ulong Hash = hash;
        public readonly byte[] Key = key;
        public readonly PathNode Node = node;
    }
}
