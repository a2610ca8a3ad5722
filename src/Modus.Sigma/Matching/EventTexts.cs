using System.Text;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>The values of one event as evidence needs them. Rules ask the same values again and again.</summary>
/// <param name="worker">The worker that matched the event, whose folded values are used again; null without one.</param>
internal sealed class EventTexts(MatchWorker? worker)
{
    private byte[]?[] folded = [];
    private string?[] texts = [];
    private int used;

    public LogEvent Event { get; private set; } = null!;

    /// <summary>Turns to another event.</summary>
    public EventTexts For(LogEvent e)
    {
        Event = e;
        Array.Clear(folded);
        Array.Clear(texts, 0, used);
        used = 0;
        return this;
    }

    public ReadOnlySpan<byte> Folded(int slot)
    {
        if (worker is not null) return worker.Folded(slot);
        if (folded.Length <= slot) Array.Resize(ref folded, Event.Count);
        return folded[slot] ??= Fold(Event.Text(slot));
    }

    /// <summary>The folded value, where its places are those of the value's characters: it is ASCII; empty where that is not known.</summary>
    public ReadOnlySpan<byte> FoldedAscii(int slot) => worker is not null && worker.Folded(slot, out var isAscii) is var text && isAscii ? text : default;

    public string Text(int slot)
    {
        if (texts.Length <= slot) Array.Resize(ref texts, Event.Count);
        used = Math.Max(used, slot + 1);
        return texts[slot] ??= Encoding.UTF8.GetString(Event.Text(slot));
    }

    private static byte[] Fold(ReadOnlySpan<byte> text)
    {
        var target = new byte[text.Length * Folding.Growth];
        return target[..Folding.Fold(text, target)];
    }
}
