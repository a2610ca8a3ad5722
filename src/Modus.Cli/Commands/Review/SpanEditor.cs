using Modus.Casework.Cases;

namespace Modus.Cli.Commands.Review;

/// <summary>Moves the two ends of a span over the words of a quote.</summary>
internal sealed class SpanEditor
{
    private readonly List<(int Start, int End)> words = [];
    private int first, last;

    /// <summary>What a key did.</summary>
    public enum State { Moved, Kept, Left }

    private SpanEditor(string text) => Text = text;

    public string Text { get; }

    public int Start => words[first].Start;

    public int Length => words[last].End - Start;

    /// <summary>An editor that begins with the words that carry the technique now, or with the whole quote.</summary>
    public static SpanEditor Of(CaseQuote quote)
    {
        var editor = new SpanEditor(quote.Text);
        for (var at = 0; at < quote.Text.Length; at++)
        {
            if (char.IsWhiteSpace(quote.Text[at])) continue;
            var end = at;
            while (end < quote.Text.Length && !char.IsWhiteSpace(quote.Text[end])) end++;
            editor.words.Add((at, end));
            at = end;
        }
        if (editor.words.Count == 0) editor.words.Add((0, quote.Text.Length));
        var start = quote.Matched.Length > 0 ? quote.Text.IndexOf(quote.Matched, StringComparison.Ordinal) : -1;
        editor.first = start < 0 ? 0 : Math.Max(0, editor.words.FindIndex(word => word.End > start));
        editor.last = start < 0 ? editor.words.Count - 1 : Math.Max(editor.first, editor.words.FindLastIndex(word => word.Start < start + quote.Matched.Length));
        return editor;
    }

    /// <summary>← → move the beginning, ↑ ↓ (or , .) the end, by a word; Enter keeps the span, Escape leaves it as it was.</summary>
    public State Take(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.LeftArrow }: first = Math.Max(0, first - 1); break;
            case { Key: ConsoleKey.RightArrow }: first = Math.Min(last, first + 1); break;
            case { Key: ConsoleKey.UpArrow } or { KeyChar: '.' }: last = Math.Min(words.Count - 1, last + 1); break;
            case { Key: ConsoleKey.DownArrow } or { KeyChar: ',' }: last = Math.Max(first, last - 1); break;
            case { Key: ConsoleKey.Enter } or { KeyChar: '\r' or '\n' }: return State.Kept;
            case { Key: ConsoleKey.Escape } or { KeyChar: 'q' or '\u0003' }: return State.Left;
            default: break;
        }
        return State.Moved;
    }
}
