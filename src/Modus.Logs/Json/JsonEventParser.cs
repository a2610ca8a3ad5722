using System.Buffers;
using System.Runtime.CompilerServices;
using Modus.Logs.Mapping;

namespace Modus.Logs.Json;

/// <summary>Reads one JSON object into an event: one pass, values stay where they lie.</summary>
/// <remarks>The data must be followed by at least <see cref="Slack"/> readable bytes.</remarks>
internal sealed class JsonEventParser
{
    /// <summary>The bytes that must be readable behind the data.</summary>
    public const int Slack = 64;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    private byte[] _data = [];
    private byte[] _key = new byte[256];
    private int _end;
    private LogEvent _event = null!;
    private PathTrie _trie = null!;

    /// <summary>What was wrong when <see cref="Parse"/> returned -1.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Reads the object at <paramref name="start"/>; the event must have begun.</summary>
    /// <returns>The place behind the object, or -1 when it is not well-formed.</returns>
    public int Parse(LogEvent target, byte[] data, int start, int end, PathTrie trie)
    {
        _data = data;
        _end = end;
        _event = target;
        _trie = trie;
        Error = "";
        var position = SkipSpace(start);
        if (position >= end || data[position] != '{') return Fail("no JSON object");
        return Object(position + 1, trie.Root, 1, false);
    }

    private int Object(int position, PathNode node, int depth, bool list)
    {
        if (depth > LogLimits.MaxDepth) return Fail($"nested deeper than {LogLimits.MaxDepth}");
        var data = _data;
        position = SkipSpace(position);
        if (position < _end && data[position] == '}') return position + 1;
        PathNode? before = null;
        var child = node.FirstBelow;
        while (true)
        {
            if (position >= _end || data[position] != '"') return Fail("a key is expected");
            var keyStart = position + 1;
            int keyEnd;
            if (child is { Key: { } guess } && keyStart + guess.Length < _end && child.StandsAt(ref data[keyStart], guess))
            {
                keyEnd = keyStart + guess.Length;
            }
            else
            {
                keyEnd = JsonText.FindEnd(data, keyStart, _end, out var escaped);
                if (keyEnd < 0) return Fail("a key has no end");
                ReadOnlySpan<byte> key = data.AsSpan(keyStart, keyEnd - keyStart);
                if (escaped) key = UnescapeKey(key);
                child = node.Find(key, PathNode.Hash(key)) ?? _trie.Create(node, key);
                if (before is null) node.FirstBelow = child;
                else before.Follower = child;
            }

            before = child;
            _event.Markers |= child.Marker;
            position = keyEnd + 1;
            if (position < _end && data[position] != ':') position = SkipSpace(position);
            if (position >= _end || data[position] != ':') return Fail("a colon is expected");
            position++;
            if (position < _end && data[position] <= ' ') position = SkipSpace(position);
            position = Value(position, child, depth, list);
            if (position < 0) return -1;
            if (position < _end && data[position] <= ' ') position = SkipSpace(position);
            if (position >= _end) return Fail("the object has no end");
            if (data[position] == '}') return position + 1;
            if (data[position] != ',') return Fail("a comma or closing brace is expected");
            child = child.Follower;
            position++;
            if (position < _end && data[position] <= ' ') position = SkipSpace(position);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Value(int position, PathNode node, int depth, bool list)
    {
        if (position >= _end) return Fail("a value is expected");
        switch (_data[position])
        {
            case (byte)'"':
                var start = position + 1;
                var end = JsonText.FindEnd(_data, start, _end, out var escaped);
                if (end < 0) return Fail("a string has no end");
                Add(node, start, end - start, ValueKind.Text, escaped ? ValueEncoding.JsonEscaped : ValueEncoding.Utf8, list);
                return end + 1;
            case (byte)'{':
                // Objects of XML-born shapes and of containers that do not show have no value of their own.
                var slot = node.Visible.Length == 0 || _trie.Shape.Xml ? -1 : Add(node, position, 0, ValueKind.Object, ValueEncoding.Utf8, list);
                var after = Object(position + 1, node, depth + 1, list);
                if (after >= 0 && slot >= 0) _event.Resize(slot, after - position);
                return after;
            case (byte)'[':
                return List(position + 1, node, depth + 1, list);
            case (byte)'t':
                return Word(position, "true"u8, node, ValueKind.Boolean, list);
            case (byte)'f':
                return Word(position, "false"u8, node, ValueKind.Boolean, list);
            case (byte)'n':
                return Word(position, "null"u8, node, ValueKind.Null, list);
            default:
                return Number(position, node, list);
        }
    }

    private int List(int position, PathNode node, int depth, bool list)
    {
        if (depth > LogLimits.MaxDepth) return Fail($"nested deeper than {LogLimits.MaxDepth}");
        position = SkipSpace(position);
        if (position < _end && _data[position] == ']')
        {
            Add(node, position, 0, ValueKind.Null, ValueEncoding.Utf8, list);
            return position + 1;
        }

        while (true)
        {
            position = Value(position, node, depth, true);
            if (position < 0) return -1;
            position = SkipSpace(position);
            if (position >= _end) return Fail("the list has no end");
            if (_data[position] == ']') return position + 1;
            if (_data[position] != ',') return Fail("a comma or closing bracket is expected");
            position = SkipSpace(position + 1);
        }
    }

    private int Word(int position, ReadOnlySpan<byte> word, PathNode node, ValueKind kind, bool list)
    {
        if (position + word.Length > _end || !_data.AsSpan(position, word.Length).SequenceEqual(word)) return Fail("an unknown word");
        Add(node, position, kind == ValueKind.Null ? 0 : word.Length, kind, ValueEncoding.Utf8, list);
        return position + word.Length;
    }

    private int Number(int position, PathNode node, bool list)
    {
        if (_data[position] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9'))) return Fail("a value is expected");
        var length = _data.AsSpan(position, _end - position).IndexOfAnyExcept(NumberBytes);
        if (length < 0) length = _end - position;
        Add(node, position, length, ValueKind.Number, ValueEncoding.Utf8, list);
        return position + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(PathNode node, int start, int length, ValueKind kind, ValueEncoding encoding, bool list)
    {
        if (node.Ignored) return -1;
        var slot = _event.Add(node.Field, start, length, kind, encoding, list);
        if (slot >= 0)
            foreach (var alias in node.Aliases) _event.Alias(alias, slot);
        return slot;
    }

    private ReadOnlySpan<byte> UnescapeKey(ReadOnlySpan<byte> key)
    {
        if (_key.Length < key.Length) _key = new byte[key.Length];
        return _key.AsSpan(0, JsonText.Unescape(key, _key));
    }

    private int SkipSpace(int position)
    {
        while (position < _end && _data[position] <= ' ') position++;
        return position;
    }

    private int Fail(string error)
    {
        Error = error;
        return -1;
    }
}
