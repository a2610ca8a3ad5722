using Modus.Casework.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary>What people wrote into a case, as rows.</summary>
internal sealed record WritingRows(string Id, string Kind, DateTimeOffset? Time, string Author, string Text, IReadOnlyList<string> About)
{
    public static IReadOnlyList<WritingRows> Of(IReadOnlyList<NoteRecord> notes, IReadOnlyList<DecisionRecord> decisions, IReadOnlyList<HypothesisRecord> hypotheses) =>
    [
        .. notes.Select(note => new WritingRows(note.Id, "note", note.Time, note.Author, note.Text, note.About))
            .Concat(decisions.Select(item => new WritingRows(item.Id, "decision", item.Time, item.Author, item.Reason.Length > 0 ? $"{item.Text} (because {item.Reason})" : item.Text, item.About)))
            .Concat(hypotheses.Select(item => new WritingRows(item.Id, $"hypothesis, {item.State.ToString().ToLowerInvariant()}", item.Time, item.Author, item.Text, [.. item.For, .. item.Against])))
            .OrderBy(row => row.Time).ThenBy(row => row.Id, StringComparer.Ordinal),
    ];

    public static void Write(Invocation run, IEnumerable<WritingRows> rows) => run.Write(rows,
        new Column<WritingRows>("id", "Id", row => row.Id),
        new Column<WritingRows>("kind", "Kind", row => row.Kind),
        new Column<WritingRows>("time", "Time", row => row.Time),
        new Column<WritingRows>("author", "By", row => row.Author),
        new Column<WritingRows>("text", "Text", row => row.Text) { Gives = true },
        new Column<WritingRows>("about", "About", row => row.About));
}
