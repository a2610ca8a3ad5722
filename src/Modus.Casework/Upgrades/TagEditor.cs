using System.Text;
using Modus.Sigma.Rules;

namespace Modus.Casework.Upgrades;

/// <summary>Other tags in the place of one.</summary>
/// <param name="Tag">The tag as written, with its place.</param>
/// <param name="After">What stands there instead; nothing where it goes away.</param>
internal sealed record TagEdit(RuleTag Tag, IReadOnlyList<string> After);

/// <summary>Changes tags in the text of a YAML file and leaves everything else, line ends and comments too, as it is.</summary>
internal static class TagEditor
{
    /// <summary>The edited text; null where a tag does not stand where it should, or in a form that cannot be edited.</summary>
    public static string? Apply(string text, IEnumerable<TagEdit> edits)
    {
        var starts = LineStarts(text);
        var result = new StringBuilder(text);
        // From the end, so that earlier places stay true.
        foreach (var group in edits.GroupBy(edit => edit.Tag.Position.Line).OrderByDescending(group => group.Key))
        {
            if (group.Key < 1 || group.Key > starts.Count) return null;
            var start = starts[group.Key - 1];
            var end = group.Key < starts.Count ? starts[group.Key] : text.Length;
            var line = text[start..end];
            foreach (var edit in group.OrderByDescending(edit => edit.Tag.Position.Column))
            {
                if (edit.Tag.Position.Column < 1 || Edit(line, edit.Tag.Position.Column - 1, edit) is not { } edited) return null;
                line = edited;
            }
            result.Remove(start, end - start).Insert(start, line);
        }
        return result.ToString();
    }

    private static string? Edit(string line, int at, TagEdit edit)
    {
        // A quoted value may be placed at its quote or behind it.
        var quote = at < line.Length && line[at] is '"' or '\'' ? line.Substring(at, 1) : at > 0 && at <= line.Length && line[at - 1] is '"' or '\'' ? line.Substring(--at, 1) : "";
        var written = quote + edit.Tag.Text + quote;
        if (at >= line.Length || !line.AsSpan(at).StartsWith(written, StringComparison.Ordinal)) return null;
        var (before, after) = (line[..at], line[(at + written.Length)..]);
        var tags = edit.After.Select(tag => quote + tag + quote).ToList();
        if (before.TrimStart() is ['-', ..] dash && dash[1..].Trim().Length == 0)
            return tags.Count == 0 ? after.Trim() is "" ? "" : null : string.Concat(tags.Select((tag, index) => before + tag + (index == 0 ? after : LineEnd(after))));
        if (tags.Count > 0) return before + string.Join(", ", tags) + after;
        // In a list on one line the comma goes too.
        if (after.TrimStart() is [',', ..] rest) return before + rest[1..].TrimStart(' ');
        return before.TrimEnd() is [.., ','] head ? head[..^1] + after : null;
    }

    private static string LineEnd(string text) => text.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var index = 0; index < text.Length; index++)
            if (text[index] == '\n' && index + 1 < text.Length) starts.Add(index + 1);
        return starts;
    }
}
