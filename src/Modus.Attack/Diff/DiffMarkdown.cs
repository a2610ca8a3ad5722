using System.Text;

namespace Modus.Attack.Diff;

/// <summary>Writes a diff as Markdown: a heading and a table for each section.</summary>
public static class DiffMarkdown
{
    /// <summary>Writes the sections chosen by key; null writes all.</summary>
    public static void Write(ReleaseDiff diff, TextWriter output, IReadOnlySet<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(output);
        output.Write($"# ATT&CK {Escape(diff.From.Name)} → {Escape(diff.To.Name)}\n");
        foreach (var line in DiffHead.Lines(diff)) output.Write($"\n{Escape(line)}\n");
        foreach (var section in DiffSections.Of(diff, only))
        {
            output.Write($"\n## {Escape(section.Title)} ({section.Rows.Count})\n\n");
            output.Write($"| {string.Join(" | ", section.Headers.Select(Escape))} |\n|{string.Concat(section.Headers.Select(_ => " --- |"))}\n");
            foreach (var row in section.Rows) output.Write($"| {string.Join(" | ", row.Select(cell => Escape(cell.Text)))} |\n");
        }
    }

    /// <summary>Makes text harmless in a table: no cell ends early, and nothing becomes markup or a link.</summary>
    private static string Escape(string text)
    {
        const string Marks = "\\`*_{}[]<>|#!~";
        var result = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
            {
                result.Append(' ');
                continue;
            }
            if (Marks.Contains(letter, StringComparison.Ordinal)) result.Append('\\');
            result.Append(letter == '&' ? "&amp;" : letter.ToString());
        }
        return result.ToString();
    }
}
