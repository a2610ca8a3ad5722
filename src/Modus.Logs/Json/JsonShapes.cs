using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Json;

/// <summary>Finds the shape of each JSON record. The guess goes by the record's first key; it is always checked.</summary>
internal sealed class JsonShapes
{
    private readonly JsonEventParser _parser = new();
    private readonly PathTrie _plain;
    private readonly ShapeTries _tries;
    private readonly TextRecords _texts;
    private readonly PathTrie?[] _guesses = new PathTrie?[64];

    public JsonShapes(ShapeTries tries, TextRecords texts)
    {
        _tries = tries;
        _plain = tries.Plain;
        _texts = texts;
    }

    public string Error => _parser.Error;

    /// <summary>The bytes of the record that the last one carried as text, which the event lies over; -1 where it was no such record.</summary>
    public int TextLength { get; private set; }

    /// <summary>Forgets the guesses, so that what is read depends on the block alone.</summary>
    public void Forget() => Array.Clear(_guesses);

    /// <summary>Reads the object at <paramref name="start"/> into the event.</summary>
    /// <returns>The place behind the object, or -1 when it is not well-formed.</returns>
    public int Parse(LogEvent target, byte[] data, int start, int end)
    {
        TextLength = -1;
        ref var guess = ref _guesses[FirstKey(data, start, end) & 63];
        if (guess is not null && !ReferenceEquals(guess, _plain))
        {
            var after = Parse(target, data, start, end, guess);
            if (after < 0) return after;
            if (guess.Fits(target.Markers)) return Complete(target, data, start, end, guess, after);
        }

        var behind = Parse(target, data, start, end, _plain);
        if (behind < 0) return -1;
        var found = _tries.Detect(target);
        guess = found ?? _plain;
        if (found is not null) return Complete(target, data, start, end, found, Parse(target, data, start, end, found));
        if (Enveloped(target, data, end, out var touched)) return behind;
        if (touched) Parse(target, data, start, end, _plain);
        Carried(target, data, start, end, _tries.Texts, _plain);
        return behind;
    }

    /// <summary>Adds what a record of a known shape says in text: the whole record, or its data.</summary>
    private int Complete(LogEvent target, byte[] data, int start, int end, PathTrie trie, int after)
    {
        if (after < 0) return after;
        if (trie.EmbeddedField >= 0) Carried(target, data, start, end, [trie.EmbeddedField], trie);
        if (ReferenceEquals(target.Trie, trie)) trie.Unfold(target);
        return after;
    }

    /// <summary>Reads what search engines export: the record lies in an object of its own beside its index and id.</summary>
    private bool Enveloped(LogEvent target, byte[] data, int end, out bool touched)
    {
        touched = false;
        foreach (var field in _tries.Envelopes)
        {
            var slot = target.First(field);
            if (slot < 0 || target.Kind(slot) != ValueKind.Object) continue;
            target.Span(slot, out var inner, out _);
            touched = true;
            if (Parse(target, data, inner, end, _plain) < 0) return false;
            if (_tries.Detect(target) is not { } found) return false;
            return Complete(target, data, inner, end, found, Parse(target, data, inner, end, found)) >= 0;
        }

        return false;
    }

    /// <summary>Reads the record that stands as text in the first of the fields that has one; the event is as before where none has.</summary>
    private bool Carried(LogEvent target, byte[] data, int start, int end, ReadOnlySpan<int> fields, PathTrie trie)
    {
        foreach (var field in fields)
        {
            var slot = target.First(field);
            if (slot < 0 || target.Kind(slot) != ValueKind.Text || !TextRecords.Looks(target.Text(slot))) continue;
            TextLength = _texts.Read(target, target.Text(slot));
            if (TextLength >= 0) return true;
            Parse(target, data, start, end, trie);
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
