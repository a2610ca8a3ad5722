namespace Modus.Sigma.Matching;

/// <summary>A text behind its window.</summary>
internal struct WindowEntry
{
    private readonly byte[] text;
    private readonly int place;
    private readonly bool isWhole;

    public WindowEntry(uint key, byte[] text, int place, int number)
    {
        Key = key;
        this.text = text;
        this.place = place;
        Number = number;
        var length = Math.Min(sizeof(ulong), text.Length - place);
        for (var at = 0; at < length; at++)
        {
            Ahead |= (ulong)text[place + at] << (8 * at);
            Mask |= 0xFFUL << (8 * at);
        }

        isWhole = place == 0 && length == text.Length;
    }

    public uint Key { get; }

    /// <summary>Up to eight bytes of the text from its window on, and which of them count.</summary>
    public ulong Ahead { get; }

    public ulong Mask { get; }

    public int Number { get; }

    public bool IsLast { get; set; }

    /// <summary>Whether the text stands where its window was found.</summary>
    public readonly bool StandsAt(ReadOnlySpan<byte> value, int at) => at >= place && value[(at - place)..].StartsWith(text);

    /// <summary>Whether the whole text stands where its window was found and what lies ahead fits.</summary>
    public readonly bool IsAt(ReadOnlySpan<byte> value, int at)
    {
        var from = at - place;
        if (from < 0 || text.Length > value.Length - from) return false;
        return isWhole || value.Slice(from, text.Length).SequenceEqual(text);
    }
}
