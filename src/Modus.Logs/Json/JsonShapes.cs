using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Json;

/// <summary>Finds the shape of each JSON record. The guess goes by the record's first key; it is always checked.</summary>
internal sealed class JsonShapes
{
    private readonly JsonEventParser _parser = new();
    private readonly PathTrie _plain;
    private readonly ShapeTries _tries;
    private readonly PathTrie?[] _guesses = new PathTrie?[64];

    public JsonShapes(ShapeTries tries)
    {
        _tries = tries;
        _plain = tries.Plain;
    }

    public string Error => _parser.Error;

    /// <summary>Forgets the guesses, so that what is read depends on the block alone.</summary>
    public void Forget() => Array.Clear(_guesses);

    /// <summary>Reads the object at <paramref name="start"/> into the event.</summary>
    /// <returns>The place behind the object, or -1 when it is not well-formed.</returns>
    public int Parse(LogEvent target, byte[] data, int start, int end)
    {
        ref var guess = ref _guesses[FirstKey(data, start, end) & 63];
        if (guess is not null && !ReferenceEquals(guess, _plain))
        {
            var after = Parse(target, data, start, end, guess);
            if (after < 0 || guess.Fits(target.Markers)) return after;
        }

        var behind = Parse(target, data, start, end, _plain);
        if (behind < 0) return -1;
        var found = _tries.Detect(target);
        guess = found ?? _plain;
        if (found is not null) return Parse(target, data, start, end, found);
        return Enveloped(target, data, end, out found) ? behind : found is null ? behind : Parse(target, data, start, end, _plain);
    }

    /// <summary>Reads what search engines export: the record lies in an object of its own beside its index and id.</summary>
    private bool Enveloped(LogEvent target, byte[] data, int end, out PathTrie? found)
    {
        found = null;
        foreach (var field in _tries.Envelopes)
        {
            var slot = target.First(field);
            if (slot < 0 || target.Kind(slot) != ValueKind.Object) continue;
            target.Span(slot, out var inner, out _);
            if (Parse(target, data, inner, end, _plain) < 0) return false;
            found = _tries.Detect(target);
            if (found is not null) return Parse(target, data, inner, end, found) >= 0;
            found = _plain;
            return false;
        }

        return false;
    }

    private int Parse(LogEvent target, byte[] data, int start, int end, PathTrie trie)
    {
        target.Begin(data);
        target.Trie = trie;
        return _parser.Parse(target, data, start, end, trie);
    }

    private static int FirstKey(byte[] data, int start, int end)
    {
        var at = data.AsSpan(start, Math.Min(end - start, 64)).IndexOf((byte)'"');
        if (at < 0) return 0;
        start += at + 1;
        var length = data.AsSpan(start, Math.Min(end - start, 64)).IndexOf((byte)'"');
        return length <= 0 ? 0 : (int)PathNode.Hash(data.AsSpan(start, length));
    }
}
