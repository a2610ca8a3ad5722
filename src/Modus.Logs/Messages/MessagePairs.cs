namespace Modus.Logs.Messages;

/// <summary>Names and values that were taken out of a message, in one run of bytes; reused from message to message.</summary>
internal sealed class MessagePairs
{
    /// <summary>The most pairs of one message; further ones are left out.</summary>
    public const int MaxPairs = 512;

    private readonly List<(int Name, int Value, int End)> _pairs = [];
    private byte[] _bytes = new byte[4096];
    private int _used;

    public int Count => _pairs.Count;

    public void Clear()
    {
        _pairs.Clear();
        _used = 0;
        // What one huge message needed is not kept for the others.
        if (_bytes.Length > LogLimits.BlockBytes) _bytes = new byte[4096];
    }

    public ReadOnlySpan<byte> Name(int pair) => _bytes.AsSpan(_pairs[pair].Name, _pairs[pair].Value - _pairs[pair].Name);

    public ReadOnlySpan<byte> Value(int pair) => _bytes.AsSpan(_pairs[pair].Value, _pairs[pair].End - _pairs[pair].Value);

    /// <summary>The place of a name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var pair = 0; pair < _pairs.Count; pair++)
            if (Name(pair).SequenceEqual(name)) return pair;
        return -1;
    }

    /// <summary>Adds a pair.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value as written.</param>
    /// <param name="escaped">The characters before which a backslash goes; a backslash before <c>n</c>, <c>r</c> and <c>t</c> is a line break or tab where they are named.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> escaped = default)
    {
        if (_pairs.Count == MaxPairs || name.IsEmpty) return;
        var need = _used + name.Length + value.Length;
        if (_bytes.Length < need) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, need));
        var start = _used;
        name.CopyTo(_bytes.AsSpan(start));
        var at = start + name.Length;
        var from = at;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && i + 1 < value.Length && escaped.Contains(value[i + 1]))
                c = value[++i] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', var other => other };
            _bytes[at++] = c;
        }

        _used = at;
        _pairs.Add((start, from, at));
    }

    /// <summary>Lengthens the value that was added last.</summary>
    public void Append(ReadOnlySpan<byte> more)
    {
        if (_pairs.Count == 0) return;
        if (_bytes.Length < _used + more.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + more.Length));
        more.CopyTo(_bytes.AsSpan(_used));
        _used += more.Length;
        _pairs[^1] = _pairs[^1] with { End = _used };
    }
}
