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

    private KeptFields(KeptLayout layout, int[] ends, byte[] texts)
    {
        this.layout = layout;
        this.ends = ends;
        this.texts = texts;
    }

    public int Count => ends.Length;

    public EventField this[int index] => Made[index];

    private EventField[] Made => made ??= [.. ends.Select((end, at) => new EventField(layout.Names[at], layout.Kinds[at], TextOf(at, end)))];

    /// <summary>Copies all values of an event, in its own order.</summary>
    public static KeptFields Of(LogEvent e, KeptLayout layout)
    {
        var ends = new int[e.Count];
        var total = 0;
        for (var slot = 0; slot < ends.Length; slot++)
        {
            if (layout.Kinds[slot] != ValueKind.Null) total += e.Text(slot).Length;
            ends[slot] = total;
        }

        var texts = GC.AllocateUninitializedArray<byte>(total);
        var start = 0;
        for (var slot = 0; slot < ends.Length; slot++)
        {
            if (ends[slot] > start) e.Text(slot).CopyTo(texts.AsSpan(start));
            start = ends[slot];
        }

        return new(layout, ends, texts);
    }

    /// <summary>The place of the first value of a field, or -1.</summary>
    public int Place(string field) => Array.IndexOf(layout.Names, field);

    /// <summary>The text of one value; the others are not made for it.</summary>
    public string? TextAt(int index) => made is null ? TextOf(index, ends[index]) : made[index].Text;

    public IEnumerator<EventField> GetEnumerator() => ((IEnumerable<EventField>)Made).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string? TextOf(int at, int end)
    {
        var start = at == 0 ? 0 : ends[at - 1];
        return layout.Kinds[at] is ValueKind.Null or ValueKind.Blank ? null : Encoding.UTF8.GetString(texts, start, end - start);
    }
}
