using System.Buffers;
using System.Collections;
using System.Text;

namespace Modus.Logs;

/// <summary>The values of a kept event as one run of bytes: texts are made when someone looks at them, which most hits of a large hunt never see.</summary>
internal sealed class KeptFields : IReadOnlyList<EventField>
{
    private readonly KeptLayout layout;
    private readonly int[] ends;
    private readonly byte[] texts;
    private EventField[]? made;

    // A bit for each value that is written as inside of a JSON string; null where none is.
    private readonly ulong[]? escaped;

    private KeptFields(KeptLayout layout, int[] ends, byte[] texts, ulong[]? escaped)
    {
        this.escaped = escaped;
        this.layout = layout;
        this.ends = ends;
        this.texts = texts;
    }

    public int Count => ends.Length;

    public EventField this[int index] => Made[index];

    private EventField[] Made => made ??= [.. ends.Select((end, at) => new EventField(layout.Names[at], layout.Kinds[at], TextOf(at, end)))];

    /// <summary>Copies all values of an event, in its own order; what JSON escapes stays escaped until someone looks.</summary>
    public static KeptFields Of(LogEvent e, KeptLayout layout)
    {
        var ends = new int[e.Count];
        ulong[]? escaped = null;
        var total = 0;
        for (var slot = 0; slot < ends.Length; slot++)
        {
            if (layout.Kinds[slot] != ValueKind.Null)
            {
                total += AsKept(e, slot, out var isEscaped).Length;
                if (isEscaped) (escaped ??= new ulong[(ends.Length + 63) / 64])[slot >> 6] |= 1UL << slot;
            }

            ends[slot] = total;
        }

        var texts = GC.AllocateUninitializedArray<byte>(total);
        var start = 0;
        for (var slot = 0; slot < ends.Length; slot++)
        {
            if (ends[slot] > start) AsKept(e, slot, out _).CopyTo(texts.AsSpan(start));
            start = ends[slot];
        }

        return new(layout, ends, texts, escaped);
    }

    /// <summary>The place of the first value of a field, or -1.</summary>
    public int Place(string field) => Array.IndexOf(layout.Names, field);

    /// <summary>The text of one value; the others are not made for it.</summary>
    public string? TextAt(int index) => made is null ? TextOf(index, ends[index]) : made[index].Text;

    public IEnumerator<EventField> GetEnumerator() => ((IEnumerable<EventField>)Made).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ReadOnlySpan<byte> AsKept(LogEvent e, int slot, out bool isEscaped)
    {
        var raw = e.Raw(slot, out var encoding);
        isEscaped = encoding == ValueEncoding.JsonEscaped;
        return isEscaped || encoding == ValueEncoding.Utf8 ? raw : e.Text(slot);
    }

    private string? TextOf(int at, int end)
    {
        var start = at == 0 ? 0 : ends[at - 1];
        if (layout.Kinds[at] is ValueKind.Null or ValueKind.Blank) return null;
        var text = texts.AsSpan(start, end - start);
        return escaped is null || (escaped[at >> 6] >> at & 1) == 0 ? Encoding.UTF8.GetString(text) : Unescaped(text);
    }

    private static string Unescaped(ReadOnlySpan<byte> text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        var plain = Encoding.UTF8.GetString(rented.AsSpan(0, Json.JsonText.Unescape(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return plain;
    }
}
