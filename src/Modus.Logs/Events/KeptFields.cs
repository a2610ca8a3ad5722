using System.Collections;
using System.Text;

namespace Modus.Logs;

/// <summary>The values of a kept event as one run of bytes: texts are made when someone looks at them, which most hits of a large hunt never see.</summary>
internal sealed class KeptFields : IReadOnlyList<EventField>
{
    private readonly (string Name, ValueKind Kind, int Start, int Length)[] values;
    private readonly byte[] texts;
    private EventField[]? made;

    private KeptFields((string Name, ValueKind Kind, int Start, int Length)[] values, byte[] texts)
    {
        this.values = values;
        this.texts = texts;
    }

    public int Count => values.Length;

    public EventField this[int index] => Made[index];

    private EventField[] Made => made ??= [.. values.Select(value =>
        new EventField(value.Name, value.Kind, value.Kind == ValueKind.Null ? null : Encoding.UTF8.GetString(texts, value.Start, value.Length)))];

    /// <summary>Copies all values of an event, in its own order.</summary>
    public static KeptFields Of(LogEvent e)
    {
        var values = new (string Name, ValueKind Kind, int Start, int Length)[e.Count];
        var total = 0;
        for (var slot = 0; slot < values.Length; slot++)
        {
            var field = e.FieldOf(slot);
            var length = e.Kind(slot) == ValueKind.Null ? 0 : e.Text(slot).Length;
            values[slot] = (field < 0 ? "" : e.Fields.Name(field), e.Kind(slot), total, length);
            total += length;
        }

        var texts = new byte[total];
        for (var slot = 0; slot < values.Length; slot++)
            if (values[slot].Length > 0) e.Text(slot).CopyTo(texts.AsSpan(values[slot].Start));
        return new(values, texts);
    }

    public IEnumerator<EventField> GetEnumerator() => ((IEnumerable<EventField>)Made).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
